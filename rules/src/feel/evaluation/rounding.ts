import Big from 'big.js'
import { fit } from './decimal.ts'

export type Rounding = 'half even' | 'half up' | 'half down' | 'up' | 'down' | 'floor' | 'ceiling'

const DOWN = 0
const HALF_UP = 1
const HALF_EVEN = 2
const UP = 3

/** `x` with `scale` digits after the point; null where FEEL allows no such scale. */
export function rounded(x: Big, scale: Big, how: Rounding): Big | null {
  if (scale.lt(-6111) || scale.gt(6176)) return null
  const places = Number(scale.round(0, DOWN))
  return fit(x.round(places, mode(x, places, how)))
}

function mode(x: Big, places: number, how: Rounding): 0 | 1 | 2 | 3 {
  switch (how) {
    case 'half even':
      return HALF_EVEN
    case 'half up':
      return HALF_UP
    case 'half down':
      return isMoreThanHalf(x, places) ? UP : DOWN
    case 'up':
      return UP
    case 'down':
      return DOWN
    case 'floor':
      return x.lt(0) ? UP : DOWN
    case 'ceiling':
      return x.lt(0) ? DOWN : UP
  }
}

function isMoreThanHalf(x: Big, places: number): boolean {
  const cut = x.minus(x.round(places, DOWN)).abs()
  return cut.times(2).gt(new Big(`1e${-places}`))
}
