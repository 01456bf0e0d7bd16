import type { Condition, FactRead, Program, Reads, Target } from '../ir.ts'
import type { ParameterValue } from '../parameters.ts'
import { MET, OPEN_NULL, outcomesOf, UNCONFIRMED, UNMET } from '../verdicts.ts'

/** Verdicts as stored in a column. */
export const INELIGIBLE = 0
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
export type Reason = (typeof reasonNames)[number]
export const MISSING_FACTS = 1
export const PARAMETER_EXPIRED = 2
export const PARAMETER_MISSING = 4
export const STATUS_PENDING = 8
export const CONDITION_UNCONFIRMED = 16
export const NULL_UNKNOWN = 32

/** A target made ready for rows: tables instead of decisions. */
export type TargetPlan = Readonly<{
  target: Target
  /** Outcome bits by mask, eight entries a condition. */
  outcomes: Uint8Array
  /** Reasons that a condition's parameters give whenever it is undecided. */
  parameterReasons: Uint8Array
  /** The same for each tier's amount. */
  amountReasons: Uint8Array
  reads: readonly (readonly FactRead[])[]
  amountReads: readonly (readonly FactRead[])[]
}>

export function planTarget(target: Target, parameters: readonly ParameterValue[]): TargetPlan {
  const { conditions, tiers } = target
  const outcomes = new Uint8Array(conditions.length * 8)
  conditions.forEach((condition, c) => {
    for (let mask = 0; mask < 8; mask++) outcomes[c * 8 + mask] = outcomesOf(mask, condition)
  })
  const amountReadsOf = (t: number): Reads | null => {
    const amount = tiers[t]?.amount
    return amount?.kind === 'computed' ? amount.reads : null
  }
  return {
    target,
    outcomes,
    parameterReasons: Uint8Array.from(conditions, ({ reads }) => reasonsOf(reads, parameters)),
    amountReasons: Uint8Array.from(tiers, (_, t) => reasonsOf(amountReadsOf(t), parameters)),
    reads: conditions.map(({ reads }) => reads.facts),
    amountReads: tiers.map((_, t) => amountReadsOf(t)?.facts ?? []),
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
  return (outcome & UNCONFIRMED ? CONDITION_UNCONFIRMED : 0) | (outcome === OPEN_NULL ? NULL_UNKNOWN : 0)
}

/** Whether a row that fails does so on one line only, and by at most a tenth of it. */
export function isNearMiss(
  target: Target,
  outcomes: Uint8Array,
  ends: (node: number) => readonly [number, number],
): boolean {
  return target.tiers.some((tier) => {
    let failed: Condition | null = null
    for (const c of [...target.base, ...tier.conditions]) {
      if (outcomes[c] === MET) continue
      if (outcomes[c] !== UNMET || failed) return false
      failed = target.conditions[c] ?? null
    }
    return failed !== null && missesByATenth(failed, ends)
  })
}

function missesByATenth({ measure }: Condition, ends: (node: number) => readonly [number, number]): boolean {
  if (!measure || measure.op === '=' || measure.op === '!=') return false
  const [value, line] = measure.line === 'b' ? [ends(measure.a), ends(measure.b)] : [ends(measure.b), ends(measure.a)]
  const below = (measure.op === '<' || measure.op === '<=') === (measure.line === 'b')
  if (below) return line[1] > 0 && (value[0] - line[1]) * 10 <= line[1]
  return line[0] > 0 && (line[0] - value[1]) * 10 <= line[0]
}

/** Whether nobody has recorded a fact: a derived one is unknown only if its origin is too. */
export type FactUnknown = (fact: number, row: number) => boolean

/** Places of the facts that a row lacks; a derived fact is asked as the one it derives from. */
export function askedAs(program: Program, fact: number): number {
  return program.facts[fact]?.derivedFrom ?? fact
}
