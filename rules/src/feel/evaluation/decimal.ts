import Big from 'big.js'

/** FEEL numbers are IEEE 754 decimal128: 34 digits, exponents to 6144, ties to the even digit. */
const DIGITS = 34
const MAX_EXPONENT = 6144
const HALF_EVEN = 2

/** Wide enough to divide and take roots before rounding to 34 digits; cuts off what is left. */
const Wide = Big()
Wide.DP = 60
Wide.RM = 0

export const zero = new Big(0)
export const one = new Big(1)

/** Rounded to 34 digits; null where the exponent is too large. */
export function fit(x: Big): Big | null {
  if (x.eq(0)) return zero
  const rounded = x.prec(DIGITS, HALF_EVEN)
  if (rounded.e > MAX_EXPONENT) return null
  return rounded.e < -MAX_EXPONENT ? zero : rounded
}

/** The number that a text or a JSON number says; null where it says none. */
export function decimal(written: string | number): Big | null {
  const match = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,4}))?$/.exec(String(written))
  return match && String(written).length < 10_000 ? fit(new Big(written)) : null
}

/** a + b; null where the exponent is too large. */
export function add(a: Big, b: Big): Big | null {
  return fit(a.plus(b))
}

/** a - b; null where the exponent is too large. */
export function subtract(a: Big, b: Big): Big | null {
  return fit(a.minus(b))
}

/** a · b; null where the exponent is too large. */
export function multiply(a: Big, b: Big): Big | null {
  return fit(a.times(b))
}

/** Null where `b` is zero. */
export function divide(a: Big, b: Big): Big | null {
  if (b.eq(0)) return null
  const [top, bottom] = [shifted(a, -a.e), shifted(b, -b.e)]
  const cut = top.div(bottom)
  // A digit far behind the 34th keeps a remainder from looking like a tie.
  const exact = cut.times(bottom).eq(top) || cut.eq(0)
  const quotient = exact ? cut : cut.plus(new Big(cut.s).times('1e-70'))
  return fit(shifted(quotient.prec(DIGITS, HALF_EVEN), a.e - b.e))
}

/** Null where `x` is below zero. */
export function squareRoot(x: Big): Big | null {
  if (x.lt(0)) return null
  if (x.eq(0)) return zero
  const half = Math.floor(x.e / 2)
  return fit(shifted(shifted(x, -2 * half).sqrt(), half))
}

/** The remainder with the sign of the divisor; null where that is zero. */
export function modulo(a: Big, b: Big): Big | null {
  if (b.eq(0)) return null
  const rest = a.mod(b)
  return fit(rest.eq(0) || rest.s === b.s ? rest : rest.plus(b))
}

/** How often `size` goes into `x` wholly, towards zero. */
export function wholeTimes(x: Big, size: number): Big {
  return x.minus(x.mod(size)).div(size)
}

/** Whether nothing stands after the point. */
export function isWhole(x: Big): boolean {
  return x.round(0, 0).eq(x)
}

/** x · 10^places */
function shifted(x: Big, places: number): Big {
  const moved = new Wide(x)
  if (!moved.eq(0)) moved.e += places
  return moved
}
