/** What a tally of one programme counts, township by township. Money in fen. */
const stateFields = [
  'eligible',
  'unknown',
  // Sure amounts, by period.
  'month',
  'year',
  'once',
  'event',
  // Ends of amounts that depend on what is unknown, by period.
  'lowMonth',
  'lowYear',
  'lowOnce',
  'lowEvent',
  'highMonth',
  'highYear',
  'highOnce',
  'highEvent',
  // Eligible without a computed amount: officials set it, or there is none.
  'unpriced',
  // Undecided whose amount has no upper end that could be computed.
  'endless',
  'receiving',
  'notReceiving',
  /** Fen a year that those known not to receive would have. */
  'notReceivedYear',
] as const

export type StateField = (typeof stateFields)[number]
export type State = Readonly<Record<StateField, number>>

/** Fields of one township in a tally, and their places. */
export const stateSize = stateFields.length
export const place = Object.fromEntries(stateFields.map((name, i) => [name, i])) as Record<
  StateField,
  number
>

/** Periods of amounts in the order of the fields. */
export const periods = ['month', 'year', 'once', 'event'] as const
export const monthly = 0
/** How often in a year it is paid; 0 for what is paid once or for an event. */
export const yearOf = [12, 1, 0, 0] as const

/** Counts of one programme in every township. */
export type Tally = Float64Array

export function emptyTally(townships: number): Tally {
  return new Float64Array(townships * stateSize)
}

/** Places in the engine's amountKinds. */
export const [exactKind, rangeKind, , unknownKind] = [1, 2, 3, 4]

/** The tally of some townships together. */
export function stateOf(tally: Tally, townships: readonly number[]): State {
  const sum = (field: number) =>
    townships.reduce((total, township) => total + (tally[township * stateSize + field] ?? 0), 0)
  return Object.fromEntries(stateFields.map((name, i) => [name, sum(i)])) as State
}

export function addTo(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < from.length; i++) into[i] = (into[i] ?? 0) + (from[i] ?? 0)
}
