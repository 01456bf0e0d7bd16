import type { Argument, Expr } from '../ast.ts'
import { spend, sizeOf, withinSize } from './budget.ts'
import { UnknownInside } from './functions/callback.ts'
import { builtins } from './functions/builtins.ts'
import type { Signature } from './functions/signature.ts'
import { refuse } from './refusal.ts'
import { type Evaluate, lookUpLocal, type Scope } from './scope.ts'
import { isInstance } from './types.ts'
import { bind } from './scope.ts'
import {
  type FunctionValue,
  isFunction,
  isUnknown,
  type Outcome,
  unknownAmong,
  type Value,
} from './value.ts'

/** Calling costs more than adding. */
const CALL_STEPS = 10

type Given = readonly Readonly<{ name: string | null; value: Outcome }>[]

/** `f(…)`: a function that the expression itself defines goes before a built-in of the same name. */
export function evaluateCall(
  expr: Extract<Expr, { kind: 'call' }>,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const { fn } = expr
  const local = fn.kind === 'name' ? lookUpLocal(scope, fn.name) : evaluate(fn, scope)
  if (fn.kind === 'name' && (local === undefined || (!isUnknown(local) && !isFunction(local)))) {
    // Facts are no functions, so a built-in function keeps its name although a fact is called the same.
    if (Object.hasOwn(builtins, fn.name)) return callBuiltin(fn.name, expr.args, scope, evaluate)
    if (local === undefined && !scope.given.has(fn.name)) refuse(`没有函数“${fn.name}”`)
  }
  const given = evaluateAll(expr.args, scope, evaluate)
  if (local === undefined) return null
  if (isUnknown(local)) return local
  return isFunction(local) ? callFunction(local, given) : null
}

function evaluateAll(args: readonly Argument[], scope: Scope, evaluate: Evaluate): Given {
  return args.map(({ name, value }) => ({ name, value: evaluate(value, scope) }))
}

function callFunction(fn: FunctionValue, given: Given): Outcome {
  const names = fn.parameters.map((parameter) => parameter.name)
  const ordered = inOrder(names, given)
  return ordered && ordered.length === names.length && !ordered.includes(undefined)
    ? fn.apply(ordered as Outcome[])
    : null
}

/** The values in the order of `names`; null where a name is wrong or given twice. */
function inOrder(names: readonly string[], given: Given): (Outcome | undefined)[] | null {
  if (given.every((arg) => arg.name === null)) return given.map((arg) => arg.value)
  const byName = new Map(given.map((arg) => [arg.name, arg.value]))
  if (
    byName.size !== given.length ||
    given.some((arg) => arg.name === null || !names.includes(arg.name))
  )
    return null
  return names.map((name) => byName.get(name))
}

/** Calls a built-in function; also `date(…)` and its like, which the grammar knows by themselves. */
export function callBuiltin(
  name: string,
  args: readonly Argument[],
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  const given = evaluateAll(args, scope, evaluate)
  const missing = unknownAmong(given.map((arg) => arg.value))
  if (missing) return missing
  spend(scope.budget, CALL_STEPS + given.reduce((sum, arg) => sum + sizeOf(arg.value), 0))
  try {
    for (const signature of Object.hasOwn(builtins, name) ? (builtins[name] ?? []) : []) {
      const result = run(signature, given)
      if (result !== undefined) return withinSize(result)
    }
    return null
  } catch (error) {
    if (error instanceof UnknownInside) return error.outcome
    throw error
  }
}

function run({ parameters, rest, run: runWith }: Signature, given: Given): Value | undefined {
  const isNamed = given.some((arg) => arg.name !== null)
  const ordered = inOrder(
    parameters.map((parameter) => parameter.name),
    given,
  )
  if (!ordered || (!rest && ordered.length > parameters.length)) return undefined
  const lacks = parameters.some((parameter, i) => ordered[i] === undefined && !parameter.optional)
  if (lacks && !(rest && !isNamed)) return undefined
  return runWith(ordered.map((value) => (value ?? null) as Value))
}

/** `function(a, b) …`, which remembers the names around it. */
export function makeFunction(
  expr: Extract<Expr, { kind: 'function' }>,
  scope: Scope,
  evaluate: Evaluate,
): Outcome {
  if (expr.external) return refuse('不支持外部函数')
  const { parameters, body } = expr
  const apply = (args: readonly Outcome[]): Outcome => {
    spend(scope.budget, CALL_STEPS)
    const fits = parameters.every(({ type }, i) => type === null || isOfType(args[i] ?? null, type))
    return fits
      ? evaluate(
          body,
          bind(
            scope,
            parameters.map(({ name }, i) => [name, args[i] ?? null]),
          ),
        )
      : null
  }
  return { kind: 'function', parameters, apply }
}

function isOfType(value: Outcome, type: string): boolean {
  if (isUnknown(value)) return refuse('带类型的函数不能用未知的值调用')
  return isInstance(value, type)
}
