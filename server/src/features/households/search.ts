import { daysLike, formsOf, readIdNumber, swapsOf } from './id-number.ts'

/** Whom somebody is about to enter; `birthDate` as YYYY-MM-DD. */
export type Sought = Readonly<{
  name: string
  idNumber?: string
  birthDate?: string
  phone?: string
  address?: string
}>

/** What is looked for, each in every way in which it may have been written; numbers in clear. */
export type Probes = Readonly<{
  name: string
  idNumbers: readonly string[]
  likeNumbers: readonly string[]
  birthDate: string | null
  likeDays: readonly string[]
  phone: string | null
  address: string | null
}>

/**
 * How a search looks. An ID number says the day of birth, whatever else was typed.
 *
 * @returns the probes, or which field is wrong and why
 */
export function probesOf(sought: Sought): Probes | { field: keyof Sought; wrong: string } {
  const name = denseName(sought.name)
  if (name === '') return { field: 'name', wrong: '要填姓名' }
  const read = sought.idNumber ? readIdNumber(sought.idNumber) : undefined
  if (read && 'wrong' in read) return { field: 'idNumber', wrong: read.wrong }
  const phone = sought.phone?.replace(/[\s-]/g, '') ?? ''
  if (phone !== '' && !/^\d{5,15}$/.test(phone)) return { field: 'phone', wrong: '只能是数字' }
  const birthDate = read?.birthDate ?? sought.birthDate ?? null
  const address = sought.address?.trim() ?? ''
  return {
    name,
    idNumbers: read ? formsOf(read.idNumber) : [],
    likeNumbers: read ? swapsOf(read.idNumber) : [],
    birthDate,
    likeDays: birthDate === null ? [] : daysLike(birthDate),
    phone: phone === '' ? null : phone,
    address: address === '' ? null : address,
  }
}

/** The identity that a search covers, as one text: name, number and day of birth. */
export function identityOf({ name, idNumbers, birthDate }: Probes): string {
  return [name, idNumbers[0] ?? '', birthDate ?? ''].join('\n')
}

/** In how far somebody on record is like the one sought. */
export type Likeness = Readonly<{
  idNumber: 'same' | 'like' | null
  name: 'same' | 'sound' | 'shape' | null
  birthDate: 'same' | 'like' | null
  phone: boolean
  address: boolean
}>

export type Reason = keyof typeof weights

/** How much each likeness counts of 100: a judgement, not measured on real records (decision 16). */
const weights = {
  'same-id-number': 100,
  'like-id-number': 60,
  'same-name': 35,
  'same-sound': 25,
  'same-shape': 25,
  'same-birth-date': 30,
  'like-birth-date': 20,
  'same-phone': 25,
  'same-address': 15,
} as const

/** From here on a hit is shown; a name that sounds the same is enough, an address alone is not. */
const shownFrom = 25

/** Why somebody on record may be the one sought, the weightiest first, and their sum up to 100. */
export function weigh(likeness: Likeness): { score: number; reasons: Reason[] } {
  const { idNumber, name, birthDate, phone, address } = likeness
  const reasons: Reason[] = [
    ...(idNumber ? [`${idNumber}-id-number` as const] : []),
    ...(name === 'same' ? ['same-name' as const] : name ? [`same-${name}` as const] : []),
    ...(birthDate ? [`${birthDate}-birth-date` as const] : []),
    ...(phone ? ['same-phone' as const] : []),
    ...(address ? ['same-address' as const] : []),
  ]
  const score = reasons.reduce((sum, reason) => sum + weights[reason], 0)
  return { score: Math.min(score, 100), reasons }
}

/** @returns those worth showing, the likeliest first */
export function ranked<T extends { score: number }>(hits: readonly T[]): T[] {
  return hits.filter(({ score }) => score >= shownFrom).toSorted((a, b) => b.score - a.score)
}

function denseName(name: string): string {
  return name.replace(/[\s·•]/g, '')
}
