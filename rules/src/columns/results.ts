import type { Program } from '../ir.ts'
import { MET } from '../evaluate/verdicts.ts'
import { addLacking, type Lacking, type ReadBits } from './missing.ts'
import {
  ELIGIBLE,
  INELIGIBLE,
  isNearMiss,
  MISSING_FACTS,
  STATUS_PENDING,
  type TargetPlan,
  UNDECIDED,
  verdictOf,
} from './outcome.ts'
import type { Block } from './block.ts'
import { type OpenSet, openSetOf } from './open-sets.ts'

/** What is known of an amount, as stored in a column. */
export const amountKinds = ['none', 'exact', 'range', 'official', 'unknown'] as const

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

/** Whoever is not surely ineligible in a block, one entry after the other; see targetLoop. */
export type Found = Readonly<{
  rows: Int32Array
  /** As in {@link TargetColumns.verdict}; 0 where a row is only to be looked at. */
  verdict: Uint8Array
  /** 1 more must be asked of the row, 2 it waits for a match to be confirmed. */
  look: Uint8Array
  kind: Uint8Array
  tier: Int8Array
  period: Int8Array
  lo: Float64Array
  hi: Float64Array
  /** First verdict of every row of the block: 1 eligible, 2 ineligible, 3 unknown. */
  first: Uint8Array
  /** Outcomes of all conditions of every row, where asked for; see {@link Entries}. */
  words: Uint32Array
  /** Rows that may wait for a match, and a mark for those that do. */
  waiting: Int32Array
  waits: Uint8Array
}>

/** Answers of one target in columns of the whole batch; whoever is ineligible has zeros. */
export type Judged = Readonly<{
  /** As in {@link TargetColumns.verdict}. */
  verdict: Uint8Array
  /** Fen; -1 where the amount is not known. Empty where the target pays nothing that is computed. */
  lo: Int32Array | Float64Array
  /** With it a range is kept; without, an amount that is no single one is not known. */
  hi?: Int32Array | Float64Array
  /**
   * Where given, outcomes of all conditions: see {@link Found.words}. Four bits a condition are
   * enough: no word wider than the target needs.
   */
  words?: Uint8Array | Uint16Array | Uint32Array
}>

/** Room for the entries of a block of so many rows. */
export function emptyFound(rows: number, words: number): Found {
  return {
    rows: new Int32Array(rows),
    verdict: new Uint8Array(rows),
    look: new Uint8Array(rows),
    kind: new Uint8Array(rows),
    tier: new Int8Array(rows),
    period: new Int8Array(rows),
    lo: new Float64Array(rows),
    hi: new Float64Array(rows),
    first: new Uint8Array(rows),
    words: new Uint32Array(rows * words),
    waiting: new Int32Array(rows),
    waits: new Uint8Array(rows),
  }
}

/** See {@link Found.look}. */
export const WAITS = 2

export type RowContext = Readonly<{
  program: Program
  plans: readonly TargetPlan[]
  plan: TargetPlan
  columns: TargetColumns
  block: Block
  lacking: Lacking
  found: readonly Found[]
  /** Fills the plan's buffers with everything about a row. */
  look: (row: number) => void
}>

/** Writes one entry of a block into the columns. */
export function writeEntry(context: RowContext, entry: number): void {
  const { plan, columns, block, found } = context
  const { target } = plan
  const own = found[target.index]
  if (!own) return
  const row = own.rows[entry] ?? 0
  const at = row + (target.entity === 'person' ? block.firstPerson : block.firstHousehold)
  const verdict = own.verdict[entry] ?? 0
  if (own.look[entry] === 0) {
    columns.verdict[at] = verdict
    writeAmount(columns, own, entry, at)
    return
  }
  context.look(row)
  if (own.look[entry] === WAITS) {
    columns.verdict[at] = UNDECIDED
    columns.via.set(at, viaOf(context, row))
    columns.amountKind[at] = amountKinds.indexOf('unknown')
    columns.reasons[at] = STATUS_PENDING | openConditions(context, openSetOf(plan), row, at)
    return
  }
  columns.verdict[at] = verdict
  if (verdict === INELIGIBLE) {
    columns.nearMiss[at] = isNearMiss(plan) ? 1 : 0
    return
  }
  writeAmount(columns, own, entry, at)
  const open = openSetOf(plan)
  columns.reasons[at] =
    verdict === ELIGIBLE
      ? openAmounts(context, open, row, at)
      : openConditions(context, open, row, at)
}

function writeAmount(columns: TargetColumns, found: Found, entry: number, at: number): void {
  columns.tier[at] = found.tier[entry] ?? -1
  columns.amountKind[at] = found.kind[entry] ?? 0
  columns.amountMin[at] = found.lo[entry] ?? 0
  columns.amountMax[at] = found.hi[entry] ?? 0
  columns.periodOf[at] = found.period[entry] ?? -1
}

/** Whether the row looked at would be eligible if every match of this run were confirmed. */
export function isPending({ target, looked }: TargetPlan): boolean {
  return target.readsStatus && verdictOf(target, looked.pending) === 1
}

/** Reasons and missing facts of the conditions that are undecided. */
function openConditions(
  context: RowContext,
  { reasons, reads }: OpenSet,
  row: number,
  at: number,
): number {
  return reasons | (markMissing(context, reads, row, at) ? MISSING_FACTS : 0)
}

/**
 * What keeps an amount open although the verdict is given: the amount itself, and whether a better
 * tier applies.
 */
function openAmounts(context: RowContext, open: OpenSet, row: number, at: number): number {
  const { plan } = context
  let reasons = open.candidates.length > 1 ? openConditions(context, open, row, at) : 0
  for (const t of open.candidates) {
    const amount = plan.target.tiers[t]?.amount
    if (amount?.kind !== 'computed' || plan.looked.lo[t] === plan.looked.hi[t]) continue
    reasons |= plan.amountReasons[t] ?? 0
    if (markMissing(context, plan.amountReads[t], row, at)) reasons |= MISSING_FACTS
  }
  return reasons
}

/** Marks the facts read that the row lacks; says whether there are any. */
function markMissing(
  { plan, columns, block, lacking }: RowContext,
  bits: ReadBits | undefined,
  row: number,
  at: number,
): boolean {
  if (!bits) return false
  const isPerson = plan.target.entity === 'person'
  return addLacking(columns.missing, at * columns.missingWords, lacking, bits, {
    own: isPerson ? row : -1,
    household: isPerson ? (block.owner[row] ?? 0) : row,
  })
}

/** Programmes whose match, once confirmed, makes this row eligible. */
function viaOf({ plan, plans, block, found }: RowContext, row: number): number[] {
  const isPerson = plan.target.entity === 'person'
  const household = isPerson ? (block.owner[row] ?? 0) : row
  const via = new Set<number>()
  plan.statuses.forEach((programmes, c) => {
    if (plan.looked.outcomes[c] === MET) return
    for (const programme of programmes) {
      const matched = plans.some(({ target }) => {
        if (target.programme !== programme) return false
        const verdicts = found[target.index]?.first ?? new Uint8Array()
        if (target.entity === 'household') return verdicts[household] === 1
        if (isPerson) return verdicts[row] === 1
        return verdicts.subarray(block.start[household], block.start[household + 1]).includes(1)
      })
      if (matched) via.add(programme)
    }
  })
  return [...via]
}
