import { daysLike, readIdNumber, swapsOf } from '../households/id-number.ts'
import { type Likeness, type Reason, weigh } from '../households/search.ts'

/** Of one of two records; numbers in clear, `birthDate` as YYYY-MM-DD, `sex` as in GB/T 2261.1. */
export type Recorded = Readonly<{
  idNumber: string | null
  birthDate: string | null
  sex: string | null
}>

/** Two records side by side; what is equal was compared where it lies. */
export type Compared = Readonly<{
  first: Recorded
  second: Recorded
  name: Likeness['name']
  samePhone: boolean
  sameAddress: boolean
  sameHousehold: boolean
  /** One of them has a temporary number and no ID number. */
  oneUnidentified: boolean
}>

/** What only a pair can have, in points of 100; the rest weighs as in the search: a judgement (待核, decision 21). */
const points = {
  'one-unidentified': 15,
  'other-id-number': -60,
  'other-sex': -40,
  'far-birth-date': -40,
} as const

export type PairReason = Reason | keyof typeof points

/** From here on a pair is put before somebody: 待核, as the points. */
export const pairedFrom = 50

/** Days of birth further apart than this are no slip of the pen; in years (待核). */
const farYears = 2

/**
 * How likely two records are of one person, from 0 to 100, and why.
 *
 * People of one household share phone and address: there neither counts, so living together never raises it.
 */
export function scoreOf(compared: Compared): { score: number; reasons: PairReason[] } {
  const { first, second, name, samePhone, sameAddress, sameHousehold, oneUnidentified } = compared
  const idNumber = numbersAlike(first.idNumber, second.idNumber)
  const likeness = {
    idNumber: idNumber === 'other' ? null : idNumber,
    name,
    birthDate: daysAlike(first.birthDate, second.birthDate),
    phone: samePhone && !sameHousehold,
    address: sameAddress && !sameHousehold,
  }
  const alike = weigh(likeness)
  const more: (keyof typeof points)[] = [
    ...(oneUnidentified ? (['one-unidentified'] as const) : []),
    ...(idNumber === 'other' ? (['other-id-number'] as const) : []),
    ...(differ(first.sex, second.sex) ? (['other-sex'] as const) : []),
    ...(!likeness.birthDate && farApart(first.birthDate, second.birthDate)
      ? (['far-birth-date'] as const)
      : []),
  ]
  const sum = more.reduce((total, reason) => total + points[reason], alike.score)
  return { score: Math.max(0, Math.min(100, sum)), reasons: [...alike.reasons, ...more] }
}

function numbersAlike(first: string | null, second: string | null): Likeness['idNumber'] | 'other' {
  if (first === null || second === null) return null
  const [one, other] = [lengthened(first), lengthened(second)]
  if (one === other) return 'same'
  return swapsOf(one).includes(other) ? 'like' : 'other'
}

/** As one of 18 digits; what cannot be read stands for itself. */
function lengthened(number: string): string {
  const read = readIdNumber(number)
  return 'wrong' in read ? number : read.idNumber
}

function daysAlike(first: string | null, second: string | null): Likeness['birthDate'] {
  if (first === null || second === null) return null
  if (first === second) return 'same'
  return daysLike(first).includes(second) ? 'like' : null
}

function farApart(first: string | null, second: string | null): boolean {
  if (first === null || second === null) return false
  return Math.abs(Number(first.slice(0, 4)) - Number(second.slice(0, 4))) > farYears
}

function differ(first: string | null, second: string | null): boolean {
  return first !== null && second !== null && first !== second
}

/** How a field stands on both sides. */
export type Standing = 'same' | 'differs' | 'one-unknown' | 'unknown'

/** @returns how two values stand to each other; null and the empty text are not known */
export function standingOf(first: string | null, second: string | null): Standing {
  const [one, other] = [first || null, second || null]
  if (one === null && other === null) return 'unknown'
  if (one === null || other === null) return 'one-unknown'
  return one === other ? 'same' : 'differs'
}
