import type { Expr } from '../../ast.ts'
import { parseFeel } from '../../parse.ts'
import { compare } from '../compare.ts'
import { decimal } from '../decimal.ts'
import { contains } from '../ranges.ts'
import { refuse } from '../refusal.ts'
import {
  parseDate,
  parseDateTime,
  parseDuration,
  parseTemporal,
  parseTime,
} from '../temporal/parse.ts'
import { isList, isRange, type Range, type Value } from '../value.ts'
import { any, type Functions, range, takes, text } from './signature.ts'

/** A value is a range from itself to itself. */
type Ends = Readonly<{ low: Value; high: Value; lowOpen: boolean; highOpen: boolean }>

/** Functions that say how ranges and points lie to each other. */
export const rangeFunctions: Functions = {
  range: [takes([text('from')], readRange)],
  before: relation((a, b) => isApart(a, b)),
  after: relation((a, b) => isApart(b, a)),
  meets: relation((a, b) => isSame(a.high, b.low) && !a.highOpen && !b.lowOpen),
  'met by': relation((a, b) => isSame(a.low, b.high) && !a.lowOpen && !b.highOpen),
  includes: relation((a, b) => isWithin(b, a)),
  during: relation((a, b) => isWithin(a, b)),
  starts: relation((a, b) => isSame(a.low, b.low) && a.lowOpen === b.lowOpen && isWithin(a, b)),
  'started by': relation(
    (a, b) => isSame(a.low, b.low) && a.lowOpen === b.lowOpen && isWithin(b, a),
  ),
  finishes: relation(
    (a, b) => isSame(a.high, b.high) && a.highOpen === b.highOpen && isWithin(a, b),
  ),
  'finished by': relation(
    (a, b) => isSame(a.high, b.high) && a.highOpen === b.highOpen && isWithin(b, a),
  ),
  overlaps: relation((a, b) => !isApart(a, b) && !isApart(b, a)),
  coincides: relation((a, b) => isWithin(a, b) && isWithin(b, a)),
}

/** Two values or ranges; null where they cannot be compared. */
function relation(holds: (a: Ends, b: Ends) => boolean): Functions[string] {
  return [
    takes([any('point1'), any('point2')], run),
    takes([range('range1'), range('range2')], run),
  ]

  function run(a: Value, b: Value): Value {
    const [left, right] = [endsOf(a), endsOf(b)]
    return left && right && compare(left.low, right.low) !== null ? holds(left, right) : null
  }
}

function endsOf(value: Value): Ends | null {
  if (value === null || isList(value)) return null
  if (!isRange(value)) return { low: value, high: value, lowOpen: false, highOpen: false }
  const { low, high, lowOpen, highOpen } = value
  if (low === undefined || high === undefined) return refuse('没有终点的区间不能与别的区间比较')
  return { low, high, lowOpen, highOpen }
}

function isSame(a: Value, b: Value): boolean {
  return compare(a, b) === 0
}

/** Whether all of `a` comes before all of `b`. */
function isApart(a: Ends, b: Ends): boolean {
  const order = compare(a.high, b.low) ?? 0
  return order < 0 || (order === 0 && (a.highOpen || b.lowOpen))
}

function isWithin(a: Ends, b: Ends): boolean {
  const [low, high] = [compare(b.low, a.low) ?? 0, compare(a.high, b.high) ?? 0]
  return (
    (low < 0 || (low === 0 && (!b.lowOpen || a.lowOpen))) &&
    (high < 0 || (high === 0 && (!b.highOpen || a.highOpen)))
  )
}

/** `range("[1..3]")`: the ends must be written out; null where they are not, or run downwards. */
function readRange(from: string): Value {
  const { expr } = parseFeel(from.trim(), {})
  if (expr?.kind !== 'interval') return null
  const [low, high] = [literal(expr.low), literal(expr.high)]
  if (low === undefined || high === undefined) return null
  const order = compare(low, high)
  if (order === null || order > 0) return null
  const made: Range = { kind: 'range', low, high, lowOpen: expr.lowOpen, highOpen: expr.highOpen }
  return contains(made, low) === null ? null : made
}

const readers = {
  '@': parseTemporal,
  date: parseDate,
  time: parseTime,
  'date and time': parseDateTime,
  duration: parseDuration,
} as const

/** The value of an expression that is written out; undefined where it would have to be worked out. */
function literal(expr: Expr): Value | undefined {
  if (expr.kind === 'number') return decimal(expr.text) ?? undefined
  if (expr.kind === 'string') return expr.value
  if (expr.kind === 'negate' && expr.a.kind === 'number')
    return decimal(`-${expr.a.text}`) ?? undefined
  if (expr.kind !== 'temporal') return undefined
  const [only, ...more] = expr.args
  if (more.length > 0 || only?.value.kind !== 'string') return undefined
  return readers[expr.ctor](only.value.value) ?? undefined
}
