import { type ColumnBatch, type FactColumn, isKnown, knownNoneIn } from '../columns/batch.ts'
import { ageOn } from '../days.ts'
import type { LoweredFact, Program } from '../ir.ts'
import type { Pack } from '../pack.ts'

/** A value in the fact's integer form, null for none, and how often it is met, 0 to 1. */
export type Share = Readonly<{ value: number | null; share: number }>

/** What is known of one fact in a population: of everybody, and of each age band. */
type FactShares = Readonly<{
  everybody: readonly Share[]
  /** By place in {@link ageBands}; empty where too few are known. */
  bands: readonly (readonly Share[])[]
}>

/** Shares of the values of facts, by id. */
export type Shares = ReadonlyMap<string, FactShares>

/** First ages of the bands, in years; a household counts in the band of its oldest member. */
export const ageBands = [0, 7, 18, 35, 60, 80] as const

/** Fewer say nothing of others, and could be recognised. */
const FEWEST = 30
/** So many values stand for all values of a number, each for as many people. */
const STEPS = 24

/**
 * How often each value of each fact is met among those of whom it is known. Whoever is not yet asked
 * may be different: the shares order questions and decide nothing.
 *
 * @param batch a population, or a part of it chosen without regard to the facts
 */
export function sharesOf({ program }: Pack, batch: ColumnBatch, today: number): Shares {
  const bands = bandsOf(program, batch, today)
  return new Map(
    program.facts.map((fact) => {
      const column = batch[fact.entity][fact.id]
      const values: (number | null)[][] = [...ageBands, 0].map(() => [])
      if (column) gather(fact, column, bands[fact.entity], values)
      const [everybody = [], ...ofBands] = values
      return [
        fact.id,
        { everybody: told(fact, everybody), bands: ofBands.map((v) => told(fact, v)) },
      ]
    }),
  )
}

/** The band of an age in whole years, -1 where it is not known. */
export function bandOf(age: number | null): number {
  if (age === null) return -1
  return ageBands.findLastIndex((from) => age >= from)
}

function bandsOf(program: Program, batch: ColumnBatch, today: number) {
  const birth = program.facts.find((fact) =>
    program.facts.some((other) => other.derivedFrom === fact.index),
  )
  const column = birth?.entity === 'person' ? batch.person[birth.id] : undefined
  const person = new Int8Array(batch.persons).fill(-1)
  const household = new Int8Array(batch.households).fill(-1)
  for (let h = 0; h < batch.households; h++)
    for (let p = batch.offsets[h] ?? 0; p < (batch.offsets[h + 1] ?? 0); p++) {
      if (!column || !isKnown(column, p)) continue
      const band = bandOf(Math.max(0, ageOn(column[p] ?? 0, today)))
      person[p] = band
      household[h] = Math.max(household[h] ?? -1, band)
    }
  return { person, household }
}

/** Puts the known values of a column into the list of everybody and that of each band. */
function gather(
  { factor }: LoweredFact,
  column: FactColumn,
  bands: Int8Array,
  [everybody, ...ofBands]: (number | null)[][],
): void {
  const none = knownNoneIn(column)
  for (let row = 0; row < column.length; row++) {
    const cell = column[row] ?? none
    if (cell !== none && !isKnown(column, row)) continue
    const value = cell === none ? null : Math.round(cell * factor)
    everybody?.push(value)
    ofBands[bands[row] ?? -1]?.push(value)
  }
}

function told({ type }: LoweredFact, values: readonly (number | null)[]): Share[] {
  if (values.length < FEWEST) return []
  const known = values.filter((value) => value !== null)
  const nothing = (values.length - known.length) / values.length
  const rest = nothing > 0 ? [{ value: null, share: nothing }] : []
  const some = type === 'boolean' || type === 'code' ? counted(known) : steps(known)
  return [...some.map(({ value, share }) => ({ value, share: share * (1 - nothing) })), ...rest]
}

function counted(values: readonly number[]): Share[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([value, count]) => ({ value, share: count / values.length }))
}

/** The middle values of equal parts of the sorted list. */
function steps(values: readonly number[]): Share[] {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0) return []
  return Array.from({ length: STEPS }, (_, i) => ({
    value: sorted[Math.floor(((i + 0.5) * sorted.length) / STEPS)] ?? 0,
    share: 1 / STEPS,
  }))
}
