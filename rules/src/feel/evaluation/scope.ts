import type { Expr } from '../ast.ts'
import type { Budget } from './budget.ts'
import { type Outcome, unknown, type Value } from './value.ts'

type Frame = Readonly<{ names: ReadonlyMap<string, Outcome>; outer: Frame | null }>

/** What an expression sees. */
export type Scope = Readonly<{
  /** Names bound inside the expression, innermost first. */
  local: Frame | null
  /** The context given. What it does not name is unknown. */
  given: ReadonlyMap<string, Value>
  /** What `?` stands for inside a unary test. */
  tested?: Outcome
  budget: Budget
}>

/** Evaluates a part; handed to those whose file must not import the walk itself. */
export type Evaluate = (expr: Expr, scope: Scope) => Outcome

/** The scope with names of its own, which hide those outside. */
export function bind(scope: Scope, names: Iterable<readonly [string, Outcome]>): Scope {
  return { ...scope, local: { names: new Map(names), outer: scope.local } }
}

/** The value of a name; unknown where neither the expression nor the context has it. */
export function lookUp(scope: Scope, name: string): Outcome {
  const local = lookUpLocal(scope, name)
  if (local !== undefined) return local
  return scope.given.has(name) ? (scope.given.get(name) ?? null) : unknown([name])
}

/** Undefined where the expression itself binds no such name. */
export function lookUpLocal(scope: Scope, name: string): Outcome | undefined {
  for (let frame = scope.local; frame; frame = frame.outer) {
    if (frame.names.has(name)) return frame.names.get(name)
  }
  return undefined
}
