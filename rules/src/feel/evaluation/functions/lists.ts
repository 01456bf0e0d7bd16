import Big from 'big.js'
import { equal } from '../compare.ts'
import { refuse } from '../refusal.ts'
import { type FunctionValue, isList, type List, type Value } from '../value.ts'
import { callBack } from './callback.ts'
import {
  any,
  callable,
  type Functions,
  list,
  number,
  optional,
  takes,
  takesMore,
} from './signature.ts'

/** Comparing each item with each other takes the square of so many steps. */
const MAX_COMPARED = 1000

const items = list('list')
const position = number('position')

/** Functions of lists. */
export const listFunctions: Functions = {
  'list contains': [
    takes([items, any('element')], (of, element) => of.some((item) => isSame(item, element))),
  ],
  sublist: [
    takes([items, number('start position')], (of, start) => sublist(of, start, null)),
    takes([items, number('start position'), number('length')], sublist),
  ],
  append: [takesMore([items, any('item')], ([of = null, ...more]) => [...asList(of), ...more])],
  concatenate: [takesMore([items], (lists) => lists.flatMap(asList))],
  union: [takesMore([items], (lists) => distinct(lists.flatMap(asList)))],
  'insert before': [takes([items, position, any('newItem')], insertBefore)],
  remove: [takes([items, position], (of, at) => splice(of, at, []))],
  reverse: [takes([items], (of) => [...of].reverse())],
  'index of': [takes([items, any('match')], indexesOf)],
  'distinct values': [takes([items], distinct)],
  flatten: [takes([items], flatten)],
  'list replace': [
    takes([items, position, any('newItem')], (of, at, newItem) => splice(of, at, [newItem])),
    takes([items, callable('match'), any('newItem')], replaceMatches),
  ],
  sort: [takes([items, optional(callable('precedes'))], sort)],
}

function asList(value: Value): List {
  return isList(value) ? value : [value]
}

function isSame(a: Value, b: Value): boolean {
  // A list of one and its item are different items of a list.
  return isList(a) === isList(b) && equal(a, b) === true
}

/** The index from 0 of a position from 1, or from the end with -1; undefined where there is none. */
function indexOf(of: List, at: Big): number | undefined {
  const n = Number(at.round(0, 0))
  if (n === 0 || Math.abs(n) > of.length) return undefined
  return n > 0 ? n - 1 : of.length + n
}

function sublist(of: List, start: Big, length: Big | null): Value {
  const from = indexOf(of, start)
  if (from === undefined) return null
  const count = length === null ? of.length - from : Number(length.round(0, 0))
  return count < 0 || from + count > of.length ? null : of.slice(from, from + count)
}

function insertBefore(of: List, at: Big, newItem: Value): Value {
  const index = indexOf(of, at)
  return index === undefined ? null : [...of.slice(0, index), newItem, ...of.slice(index)]
}

/** The list with `instead` in place of one item. */
function splice(of: List, at: Big, instead: List): Value {
  const index = indexOf(of, at)
  return index === undefined ? null : [...of.slice(0, index), ...instead, ...of.slice(index + 1)]
}

function replaceMatches(of: List, match: FunctionValue, newItem: Value): Value {
  const truths = of.map((item) => callBack(match, [item, newItem]))
  if (truths.some((truth) => typeof truth !== 'boolean')) return null
  return of.map((item, i) => (truths[i] === true ? newItem : item))
}

function indexesOf(of: List, match: Value): Value {
  return of.flatMap((item, i) => (isSame(item, match) ? [new Big(i + 1)] : []))
}

function distinct(of: List): List {
  if (of.length > MAX_COMPARED) return refuse(`互相比较的不能超过 ${MAX_COMPARED} 项`)
  return of.filter((item, i) => of.findIndex((other) => isSame(other, item)) === i)
}

function flatten(of: List): List {
  return of.flatMap((item) => (isList(item) ? flatten(item) : [item]))
}

/** Ascending by itself, or by what `precedes` says of two items. Null where it does not say true or false. */
function sort(of: List, precedes: FunctionValue | null): Value {
  if (precedes === null) return refuse('DMN 没有规定不带函数的 sort')
  let isDecided = true
  const comesFirst = (a: Value, b: Value): boolean => {
    const truth = callBack(precedes, [a, b])
    if (typeof truth !== 'boolean') isDecided = false
    return truth === true
  }
  const inOrder = [...of].sort((a, b) => (comesFirst(a, b) ? -1 : comesFirst(b, a) ? 1 : 0))
  return isDecided ? inOrder : null
}
