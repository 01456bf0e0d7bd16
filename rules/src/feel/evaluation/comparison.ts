import type { ComparisonOp, Expr } from '../ast.ts'
import { spend } from './budget.ts'
import { sizeOf } from './budget.ts'
import { compare, equal, type Truth } from './compare.ts'
import { and, not, or } from './logic.ts'
import { contains } from './ranges.ts'
import { refuse } from './refusal.ts'
import type { Evaluate, Scope } from './scope.ts'
import { isList, isRange, type Outcome, type Range, unknownAmong, type Value } from './value.ts'

function compareBy(op: ComparisonOp, a: Value, b: Value): Truth {
  if (op === '=') return equal(a, b)
  if (op === '!=') return not(equal(a, b))
  const order = compare(a, b)
  if (order === null) return null
  switch (op) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** {@link compareBy} where either side may be unknown. */
export function compareOutcomes(
  op: ComparisonOp,
  a: Outcome,
  b: Outcome,
  { budget }: Scope,
): Outcome {
  const missing = unknownAmong([a, b])
  if (missing) return missing
  spend(budget, sizeOf(a) + sizeOf(b))
  return compareBy(op, a as Value, b as Value)
}

/** `x between low and high`, both ends included. */
export function evaluateBetween(
  expr: Extract<Expr, { kind: 'between' }>,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const x = evaluate(expr.x, scope)
  return and([
    compareOutcomes('>=', x, evaluate(expr.low, scope), scope),
    compareOutcomes('<=', x, evaluate(expr.high, scope), scope),
  ])
}

/** `x in …`: true where any of the tests holds. */
export function evaluateIn(
  expr: Extract<Expr, { kind: 'in' }>,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const x = evaluate(expr.x, scope)
  const inner = { ...scope, tested: x }
  return or(lazily(expr.tests, (test) => passes(x, test, inner, evaluate)))
}

function passes(x: Outcome, test: Expr, scope: Scope, evaluate: Evaluate): Outcome {
  if (test.kind === 'unary') return compareOutcomes(test.op, x, evaluate(test.value, scope), scope)
  if (test.kind === 'list')
    return isAmong(
      x,
      test.items.map((item) => evaluate(item, scope)),
      scope,
    )
  const against = evaluate(test, scope)
  if (mentionsTested(test)) return against
  return isList(against) ? isAmong(x, against, scope) : matches(x, against, scope)
}

function isAmong(x: Outcome, items: readonly Outcome[], scope: Scope): Outcome {
  const missing = unknownAmong([x])
  if (missing) return missing
  // An item of another kind is just not this one, so it counts as false here.
  const truth = or(lazily(items, (item) => matches(x, item, scope) ?? false))
  if (
    truth !== true &&
    isList(x) &&
    unknownAmong(items) === null &&
    equal(x, items as readonly Value[])
  ) {
    return refuse('DMN 没有规定列表是否属于它自己')
  }
  return truth
}

function matches(x: Outcome, against: Outcome, scope: Scope): Outcome {
  const missing = unknownAmong([x, against])
  if (missing) return missing
  return isRange(against) ? contains(against, x as Value) : compareOutcomes('=', x, against, scope)
}

function* lazily<T>(items: readonly T[], outcome: (item: T) => Outcome): Iterable<Outcome> {
  for (const item of items) yield outcome(item)
}

function mentionsTested(expr: unknown): boolean {
  if (typeof expr !== 'object' || expr === null) return false
  return ('kind' in expr && expr.kind === 'tested') || Object.values(expr).some(mentionsTested)
}

/** `[1..3]`, or `< 3` standing as a value; null where the ends cannot be compared. */
export function evaluateRange(
  expr: Extract<Expr, { kind: 'interval' | 'unary' }>,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  if (expr.kind === 'unary') return halfRange(expr.op, evaluate(expr.value, scope))
  const [low, high] = [evaluate(expr.low, scope), evaluate(expr.high, scope)]
  const missing = unknownAmong([low, high])
  if (missing) return missing
  const { lowOpen, highOpen } = expr
  const range: Range = { kind: 'range', low: low as Value, high: high as Value, lowOpen, highOpen }
  return low === null || high === null || compare(low as Value, high as Value) !== null
    ? range
    : null
}

function halfRange(op: ComparisonOp, end: Outcome): Outcome {
  const missing = unknownAmong([end])
  if (missing) return missing
  const value = end as Value
  if (op === '<' || op === '<=') {
    return { kind: 'range', low: undefined, high: value, lowOpen: true, highOpen: op === '<' }
  }
  if (op === '>' || op === '>=') {
    return { kind: 'range', low: value, high: undefined, lowOpen: op === '>', highOpen: true }
  }
  return refuse(`“${op} …”单独写不成区间`)
}
