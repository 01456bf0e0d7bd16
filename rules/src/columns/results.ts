import type { NodeId, Program } from '../ir.ts'
import { MET, UNMET } from '../evaluate/verdicts.ts'
import { addLacking, type Lacking, type ReadBits } from './missing.ts'
import {
  ELIGIBLE,
  INELIGIBLE,
  isNearMiss,
  MISSING_FACTS,
  openReasons,
  STATUS_PENDING,
  type TargetPlan,
  tierState,
  UNDECIDED,
  verdictOf,
} from './outcome.ts'
import type { Block, Scratch } from './block.ts'

/** What is known of an amount, as stored in a column. */
export const amountKinds = ['none', 'exact', 'range', 'official', 'unknown'] as const
type AmountKind = (typeof amountKinds)[number]

/** Results of one target, one row per household or person of the batch. */
export type TargetColumns = Readonly<{
  /** 0 ineligible, 1 eligible, 2 unknown. */
  verdict: Uint8Array
  /** Place of the tier in Target.tiers, -1 if none or not determined. */
  tier: Int8Array
  /** Place in {@link amountKinds}. */
  amountKind: Uint8Array
  /** Fen. */
  amountMin: Float64Array
  amountMax: Float64Array
  /** Place of the tier whose period the amount has, -1 if none. */
  periodOf: Int8Array
  /** Bits of reasonNames. */
  reasons: Uint8Array
  nearMiss: Uint8Array
  /** Facts that are missing: bits by place in Pack.facts, `missingWords` words a row. */
  missing: Uint32Array
  missingWords: number
  /** Rows whose verdict waits for a confirmed status: places of the programmes in Pack.programmes. */
  via: Map<number, readonly number[]>
}>

/** Results of so many rows, all ineligible, for a pack of so many facts. */
export function emptyColumns(rows: number, facts: number): TargetColumns {
  const missingWords = Math.ceil(facts / 32)
  return {
    verdict: new Uint8Array(rows),
    tier: new Int8Array(rows).fill(-1),
    amountKind: new Uint8Array(rows),
    amountMin: new Float64Array(rows),
    amountMax: new Float64Array(rows),
    periodOf: new Int8Array(rows).fill(-1),
    reasons: new Uint8Array(rows),
    nearMiss: new Uint8Array(rows),
    missing: new Uint32Array(rows * missingWords),
    missingWords,
    via: new Map(),
  }
}

export type RowContext = Readonly<{
  program: Program
  plans: readonly TargetPlan[]
  plan: TargetPlan
  columns: TargetColumns
  block: Block
  lacking: Lacking
  verdicts: readonly Uint8Array[]
  scratch: Scratch
}>

/** Forms everything that is kept of one row of one target. */
export function writeRow(context: RowContext, row: number): void {
  const { plan, columns, block, verdicts, scratch } = context
  const { target } = plan
  const at = row + (target.entity === 'person' ? block.firstPerson : block.firstHousehold)
  const first = verdicts[target.index]?.[row] ?? 3
  takeOutcomes(plan, scratch, row)
  const pending = first !== 1 && target.readsStatus && isPending(plan, scratch, row)
  const verdict = pending
    ? UNDECIDED
    : first === 1
      ? ELIGIBLE
      : first === 2
        ? INELIGIBLE
        : UNDECIDED
  columns.verdict[at] = verdict
  if (verdict === INELIGIBLE) {
    columns.nearMiss[at] = isNearMissAt(context, row) ? 1 : 0
    return
  }
  const candidates = candidatesOf(plan)
  if (pending) columns.via.set(at, viaOf(context, row))
  if (pending) columns.amountKind[at] = amountKinds.indexOf('unknown')
  else writeAmount(context, candidates, row, at)
  if (verdict === ELIGIBLE) {
    if (candidates.length === 1) columns.tier[at] = candidates[0] ?? -1
    columns.reasons[at] = openAmounts(context, candidates, row, at)
  } else
    columns.reasons[at] =
      (pending ? STATUS_PENDING : 0) | openConditions(context, candidates, row, at)
}

/** A person may miss a line of the household: its measure then stands in the household's row. */
function isNearMissAt({ plan, block, scratch, program }: RowContext, row: number): boolean {
  const rowOf = (node: NodeId): number =>
    plan.target.entity === 'person' && program.nodes[node]?.entity === 'household'
      ? (block.owner[row] ?? 0)
      : row
  const lo = (node: NodeId) => scratch.lo[node]?.[rowOf(node)] ?? 0
  const hi = (node: NodeId) => scratch.hi[node]?.[rowOf(node)] ?? 0
  return isNearMiss(plan, lo, hi)
}

/** Outcomes of the first pass of a row, into the plan's buffer. */
export function takeOutcomes(
  { roots, table, outcomes }: TargetPlan,
  scratch: Scratch,
  row: number,
): void {
  for (let c = 0; c < roots.length; c++) {
    outcomes[c] = table[c * 8 + (scratch.mask[roots[c] ?? 0]?.[row] ?? 3)] ?? 0
  }
}

