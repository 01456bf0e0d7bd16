import type { Frame, Step } from './frame.ts'
import type { Condition, Program, Target } from '../ir.ts'
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
}>

/** Room for the verdicts of one household. */
export function emptyVerdicts(program: Program): Verdicts {
  const rows = (): Uint8Array[] => program.targets.map(() => new Uint8Array(MAX_MEMBERS))
  return {
    first: rows(),
    second: rows(),
    outcomes: program.targets.map((t) => new Uint8Array(t.conditions.length * MAX_MEMBERS)),
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

/** Forms the verdicts of a target from its roots. */
export function decideStep(
  program: Program,
  index: number,
  second: boolean,
  frame: Frame,
  verdicts: Verdicts,
): Step {
  const target = program.targets[index]
  const outcomes = second
    ? new Uint8Array(verdicts.outcomes[index]?.length ?? 0)
    : verdicts.outcomes[index]
  const into = (second ? verdicts.second : verdicts.first)[index]
  if (!target || !outcomes || !into) throw new Error(`no target ${index}`)
  const roots = target.conditions.map((c) => {
    const root = second ? c.pendingRoot : c.root
    return {
      at: frame.at(root),
      stride: frame.stride(root),
      outcomes: Uint8Array.from({ length: 8 }, (_, mask) => outcomesOf(mask, c)),
    }
  })
  return (members) => {
    const rows = target.entity === 'person' ? members : 1
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < roots.length; i++) {
        const root = roots[i]
        if (root)
          outcomes[i * MAX_MEMBERS + row] =
            root.outcomes[frame.lo[root.at + row * root.stride] ?? 3] ?? 0
      }
      into[row] = verdictOf(target, outcomes, row)
    }
  }
}

/** Bits of the outcomes of these conditions, all in one; 0 if one is surely unmet. */
function joined(outcomes: Uint8Array, row: number, indices: readonly number[]): number {
  let bits = MET
  for (const i of indices) {
    const outcome = outcomes[i * MAX_MEMBERS + row] ?? 0
    if (outcome === UNMET) return 0
    bits |= outcome
  }
  return bits
}

function verdictOf({ base, tiers }: Target, outcomes: Uint8Array, row: number): number {
  const common = joined(outcomes, row, base)
  if (common === 0) return 2
  let possible = false
  for (const { conditions } of tiers) {
    const own = joined(outcomes, row, conditions)
    if (own === 0) continue
    if ((own | common) === MET) return 1
    possible = true
  }
  return possible ? 3 : 2
}
