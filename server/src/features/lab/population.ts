import { ageOn, type ColumnBatch, type FactColumn, isKnown } from '@qiao/rules'

/**
 * Part of the district as the laboratory sees it: what is known of people, and nothing by which
 * one could be told: no number, no name, no address, no register.
 */
export type Population = Readonly<{
  batch: ColumnBatch
  /** Household of each person. */
  ownerOf: Int32Array
  /** By household: place among the townships; those of no township come last. */
  townshipOf: Uint8Array
  /** By household: place in {@link householdKinds}. */
  kindOf: Uint8Array
  /** By person: place in {@link ageBands}. */
  bandOf: Uint8Array
  /** By household: income per head in fen a month, before any assistance; NaN where a part is unknown. */
  incomeOf: Float64Array
  /** By person: 1 where they object to matching and nothing is counted of them; null where nobody does. */
  optedOut: Uint8Array | null
}>

/** Ages in whole years, from inclusive. */
export const ageBands = ['0-17', '18-44', '45-59', '60-69', '70-79', '80+', 'unknown'] as const
const bandStarts = [0, 18, 45, 60, 70, 80]
const unknownBand = ageBands.length - 1

/** What a household is like by the ages of its members. */
export const householdKinds = ['elder-alone', 'alone', 'elders', 'minors', 'other'] as const

/** From this age on somebody is an elder, by 老年人权益保障法 §2; below the other a minor, by 未成年人保护法 §2. */
const [elder, adult] = [60, 18]

/** Facts that make up what a person lives on, in fen a month. */
const incomeFacts = ['labour_income', 'pension', 'other_income'] as const

export function populationOf(
  batch: ColumnBatch,
  { townshipOf, optedOut }: Pick<Population, 'townshipOf' | 'optedOut'>,
  today: number,
): Population {
  const ages = agesOf(batch, today)
  const ownerOf = new Int32Array(batch.persons)
  const kindOf = new Uint8Array(batch.households)
  for (let h = 0; h < batch.households; h++) {
    const [from = 0, to = 0] = [batch.offsets[h], batch.offsets[h + 1]]
    ownerOf.fill(h, from, to)
    kindOf[h] = kindFor(ages, from, to)
  }
  return {
    batch,
    ownerOf,
    townshipOf,
    kindOf,
    bandOf: Uint8Array.from(ages, bandFor),
    incomeOf: incomesOf(batch),
    optedOut: optedOut?.includes(1) ? optedOut : null,
  }
}

/** Whole years, -1 where the birth date is unknown. */
function agesOf({ person, persons }: ColumnBatch, today: number): Int16Array {
  const births = person['birth_date']
  return Int16Array.from({ length: persons }, (_, p) =>
    births && isKnown(births, p) ? ageOn(births[p] ?? 0, today) : -1,
  )
}

function bandFor(age: number): number {
  return age < 0 ? unknownBand : bandStarts.findLastIndex((from) => age >= from)
}

function kindFor(ages: Int16Array, from: number, to: number): number {
  const own = ages.subarray(from, to)
  const areElders = own.length > 0 && own.every((age) => age >= elder)
  if (own.length === 1) return areElders ? 0 : 1
  if (areElders) return 2
  return own.some((age) => age >= 0 && age < adult) ? 3 : 4
}

function incomesOf({ households, offsets, person }: ColumnBatch): Float64Array {
  const columns = incomeFacts.map((id) => person[id])
  return Float64Array.from({ length: households }, (_, h) => {
    const [from = 0, to = 0] = [offsets[h], offsets[h + 1]]
    let sum = to > from ? 0 : Number.NaN
    for (let p = from; p < to; p++) sum += ofPerson(columns, p)
    return sum / (to - from)
  })
}

function ofPerson(columns: readonly (FactColumn | undefined)[], p: number): number {
  let sum = 0
  for (const column of columns) sum += column && isKnown(column, p) ? (column[p] ?? 0) : Number.NaN
  return sum
}

/** Tenths of the households by income per head, the poorest first; households of unknown income apart. */
export const deciles = 10

/** The incomes at which the second to the tenth tenth begin; `incomes` ascend. */
export function decileStarts(incomes: Float64Array): number[] {
  return Array.from({ length: deciles - 1 }, (_, i) => {
    const at = Math.ceil((incomes.length * (i + 1)) / deciles)
    return incomes[Math.min(at, incomes.length - 1)] ?? 0
  })
}

/** By household its tenth, {@link deciles} where its income is unknown. */
export function decilesOf(incomes: Float64Array, starts: readonly number[]): Uint8Array {
  return Uint8Array.from(incomes, (income) =>
    Number.isNaN(income) ? deciles : starts.filter((start) => income >= start).length,
  )
}
