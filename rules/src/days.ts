/** Days as integers: days since 1970-01-01 in the proleptic Gregorian calendar. No clock, no zone. */

export type Ymd = Readonly<{ year: number; month: number; day: number }>

const DAYS_PER_ERA = 146097 // 400 years

/** Day number of a calendar day (Howard Hinnant's days_from_civil). */
export function dayFromYmd(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - 719468
}

/** Calendar day of a day number. */
export function ymdFromDay(dayNumber: number): Ymd {
  const z = dayNumber + 719468
  const era = Math.floor(z / DAYS_PER_ERA)
  const dayOfEra = z - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1 }
}

/** Day number of 'YYYY-MM-DD', or null where that is no day of the calendar. */
export function dayFromText(text: string): number | null {
  if (text.length !== 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return dayFromYmd(year, month, day)
}

const [DASH, ZERO] = [45, 48]

/** The number that a part of a text says in digits, -1 if it is none. Not by a pattern, which takes ten times as long. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}

/** 'YYYY-MM-DD' of a day number. */
export function textFromDay(dayNumber: number): string {
  const { year, month, day } = ymdFromDay(dayNumber)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Days of a month of the Gregorian calendar, 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The same day of the month `months` later, clamped to the month's end. ±Infinity stays. */
export function addMonths(dayNumber: number, months: number): number {
  if (!Number.isFinite(dayNumber)) return dayNumber
  const { year, month, day } = ymdFromDay(dayNumber)
  const index = year * 12 + (month - 1) + months
  const y = Math.floor(index / 12)
  const m = index - y * 12 + 1
  return dayFromYmd(y, m, Math.min(day, daysInMonth(y, m)))
}

/** Whole years from a birth to a day. Born on 29 February: a year older on 1 March of common years. */
export function ageOn(birth: number, on: number): number {
  if (!Number.isFinite(birth)) return -birth
  return ageBetween(ymdFromDay(birth), ymdFromDay(on))
}

/** {@link ageOn} of two calendar days. */
export function ageBetween(birth: Ymd, on: Ymd): number {
  const before = on.month < birth.month || (on.month === birth.month && on.day < birth.day)
  return on.year - birth.year - (before ? 1 : 0)
}

/** The day on which someone born on `birth` turns `age`. */
export function birthday(birth: Ymd, age: number): number {
  const year = birth.year + age
  return birth.month === 2 && birth.day === 29 && daysInMonth(year, 2) === 28
    ? dayFromYmd(year, 3, 1)
    : dayFromYmd(year, birth.month, birth.day)
}
