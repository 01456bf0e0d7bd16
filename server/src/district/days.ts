import type { Day } from './model.ts'

const millisecondsADay = 86_400_000

/**
 * The day number of 'YYYY-MM-DD'.
 *
 * @throws RangeError for anything else
 */
export function dayOf(text: string): Day {
  const milliseconds = Date.parse(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(milliseconds)) {
    throw new RangeError(`not a day: ${text}`)
  }
  return milliseconds / millisecondsADay
}

const written = new Map<Day, string>()

export function dayText(day: Day): string {
  let text = written.get(day)
  if (text === undefined) {
    text = new Date(day * millisecondsADay).toISOString().slice(0, 10)
    written.set(day, text)
  }
  return text
}

/** The day `months` months later; the last of the month where it has no such day. */
export function monthsLater(day: Day, months: number): Day {
  const date = new Date(day * millisecondsADay)
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  target.setUTCDate(Math.min(date.getUTCDate(), last))
  return target.getTime() / millisecondsADay
}

const bounds = new Map<number, Readonly<{ first: Day; last: Day }>>()

/** The first and the last day of birth of somebody who is `age` years old on `today`. */
export function birthDays(age: number, today: Day): Readonly<{ first: Day; last: Day }> {
  const key = today * 1000 + age
  let found = bounds.get(key)
  if (!found) {
    found = { first: monthsLater(today, -12 * (age + 1)) + 1, last: monthsLater(today, -12 * age) }
    bounds.set(key, found)
  }
  return found
}
