import { negate } from '../arithmetic.ts'
import { isWhole, modulo, squareRoot, zero } from '../decimal.ts'
import { exponential, logarithm } from '../powers.ts'
import { rounded, type Rounding } from '../rounding.ts'
import type { Months, Seconds, Value } from '../value.ts'
import { type Functions, kind, number, type Signature, takes } from './signature.ts'

const duration = kind('days and time duration', 'years and months duration')
const n = number('n')
const scale = number('scale')

/** Functions of numbers. */
export const numberFunctions: Functions = {
  abs: [takes([n], (x) => x.abs()), takes([duration('n')], absolute)],
  modulo: [takes([number('dividend'), number('divisor')], modulo)],
  sqrt: [takes([number('number')], squareRoot)],
  exp: [takes([number('number')], exponential)],
  log: [takes([number('number')], logarithm)],
  even: [takes([number('number')], (x) => x.mod(2).eq(0))],
  odd: [takes([number('number')], (x) => isWhole(x) && !x.mod(2).eq(0))],
  decimal: [rounding('half even')],
  floor: [takes([n], (x) => rounded(x, zero, 'floor')), rounding('floor')],
  ceiling: [takes([n], (x) => rounded(x, zero, 'ceiling')), rounding('ceiling')],
  'round up': [rounding('up')],
  'round down': [rounding('down')],
  'round half up': [rounding('half up')],
  'round half down': [rounding('half down')],
}

function rounding(how: Rounding): Signature {
  return takes([n, scale], (x, places) => rounded(x, places, how))
}

function absolute(d: Months | Seconds): Value {
  const isNegative = d.kind === 'days and time duration' ? d.seconds.lt(0) : d.months.lt(0)
  return isNegative ? negate(d) : d
}
