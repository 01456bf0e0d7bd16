import type { TargetView } from '../evaluate/day-view.ts'
import type { Measure, Program, Reads, Target } from '../ir.ts'
import type { ParameterValue } from '../parameters.ts'
import { type ReadBits, readBits } from './missing.ts'
import { MET, OPEN_NULL, UNCONFIRMED, UNMET } from '../evaluate/verdicts.ts'

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

/** Everything about the one row that is looked at. */
export type Looked = Readonly<{
  /** Outcomes of the conditions, first and second pass. */
  outcomes: Uint8Array
  pending: Uint8Array
  /** Amounts by tier. */
  lo: Float64Array
  hi: Float64Array
  /** Four ends a condition: of the measure's sides a and b, low and high. */
  measured: Float64Array
}>

/** A target made ready for rows: what does not change from row to row, and buffers used again. */
export type TargetPlan = Readonly<{
  target: Target
  looked: Looked
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
  view: TargetView,
  parameters: readonly ParameterValue[],
): TargetPlan {
  const { conditions, tiers } = target
  const reads = conditions.map((_, c) => view.reads[c] ?? null)
  const amounts = tiers.map((_, t) => view.amountReads[t] ?? null)
  return {
    target,
    looked: {
      outcomes: new Uint8Array(conditions.length),
      pending: new Uint8Array(conditions.length),
      lo: new Float64Array(tiers.length),
      hi: new Float64Array(tiers.length),
      measured: new Float64Array(conditions.length * 4),
    },
    parameterReasons: Uint8Array.from(reads, (read) => reasonsOf(read, parameters)),
    amountReasons: Uint8Array.from(amounts, (read) => reasonsOf(read, parameters)),
    reads: reads.map((read) => readBits(read?.facts ?? [], program, target)),
    amountReads: amounts.map((read) => readBits(read?.facts ?? [], program, target)),
    measures: conditions.map((_, c) => view.measures[c] ?? null),
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

/** Whether the row looked at fails on one line only, and by at most a tenth of it. */
export function isNearMiss({ target, looked, measures }: TargetPlan): boolean {
  const { outcomes, measured } = looked
  return target.tiers.some((tier) => {
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
    return measure ? missesByATenth(measure, measured.subarray(failed * 4, failed * 4 + 4)) : false
  })
}

function missesByATenth({ op, line }: Measure, ends: Float64Array): boolean {
  if (op === '=' || op === '!=') return false
  const [aLo = 0, aHi = 0, bLo = 0, bHi = 0] = ends
  const [valueLo, valueHi, lineLo, lineHi] =
    line === 'b' ? [aLo, aHi, bLo, bHi] : [bLo, bHi, aLo, aHi]
  const below = (op === '<' || op === '<=') === (line === 'b')
  if (below) return lineHi > 0 && lineHi < Infinity && (valueLo - lineHi) * 10 <= lineHi
  return lineLo > 0 && (lineLo - valueHi) * 10 <= lineLo
}
