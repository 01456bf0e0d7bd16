import arrangements from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Exception } from './workday.ts'

export type ShippedDay = Readonly<{ day: string; kind: Exception; name: string }>

/** In the library's file a day bears its English name, its Chinese name and how many days are lawful holidays. */
type File = Readonly<Record<'holidays' | 'workdays', Readonly<Record<string, string>>>>

/**
 * Holidays and make-up working days of the years whose arrangement was published when the library was.
 *
 * @source chinese-days, after the yearly notices of the State Council's general office (国务院办公厅关于部分节假日安排的通知)
 */
export function shippedDays(): readonly ShippedDay[] {
  const { holidays, workdays }: File = arrangements
  const daysOf = (days: File['holidays'], kind: Exception) =>
    Object.entries(days).map(([day, names]) => ({ day, kind, name: names.split(',')[1] ?? names }))
  return [...daysOf(holidays, 'holiday'), ...daysOf(workdays, 'make-up')].toSorted((a, b) =>
    a.day < b.day ? -1 : 1,
  )
}

/** Years whose table is whole: a notice that has October has everything before it. */
export function yearsOf(days: readonly ShippedDay[]): ReadonlySet<number> {
  return new Set(
    days.filter(({ day }) => day.slice(5, 7) === '10').map(({ day }) => Number(day.slice(0, 4))),
  )
}