/** Whether the row would be eligible if every match of this run were confirmed. */
function isPending(
  { target, pendingRoots, table, pendingOutcomes }: TargetPlan,
  scratch: Scratch,
  row: number,
): boolean {
  for (let c = 0; c < pendingRoots.length; c++) {
    pendingOutcomes[c] = table[c * 8 + (scratch.mask[pendingRoots[c] ?? 0]?.[row] ?? 3)] ?? 0
  }
  return verdictOf(target, pendingOutcomes) === 1
}

/** Tiers still possible, in order, up to and including the first sure one. */
function candidatesOf({ target, outcomes }: TargetPlan): number[] {
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

/** Reasons and missing facts of the conditions that are undecided. */
function openConditions(
  context: RowContext,
  candidates: readonly number[],
  row: number,
  at: number,
): number {
  const { plan } = context
  const { outcomes, target } = plan
  let reasons = 0
  const take = (c: number) => {
    const outcome = outcomes[c] ?? 0
    if (outcome === MET || outcome === UNMET) return
    reasons |= openReasons(outcome)
    if ((outcome & (outcome - 1)) === 0) return
    reasons |= plan.parameterReasons[c] ?? 0
    if (markMissing(context, plan.reads[c], row, at)) reasons |= MISSING_FACTS
  }
  target.base.forEach(take)
  for (const t of candidates) target.tiers[t]?.conditions.forEach(take)
  return reasons
}

/** The same of amounts that are still open although the verdict is given. */
function openAmounts(
  context: RowContext,
  candidates: readonly number[],
  row: number,
  at: number,
): number {
  const { plan, scratch } = context
  let reasons = 0
  for (const t of candidates) {
    const amount = plan.target.tiers[t]?.amount
    if (
      amount?.kind !== 'computed' ||
      scratch.lo[amount.node]?.[row] === scratch.hi[amount.node]?.[row]
    )
      continue
    reasons |= plan.amountReasons[t] ?? 0
    if (markMissing(context, plan.amountReads[t], row, at)) reasons |= MISSING_FACTS
  }
  return reasons
}

function writeAmount(
  { columns, plan, scratch }: RowContext,
  candidates: readonly number[],
  row: number,
  at: number,
): void {
  const { tiers } = plan.target
  const first = tiers[candidates[0] ?? -1]?.amount
  let kind: AmountKind =
    first === undefined ? 'unknown' : first.kind === 'computed' ? 'exact' : first.kind
  let [lo, hi] = [Infinity, -Infinity]
  for (const t of candidates) {
    const amount = tiers[t]?.amount
    if (!amount || !first || amount.kind !== first.kind) kind = 'unknown'
    else if (amount.kind === 'computed') {
      if (amount.per !== first.per) kind = 'unknown'
      lo = Math.min(lo, scratch.lo[amount.node]?.[row] ?? 0)
      hi = Math.max(hi, scratch.hi[amount.node]?.[row] ?? Infinity)
    }
  }
  if (kind === 'exact' && lo !== hi) kind = hi === Infinity ? 'unknown' : 'range'
  columns.amountKind[at] = amountKinds.indexOf(kind)
  if (kind !== 'exact' && kind !== 'range') return
  columns.amountMin[at] = lo
  columns.amountMax[at] = hi
  columns.periodOf[at] = candidates[0] ?? -1
}

/** Marks the facts read that the row lacks; says whether there are any. */
function markMissing(
  { plan, columns, block, program, lacking }: RowContext,
  bits: ReadBits | undefined,
  row: number,
  at: number,
): boolean {
  if (!bits) return false
  const isPerson = plan.target.entity === 'person'
  return addLacking(columns.missing, at * columns.missingWords, {
    lacking,
    program,
    bits,
    own: isPerson ? row : -1,
    household: isPerson ? (block.owner[row] ?? 0) : row,
  })
}

/** Programmes whose match, once confirmed, makes this row eligible. */
function viaOf({ plan, plans, block, verdicts }: RowContext, row: number): number[] {
  const isPerson = plan.target.entity === 'person'
  const household = isPerson ? (block.owner[row] ?? 0) : row
  const via = new Set<number>()
  plan.statuses.forEach((programmes, c) => {
    if (plan.outcomes[c] === MET) return
    for (const programme of programmes) {
      const matched = plans.some(({ target }) => {
        if (target.programme !== programme) return false
        const verdict = verdicts[target.index] ?? new Uint8Array()
        if (target.entity === 'household') return verdict[household] === 1
        if (isPerson) return verdict[row] === 1
        return verdict.subarray(block.start[household], block.start[household + 1]).includes(1)
      })
      if (matched) via.add(programme)
    }
  })
  return [...via]
}
