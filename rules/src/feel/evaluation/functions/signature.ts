import type Big from 'big.js'
import { refuse } from '../refusal.ts'
import {
  type Context,
  type FunctionValue,
  isContext,
  isFunction,
  isList,
  isNumber,
  isRange,
  kindOf,
  type List,
  type Range,
  type Value,
} from '../value.ts'

/** A parameter of a built-in function: its name in FEEL, and which values it takes. */
export type Parameter<T> = Readonly<{
  name: string
  /** What it takes, in FEEL's words. */
  type: string
  /** Undefined where the value is of a wrong kind, which makes the call null. */
  read: (value: Value) => T | undefined
  optional: boolean
}>

/** One way to call a built-in function. */
export type Signature = Readonly<{
  parameters: readonly Parameter<unknown>[]
  /** The last parameter takes all further arguments. */
  rest: boolean
  run: (args: readonly Value[]) => Result
}>

/** Undefined where the arguments do not fit the signature. */
type Result = Value | undefined
/** By name, in the order in which they are tried. */
export type Functions = Readonly<Record<string, readonly Signature[]>>

type Read<P> = { [K in keyof P]: P[K] extends Parameter<infer T> ? T : never }

/** A function of exactly these parameters. */
export function takes<const P extends readonly Parameter<unknown>[]>(
  parameters: P,
  run: (...args: Read<P>) => Value,
): Signature {
  return { parameters, rest: false, run: (args) => runTyped(parameters, args, run) }
}

function runTyped<P extends readonly Parameter<unknown>[]>(
  parameters: P,
  args: readonly Value[],
  run: (...args: Read<P>) => Value,
): Result {
  const read = parameters.map((parameter, i) => readArgument(parameter, args[i] ?? null))
  return read.includes(undefined) ? undefined : run(...(read as Read<P>))
}

function readArgument(parameter: Parameter<unknown>, value: Value): unknown {
  if (value === null && parameter.optional) return null
  const read = parameter.read(value)
  const [lone] = isList(value) && value.length === 1 ? value : []
  if (read === undefined && lone !== undefined && parameter.read(lone) !== undefined) {
    return refuse(`参数 ${parameter.name} 不能用只有一项的列表代替`)
  }
  return read
}

/** A function of one list, which may also be called with the items: `max([1, 2])`, `max(1, 2)`. */
export function takesItems(run: (items: List) => Value): Signature {
  const parameters = [list('list')]
  const runItems = (args: readonly Value[]): Result => {
    const [first = null] = args
    if (args.length !== 1) return args.length === 0 ? undefined : run(args)
    return first === null ? undefined : run(isList(first) ? first : [first])
  }
  return { parameters, rest: true, run: runItems }
}

/** A function whose last parameter takes all further arguments. */
export function takesMore(
  parameters: readonly Parameter<unknown>[],
  run: (args: readonly Value[]) => Value,
): Signature {
  const runMore = (args: readonly Value[]): Result => {
    const last = parameters.length - 1
    const fits = args.every((arg, i) => parameters[Math.min(i, last)]?.read(arg) !== undefined)
    return fits ? run(args) : undefined
  }
  return { parameters, rest: true, run: runMore }
}

/** A parameter that may be left out, or be null. */
export function optional<T>(parameter: Parameter<T>): Parameter<T | null> {
  return { ...parameter, optional: true }
}

function parameter<T>(
  name: string,
  type: string,
  read: (value: Value) => T | undefined,
): Parameter<T> {
  return { name, type, read, optional: false }
}

/** A parameter of any kind, null included. */
export function any(name: string): Parameter<Value> {
  return parameter(name, 'Any', (value) => value)
}

/** A parameter that is a number. */
export function number(name: string): Parameter<Big> {
  return parameter(name, 'number', (value) => (isNumber(value) ? value : undefined))
}

/** A parameter that is a text. */
export function text(name: string): Parameter<string> {
  return parameter(name, 'string', (value) => (typeof value === 'string' ? value : undefined))
}

/** A single value is taken for a list of one. */
export function list(name: string): Parameter<List> {
  return parameter(name, 'list', (value) =>
    isList(value) ? value : value === null ? undefined : [value],
  )
}

/** A parameter that is a context. */
export function context(name: string): Parameter<Context> {
  return parameter(name, 'context', (value) => (isContext(value) ? value : undefined))
}

/** A parameter that is a range. */
export function range(name: string): Parameter<Range> {
  return parameter(name, 'range', (value) => (isRange(value) ? value : undefined))
}

/** A parameter that is a function. */
export function callable(name: string): Parameter<FunctionValue> {
  return parameter(name, 'function', (value) => (isFunction(value) ? value : undefined))
}

/** Values of certain kinds, such as `kind('date', 'date and time')('from')`. */
export function kind<K extends Kinded['kind']>(
  ...kinds: readonly K[]
): (name: string) => Parameter<Extract<Kinded, { kind: K }>> {
  const isOfKind = (value: Value): value is Extract<Kinded, { kind: K }> =>
    (kinds as readonly string[]).includes(kindOf(value))
  return (name) =>
    parameter(name, kinds.join(' | '), (value) => (isOfKind(value) ? value : undefined))
}

type Kinded = Extract<Value, { kind: string }>
