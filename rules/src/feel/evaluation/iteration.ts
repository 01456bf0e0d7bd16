import type Big from 'big.js'
import type { Binding, Expr } from '../ast.ts'
import { spend, withinSize } from './budget.ts'
import { compare } from './compare.ts'
import { isWhole } from './decimal.ts'
import { and, or } from './logic.ts'
import { refuse } from './refusal.ts'
import { bind, type Evaluate, type Scope } from './scope.ts'
import {
  type Day,
  isList,
  isNumber,
  isRange,
  isUnknown,
  kindOf,
  type Outcome,
  type Range,
  unknownAmong,
  type Value,
} from './value.ts'

/** Stands for a round whose list is unknown or null, so that there are no rounds to speak of. */
type Rounds = Iterable<Scope | { instead: Outcome }>

/** `some … satisfies` and `every … satisfies`. */
export function evaluateQuantified(
  expr: Extract<Expr, { kind: 'quantified' }>,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const truths = eachRound(expr.bindings, scope, evaluate, expr.satisfies)
  return expr.which === 'some' ? or(truths) : and(truths)
}

function* eachRound(
  bindings: readonly Binding[],
  scope: Scope,
  evaluate: Evaluate,
  satisfies: Expr,
): Iterable<Outcome> {
  for (const round of rounds(bindings, scope, evaluate)) {
    yield 'instead' in round ? round.instead : evaluate(satisfies, round)
  }
}

/** `for … return …`; `partial` in it is the list of results so far. */
export function evaluateFor(
  expr: Extract<Expr, { kind: 'for' }>,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const results: Outcome[] = []
  const asksForPartial = mentions(expr.return, 'partial')
  for (const round of rounds(expr.bindings, scope, evaluate)) {
    if ('instead' in round) {
      if (round.instead === null) return null
      results.push(round.instead)
    } else {
      const inner = asksForPartial ? bind(round, [['partial', partialOf(results, scope)]]) : round
      results.push(evaluate(expr.return, inner))
    }
  }
  return unknownAmong(results) ?? withinSize(results as Value[])
}

function partialOf(results: readonly Outcome[], { budget }: Scope): Outcome {
  spend(budget, results.length)
  return unknownAmong(results) ?? [...(results as Value[])]
}

function mentions(expr: unknown, name: string): boolean {
  if (typeof expr !== 'object' || expr === null) return false
  if ('kind' in expr && expr.kind === 'name' && 'name' in expr && expr.name === name) return true
  return Object.values(expr).some((part) => mentions(part, name))
}

/** One scope for each way to take an item for every name; later lists may use earlier names. */
function* rounds(bindings: readonly Binding[], scope: Scope, evaluate: Evaluate): Rounds {
  const [first, ...rest] = bindings
  if (!first) {
    yield scope
    return
  }
  for (const item of itemsOf(first.in, scope, evaluate)) {
    spend(scope.budget, 1)
    if (isInstead(item)) yield item
    else yield* rounds(rest, bind(scope, [[first.name, item]]), evaluate)
  }
}

type Items = Iterable<Outcome | { instead: Outcome }>

function isInstead(item: Outcome | { instead: Outcome }): item is { instead: Outcome } {
  return typeof item === 'object' && item !== null && 'instead' in item
}

function* itemsOf(expr: Expr, scope: Scope, evaluate: Evaluate): Items {
  if (expr.kind === 'list') {
    for (const item of expr.items) yield evaluate(item, scope)
  } else if (expr.kind === 'span') {
    yield* between(evaluate(expr.low, scope), evaluate(expr.high, scope))
  } else {
    yield* itemsIn(evaluate(expr, scope))
  }
}

function* itemsIn(list: Outcome): Items {
  if (isList(list)) yield* list
  else if (isUnknown(list) || list === null) yield { instead: list }
  else if (isRange(list)) yield* itemsOfRange(list)
  else refuse(`“${kindOf(list)}”不是列表，不能逐项取值`)
}

/** Only ranges with both ends, upwards. */
function* itemsOfRange({ low, high, lowOpen, highOpen }: Range): Items {
  if (low === undefined || high === undefined) return refuse('没有终点的区间取不完')
  if ((compare(low, high) ?? 0) > 0) return refuse('DMN 没有规定区间能否倒着取')
  for (const item of between(low, high)) {
    const isOpenEnd = (lowOpen && isSame(item, low)) || (highOpen && isSame(item, high))
    if (!isOpenEnd) yield item
  }
}

function isSame(item: Outcome | { instead: Outcome }, end: Value): boolean {
  return !isInstead(item) && !isUnknown(item) && compare(item, end) === 0
}

/** Whole numbers or days from one to the other, up or down; null where they are neither. */
function* between(low: Outcome, high: Outcome): Items {
  const missing = unknownAmong([low, high])
  if (missing) {
    yield { instead: missing }
  } else if (isNumber(low) && isNumber(high) && isWhole(low) && isWhole(high)) {
    const step = low.gt(high) ? -1 : 1
    for (let n: Big = low; n.cmp(high) !== step; n = n.plus(step)) yield n
  } else if (isDay(low) && isDay(high)) {
    const step = low.day > high.day ? -1 : 1
    for (let day = low.day; day !== high.day + step; day += step) yield { kind: 'date', day }
  } else {
    yield { instead: null }
  }
}

function isDay(value: Outcome): value is Day {
  return !isUnknown(value) && kindOf(value) === 'date'
}
