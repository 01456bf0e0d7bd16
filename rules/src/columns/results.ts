import type { FactRead, NodeId, Program } from '../ir.ts'
import { MET, UNMET } from '../verdicts.ts'
import { type FactColumn, UNKNOWN } from './batch.ts'
import {
  askedAs, ELIGIBLE, INELIGIBLE, isNearMiss, MISSING_FACTS, openReasons, STATUS_PENDING, type TargetPlan, tierState,
  UNDECIDED, verdictOf,
} from './outcome.ts'
import type { Block, Scratch } from './program.ts'

/** What is known of an amount, as stored in a column. */
export const amountKinds = ['none', 'exact', 'range', 'official', 'unknown'] as const
export type AmountKind = (typeof amountKinds)[number]

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
  facts: readonly FactColumn[]
  verdicts: readonly Uint8Array[]
  scratch: Scratch
}>

/** Forms everything that is kept of one row of one target. */
export function writeRow(context: RowContext, row: number): void {
  const { plan, columns, block, verdicts } = context
  const { target } = plan
  const at = row + (target.entity === 'person' ? block.firstPerson : block.firstHousehold)
  const first = verdicts[target.index]?.[row] ?? 3
  const outcomes = outcomesAt(context, row, false)
  let verdict = first === 1 ? ELIGIBLE : first === 2 ? INELIGIBLE : UNDECIDED
  let reasons = 0
  if (first !== 1 && target.readsStatus && verdictOf(target, outcomesAt(context, row, true)) === 1) {
    verdict = UNDECIDED
    reasons |= STATUS_PENDING
    columns.via.set(at, viaOf(context, row))
  }
  columns.verdict[at] = verdict
  if (verdict === INELIGIBLE) {
    const ends = (node: NodeId) => endsAt(context, node, row)
    columns.nearMiss[at] = isNearMiss(target, outcomes, ends) ? 1 : 0
    return
  }
  columns.reasons[at] = reasons | openParts(context, row, outcomes, first === 1, at)
}

function outcomesAt({ plan, scratch }: RowContext, row: number, second: boolean): Uint8Array {
  return Uint8Array.from(plan.target.conditions, ({ root, pendingRoot }, c) => {
    const mask = scratch.mask[second ? pendingRoot : root]?.[row] ?? 3
    return plan.outcomes[c * 8 + mask] ?? 0
  })
}

function endsAt({ scratch }: RowContext, node: NodeId, row: number): readonly [number, number] {
  return [scratch.lo[node]?.[row] ?? 0, scratch.hi[node]?.[row] ?? 0]
}

/** Writes tier and amount, gathers reasons and missing facts of what is still open. */
function openParts(context: RowContext, row: number, outcomes: Uint8Array, eligible: boolean, at: number): number {
  const { plan } = context
  const { target } = plan
  const open = new Set<number>()
  const candidates: number[] = []
  const baseState = tierState(target.base, outcomes)
  for (const [t, tier] of target.tiers.entries()) {
    const state = baseState === UNMET ? UNMET : tierState(tier.conditions, outcomes)
    if (state === UNMET) continue
    candidates.push(t)
    for (const c of [...target.base, ...tier.conditions]) if (outcomes[c] !== MET && outcomes[c] !== UNMET) open.add(c)
    if (state === MET && baseState === MET) break
  }
  let reasons = 0
  for (const c of open) {
    reasons |= openReasons(outcomes[c] ?? 0) | (plan.parameterReasons[c] ?? 0)
    if (markMissing(context, plan.reads[c] ?? [], row, at)) reasons |= MISSING_FACTS
  }
  writeAmount(context, candidates, row, at)
  if (!eligible) return reasons
  if (candidates.length === 1) context.columns.tier[at] = candidates[0] ?? -1
  for (const t of candidates) {
    const amount = target.tiers[t]?.amount
    if (amount?.kind !== 'computed') continue
    const [lo, hi] = endsAt(context, amount.node, row)
    if (lo === hi) continue
    reasons |= plan.amountReasons[t] ?? 0
    if (markMissing(context, plan.amountReads[t] ?? [], row, at)) reasons |= MISSING_FACTS
  }
  return reasons
}

