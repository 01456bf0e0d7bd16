import { ageBands, deciles, householdKinds, type Population } from './population.ts'
import type { Judgement } from './judgement.ts'
import { exactKind, yearOf } from './state.ts'

/** What a change does to a household, over all programmes together. */
export const outcomes = ['gains', 'loses', 'moves', 'open', 'unchanged'] as const
type Outcome = (typeof outcomes)[number]

/** What the households are told apart by; ages count the people who live in them. */
export type Dimension = 'township' | 'age' | 'kind' | 'decile'

/** What a change does, gathered programme by programme. Money in fen a year; what is paid once stands apart. */
export type Difference = Readonly<{
  year: Float64Array
  apart: Float64Array
  /** By household: {@link touchedBit} and what else happened. */
  marks: Uint8Array
  /** Households that anything happens to, each once. */
  touched: number[]
  /** Programmes that a household newly fits, and no longer fits, as places among the targets. */
  turns: Map<number, { gained: number[]; lost: number[] }>
  /** By target and township: {@link turnFields}. */
  turned: Map<number, Float64Array>
}>

/** How rows of a programme change: they come to fit, no longer fit, or get another amount. */
export const turnFields = ['gained', 'lost', 'shifted'] as const

const [touchedBit, openBit] = [1, 2]

export function noDifference({ batch: { households } }: Population): Difference {
  return {
    year: new Float64Array(households),
    apart: new Float64Array(households),
    marks: new Uint8Array(households),
    touched: [],
    turns: new Map(),
    turned: new Map(),
  }
}

/** Two judgements of one programme; either may be missing where only one set of rules has it. */
export type Pair = Readonly<{
  target: number
  before: Judgement | null
  after: Judgement | null
}>

const [ineligible, eligible] = [0, 1] as const

/** Adds what differs between two judgements of one programme. */
export function compare(into: Difference, population: Population, townships: number, pair: Pair) {
  const { target, before, after } = pair
  const entity = (before ?? after)?.entity ?? 'household'
  const householdOf = (row: number) => (entity === 'person' ? (population.ownerOf[row] ?? 0) : row)
  const turned = new Float64Array(townships * turnFields.length)
  into.turned.set(target, turned)
  for (const row of rowsThatDiffer(pair)) {
    const household = householdOf(row)
    const [was, is] = [(before?.codes[row] ?? 0) & 3, (after?.codes[row] ?? 0) & 3]
    const at = (population.townshipOf[household] ?? 0) * turnFields.length
    if (was === ineligible && is === eligible) {
      turnOf(into, household).gained.push(target)
      bump(turned, at, 1)
    } else if (was === eligible && is === ineligible) {
      turnOf(into, household).lost.push(target)
      bump(turned, at + 1, 1)
    } else touch(into, household, openBit)
  }
  comparePaid(into, pair, (row) => {
    const household = householdOf(row)
    if (((before?.codes[row] ?? 0) & 3) === ((after?.codes[row] ?? 0) & 3))
      bump(turned, (population.townshipOf[household] ?? 0) * turnFields.length + 2, 1)
    return household
  })
}

function touch({ marks, touched }: Difference, household: number, bit = touchedBit): void {
  const mark = marks[household] ?? 0
  if (mark === 0) touched.push(household)
  marks[household] = mark | touchedBit | bit
}

function turnOf(into: Difference, household: number): { gained: number[]; lost: number[] } {
  touch(into, household)
  const found = into.turns.get(household)
  if (found) return found
  const made = { gained: [], lost: [] }
  into.turns.set(household, made)
  return made
}

/** Rows whose verdict or kind of amount is another one. */
function* rowsThatDiffer({ before, after }: Pair): Generator<number> {
  const some = before ?? after
  if (!some) return
  const none = new Uint8Array(before && after ? 0 : some.codes.length)
  const [one, other] = [before?.codes ?? none, after?.codes ?? none]
  const [ones, others] = [wordsOf(one), wordsOf(other)]
  for (let word = 0; word < ones.length; word++) {
    if (ones[word] === others[word]) continue
    for (let row = word * 4; row < word * 4 + 4; row++) if (one[row] !== other[row]) yield row
  }
}

function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2)
}

/** Follows both lists of amounts, which ascend by row, and weighs what is sure on both sides. */
function comparePaid(
  into: Difference,
  { before, after }: Pair,
  householdOf: (row: number) => number,
): void {
  let [b, a] = [0, 0]
  const [bEnd, aEnd] = [before?.paid ?? 0, after?.paid ?? 0]
  while (b < bEnd || a < aEnd) {
    const bRow = b < bEnd ? (before?.rows[b] ?? 0) : Number.MAX_SAFE_INTEGER
    const aRow = a < aEnd ? (after?.rows[a] ?? 0) : Number.MAX_SAFE_INTEGER
    const row = Math.min(bRow, aRow)
    if (bRow !== aRow || !isSameAmount(before, b, after, a)) {
      const household = householdOf(row)
      weigh(into, household, before, bRow === row ? b : -1 - row, -1)
      weigh(into, household, after, aRow === row ? a : -1 - row, 1)
    }
    if (bRow === row) b++
    if (aRow === row) a++
  }
}

