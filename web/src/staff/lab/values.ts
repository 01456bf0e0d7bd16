import type { LabValue, RuleChange } from '../../api/views.ts'

/** All that is tried at once. */
export interface Change {
  values: readonly LabValue[]
  rules: readonly RuleChange[]
}

export function isNone({ values, rules }: Change): boolean {
  return values.length === 0 && rules.length === 0
}

/** Rules as they stand in an address, programme, place and FEEL of each; nothing for none. */
export function writeRules(rules: readonly RuleChange[]): string {
  if (rules.length === 0) return ''
  return JSON.stringify(rules.map(({ programme, id, expr }) => [programme, id, expr]))
}

/** What of an address can be read as rules; the rest is left out. */
export function readRules(text: string | undefined): RuleChange[] {
  const isText = (part: unknown): part is string => typeof part === 'string' && part !== ''
  return listIn(text ?? '').flatMap((item) => {
    if (!Array.isArray(item)) return []
    const [programme, id, expr] = item as unknown[]
    return isText(programme) && isText(id) && isText(expr) ? [{ programme, id, expr }] : []
  })
}

function listIn(text: string): unknown[] {
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read : []
  } catch {
    return []
  }
}

/** A change as it stands in an address: `dibao_standard:1700,old_age_65:80`. */
export function writeValues(values: readonly LabValue[]): string {
  return values.map(({ id, value }) => `${id}:${value}`).join(',')
}

export function readValues(text: string | undefined): LabValue[] {
  return (text ?? '').split(',').flatMap((part) => {
    const [id = '', figure = ''] = part.split(':')
    const value = Number(figure)
    return id !== '' && figure !== '' && Number.isFinite(value) ? [{ id, value }] : []
  })
}

/** The change with one figure set, or left as it is today. */
export function withValue(
  values: readonly LabValue[],
  id: string,
  value: number | null,
): LabValue[] {
  const others = values.filter((one) => one.id !== id)
  return value === null ? others : [...others, { id, value }]
}
