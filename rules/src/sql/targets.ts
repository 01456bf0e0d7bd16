import type { NodeId, Target } from '../ir.ts'
import { amountOf, EXACT, NONE, RANGE, UNKNOWN_AMOUNT } from './amounts.ts'
import type { Draft } from './draft.ts'
import type { Plan } from './plan.ts'
import { settledTruth } from './settle.ts'
import { float, type Sql, sql } from './text.ts'
import { surely, type Truth, type Value } from './value.ts'
import { type Parts, partsOf, verdictOf } from './verdicts.ts'

/** Names of the columns of one target in the answer; null where its tiers compute no amount. */
export type TargetNames = Readonly<{
  verdict: string
  kind: string
  min: string | null
  max: string | null
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
      copied: false,
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

/** Columns of what is answered of a target. */
export function answerColumns(reader: Reader, target: Target, first: FirstPass): TargetNames {
  const stage = reader.plan.lastStageOf(target)
  const define = (name: string, text: Sql): Sql =>
    reader.draft.define(stage, `t${target.index}_${name}`, text)
  const eligible = surely(first.verdict)
  const pending = pendingOf(reader, target, eligible)
  const waiting = pending && define('pending', pending)
  const orWaiting = (code: number): Sql | string =>
    waiting ? sql` when ${waiting} then ${String(code)}` : ''
  const verdict = define(
    'verdict',
    sql`(case when ${eligible} then 1${orWaiting(2)} when not ${eligible} then 0 else 2 end)`,
  )
  const amount = amountOf(target, first, reader.value)
  const { computed } = amount
  const named = amount.named && amount.named.size > 1 ? define('named', amount.named) : amount.named
  const before = sql`case${orWaiting(UNKNOWN_AMOUNT)} when not ${eligible} then ${String(NONE)}`
  if (!computed) {
    const kind = define('kind', sql`(${before} else ${named ?? String(NONE)} end)`)
    return { verdict: verdict.text, kind: kind.text, min: null, max: null }
  }
  const due = waiting
    ? sql`${eligible} is not false and ${waiting} is not true`
    : sql`${eligible} is not false`
  const bounded = computed.isOpen ? sql` and ${computed.max} < ${float(Infinity)}` : ''
  const paid = named ? sql` and ${named} is null` : ''
  const shown = (name: string, end: Sql): Sql =>
    define(name, sql`(case when ${due}${paid}${bounded} then ${end} end)`)
  const min = shown('min', computed.min)
  const max = computed.isExact ? define('max', min) : shown('max', computed.max)
  const otherwise = named ? sql` when ${named} is not null then ${named}` : ''
  const open = computed.isOpen ? sql` when ${min} is null then ${String(UNKNOWN_AMOUNT)}` : ''
  const width = sql` when ${min} = ${max} then ${String(EXACT)} else ${String(RANGE)}`
  const kind = define('kind', sql`(${before}${otherwise}${open}${width} end)`)
  return { verdict: verdict.text, kind: kind.text, min: min.text, max: max.text }
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
