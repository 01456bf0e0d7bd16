import { dayFromText, textFromDay } from '@qiao/rules'

/** What is said of a day against its weekday. 放假, 调休上班 */
export type Exception = 'holiday' | 'make-up'

/** Which days are worked, as far as anybody has said. 工作日历 */
export type Calendar = Readonly<{
  /** Years whose exceptions are all there; of others only the weekdays are known. */
  years: ReadonlySet<number>
  /** By day, 'YYYY-MM-DD'. */
  exceptions: ReadonlyMap<string, Exception>
}>

/** An answer that passed a year without a table counts weekends alone and is not certain: 待核. */
type Counted<T> = Readonly<T & { certain: boolean }>

/** More than any clock counts; a longer count is a mistake. */
const most = 2000

/** @throws RangeError for what is no day */
export function isWorkingDay(day: string, calendar: Calendar): Counted<{ working: boolean }> {
  return { working: works(numberOf(day), calendar), certain: isKnown(day, calendar) }
}

/**
 * The day on which `n` working days are over. The day itself does not count, as in civil law a period begins the day
 * after (民法典第二百零一条); that the clocks of offices are to be read so is 待核.
 *
 * @param n whole, 0 or more; 0 is the day itself
 * @throws RangeError for what is no day, and a number that is none of these
 */
export function addWorkingDays(
  day: string,
  n: number,
  calendar: Calendar,
): Counted<{ day: string }> {
  if (!Number.isInteger(n) || n < 0 || n > most)
    throw new RangeError(`${n} is no number of working days`)
  let at = numberOf(day)
  let certain = true
  for (let left = n; left > 0; ) {
    at++
    if (works(at, calendar)) left--
    certain &&= isKnown(textFromDay(at), calendar)
  }
  return { day: textFromDay(at), certain }
}

/**
 * How many working days lie after `from` up to and with `to`; below zero where `to` comes first.
 *
 * @throws RangeError for what is no day
 */
export function workingDaysBetween(
  from: string,
  to: string,
  calendar: Calendar,
): Counted<{ days: number }> {
  const [first, last] = [numberOf(from), numberOf(to)]
  if (last < first) {
    const { days, certain } = workingDaysBetween(to, from, calendar)
    return { days: days === 0 ? 0 : -days, certain }
  }
  let days = 0
  let certain = true
  for (let at = first + 1; at <= last; at++) {
    if (works(at, calendar)) days++
    certain &&= isKnown(textFromDay(at), calendar)
  }
  return { days, certain }
}

function works(at: number, { exceptions }: Calendar): boolean {
  const exception = exceptions.get(textFromDay(at))
  if (exception) return exception === 'make-up'
  return !isWeekend(at)
}

/** Days count from a Thursday, 1970-01-01. */
function isWeekend(at: number): boolean {
  const weekday = (((at + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}

function isKnown(day: string, { years }: Calendar): boolean {
  return years.has(Number(day.slice(0, 4)))
}

function numberOf(day: string): number {
  const number = dayFromText(day)
  if (number === null) throw new RangeError(`"${day}" is no day`)
  return number
}
