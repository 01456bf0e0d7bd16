import Big from 'big.js'
import type { Decimal } from './pack.ts'

/** Digits after the point of a decimal as written, or null where it is no number. */
export function decimalPlaces(value: Decimal): number | null {
  const big = toBig(value)
  if (!big) return null
  return Math.max(0, big.c.length - 1 - big.e)
}

/** The integer value · 10^scale; exact, as `scale` digits are enough for it. */
export function scaled(value: Decimal, scale: number): number {
  const big = toBig(value)
  return big ? Number(big.times(new Big(10).pow(scale)).toFixed(0)) : Number.NaN
}

function toBig(value: Decimal): Big | null {
  const written = String(value)
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(written) ? new Big(written) : null
}
