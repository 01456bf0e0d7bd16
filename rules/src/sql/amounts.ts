import type { NodeId, Target, Tier } from '../ir.ts'
import { constant, joined, type Sql, sql } from './text.ts'
import { lower, surely, type Truth, upper, type Value } from './value.ts'
import type { Parts } from './verdicts.ts'

/** Places of the kinds of amount in the answer. */
export const NONE = 0
/** See {@link NONE}. */
export const EXACT = 1
export const RANGE = 2
const OFFICIAL = 3
export const UNKNOWN_AMOUNT = 4

/** What a household or person gets that is not ineligible and waits for no status. */
export type AmountSql = Readonly<{
  /** The kind where nothing is computed, NULL where it is. */
  named: Sql | null
  /** Ends of what is computed; null where no tier computes an amount. */
  computed: Hull | null
}>

type Hull = Readonly<{ min: Sql; max: Sql; isOpen: boolean }>
type Candidate = Readonly<{ tier: Tier; chosen: Sql | null }>

/**
 * The amount over all candidates: tiers that are possible, up to the first sure one.
 *
 * @param parts of the first pass
 */
export function amountOf(
  target: Target,
  parts: Parts,
  value: (id: NodeId) => Value,
  define: (name: string, text: Sql) => Sql,
): AmountSql {
  const candidates = candidatesOf(target, parts)
  const labels = [...new Set(candidates.map(({ tier }) => labelOf(tier)))]
  const computed = hullOf(candidates, value, define)
  const [first, ...others] = labels
  if (first === undefined) return { named: constant(String(NONE)), computed }
  if (others.length === 0) return { named: namedKind(first), computed }
  const any = labels.map((label) => anyOf(candidates.filter(({ tier }) => labelOf(tier) === label)))
  const several = joined(
    any.map((x) => sql`${x}::int`),
    ' + ',
  )
  const cases = labels.flatMap((label, i) => {
    const kind = namedKind(label)
    return kind ? [sql` when ${any[i] ?? ''} then ${kind}`] : []
  })
  const named = sql`case when ${several} > 1 then ${String(UNKNOWN_AMOUNT)}${joined(cases, '')} end`
  return { named: define('named', named), computed }
}

/** Amounts of one label can be joined: what is computed, only if paid by the same period. */
function labelOf({ amount }: Tier): string {
  return amount.kind === 'computed' ? `computed ${amount.per}` : amount.kind
}

function namedKind(label: string): Sql | null {
  if (label === 'official') return constant(String(OFFICIAL))
  return label === 'none' ? constant(String(NONE)) : null
}

/** A tier on its own is a candidate wherever the verdict is not ineligible. */
function candidatesOf(target: Target, { base, tiers }: Parts): Candidate[] {
  const candidates: Candidate[] = []
  const earlier: Sql[] = []
  for (const [i, tier] of target.tiers.entries()) {
    const truth = tiers[i]
    if (!truth || isNever(truth)) continue
    const possible = truth.kind === 'constant' ? [] : [sql`${surely(truth)} is not false`]
    const tests = target.tiers.length === 1 ? [] : [...possible, ...earlier]
    candidates.push({ tier, chosen: tests.length === 0 ? null : sql`(${joined(tests, ' and ')})` })
    earlier.push(sql`(${surely(base)} and ${surely(truth)}) is not true`)
  }
  return candidates
}

function isNever(truth: Truth): boolean {
  return truth.kind === 'constant' && truth.mask === 2
}

function anyOf(candidates: readonly Candidate[]): Sql {
  return sql`(${joined(
    candidates.map(({ chosen }) => chosen ?? constant('true')),
    ' or ',
  )})`
}

/** Least and greatest amount over the candidates that compute one. */
function hullOf(
  candidates: readonly Candidate[],
  value: (id: NodeId) => Value,
  define: (name: string, text: Sql) => Sql,
): Hull | null {
  const all = candidates.flatMap(({ tier: { amount }, chosen }) =>
    amount.kind === 'computed' ? [{ value: value(amount.node), chosen }] : [],
  )
  const [only] = all
  if (!only) return null
  const isOpen = all.some((one) => one.value.hi === Infinity)
  // one amount alone is worked out only for those who may get it
  if (all.length === 1 && only.chosen === null)
    return { min: lower(only.value), max: upper(only.value), isOpen }
  const ends = (of: (x: Value) => Sql): Sql[] =>
    all.map((one) =>
      one.chosen === null ? of(one.value) : sql`case when ${one.chosen} then ${of(one.value)} end`,
    )
  return {
    min: define('low', call('least', ends(lower))),
    max: define('high', call('greatest', ends(upper))),
    isOpen,
  }
}

function call(name: string, list: readonly Sql[]): Sql {
  const [first] = list
  return first && list.length === 1 ? first : sql`${name}(${joined(list, ', ')})`
}
