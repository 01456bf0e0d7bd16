import { addMonths, ageOn, ymdFromDay } from '../../days.ts'
import {
  andMasks,
  ceilDivide,
  floorDivide,
  notMask,
  orMasks,
  product,
  roundedFen,
} from '../../interval.ts'

/** What generated steps call: exact divisions, the calendar, three-valued logic. */
export function libraryFor(on: number) {
  return {
    product,
    floorDivide,
    ceilDivide,
    roundedFen,
    addMonths,
    age: (born: number): number => ageOn(born, on),
    datePart,
    codeIn,
    codeBits,
    same,
    compareWithNull,
    and: pairs(andMasks),
    or: pairs(orMasks),
    not: Uint8Array.from({ length: 8 }, (_, mask) => notMask(mask)),
  }
}

/** Both masks in one number: the first three bits up. */
function pairs(join: (a: number, b: number) => number): Uint8Array {
  return Uint8Array.from({ length: 64 }, (_, both) => join(both >> 3, both & 7))
}

function datePart(part: 'year' | 'month' | 'day', lo: number, hi: number, end: 0 | 1): number {
  if (lo === hi) return ymdFromDay(lo)[part]
  if (part === 'year') {
    const day = end === 0 ? lo : hi
    return Number.isFinite(day) ? ymdFromDay(day).year : end === 0 ? 0 : 9999
  }
  return end === 0 ? 1 : part === 'month' ? 12 : 31
}

function codeIn(codes: readonly number[], lo: number, hi: number, nul: number): number {
  if (nul === 2) return 2
  let inside = 0
  for (const code of codes) if (code >= lo && code <= hi) inside++
  const all = inside === hi - lo + 1
  return (inside > 0 ? 1 : 0) | (all && nul === 0 ? 0 : 2)
}

/** The same of codes below 31, given as bits. */
function codeBits(codes: number, lo: number, hi: number, nul: number): number {
  if (nul === 2) return 2
  // whatever lies beyond is none of them
  if (hi > 30) return (lo <= 30 && codes >> lo !== 0 ? 1 : 0) | 2
  const range = ((2 << hi) - (1 << lo)) | 0
  const inside = codes & range
  return (inside !== 0 ? 1 : 0) | (inside === range && nul === 0 ? 0 : 2)
}

/** Equality of booleans, null equal to null only. */
function same(a: number, b: number): number {
  const one = (x: number): boolean => x === 1 || x === 2 || x === 4
  return (a & b ? 1 : 0) | (a === b && one(a) ? 0 : 2)
}

/** A comparison in which a side may be null; `values` is its mask if neither is. */
function compareWithNull(op: string, an: number, bn: number, values: number): number {
  const among = an === 2 || bn === 2 ? 0 : values
  if (op !== '=' && op !== '!=') return among | 4
  const both = an > 0 && bn > 0 ? 1 : 0
  const one = (an > 0 && bn < 2) || (bn > 0 && an < 2) ? 2 : 0
  return among | (op === '=' ? both | one : notMask(both | one))
}
