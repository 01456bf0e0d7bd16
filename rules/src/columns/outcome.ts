import type { DayView } from '../evaluate/day-view.ts'
import type { Measure, Program, Reads, Target } from '../ir.ts'
import type { ParameterValue } from '../parameters.ts'
import { type ReadBits, readBits } from './missing.ts'
import { MET, OPEN_NULL, outcomesOf, UNCONFIRMED, UNMET } from '../evaluate/verdicts.ts'

/** Verdicts as stored in a column. */
export const INELIGIBLE = 0
/** See {@link INELIGIBLE}. */
export const ELIGIBLE = 1
export const UNDECIDED = 2

/** Bits of {@link TargetColumns.reasons}, in the order in which they are shown. */
export const reasonNames = [
  'missing-facts',
  'parameter-expired',
  'parameter-missing',
  'status-pending',
  'condition-unconfirmed',
  'null-unknown',
] as const
export const MISSING_FACTS = 1
const PARAMETER_EXPIRED = 2
const PARAMETER_MISSING = 4
export const STATUS_PENDING = 8
const CONDITION_UNCONFIRMED = 16
const NULL_UNKNOWN = 32

/** A target made ready for rows: tables instead of decisions, and buffers that are used again. */
export type TargetPlan = Readonly<{
  target: Target
  /** Outcome bits by mask, eight entries a condition. */
  table: Uint8Array
  roots: Int32Array
  pendingRoots: Int32Array
  /** Outcomes of the row at hand, first and second pass. */
  outcomes: Uint8Array
  pendingOutcomes: Uint8Array
  /** Reasons that a condition's parameters give whenever it is undecided; the same for tiers' amounts. */
  parameterReasons: Uint8Array
  amountReasons: Uint8Array
  reads: readonly ReadBits[]
  amountReads: readonly ReadBits[]
  measures: readonly (Measure | null)[]
  /** Programmes whose status a condition reads, where a confirmed match could change it. */
  statuses: readonly (readonly number[])[]
}>

/** Makes a target ready for a day whose view and parameters are given. */
export function planTarget(
  program: Program,
  target: Target,
  view: DayView,
  parameters: readonly ParameterValue[],
): TargetPlan {
  const { conditions, tiers, index } = target
  const table = new Uint8Array(conditions.length * 8)
  conditions.forEach((condition, c) => {
    for (let mask = 0; mask < 8; mask++) table[c * 8 + mask] = outcomesOf(mask, condition)
  })
  const reads = conditions.map((_, c) => view.reads[index]?.[c] ?? null)
  const amounts = tiers.map((_, t) => view.amountReads[index]?.[t] ?? null)
  return {
    target,
    table,
    roots: Int32Array.from(conditions, ({ root }) => root),
    pendingRoots: Int32Array.from(conditions, ({ pendingRoot }) => pendingRoot),
    outcomes: new Uint8Array(conditions.length),
    pendingOutcomes: new Uint8Array(conditions.length),
    parameterReasons: Uint8Array.from(reads, (read) => reasonsOf(read, parameters)),
    amountReasons: Uint8Array.from(amounts, (read) => reasonsOf(read, parameters)),
    reads: reads.map((read) => readBits(read?.facts ?? [], program, target)),
    amountReads: amounts.map((read) => readBits(read?.facts ?? [], program, target)),
    measures: conditions.map((_, c) => view.measures[index]?.[c] ?? null),
    statuses: conditions.map(({ root, pendingRoot }, c) =>
      root === pendingRoot ? [] : (reads[c]?.statuses ?? []),
    ),
  }
}

function reasonsOf(reads: Reads | null, parameters: readonly ParameterValue[]): number {
  let bits = 0
  for (const index of reads?.parameters ?? []) {
    const state = parameters[index]?.state
    if (state === 'expired') bits |= PARAMETER_EXPIRED
    if (state === 'missing') bits |= PARAMETER_MISSING
  }
  return bits
}

/** Verdict mask of one row from its conditions' outcomes: 1 eligible, 2 ineligible, 3 open. */
export function verdictOf(target: Target, outcomes: Uint8Array): 1 | 2 | 3 {
  let base = MET
  for (const c of target.base) {
    if (outcomes[c] === UNMET) return 2
    if (outcomes[c] !== MET) base = 0
  }
  let possible = false
  for (const tier of target.tiers) {
    const state = tierState(tier.conditions, outcomes)
    if (state === UNMET) continue
    if (state === MET && base === MET) return 1
    possible = true
  }
  return possible ? 3 : 2
}

/** MET if all are met, UNMET if one is unmet, else 0. */
export function tierState(conditions: readonly number[], outcomes: Uint8Array): number {
  let state = MET
  for (const c of conditions) {
    if (outcomes[c] === UNMET) return UNMET
    if (outcomes[c] !== MET) state = 0
  }
  return state
}

/** Reasons of one undecided condition, apart from its parameters and facts. */
export function openReasons(outcome: number): number {
  return (
    (outcome & UNCONFIRMED ? CONDITION_UNCONFIRMED : 0) | (outcome === OPEN_NULL ? NULL_UNKNOWN : 0)
  )
}

/** Whether a row that fails does so on one line only, and by at most a tenth of it. */
export function isNearMiss(
  { target, outcomes, measures }: TargetPlan,
  lo: Ends,
  hi: Ends,
): boolean {
  for (const tier of target.tiers) {
    let failed = -1
    let failures = 0
    for (const conditions of [target.base, tier.conditions]) {
      for (const c of conditions) {
        if (outcomes[c] === MET) continue
        failures += outcomes[c] === UNMET ? 1 : 2
        failed = c
      }
    }
    const measure = failures === 1 ? measures[failed] : null
    if (measure && missesByATenth(measure, lo, hi)) return true
  }
  return false
}

type Ends = (node: number) => number

function missesByATenth(measure: Measure, lo: Ends, hi: Ends): boolean {
  if (measure.op === '=' || measure.op === '!=') return false
  const [value, line] = measure.line === 'b' ? [measure.a, measure.b] : [measure.b, measure.a]
  const below = (measure.op === '<' || measure.op === '<=') === (measure.line === 'b')
  if (below)
    return hi(line) > 0 && Number.isFinite(hi(line)) && (lo(value) - hi(line)) * 10 <= hi(line)
  return lo(line) > 0 && (lo(line) - hi(value)) * 10 <= lo(line)
}
