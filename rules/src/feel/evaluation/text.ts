import { refuse } from './refusal.ts'
import { formatTemporal } from './temporal/format.ts'
import { isList, isNumber, type Range, type Value } from './value.ts'

/** What `string(value)` gives. */
export function textOf(value: Value): string | null {
  return value === null || typeof value === 'string' ? value : written(value)
}

/** As in an expression: texts inside lists and contexts stand in quotes. */
function written(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(written).join(', ')}]`
  if (isNumber(value)) return value.toFixed()
  switch (value.kind) {
    case 'context':
      return `{${[...value.entries].map(([key, entry]) => `${keyText(key)}: ${written(entry)}`).join(', ')}}`
    case 'range':
      return rangeText(value)
    case 'function':
      return refuse('函数不能写成文字')
    default:
      return formatTemporal(value)
  }
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function keyText(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(key) ? key : quoted(key)
}

function rangeText({ low, high, lowOpen, highOpen }: Range): string {
  if (low === undefined) return `(${highOpen ? '<' : '<='} ${written(high ?? null)})`
  if (high === undefined) return `(${lowOpen ? '>' : '>='} ${written(low)})`
  return `${lowOpen ? '(' : '['}${written(low)}..${written(high)}${highOpen ? ')' : ']'}`
}
