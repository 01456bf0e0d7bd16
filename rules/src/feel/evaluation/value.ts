import type Big from 'big.js'

/** FEEL values. Numbers are {@link Big}s of at most 34 digits; the rest are plain data told apart by `kind`. */
export type Value =
  | null
  | boolean
  | string
  | Big
  | List
  | Temporal
  | Context
  | Range
  | FunctionValue

export type List = readonly Value[]
export type Context = Readonly<{ kind: 'context'; entries: ReadonlyMap<string, Value> }>

/** A named zone of the time zone database, or seconds east of Greenwich. */
export type Zone = Readonly<{ id: string } | { offset: number }>

/** `day` counts from 1970-01-01, `seconds` from midnight; both are of the place, not of Greenwich. */
export type Day = Readonly<{ kind: 'date'; day: number }>
export type Time = Readonly<{ kind: 'time'; seconds: Big; zone: Zone | null }>
export type DateTime = Readonly<{
  kind: 'date and time'
  day: number
  seconds: Big
  zone: Zone | null
}>
export type Months = Readonly<{ kind: 'years and months duration'; months: Big }>
export type Seconds = Readonly<{ kind: 'days and time duration'; seconds: Big }>
export type Temporal = Day | Time | DateTime | Months | Seconds

/** `low` or `high` is undefined where the range has no such end, as in `(< 10)`. */
export type Range = Readonly<{
  kind: 'range'
  low: Value | undefined
  high: Value | undefined
  lowOpen: boolean
  highOpen: boolean
}>

export type FunctionValue = Readonly<{
  kind: 'function'
  parameters: readonly Readonly<{ name: string; type: string | null }>[]
  apply: (args: readonly Outcome[]) => Outcome
}>

/** Not null: any value may stand here, as the context does not say what these names are. */
export type Unknown = Readonly<{ kind: 'unknown'; names: ReadonlySet<string> }>
export type Outcome = Value | Unknown

export type Kind =
  | 'null'
  | 'boolean'
  | 'string'
  | 'number'
  | 'list'
  | Exclude<Value, null | boolean | string | Big | List>['kind']

/** The kind of a value, by FEEL's own name of it. */
export function kindOf(value: Value): Kind {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (isList(value)) return 'list'
  return isNumber(value) ? 'number' : value.kind
}

/** Whether it is a FEEL number. */
export function isNumber(value: Outcome | undefined): value is Big {
  return typeof value === 'object' && value !== null && 'c' in value && 's' in value
}

/** Whether it is a list. */
export function isList(value: Outcome | undefined): value is List {
  return Array.isArray(value)
}

/** Whether the context does not say it. */
export function isUnknown(value: Outcome): value is Unknown {
  return is(value, 'unknown')
}

/** Whether it is a context. */
export function isContext(value: Outcome): value is Context {
  return is(value, 'context')
}

/** Whether it is a range. */
export function isRange(value: Outcome): value is Range {
  return is(value, 'range')
}

/** Whether it can be called. */
export function isFunction(value: Outcome): value is FunctionValue {
  return is(value, 'function')
}

function is(value: Outcome, kind: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}

/** What cannot be said before these names are known. */
export function unknown(names: Iterable<string>): Unknown {
  return { kind: 'unknown', names: new Set(names) }
}

/** What is not known because any of `outcomes` is not; null where all of them are known. */
export function unknownAmong(outcomes: readonly Outcome[]): Unknown | null {
  const missing = outcomes.filter(isUnknown)
  return missing.length === 0 ? null : unknown(missing.flatMap((one) => [...one.names]))
}

/** A context of these entries; a later one takes the place of an earlier of the same name. */
export function contextOf(entries: Iterable<readonly [string, Value]>): Context {
  return { kind: 'context', entries: new Map(entries) }
}
