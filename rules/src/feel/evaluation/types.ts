import { refuse } from './refusal.ts'
import { isContext, isFunction, isList, isRange, kindOf, type Value } from './value.ts'

/** A type after `instance of`, such as `list<number>`. */
type Type = Readonly<
  | { is: 'any' }
  | { is: 'kind'; kind: string }
  | { is: 'list' | 'range'; of: Type }
  | { is: 'context'; entries: readonly (readonly [string, Type])[] }
  | { is: 'function'; parameters: readonly string[]; result: Type }
>

/** Types without others inside, after `instance of`. */
export const simpleTypes: ReadonlySet<string> = new Set([
  'number',
  'string',
  'boolean',
  'date',
  'time',
  'date and time',
  'years and months duration',
  'days and time duration',
])

/** Whether `value` is of the type written `type`; refused where DMN leaves that open. */
export function isInstance(value: Value, type: string): boolean {
  return conforms(value, readType(type.replace(/\s+/g, ' ').trim()))
}

function conforms(value: Value, type: Type): boolean {
  switch (type.is) {
    case 'any':
      return value === null ? refuse('DMN 没有规定 null 是否属于 Any') : true
    case 'kind':
      return kindOf(value) === type.kind
    case 'list':
      return isList(value) && value.every((item) => orNull(item, type.of))
    case 'range':
      return (
        isRange(value) &&
        [value.low, value.high].every((end) => end === undefined || orNull(end, type.of))
      )
    case 'context':
      return (
        isContext(value) &&
        type.entries.every(
          ([key, of]) => value.entries.has(key) && orNull(value.entries.get(key) ?? null, of),
        )
      )
    case 'function':
      return (
        isFunction(value) &&
        isSameFunction(
          value.parameters.map((p) => p.type),
          type,
        )
      )
  }
}

function orNull(value: Value, type: Type): boolean {
  if (value === null && type.is !== 'any') return refuse('DMN 没有规定类型里面的 null 是否相符')
  return type.is === 'any' || conforms(value, type)
}

function isSameFunction(
  types: readonly (string | null)[],
  type: Extract<Type, { is: 'function' }>,
): boolean {
  if (type.result.is !== 'any') return refuse('不支持函数结果的类型')
  if (types.length !== type.parameters.length) return false
  return types.length === 0 ? true : refuse('不支持参数的类型')
}

function readType(text: string): Type {
  if (text === 'Any') return { is: 'any' }
  if (simpleTypes.has(text)) return { is: 'kind', kind: text }
  const [outer, result] = splitResult(text)
  const [, name, inner = ''] = /^(list|range|context|function) ?<(.*)>$/.exec(outer) ?? []
  if (name === 'list' || name === 'range') return { is: name, of: readType(inner.trim()) }
  if (name === 'context') return { is: 'context', entries: splitTop(inner).map(readEntry) }
  if (name === 'function') {
    return { is: 'function', parameters: splitTop(inner), result: readType(result) }
  }
  return refuse(`没有类型“${text}”`)
}

/** `function<…>->Any` before and after the last arrow outside brackets. */
function splitResult(text: string): [string, string] {
  const match = /^(function ?<.*>) ?-> ?(.*)$/.exec(text)
  return match ? [match[1] ?? '', match[2] ?? ''] : [text, '']
}

function readEntry(text: string): [string, Type] {
  const colon = text.indexOf(':')
  if (colon < 0) return refuse(`没有类型“${text}”`)
  return [text.slice(0, colon).trim(), readType(text.slice(colon + 1).trim())]
}

/** Parts between the commas that stand in no brackets. */
function splitTop(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const sign of text) {
    if (sign === '<') depth += 1
    if (sign === '>') depth -= 1
    if (sign === ',' && depth === 0) {
      parts.push(part.trim())
      part = ''
    } else part += sign
  }
  return part.trim() === '' ? parts : [...parts, part.trim()]
}
