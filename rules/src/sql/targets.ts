import type { NodeId, Target } from '../ir.ts'
import { amountOf, EXACT, NONE, RANGE, UNKNOWN_AMOUNT } from './amounts.ts'
import { type Draft, isReadBy } from './draft.ts'
import type { Plan } from './plan.ts'
import { settledTruth } from './settle.ts'
import { float, type Sql, sql } from './text.ts'
import { surely, type Truth, type Value } from './value.ts'
import { type Parts, partsOf, verdictOf } from './verdicts.ts'

/** Verdict and amount of one target; no ends where its tiers compute no amount. */
export type TargetAnswer = Readonly<{
  verdict: Sql
  kind: Sql
  min: Sql | null
  max: Sql | null
}>

/** First pass of a target: what match() reads. */
export type FirstPass = Parts & Readonly<{ verdict: Truth }>

type Reader = Readonly<{
  draft: Draft
  plan: Plan
  truth: (id: NodeId) => Truth
  value: (id: NodeId) => Value
}>

/** What verdict, kind and amount all read becomes columns. */
export function firstPass({ draft, plan, truth }: Reader, target: Target): FirstPass {
  const stage = plan.firstStageOf(target)
  const settle = (name: string, x: Truth): Truth =>
    settledTruth(draft, `${name}_t${target.index}`, x, {
      stage,
      uses: 2,
      carried: true,
    })
  const parts = partsOf(
    target,
    target.conditions.map(({ root }) => truth(root)),
  )
  if (target.tiers.length === 1) return { ...parts, verdict: settle('first', verdictOf(parts)) }
  const base = settle('base', parts.base)
  const tiers = parts.tiers.map((tier, i) => settle(`tier${i}`, tier))
  return { base, tiers, verdict: settle('first', verdictOf({ base, tiers })) }
}

/** What is answered of a target, from columns of its own kind of row. */
export function answerOf(reader: Reader, target: Target, first: FirstPass): TargetAnswer {
  const { draft } = reader
  const stage = reader.plan.lastStageOf(target)
  const define = (name: string, text: Sql): Sql =>
    text.size > 1 ? draft.define(stage, `t${target.index}_${name}`, text) : text
  const eligible = surely(first.verdict)
  const pending = pendingOf(reader, target, eligible)
  const waiting = pending && define('waits', pending)
  const orWaiting = (code: number): Sql | string =>
    waiting ? sql` when ${waiting} then ${String(code)}` : ''
  const verdict = sql`case when ${eligible} then 1${orWaiting(2)} when not ${eligible} then 0 else 2 end`
  const { named, computed } = amountOf(target, first, reader.value, define)
  const before = sql`case${orWaiting(UNKNOWN_AMOUNT)} when not ${eligible} then ${String(NONE)}`
  if (!computed)
    return { verdict, kind: sql`${before} else ${named ?? ''} end`, min: null, max: null }
  const due = waiting
    ? sql`${eligible} is not false and ${waiting} is not true`
    : sql`${eligible} is not false`
  const paid = named ? sql` and ${named} is null` : ''
  // the answer is read from rows of its own kind, which must have taken the column along
  const own = (name: string, end: Sql): Sql =>
    isReadBy(draft, stage, end) ? end : draft.define(stage, `t${target.index}_${name}`, end)
  const { isOpen } = computed
  const [min, max] = [own('low', computed.min), own('high', computed.max)]
  const bounded = isOpen ? sql` and ${max} < ${float(Infinity)}` : ''
  const shown = (end: Sql): Sql => sql`case when ${due}${paid}${bounded} then ${end} end`
  const otherwise = named ? sql` when ${named} is not null then ${named}` : ''
  const open = isOpen ? sql` when ${max} = ${float(Infinity)} then ${String(UNKNOWN_AMOUNT)}` : ''
  const kind = sql`${before}${otherwise}${open} when ${min} = ${max} then ${String(EXACT)} else ${String(RANGE)} end`
  return { verdict, kind, min: shown(min), max: shown(max) }
}

/** Not eligible, but so if every match of this run were confirmed: which tier pays is open. */
function pendingOf({ truth }: Reader, target: Target, eligible: Sql): Sql | null {
  if (!target.readsStatus) return null
  const second = verdictOf(
    partsOf(
      target,
      target.conditions.map(({ pendingRoot }) => truth(pendingRoot)),
    ),
  )
  return sql`(${eligible} is not true and ${surely(second)})`
}
