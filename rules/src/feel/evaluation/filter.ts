import type Big from 'big.js'
import type { Expr } from '../ast.ts'
import { spend } from './budget.ts'
import { isWhole } from './decimal.ts'
import { refuse } from './refusal.ts'
import { bind, type Evaluate, type Scope } from './scope.ts'
import {
  isContext,
  isList,
  isNumber,
  isUnknown,
  kindOf,
  type List,
  type Outcome,
  unknownAmong,
  type Value,
} from './value.ts'

type Filter = Extract<Expr, { kind: 'filter' }>

/** `list[2]` or `list[item > 2]`; a single value is a list of one. */
export function evaluateFilter(expr: Filter, scope: Scope, evaluate: Evaluate): Outcome {
  const of = evaluate(expr.of, scope)
  if (isUnknown(of)) return of
  if (of === null) return null
  const list = isList(of) ? of : [of]
  spend(scope.budget, list.length)
  const scopeOf = itemScopes(list, scope)
  if (list.length === 0 && isTruth(expr.where)) return []
  const first = evaluate(expr.where, scopeOf(list[0] ?? null))
  if (isUnknown(first)) return first
  if (isNumber(first)) return itemAt(list, first)
  if (first !== null && typeof first !== 'boolean')
    return refuse(`“${kindOf(first)}”不能用来筛选列表`)
  return kept(list, (item, i) => (i === 0 ? first : evaluate(expr.where, scopeOf(item))))
}

function kept(list: List, test: (item: Value, i: number) => Outcome): Outcome {
  const truths = list.map(test)
  return unknownAmong(truths) ?? list.filter((_, i) => truths[i] === true)
}

/** From 1, or from the end with -1; null where there is none. */
function itemAt(list: List, position: Big): Value {
  if (!isWhole(position) || position.abs().gt(list.length)) return null
  const n = Number(position)
  return n === 0 ? null : (list.at(n > 0 ? n - 1 : n) ?? null)
}

/** Whether the filter cannot be a position, seen from its form alone. */
function isTruth(where: Expr): boolean {
  return ['compare', 'and', 'or', 'between', 'in', 'quantified', 'instance-of', 'boolean'].includes(
    where.kind,
  )
}

/**
 * Inside the brackets an item is `item`, and its entries go by their own names. An entry that only
 * other items have is null, even where a name outside is called the same.
 */
function itemScopes(list: List, scope: Scope): (item: Value) => Scope {
  const keys = new Set(list.filter(isContext).flatMap((item) => [...item.entries.keys()]))
  const absent = [...keys].map((key) => [key, null] as const)
  return (item) => {
    const entries = isContext(item) ? item.entries : []
    return bind(scope, [['item', item], ...absent, ...entries])
  }
}
