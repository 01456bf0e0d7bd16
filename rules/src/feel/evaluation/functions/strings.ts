import Big from 'big.js'
import { refuse } from '../refusal.ts'
import { isList, type List, type Value } from '../value.ts'
import { matches, replace, splitBy } from './patterns.ts'
import { type Functions, list, number, optional, takes, text } from './signature.ts'

const string = text('string')
const match = text('match')
const input = text('input')
const pattern = text('pattern')
const flags = optional(text('flags'))

/** Functions of texts. */
export const stringFunctions: Functions = {
  substring: [
    takes([string, number('start position')], (of, start) => substring(of, start, null)),
    takes([string, number('start position'), number('length')], substring),
  ],
  'string length': [takes([string], (of) => new Big(Array.from(of).length))],
  'upper case': [takes([string], (of) => of.toUpperCase())],
  'lower case': [takes([string], (of) => of.toLowerCase())],
  'substring before': [
    takes([string, match], (of, end) => of.slice(0, Math.max(0, of.indexOf(end)))),
  ],
  'substring after': [takes([string, match], substringAfter)],
  contains: [takes([string, match], (of, part) => of.includes(part))],
  'starts with': [takes([string, match], (of, part) => of.startsWith(part))],
  'ends with': [takes([string, match], (of, part) => of.endsWith(part))],
  matches: [takes([input, pattern, flags], (of, like, how) => matches(of, like, how ?? ''))],
  replace: [
    takes([input, pattern, text('replacement'), flags], (of, like, by, how) =>
      replace(of, { pattern: like, flags: how ?? '' }, by),
    ),
  ],
  split: [takes([string, text('delimiter')], splitBy)],
  'string join': [takes([list('list'), optional(text('delimiter'))], join)],
}

/** By whole signs, so that 🐎 counts as one. */
function substring(of: string, start: Big, length: Big | null): Value {
  const signs = Array.from(of)
  const first = Number(start.round(0, 0))
  if (first === 0) return null
  if (Math.abs(first) > signs.length) return refuse('DMN 没有规定文字之外的位置')
  const from = first > 0 ? first - 1 : signs.length + first
  if (length === null) return signs.slice(from).join('')
  const count = Number(length.round(0, 0))
  return count < 1
    ? refuse('DMN 没有规定一个字也没有的子串')
    : signs.slice(from, from + count).join('')
}

function substringAfter(of: string, start: string): string {
  const at = of.indexOf(start)
  return at < 0 ? '' : of.slice(at + start.length)
}

/** Null items are left out. */
function join(parts: List, delimiter: string | null): Value {
  const texts = parts.filter((part) => part !== null)
  return texts.every((part) => typeof part === 'string') && !isList(texts[0] ?? null)
    ? texts.join(delimiter ?? '')
    : null
}
