import type { Parameter, ParameterRow } from '../../api/views.ts'
import { dayAfter } from '../../ui/days.ts'

export interface Step {
  from: string
  value: number | null
}

/** The last day the row is known to hold: its own end, else the eve of the next usual adjustment. */
function endOf(
  row: ParameterRow,
  next: ParameterRow | undefined,
  parameter: Parameter,
): string | null {
  if (row.to) return row.to
  if (next) return dayAfter(next.from, -1)
  return parameter.knownUntil ?? null
}

/** A series as steps by day, with an explicit null wherever no row is known. */
export function stepsOf(parameter: Parameter): Step[] {
  const rows = parameter.rows.toSorted((one, other) => one.from.localeCompare(other.from))
  return rows.flatMap((row, index) => {
    const next = rows[index + 1]
    const end = endOf(row, next, parameter)
    const step = { from: row.from, value: row.value }
    const gap = end ? dayAfter(end, 1) : null
    if (gap === null || (next && next.from <= gap)) return [step]
    return [step, { from: gap, value: null }]
  })
}

/** The value on `day`, null when nobody knows it then. */
export function standardOn(steps: readonly Step[], day: string): Step | null {
  return steps.findLast((step) => step.from <= day) ?? null
}
