import type { LabValue } from '../../api/views.ts'

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
