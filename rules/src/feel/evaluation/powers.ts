import Big from 'big.js'
import { divide, fit, isWhole, one, zero } from './decimal.ts'

/** Digits kept on the way to 34. */
const DIGITS = 70
/** Beyond this the result has no exponent that decimal128 could write. */
const MAX_EXPONENT = 7000
const Wide = Big()
Wide.DP = 90
Wide.RM = 1

/** e to the power of x; null where the result is too large. */
export function exponential(x: Big): Big | null {
  const result = wideExponential(x)
  return result && fit(result)
}

/** The natural logarithm; null where x is not above zero. */
export function logarithm(x: Big): Big | null {
  return x.gt(0) ? fit(wideLogarithm(x)) : null
}

/** Null where the power is no real number or too large. */
export function power(base: Big, exponent: Big): Big | null {
  if (isWhole(exponent)) return wholePower(base, exponent)
  if (base.lt(0)) return null
  if (base.eq(0)) return exponent.gt(0) ? zero : null
  const result = wideExponential(exponent.times(wideLogarithm(base)))
  return result && fit(result)
}

/** By repeated squaring. */
function wholePower(base: Big, exponent: Big): Big | null {
  if (base.eq(0)) return exponent.lt(0) ? null : exponent.eq(0) ? one : zero
  if (exponent.e > 30) return null
  let result: Big = one
  let square = base
  for (let left = BigInt(exponent.abs().toFixed(0)); left > 0n; left /= 2n) {
    if (left % 2n === 1n) result = result.times(square).prec(DIGITS, 2)
    if (left > 1n) square = square.times(square).prec(DIGITS, 2)
    if (Math.max(Math.abs(result.e), Math.abs(square.e)) > MAX_EXPONENT && left > 1n) {
      return square.e < 0 === exponent.gt(0) ? zero : null
    }
  }
  return exponent.lt(0) ? divide(one, result) : fit(result)
}

/** The series for a small part of x, squared back as often as x was halved. */
function wideExponential(x: Big): Big | null {
  if (x.gt(15_000)) return null
  if (x.lt(-15_000)) return zero
  const halvings = Math.max(0, Math.ceil(Math.log2(Number(x.abs()) + 1e-9)) + 8)
  const small = new Wide(x).div(2 ** halvings)
  let sum: Big = new Wide(1)
  let term: Big = new Wide(1)
  for (let n = 1; term.abs().gt('1e-75'); n++) {
    term = new Wide(term.times(small)).div(n)
    sum = sum.plus(term)
  }
  for (let n = 0; n < halvings; n++) sum = sum.times(sum).prec(DIGITS, 2)
  return sum
}

let ln10: Big | undefined

function wideLogarithm(x: Big): Big {
  const digits = new Wide(x)
  digits.e = 0
  if (x.e === 0) return mantissaLogarithm(digits)
  ln10 ??= mantissaLogarithm(new Wide(10))
  return mantissaLogarithm(digits).plus(ln10.times(x.e))
}

/** Halley's method from a floating-point guess: each round triples the right digits. */
function mantissaLogarithm(x: Big): Big {
  let y: Big = new Wide(Math.log(Number(x)))
  for (let round = 0; round < 2; round++) {
    const reached = wideExponential(y) ?? one
    const correction = new Wide(x.minus(reached).times(2)).div(x.plus(reached))
    y = y.plus(correction).round(DIGITS + 5, 2)
  }
  return y
}
