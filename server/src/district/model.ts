import type { SourceId } from './sources.ts'

/** Days since 1970-01-01. */
export type Day = number

/** The value of a fact: money in yuan, a day as 'YYYY-MM-DD', a code as text; null known to be none. */
export type Value = string | number | boolean | null

export type GeneratedFact = Readonly<{
  fact: string
  /** Place in `members`; undefined for a fact of the household. */
  member?: number
  value: Value
  source: SourceId
  verifiedOn: Day
}>

export type GeneratedAward = Readonly<{
  programme: string
  member?: number
  state: 'receiving' | 'ended' | 'refused'
  from: Day
  to?: Day
}>

/** An invented person. `idNumber` bears the prefix 310199, which was never assigned. */
export type GeneratedMember = Readonly<{
  name: string
  /** 1 male, 2 female. */
  sex: 1 | 2
  birthOn: Day
  age: number
  idNumber: string
  phone: string | null
  /** GB/T 4761: 02 head, 10 spouse, 20 son … */
  relation: string
  /** Codes of the fact `hukou`. */
  hukou: string
  /** GB/T 3304. */
  ethnicity: string
  /** none, preschool, primary, junior, senior, college, university; below 6 `null`. */
  education: EducationLevel | null
  /** GB/T 2261.2: 10 never married, 20 married, 30 widowed, 40 divorced. */
  marital: string
}>

type EducationLevel = (typeof educationLevels)[number]
export const educationLevels = [
  'none',
  'preschool',
  'primary',
  'junior',
  'senior',
  'college',
  'university',
] as const

/**
 * A household of the demonstration district (共同生活家庭) with all that is known of it; invented
 * throughout.
 */
export type GeneratedHousehold = Readonly<{
  /** 1, 2, 3 … in the order of the committees. */
  number: number
  areaId: string
  kind: 'family' | 'collective'
  registerNo: string
  address: string
  urban: boolean
  rents: boolean
  /** The census household it is part of; people who share a flat are several households in one. */
  home: Readonly<{ people: number; generations: number; first: boolean }>
  members: readonly GeneratedMember[]
  facts: readonly GeneratedFact[]
  awards: readonly GeneratedAward[]
  /** What an invented household shows, for those who learn with it. */
  story?: string
}>

/** Whether the list of recipients of a programme in an area is complete on a day. 名册 */
export type GeneratedRoll = Readonly<{
  programme: string
  areaId: string
  day: Day
  complete: boolean
  source: string
}>

/** Everybody of a district as numbers: households one after another, their members in a row. */
export type People = Readonly<{
  households: number
  /** Kind of household, an index of `householdTypes`. */
  type: Uint8Array
  /** First member of each household; one more entry closes the last. */
  start: Int32Array
  /** Age in whole years, per person. */
  age: Uint8Array
}>
