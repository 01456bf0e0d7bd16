import type { ColumnProgram, Entries, Pack } from '@qiao/rules'
import type { Population } from './population.ts'
import {
  emptyTally,
  exactKind,
  monthly,
  periods,
  place,
  rangeKind,
  stateSize,
  type Tally,
  unknownKind,
  yearOf,
} from './state.ts'

/** What one set of rules says of a programme, row by row, kept small. */
export type Judgement = {
  entity: 'household' | 'person'
  /** By row: 0 ineligible, 1 eligible, 2 undecided; four times the place of the amount's kind besides. */
  codes: Uint8Array
  /** Rows of the eligible with a computed amount, ascending, and how much. */
  paid: number
  rows: Int32Array
  lo: Float64Array
  hi: Float64Array
  period: Uint8Array
  tally: Tally
}

export function emptyJudgement(
  { batch }: Population,
  entity: Judgement['entity'],
  townships: number,
): Judgement {
  const rows = entity === 'person' ? batch.persons : batch.households
  return {
    entity,
    // Whole words, so that two can be compared four rows at a time.
    codes: new Uint8Array((rows + 3) & ~3),
    paid: 0,
    ...roomFor(16),
    tally: emptyTally(townships),
  }
}

function roomFor(size: number) {
  return {
    rows: new Int32Array(size),
    lo: new Float64Array(size),
    hi: new Float64Array(size),
    period: new Uint8Array(size),
  }
}

/** By target of a pack, where its judgement goes; null where nobody asks. */
export type Wanted = readonly (Judgement | null)[]

/** By target: whether each row receives it, 1, 0 or -1 for unknown; null where nothing is known. */
export type Receipts = readonly (Int8Array | null)[]

/** Runs a program over the population and writes down what it says of the wanted targets. */
export function judgeInto(
  { program, pack }: { program: ColumnProgram; pack: Pack },
  population: Population,
  batch: Population['batch'],
  wanted: Wanted,
  receipts: Receipts,
): void {
  for (const judgement of wanted) if (judgement) clear(judgement)
  const periodOf = pack.program.targets.map(({ tiers }) => periodFinder(tiers))
  program.judge(batch, (entries) => {
    const into = wanted[entries.target]
    const find = periodOf[entries.target]
    if (into && find) take(into, entries, population, find, receipts[entries.target] ?? null)
  })
}

/**
 * Takes the entries of one block. A district has thirty million of them, so this counts in place
 * and makes no object for any.
 */
function take(
  into: Judgement,
  { count, first, rows, verdict, kind, lo, hi, period }: Entries,
  { ownerOf, townshipOf, optedOut }: Population,
  periodFor: (tier: number) => number,
  receipt: Int8Array | null,
): void {
  const { codes, tally } = into
  const isPerson = into.entity === 'person'
  const silent = isPerson ? optedOut : null
  for (let i = 0; i < count; i++) {
    const said = verdict[i]!
    if (said === 0) continue
    const row = first + rows[i]!
    if (silent !== null && silent[row] === 1) continue
    const how = kind[i]!
    codes[row] = said | (how << 2)
    const at = townshipOf[isPerson ? ownerOf[row]! : row]! * stateSize
    tally[at + (said === 1 ? place.eligible : place.unknown)]! += 1
    if (how === exactKind || how === rangeKind) {
      const per = periodFor(period[i]!)
      if (said === 1) pay(into, row, lo[i]!, hi[i]!, per)
      if (said === 1 && how === exactKind) tally[at + place.month + per]! += lo[i]!
      else {
        if (said === 1) tally[at + place.lowMonth + per]! += lo[i]!
        if (hi[i]! < telling) tally[at + place.highMonth + per]! += hi[i]!
        else tally[at + place.endless]! += 1
      }
    } else if (how === unknownKind) tally[at + place.endless]! += 1
    else if (said === 1) tally[at + place.unpriced]! += 1
    if (said === 1 && receipt !== null && receipt[row]! >= 0) {
      if (receipt[row] === 1) tally[at + place.receiving]! += 1
      else {
        tally[at + place.notReceiving]! += 1
        if (how === exactKind)
          tally[at + place.notReceivedYear]! += lo[i]! * yearOf[periodFor(period[i]!) as 0]
      }
    }
  }
}

/** From this many fen on (a million yuan) an upper end only repeats what the facts may range over. */
const telling = 1e8

function clear(judgement: Judgement): void {
  judgement.codes.fill(0)
  judgement.tally.fill(0)
  judgement.paid = 0
}

function pay(into: Judgement, row: number, lo: number, hi: number, period: number): void {
  if (into.paid === into.rows.length) grow(into)
  into.rows[into.paid] = row
  into.lo[into.paid] = lo
  into.hi[into.paid] = hi
  into.period[into.paid] = period
  into.paid++
}

function grow(into: Judgement): void {
  const longer = roomFor(into.rows.length * 2)
  longer.rows.set(into.rows)
  longer.lo.set(into.lo)
  longer.hi.set(into.hi)
  longer.period.set(into.period)
  Object.assign(into, longer)
}

type Tiers = Pack['program']['targets'][number]['tiers']

/** The period of an amount, by the tier it comes from where tiers have several. */
function periodFinder(tiers: Tiers): (tier: number) => number {
  const places = tiers.map(({ amount }) => periods.indexOf(amount.per))
  const computed = tiers.flatMap(({ amount }, i) =>
    amount.kind === 'computed' ? [places[i] ?? monthly] : [],
  )
  const only = new Set(computed).size === 1 ? computed[0] : undefined
  return only === undefined ? (tier) => places[tier] ?? monthly : () => only
}
