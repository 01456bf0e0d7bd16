/** Arithmetic on closed intervals of exact integers, open ends ±Infinity. */

/** a · b with 0 · ∞ = 0, as an unknown factor is finite, only unbounded. */
export function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b
}

/**
 * ⌊a / d⌋ for integers, d > 0. The float quotient can only be too great, by one where it was rounded
 * up to a whole number. Not by `%`, which takes five times as long.
 */
export function floorDivide(a: number, d: number): number {
  const quotient = Math.floor(a / d)
  if (quotient * d > a) return quotient - 1
  if (a === Infinity || a === -Infinity) return a
  if (d === Infinity) return a < 0 ? -1 : 0
  return quotient
}

/** ⌈a / d⌉ for integers, d > 0. */
export function ceilDivide(a: number, d: number): number {
  return -floorDivide(-a, d) + 0
}

/** Fen of the quotient a/b (in fen), rounded as told and never below 0. */
export function roundedFen(a: number, b: number, to: 'fen' | 'yuan-up' | 'yuan-half-up'): number {
  if (a <= 0) return 0
  if (!Number.isFinite(a)) return a
  if (b === Infinity) return to === 'yuan-up' ? 100 : 0
  if (to === 'fen') return floorDivide(2 * a + b, 2 * b)
  if (to === 'yuan-up') return ceilDivide(a, 100 * b) * 100
  return floorDivide(2 * a + 100 * b, 200 * b) * 100
}

/** Mask of a three-valued comparison of two intervals, operands never null. */
export function compareIntervals(
  op: string,
  aLo: number,
  aHi: number,
  bLo: number,
  bHi: number,
): number {
  switch (op) {
    case '<':
      return aHi < bLo ? 1 : aLo >= bHi ? 2 : 3
    case '<=':
      return aHi <= bLo ? 1 : aLo > bHi ? 2 : 3
    case '>':
      return aLo > bHi ? 1 : aHi <= bLo ? 2 : 3
    case '>=':
      return aLo >= bHi ? 1 : aHi < bLo ? 2 : 3
    case '=':
      return aLo === aHi && bLo === bHi && aLo === bLo ? 1 : aHi < bLo || bHi < aLo ? 2 : 3
    default:
      return aHi < bLo || bHi < aLo ? 1 : aLo === aHi && bLo === bHi && aLo === bLo ? 2 : 3
  }
}

/** FEEL `and` of two masks: false wins, then null. */
export function andMasks(a: number, b: number): number {
  const isFalse = (a | b) & 2
  const isTrue = a & b & 1
  const isNull = ((a & 4) !== 0 && (b & 5) !== 0) || ((b & 4) !== 0 && (a & 5) !== 0) ? 4 : 0
  return isFalse | isTrue | isNull
}

/** FEEL `or` of two masks: true wins, then null. */
export function orMasks(a: number, b: number): number {
  return notMask(andMasks(notMask(a), notMask(b)))
}

/** FEEL `not` of a mask: null stays null. */
export function notMask(a: number): number {
  return ((a & 1) << 1) | ((a & 2) >> 1) | (a & 4)
}
