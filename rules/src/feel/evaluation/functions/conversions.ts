import { identical } from '../compare.ts'
import { decimal } from '../decimal.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../text.ts'
import type { Value } from '../value.ts'
import { any, type Functions, optional, takes, text } from './signature.ts'

const grouping = optional(text('grouping separator'))
const separator = optional(text('decimal separator'))

/** Functions from one type to another. */
export const conversionFunctions: Functions = {
  number: [
    takes([text('from')], () => refuse('number(…) 要写明分隔符：number("1,000.5", ",", ".")')),
    takes([text('from'), grouping, separator], readNumber),
  ],
  string: [takes([any('from')], textOf)],
  not: [takes([any('negand')], (value) => (typeof value === 'boolean' ? !value : null))],
  is: [takes([any('value1'), optional(any('value2'))], identical)],
}

function readNumber(from: string, group: string | null, point: string | null): Value {
  if (group !== null && ![' ', ',', '.'].includes(group)) return null
  if (point !== null && !['.', ','].includes(point)) return null
  if (group !== null && group === point) return null
  const plain = group === null ? from : from.replaceAll(group, '')
  if (point !== null && point !== '.' && plain.includes('.')) return null
  return decimal(point === null ? plain : plain.replace(point, '.'))
}