function writeAmount(context: RowContext, candidates: readonly number[], row: number, at: number): void {
  const { columns, plan } = context
  const amounts = candidates.map((t) => plan.target.tiers[t]?.amount)
  const first = amounts[0]
  const put = (kind: AmountKind, lo = 0, hi = 0) => {
    columns.amountKind[at] = amountKinds.indexOf(kind)
    columns.amountMin[at] = lo
    columns.amountMax[at] = hi
    if (kind === 'exact' || kind === 'range') columns.periodOf[at] = candidates[0] ?? -1
  }
  if (!first) return put('none')
  if (amounts.some((amount) => amount?.kind !== first.kind || amount.per !== first.per)) return put('unknown')
  if (first.kind !== 'computed') return put(first.kind)
  let [lo, hi] = [Infinity, -Infinity]
  for (const amount of amounts) {
    if (amount?.kind !== 'computed') continue
    const [l, h] = endsAt(context, amount.node, row)
    lo = Math.min(lo, l)
    hi = Math.max(hi, h)
  }
  if (hi === Infinity) put('unknown')
  else put(lo === hi ? 'exact' : 'range', lo, hi)
}

/** Marks the facts of `reads` that the row lacks; says whether there are any. */
function markMissing(context: RowContext, reads: readonly FactRead[], row: number, at: number): boolean {
  const { columns, program } = context
  let found = false
  for (const read of reads) {
    if (!lacks(context, read, row)) continue
    found = true
    const fact = askedAs(program, read.fact)
    const word = at * columns.missingWords + (fact >> 5)
    columns.missing[word] = ((columns.missing[word] ?? 0) | (1 << (fact & 31))) >>> 0
  }
  return found
}

function lacks({ plan, block, program, facts }: RowContext, read: FactRead, row: number): boolean {
  const origin = program.facts[read.fact]?.derivedFrom ?? null
  const unknown = (place: number): boolean =>
    facts[read.fact]?.[place] === UNKNOWN && (origin === null || facts[origin]?.[place] === UNKNOWN)
  const isPerson = plan.target.entity === 'person'
  const household = isPerson ? (block.owner[row] ?? 0) : row
  if (read.of === 'members') {
    for (let i = block.start[household] ?? 0; i < (block.start[household + 1] ?? 0); i++) {
      if (unknown(block.firstPerson + i)) return true
    }
    return false
  }
  if (read.of === 'household') return unknown(block.firstHousehold + household)
  return unknown(isPerson ? block.firstPerson + row : block.firstHousehold + row)
}

/** Programmes whose match, once confirmed, makes this row eligible. */
function viaOf({ plan, plans, block, verdicts, program, facts }: RowContext, row: number): number[] {
  const isPerson = plan.target.entity === 'person'
  const household = isPerson ? (block.owner[row] ?? 0) : row
  const statuses = new Set(plan.target.conditions.flatMap(({ reads }) => reads.statuses))
  return [...statuses].filter((programme) =>
    plans.some(({ target }) => {
      if (target.programme !== programme) return false
      const verdict = verdicts[target.index]
      if (target.entity === 'household') return verdict?.[household] === 1 && !isConfirmed(program, facts, programme, block.firstHousehold + household)
      const [from, to] = isPerson ? [row, row + 1] : [block.start[household] ?? 0, block.start[household + 1] ?? 0]
      for (let i = from; i < to; i++) {
        if (verdict?.[i] === 1 && !isConfirmed(program, facts, programme, block.firstPerson + i)) return true
      }
      return false
    }),
  )
}

function isConfirmed(program: Program, facts: readonly FactColumn[], programme: number, place: number): boolean {
  const status = program.facts.find(({ statusOf }) => statusOf === String(programme))
  return status !== undefined && facts[status.index]?.[place] === 1
}
