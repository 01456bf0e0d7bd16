import type { Expr } from '../ast.ts'
import { calculate, negate } from './arithmetic.ts'
import { deeper, sizeOf, spend, withinSize } from './budget.ts'
import { callBuiltin, evaluateCall, makeFunction } from './call.ts'
import { identical } from './compare.ts'
import { compareOutcomes, evaluateBetween, evaluateIn, evaluateRange } from './comparison.ts'
import { decimal } from './decimal.ts'
import { evaluateFilter } from './filter.ts'
import { evaluateFor, evaluateQuantified } from './iteration.ts'
import { and, or } from './logic.ts'
import { follow } from './path.ts'
import { refuse } from './refusal.ts'
import { bind, lookUp, type Scope } from './scope.ts'
import { parseTemporal } from './temporal/parse.ts'
import { isInstance } from './types.ts'
import { contextOf, isUnknown, type Outcome, unknownAmong, type Value } from './value.ts'

/** The value of an expression, or what must be known first. Errors are null, as DMN has it. */
export function evaluate(expr: Expr, scope: Scope): Outcome {
  spend(scope.budget, 1)
  return deeper(scope.budget, () => walk(expr, scope))
}

function walk(expr: Expr, scope: Scope): Outcome {
  switch (expr.kind) {
    case 'number':
      return decimal(expr.text) ?? refuse(`数字 ${expr.text} 太大`)
    case 'string':
    case 'boolean':
      return expr.value
    case 'null':
      return null
    case 'temporal':
      return temporal(expr, scope)
    case 'name':
      return lookUp(scope, expr.name)
    case 'tested':
      return scope.tested ?? refuse('“?”只能写在 in 之后')
    case 'and':
    case 'or':
      return (expr.kind === 'and' ? and : or)(inTurn(expr, scope))
    case 'if':
      return choose(expr, scope)
    case 'compare':
      return compareOutcomes(expr.op, evaluate(expr.a, scope), evaluate(expr.b, scope), scope)
    case 'between':
      return evaluateBetween(expr, scope, evaluate)
    case 'in':
      return evaluateIn(expr, scope, evaluate)
    case 'interval':
    case 'unary':
      return evaluateRange(expr, scope, evaluate)
    case 'span':
      return refuse('不带括号的“a..b”只能用在 for、some、every 里')
    case 'arithmetic':
      return known([expr.a, expr.b], scope, ([a = null, b = null]) =>
        calculateWithin(expr.op, a, b, scope),
      )
    case 'negate':
      return known([expr.a], scope, ([a = null]) => negate(a))
    case 'instance-of':
      return known([expr.x], scope, ([x = null]) => isInstance(x, expr.type))
    case 'list':
      return known(expr.items, scope, (items) => withinSize(items))
    case 'context':
      return makeContext(expr, scope)
    case 'path':
      return follow(evaluate(expr.of, scope), expr.name, scope)
    case 'filter':
      return evaluateFilter(expr, scope, evaluate)
    case 'quantified':
      return evaluateQuantified(expr, scope, evaluate)
    case 'for':
      return evaluateFor(expr, scope, evaluate)
    case 'function':
      return makeFunction(expr, scope, evaluate)
    case 'call':
      return evaluateCall(expr, scope, evaluate)
  }
}

/** Runs `work` once all parts are known. */
function known(
  parts: readonly Expr[],
  scope: Scope,
  work: (values: readonly Value[]) => Outcome,
): Outcome {
  const outcomes = parts.map((part) => evaluate(part, scope))
  return unknownAmong(outcomes) ?? work(outcomes as Value[])
}

function* inTurn({ a, b }: Readonly<{ a: Expr; b: Expr }>, scope: Scope): Iterable<Outcome> {
  yield evaluate(a, scope)
  yield evaluate(b, scope)
}

/** An unknown test leaves both branches open, which is no matter where they agree. */
function choose(expr: Extract<Expr, { kind: 'if' }>, scope: Scope): Outcome {
  const test = evaluate(expr.test, scope)
  if (!isUnknown(test)) return evaluate(test === true ? expr.then : expr.else, scope)
  const [then, other] = [evaluate(expr.then, scope), evaluate(expr.else, scope)]
  const missing = unknownAmong([test, then, other])
  const agree = !isUnknown(then) && !isUnknown(other) && identical(then, other)
  return agree ? then : missing
}

function calculateWithin(
  op: Extract<Expr, { kind: 'arithmetic' }>['op'],
  a: Value,
  b: Value,
  scope: Scope,
): Value {
  spend(scope.budget, op === '**' ? 100 : typeof a === 'string' ? sizeOf(a) + sizeOf(b) : 1)
  return withinSize(calculate(op, a, b))
}

function temporal(expr: Extract<Expr, { kind: 'temporal' }>, scope: Scope): Outcome {
  if (expr.ctor !== '@') return callBuiltin(expr.ctor, expr.args, scope, evaluate)
  const text = expr.args[0]?.value
  return text?.kind === 'string' ? parseTemporal(text.value) : null
}

/** Later entries see earlier ones. Null where two have one name. */
function makeContext(expr: Extract<Expr, { kind: 'context' }>, scope: Scope): Outcome {
  const entries = new Map<string, Outcome>()
  for (const { key, value } of expr.entries) {
    if (entries.has(key)) return null
    entries.set(key, evaluate(value, bind(scope, entries)))
  }
  const missing = unknownAmong([...entries.values()])
  return missing ?? withinSize(contextOf(entries as Map<string, Value>))
}
