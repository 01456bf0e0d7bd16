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
import type { Program } from '../ir.ts'

/** What generated code calls: exact divisions, calendar, tables of three-valued logic. */
export function libraryFor(program: Program) {
  const codes: Record<number, readonly number[]> = {}
  for (const { id, op } of program.nodes) if (op.kind === 'code-in') codes[id] = op.codes
  return {
    product,
    floorDivide,
    ceilDivide,
    roundedFen,
    ageOn,
    addMonths,
    datePart,
    codeIn,
    same,
    compareWithNull,
    codes,
    and: pairs(andMasks),
    or: pairs(orMasks),
    not: Uint8Array.from({ length: 8 }, (_, mask) => notMask(mask)),
    /** Masks of match() by verdict: 1 eligible, 2 ineligible, 3 unknown. */
    verdictMask: Uint8Array.of(3, 1, 2, 3),
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
