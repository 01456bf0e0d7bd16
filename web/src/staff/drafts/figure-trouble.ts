import type { ParameterForm, RowForm } from './yaml-edit.ts'

export type FigureTrouble =
  | 'not-a-day'
  | 'taken'
  | 'overlaps'
  | 'ends-first'
  | 'too-low'
  | 'too-high'
  | 'places'
  | 'missing'

/** Why a figure is impossible, and at which field; nothing where it may stand. */
export function figureTrouble(
  { type, range, rows }: ParameterForm,
  row: Partial<RowForm>,
  index: number | null,
): { field: 'from' | 'to' | 'value'; why: FigureTrouble } | undefined {
  const others = rows.filter((_, i) => i !== index)
  const { from = '', to, value } = row
  if (!isDay(from)) return { field: 'from', why: 'not-a-day' }
  if (others.some((other) => other.from === from)) return { field: 'from', why: 'taken' }
  const before = others.findLast((other) => other.from < from)
  if (before?.to !== undefined && before.to >= from) return { field: 'from', why: 'overlaps' }
  if (index !== null && before && others.indexOf(before) !== index - 1)
    return { field: 'from', why: 'overlaps' }
  if (to) {
    if (!isDay(to)) return { field: 'to', why: 'not-a-day' }
    if (to < from) return { field: 'to', why: 'ends-first' }
    const next = others.find((other) => other.from > from)
    if (next && next.from <= to) return { field: 'to', why: 'overlaps' }
  }
  if (value === undefined || !Number.isFinite(value)) return { field: 'value', why: 'missing' }
  if (range[0] !== null && value < range[0]) return { field: 'value', why: 'too-low' }
  if (range[1] !== null && value > range[1]) return { field: 'value', why: 'too-high' }
  const places = { money: 2, integer: 0 }[type] ?? 4
  if (Math.abs(value * 10 ** places - Math.round(value * 10 ** places)) > 1e-6)
    return { field: 'value', why: 'places' }
  return undefined
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text)
  )
}
