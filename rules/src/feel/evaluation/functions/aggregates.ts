import type Big from 'big.js'
import { compare, equal } from '../compare.ts'
import { add, divide, multiply, one, squareRoot, subtract, zero } from '../decimal.ts'
import Decimal from 'big.js'
import { isNumber, type List, type Value } from '../value.ts'
import { type Functions, list, takes, takesItems } from './signature.ts'

/** Functions that make one value of a list. */
export const aggregateFunctions: Functions = {
  count: [takes([list('list')], (items) => new Decimal(items.length))],
  min: [takesItems((items) => extreme(items, -1))],
  max: [takesItems((items) => extreme(items, 1))],
  sum: [takesItems((items) => ofNumbers(items, sum))],
  product: [takesItems((items) => ofNumbers(items, (numbers) => fold(numbers, one, multiply)))],
  mean: [takesItems((items) => ofNumbers(items, mean))],
  median: [takesItems((items) => ofNumbers(items, median))],
  stddev: [takesItems((items) => ofNumbers(items, deviation))],
  mode: [takesItems((items) => (items.length === 0 ? [] : ofNumbers(items, mode)))],
  all: [takesItems((items) => decide(items, false))],
  any: [takesItems((items) => decide(items, true))],
}

/** Null where the list is empty or has something else than numbers. */
function ofNumbers(items: List, work: (numbers: readonly Big[]) => Value): Value {
  return items.length > 0 && items.every(isNumber) ? work(items) : null
}

function fold(
  numbers: readonly Big[],
  from: Big,
  step: (a: Big, b: Big) => Big | null,
): Big | null {
  return numbers.reduce<Big | null>((result, n) => result && step(result, n), from)
}

function sum(numbers: readonly Big[]): Big | null {
  return fold(numbers, zero, add)
}

function mean(numbers: readonly Big[]): Big | null {
  const total = sum(numbers)
  return total && divide(total, new Decimal(numbers.length))
}

function sorted(numbers: readonly Big[]): Big[] {
  return [...numbers].sort((a, b) => a.cmp(b))
}

function median(numbers: readonly Big[]): Value {
  const inOrder = sorted(numbers)
  const half = inOrder.length / 2
  return mean(inOrder.slice(Math.ceil(half) - 1, Math.floor(half) + 1))
}

/** Of a sample: divided by one less than there are. */
function deviation(numbers: readonly Big[]): Value {
  const middle = mean(numbers)
  if (!middle || numbers.length < 2) return null
  const squares = numbers.map((n) => subtract(n, middle)).map((d) => d && multiply(d, d))
  const total = squares.every((square) => square !== null) ? sum(squares) : null
  const variance = total && divide(total, new Decimal(numbers.length - 1))
  return variance && squareRoot(variance)
}

/** The most frequent numbers, in ascending order. */
function mode(numbers: readonly Big[]): Value {
  const counts = new Map<string, { n: Big; times: number }>()
  for (const n of sorted(numbers)) {
    const seen = counts.get(n.toFixed())
    counts.set(n.toFixed(), { n, times: (seen?.times ?? 0) + 1 })
  }
  const most = [...counts.values()].reduce((times, seen) => Math.max(times, seen.times), 0)
  return [...counts.values()].filter((seen) => seen.times === most).map((seen) => seen.n)
}

function extreme(items: List, sign: 1 | -1): Value {
  let best: Value = items[0] ?? null
  for (const item of items) {
    const order = compare(item, best)
    if (order === null) return null
    if (order * sign > 0) best = item
  }
  return best
}

function decide(items: List, decisive: boolean): Value {
  if (items.some((item) => equal(item, decisive) === true)) return decisive
  return items.every((item) => typeof item === 'boolean') ? !decisive : null
}