function isSameAmount(before: Judgement | null, b: number, after: Judgement | null, a: number) {
  return (
    before?.lo[b] === after?.lo[a] &&
    before?.hi[b] === after?.hi[a] &&
    before?.period[b] === after?.period[a]
  )
}

/**
 * Adds or takes away a sure amount; one that is not sure leaves the household open.
 *
 * @param at place in the list of amounts, or -1 - row where the row has none
 */
function weigh(
  into: Difference,
  household: number,
  judgement: Judgement | null,
  at: number,
  sign: 1 | -1,
): void {
  const code = judgement?.codes[at < 0 ? -1 - at : (judgement.rows[at] ?? 0)] ?? 0
  touch(into, household)
  if (code === 0) return
  if (!judgement || at < 0 || code !== (1 | (exactKind << 2))) {
    touch(into, household, openBit)
    return
  }
  const [fen = 0, period = 0] = [judgement.lo[at], judgement.period[at]]
  const months = yearOf[period as 0 | 1 | 2 | 3]
  if (months > 0) bump(into.year, household, sign * fen * months)
  else bump(into.apart, household, sign * fen)
}

/** What happens to a household, all programmes together. */
export function outcomeOf({ year, apart, marks, turns }: Difference, household: number): Outcome {
  if (((marks[household] ?? 0) & openBit) !== 0) return 'open'
  const worth = year[household] || apart[household] || 0
  if (worth !== 0) return worth > 0 ? 'gains' : 'loses'
  const { gained = [], lost = [] } = turns.get(household) ?? {}
  if (gained.length > 0 && lost.length > 0) return 'moves'
  if (gained.length + lost.length === 0) return 'unchanged'
  return gained.length > 0 ? 'gains' : 'loses'
}

/** Counts by dimension: township × category × outcome, then two sums in fen a year: won and lost. */
export type Breakdown = Readonly<Record<Dimension, Float64Array>>

export const breakdownFields = outcomes.length + 2
const wonField = outcomes.length

export const categories: Readonly<Record<Exclude<Dimension, 'township'>, number>> = {
  age: ageBands.length,
  kind: householdKinds.length,
  decile: deciles + 1,
}

function emptyBreakdown(townships: number): Breakdown {
  const room = (kinds: number) => new Float64Array(townships * kinds * breakdownFields)
  return {
    township: room(1),
    age: room(categories.age),
    kind: room(categories.kind),
    decile: room(categories.decile),
  }
}

/** Everybody, as if nothing happened to them. */
export function everybody(
  population: Population,
  decileOf: Uint8Array,
  townships: number,
): Breakdown {
  const made = emptyBreakdown(townships)
  const unchanged = outcomes.indexOf('unchanged')
  for (let h = 0; h < population.batch.households; h++)
    place(made, population, decileOf, h, (cells, at) => bump(cells, at + unchanged, 1))
  return made
}

/** What happens to whom: what {@link everybody} says, corrected for the households touched. */
export function breakDown(
  difference: Difference,
  population: Population,
  decileOf: Uint8Array,
  all: Breakdown,
): Breakdown {
  const made = {
    township: all.township.slice(),
    age: all.age.slice(),
    kind: all.kind.slice(),
    decile: all.decile.slice(),
  }
  const unchanged = outcomes.indexOf('unchanged')
  for (const household of difference.touched) {
    const outcome = outcomes.indexOf(outcomeOf(difference, household))
    const year = difference.year[household] ?? 0
    place(made, population, decileOf, household, (cells, at, isHousehold) => {
      bump(cells, at + unchanged, -1)
      bump(cells, at + outcome, 1)
      if (isHousehold && outcome < 2) bump(cells, at + wonField + outcome, Math.abs(year))
    })
  }
  return made
}

function bump(cells: Float64Array, at: number, by: number): void {
  cells[at] = (cells[at] ?? 0) + by
}

type Put = (cells: Float64Array, at: number, isHousehold: boolean) => void

/** Finds the cells that a household, and each of its members, is counted in. */
function place(
  into: Breakdown,
  { batch, townshipOf, kindOf, bandOf, optedOut }: Population,
  decileOf: Uint8Array,
  h: number,
  put: Put,
): void {
  const township = townshipOf[h] ?? 0
  const at = (kinds: number, kind: number) => (township * kinds + kind) * breakdownFields
  put(into.township, at(1, 0), true)
  put(into.kind, at(categories.kind, kindOf[h] ?? 0), true)
  put(into.decile, at(categories.decile, decileOf[h] ?? 0), true)
  for (let p = batch.offsets[h] ?? 0; p < (batch.offsets[h + 1] ?? 0); p++)
    if (optedOut?.[p] !== 1) put(into.age, at(categories.age, bandOf[p] ?? 0), false)
}

/** Households by township that leave one programme and enter another, by `from>to`. */
export function movesOf(
  { turns }: Difference,
  { townshipOf }: Population,
  townships: number,
): Map<string, Float64Array> {
  const moves = new Map<string, Float64Array>()
  for (const [household, { lost, gained }] of turns) {
    if (lost.length === 0 || gained.length === 0) continue
    const pairs = new Set(lost.flatMap((from) => gained.map((to) => `${from}>${to}`)))
    for (const pair of pairs) {
      const counts = moves.get(pair) ?? new Float64Array(townships)
      bump(counts, townshipOf[household] ?? 0, 1)
      moves.set(pair, counts)
    }
  }
  return moves
}
