import { refuse } from './refusal.ts'
import { comparable, comparableTimes } from './temporal/arithmetic.ts'
import type { Context, DateTime, List, Range, Value } from './value.ts'
import { isContext, isList, isNumber, isRange, kindOf } from './value.ts'

/** Three-valued: null where the two cannot be compared. */
export type Truth = boolean | null

/** FEEL's `=`. */
export function equal(a: Value, b: Value): Truth {
  if (a === null || b === null) return a === b
  if (isList(a) && isList(b)) return equalLists(a, b)
  if (isList(a) !== isList(b)) return refuseLoneItem(isList(a) ? a : b)
  if (isContext(a) && isContext(b)) return equalContexts(a, b)
  if (isRange(a) && isRange(b)) return equalRanges(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return a === b
  const order = compare(a, b)
  return order === null ? null : order === 0
}

/** DMN lets a list of one stand for its item in some places, and its readers differ on which. */
function refuseLoneItem(list: Value): Truth {
  return isList(list) && list.length === 1 ? refuse('只有一项的列表不能与单个值比较') : null
}

function equalLists(a: List, b: List): Truth {
  if (a.length !== b.length) return false
  return all(a.map((item, i) => () => equal(item, b[i] ?? null)))
}

function equalContexts(a: Context, b: Context): Truth {
  if (a.entries.size !== b.entries.size) return false
  if ([...a.entries.keys()].some((key) => !b.entries.has(key))) return false
  return all(
    [...a.entries].map(
      ([key, value]) =>
        () =>
          equal(value, b.entries.get(key) ?? null),
    ),
  )
}

function equalRanges(a: Range, b: Range): Truth {
  if (a.lowOpen !== b.lowOpen || a.highOpen !== b.highOpen) return false
  return all([() => equalEnds(a.low, b.low), () => equalEnds(a.high, b.high)])
}

function equalEnds(a: Value | undefined, b: Value | undefined): Truth {
  return a === undefined || b === undefined ? a === b : equal(a, b)
}

function all(parts: readonly (() => Truth)[]): Truth {
  let result: Truth = true
  for (const part of parts) {
    const truth = part()
    if (truth === false) return false
    if (truth === null) result = null
  }
  return result
}

/** Negative where `a` comes first; null where their kinds have no order or differ. */
export function compare(a: Value, b: Value): number | null {
  if (isNumber(a)) return isNumber(b) ? a.cmp(b) : null
  if (typeof a === 'string') return typeof b === 'string' ? compareTexts(a, b) : null
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return null
  if (isList(a) || isList(b) || isNumber(b)) return null
  if (a.kind === 'date' && b.kind === 'date') return a.day - b.day
  if (a.kind === 'time' && b.kind === 'time') {
    const pair = comparableTimes(a, b)
    return pair && pair[0].cmp(pair[1])
  }
  if (a.kind === 'date and time' && b.kind === 'date and time') return compareDateTimes(a, b)
  if (a.kind === 'years and months duration' && b.kind === a.kind) return a.months.cmp(b.months)
  if (a.kind === 'days and time duration' && b.kind === a.kind) return a.seconds.cmp(b.seconds)
  return null
}

/** By whole seconds: the conformance kit of DMN holds two that differ in the fraction for equal. */
function compareDateTimes(a: DateTime, b: DateTime): number | null {
  const [left, right] = [comparable(a, b), comparable(b, a)]
  return left && right && left.round(0, 0).cmp(right.round(0, 0))
}

/** By code points, as JavaScript's own order puts 🐎 before ﬁ. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [Array.from(a), Array.from(b)]
  const i = left.findIndex((sign, at) => sign !== right[at])
  if (i < 0) return -1
  return (left[i]?.codePointAt(0) ?? -1) - (right[i]?.codePointAt(0) ?? -1)
}

/** Whether both are the very same: of one kind, and written alike. */
export function identical(a: Value, b: Value): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (isNumber(a) || isNumber(b)) return isNumber(a) && isNumber(b) && a.eq(b)
  if (isList(a) || isList(b)) {
    return (
      isList(a) &&
      isList(b) &&
      a.length === b.length &&
      a.every((item, i) => identical(item, b[i] ?? null))
    )
  }
  return kindOf(a) === kindOf(b) && identicalParts(a, b)
}

function identicalParts(a: object, b: object): boolean {
  const others: Record<string, unknown> = { ...b }
  return Object.entries(a).every(([name, part]) => identicalPart(part, others[name]))
}

function identicalPart(a: unknown, b: unknown): boolean {
  if (a instanceof Map && b instanceof Map) {
    return (
      a.size === b.size &&
      [...a].every(([key, value]) => b.has(key) && identicalPart(value, b.get(key)))
    )
  }
  const [left, right] = [a as Value | undefined, b as Value | undefined]
  if (isNumber(left) || isList(left)) return right !== undefined && identical(left, right)
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return left === right
  return identicalParts(left, right)
}
