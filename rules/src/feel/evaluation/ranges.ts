import { compare, type Truth } from './compare.ts'
import { and } from './logic.ts'
import type { Range, Value } from './value.ts'

/** Whether `value` lies in `range`; null where it cannot be compared with an end. */
export function contains(range: Range, value: Value): Truth {
  const { low, high, lowOpen, highOpen } = range
  const parts: Truth[] = []
  if (low !== undefined) parts.push(isBeyond(compare(value, low), lowOpen))
  if (high !== undefined) parts.push(isBeyond(compare(high, value), highOpen))
  const truth = and(parts)
  return typeof truth === 'boolean' ? truth : null
}

function isBeyond(order: number | null, open: boolean): Truth {
  if (order === null) return null
  return open ? order > 0 : order >= 0
}
