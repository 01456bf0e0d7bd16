import { decimal } from './decimal.ts'
import { refuse } from './refusal.ts'
import { formatTemporal } from './temporal/format.ts'
import { parseDate, parseDateTime, parseDuration, parseTime } from './temporal/parse.ts'
import { contextOf, isList, isNumber, type Temporal, type Value } from './value.ts'

/** What JSON has no type for is written as an object of one tag, such as `{"@date": "2025-06-01"}`. */
const readers: Readonly<Record<string, (text: string) => Temporal | null>> = {
  '@date': parseDate,
  '@time': parseTime,
  '@dateTime': parseDateTime,
  '@datetime': parseDateTime,
  '@duration': parseDuration,
}

const tags: Readonly<Record<Temporal['kind'], string>> = {
  date: '@date',
  time: '@time',
  'date and time': '@dateTime',
  'years and months duration': '@duration',
  'days and time duration': '@duration',
}

/** A FEEL value from JSON; refuses a tag whose text is no value of it. */
export function fromJson(json: unknown): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return decimal(json) ?? refuse(`${json} 不是 FEEL 的数字`)
  if (Array.isArray(json)) return json.map(fromJson)
  if (typeof json !== 'object') return refuse(`${typeof json} 不是 JSON 的值`)
  const entries = Object.entries(json)
  const [tag, text] = entries.length === 1 ? (entries[0] ?? []) : []
  const reader = tag !== undefined && Object.hasOwn(readers, tag) ? readers[tag] : undefined
  if (!reader) return contextOf(entries.map(([key, value]) => [key, fromJson(value)]))
  const value = typeof text === 'string' ? reader(text) : null
  return value ?? refuse(`${JSON.stringify(json)} 不是 ${tag} 的写法`)
}

/** Numbers become the nearest JSON number. */
export function toJson(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(toJson)
  if (isNumber(value)) return Number(value)
  switch (value.kind) {
    case 'context':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toJson(entry)]))
    case 'function':
    case 'range':
      return refuse(`结果是${value.kind === 'range' ? '区间' : '函数'}，JSON 写不出来`)
    default:
      return { [tags[value.kind]]: formatTemporal(value) }
  }
}
