import type { Condition, Program } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'

/** Bits of a condition's possible outcomes. One bit alone is decided only if MET or UNMET. */
export const MET = 1
export const UNMET = 2
/** Unmet, but known by recollection only, so it decides nothing. */
export const UNCONFIRMED = 4
/** Null on known facts, and the policy says that this stays open. */
export const OPEN_NULL = 8

/** Per target and row (member index; 0 for a household). Verdict masks: 1 eligible, 2 ineligible, 3 unknown. */
export type Verdicts = Readonly<{
  first: readonly Uint8Array[]
  second: readonly Uint8Array[]
  /** outcomes[target][condition · MAX_MEMBERS + row], first pass. */
  outcomes: readonly Uint8Array[]
  /** All of these, one after the other. */
  all: Uint8Array
}>

/** Room for the verdicts of one household. */
export function emptyVerdicts({ targets }: Program): Verdicts {
  const conditions = targets.reduce((sum, target) => sum + target.conditions.length, 0)
  const all = new Uint8Array((targets.length * 2 + conditions) * MAX_MEMBERS)
  let next = 0
  const room = (rows: number): Uint8Array => all.subarray(next, (next += rows * MAX_MEMBERS))
  return {
    first: targets.map(() => room(1)),
    second: targets.map(() => room(1)),
    outcomes: targets.map((target) => room(target.conditions.length)),
    all,
  }
}

/** Possible outcomes of a condition from its root's mask. */
export function outcomesOf(mask: number, c: Condition): number {
  const unmet = c.confirmed ? UNMET : UNCONFIRMED
  let out = (mask & 1 ? MET : 0) | (mask & 2 ? unmet : 0)
  if (mask & 4) out |= c.whenNull === 'met' ? MET : c.whenNull === 'unmet' ? unmet : OPEN_NULL
  return out
}

/** Whether all of these conditions of a row are met, or one is not. */
export function standing(
  outcomes: Uint8Array,
  row: number,
  conditions: readonly number[],
): 'sure' | 'open' | 'failed' {
  let sure = true
  for (const c of conditions) {
    const outcome = outcomes[c * MAX_MEMBERS + row]
    if (outcome === UNMET) return 'failed'
    if (outcome !== MET) sure = false
  }
  return sure ? 'sure' : 'open'
}
