import { addMonths, ageOn, ymdFromDay } from '../days.ts'
import {
  andMasks,
  ceilDivide,
  floorDivide,
  notMask,
  orMasks,
  product,
  roundedFen,
} from '../interval.ts'
import { KNOWN_NONE_BYTE, UNKNOWN_BYTE } from './batch.ts'

export type Library = ReturnType<typeof libraryFor>

/** What generated code calls: exact divisions, calendar, tables of three-valued logic. */
export function libraryFor(on: number) {
  return {
    product,
    floorDivide,
    ceilDivide,
    roundedFen,
    age: ages(on),
    addMonths,
    datePart,
    codeIn,
    codeMasks,
    nullMasks,
    booleanMasks,
    same,
    compareWithNull,
    and: pairs(andMasks),
    or: pairs(orMasks),
    not: Uint8Array.from({ length: 8 }, (_, mask) => notMask(mask)),
  }
}

const DAYS_OF_A_LIFE = 366 * 130

/** Age on the day of whoever was born on a day: looked up, as every person has one. */
function ages(on: number): (born: number) => number {
  const table = Uint8Array.from({ length: DAYS_OF_A_LIFE }, (_, days) => ageOn(on - days, on))
  return (born) => {
    const days = on - born
    return days >= 0 && days < DAYS_OF_A_LIFE ? (table[days] ?? 0) : ageOn(born, on)
  }
}

function pairs(join: (a: number, b: number) => number): Uint8Array {
  return Uint8Array.from({ length: 64 }, (_, index) => join(index >> 3, index & 7))
}

function datePart(part: 'year' | 'month' | 'day', lo: number, hi: number, end: 0 | 1): number {
  if (lo === hi) return ymdFromDay(lo)[part]
  if (part !== 'year') return end === 0 ? 1 : part === 'month' ? 12 : 31
  const day = end === 0 ? lo : hi
  return Number.isFinite(day) ? ymdFromDay(day).year : end === 0 ? 0 : 9999
}

function codeIn(codes: readonly number[], lo: number, hi: number, nul: number): number {
  if (nul === 2) return 2
  let inside = 0
  for (const code of codes) if (code >= lo && code <= hi) inside++
  return (inside > 0 ? 1 : 0) | (inside === hi - lo + 1 && nul === 0 ? 0 : 2)
}

/** Masks of `code in codes` by the byte of a cell. */
function codeMasks(codes: readonly number[], all: number, nullable: boolean): Uint8Array {
  const masks = Uint8Array.from({ length: 256 }, (_, cell) => codeIn(codes, cell, cell, 0))
  masks[UNKNOWN_BYTE & 255] = codeIn(codes, 0, all - 1, nullable ? 1 : 0)
  masks[KNOWN_NONE_BYTE & 255] = 2
  return masks
}

/** Masks of `= null` by the byte of a cell of a nullable fact. */
function nullMasks(): Uint8Array {
  const masks = new Uint8Array(256).fill(2)
  masks[UNKNOWN_BYTE & 255] = 3
  masks[KNOWN_NONE_BYTE & 255] = 1
  return masks
}

/** Masks of a boolean by the byte of a cell. */
function booleanMasks(nullable: boolean): Uint8Array {
  const masks = Uint8Array.from({ length: 256 }, (_, cell) => (cell === 0 ? 2 : 1))
  masks[UNKNOWN_BYTE & 255] = nullable ? 7 : 3
  masks[KNOWN_NONE_BYTE & 255] = 4
  return masks
}

function same(a: number, b: number): number {
  const single = a === 1 || a === 2 || a === 4
  return (a & b ? 1 : 0) | (a === b && single ? 0 : 2)
}

/** A comparison in which a side may be null; `values` is its mask where neither is. */
function compareWithNull(op: string, an: number, bn: number, values: number): number {
  if (op !== '=' && op !== '!=') return values | 4
  const both = an > 0 && bn > 0 ? 1 : 0
  const one = (an > 0 && bn < 2) || (bn > 0 && an < 2) ? 2 : 0
  return values | (op === '=' ? both | one : notMask(both | one))
}
