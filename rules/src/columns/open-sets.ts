import { MET, UNMET } from '../evaluate/verdicts.ts'
import type { ReadBits } from './missing.ts'
import { openReasons, type TargetPlan, tierState } from './outcome.ts'

/** What follows from the outcomes of a target's conditions alone, whoever's they are. */
export type OpenSet = Readonly<{
  /** Tiers still possible, in order, up to and including the first sure one. */
  candidates: readonly number[]
  /** Reasons of what is undecided, apart from missing facts. */
  reasons: number
  /** Facts read by what is undecided. */
  reads: ReadBits
}>

/** A step for each condition, by its outcome: most rows of a district share a few dozen paths. */
type Step = (Step | undefined)[] & { set?: OpenSet }

const paths = new WeakMap<TargetPlan, Step>()

/** The set of the row that is looked at, worked out once for all rows of the same outcomes. */
export function openSetOf(plan: TargetPlan): OpenSet {
  let step = paths.get(plan)
  if (!step) paths.set(plan, (step = []))
  const { outcomes } = plan.looked
  for (let c = 0; c < outcomes.length; c++) {
    const outcome = outcomes[c] ?? 0
    let next: Step | undefined = step[outcome]
    if (!next) step[outcome] = next = []
    step = next
  }
  step.set ??= makeSet(plan)
  return step.set
}

function makeSet(plan: TargetPlan): OpenSet {
  const { target, looked, reads } = plan
  const candidates = candidatesOf(plan)
  const words = reads[0]?.own.length ?? 0
  const bits = {
    own: new Uint32Array(words),
    household: new Uint32Array(words),
    members: new Uint32Array(words),
  }
  let reasons = 0
  const indices = [...target.base, ...candidates.flatMap((t) => target.tiers[t]?.conditions ?? [])]
  for (const c of new Set(indices)) {
    const outcome = looked.outcomes[c] ?? 0
    if (outcome === MET || outcome === UNMET) continue
    reasons |= openReasons(outcome)
    if ((outcome & (outcome - 1)) === 0) continue
    reasons |= plan.parameterReasons[c] ?? 0
    const read = reads[c]
    if (read) join(bits, read)
  }
  return { candidates, reasons, reads: bits }
}

function join(into: ReadBits, from: ReadBits): void {
  for (const key of ['own', 'household', 'members'] as const)
    from[key].forEach((word, w) => (into[key][w] = (into[key][w] ?? 0) | word))
}

function candidatesOf({ target, looked: { outcomes } }: TargetPlan): number[] {
  const base = tierState(target.base, outcomes)
  const candidates: number[] = []
  if (base === UNMET) return candidates
  for (let t = 0; t < target.tiers.length; t++) {
    const state = tierState(target.tiers[t]?.conditions ?? [], outcomes)
    if (state === UNMET) continue
    candidates.push(t)
    if (state === MET && base === MET) break
  }
  return candidates
}
