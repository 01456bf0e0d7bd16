import { refuse } from '../refusal.ts'

/** `loops`: how many parts may repeat without an end. */
type Translated = Readonly<{ source: string; loops: number }>

type Reading = {
  readonly text: string
  at: number
  readonly skipSpace: boolean
  loops: number
  groups: number
}

/** Escapes of XML Schema's regular expressions that JavaScript writes otherwise. */
const escapes: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: '[ \\t\\n\\r]',
  S: '[^ \\t\\n\\r]',
  w: '[\\p{L}\\p{M}\\p{N}\\p{S}]',
  W: '[^\\p{L}\\p{M}\\p{N}\\p{S}]',
  n: '\\n',
  r: '\\r',
  t: '\\t',
}

const blocks: Readonly<Record<string, string>> = {
  IsBasicLatin: '[\\x00-\\x7F]',
  'IsLatin-1Supplement': '[\\x80-\\xFF]',
  IsCJKUnifiedIdeographs: '[\\u4E00-\\u9FFF]',
}

/**
 * An XPath pattern in JavaScript's writing (flag `v`); null where it is wrong. Refuses a repeated
 * group that repeats or chooses inside, as such patterns may take exponential time.
 */
export function translate(text: string, skipSpace: boolean): Translated | null {
  const reading: Reading = { text, at: 0, skipSpace, loops: 0, groups: 0 }
  const branches = readBranches(reading)
  return branches === null || reading.at < text.length
    ? null
    : { source: branches.source, loops: reading.loops }
}

/** `isRisky`: repeating this part could take exponential time. */
type Part = Readonly<{ source: string; isRisky: boolean }>

function readBranches(r: Reading): Part | null {
  let source = ''
  let isRisky = false
  while (r.at < r.text.length && r.text[r.at] !== ')') {
    const sign = take(r)
    if (r.skipSpace && /\s/.test(sign)) continue
    if (sign === '|') {
      source += '|'
      isRisky = true
      continue
    }
    const part = readPart(r, sign)
    if (part === null) return null
    const repeat = readRepeat(r)
    if (repeat.isUnbounded && part.isRisky) return refuse('重复的组里又有重复，可能匹配不完')
    source += part.source + repeat.source
    isRisky ||= part.isRisky || repeat.source !== ''
  }
  return { source, isRisky }
}

function readPart(r: Reading, sign: string): Part | null {
  if (sign === '(') return readGroup(r)
  if (sign === '[') return plain(readClass(r))
  if (sign === '\\') return plain(readEscape(r, false))
  if (sign === '^' || sign === '$' || sign === '.') return plain(sign)
  return '*+?{}]'.includes(sign) ? null : plain(escapeSign(sign, false))
}

function plain(source: string | null): Part | null {
  return source === null ? null : { source, isRisky: false }
}

function readGroup(r: Reading): Part | null {
  const isSilent = r.text.startsWith('?:', r.at)
  if (isSilent) r.at += 2
  const inner = readBranches(r)
  if (inner === null || r.text[r.at] !== ')') return null
  r.at += 1
  // Counted once closed: a group cannot refer to itself.
  if (!isSilent) r.groups += 1
  return { source: `(${isSilent ? '?:' : ''}${inner.source})`, isRisky: inner.isRisky }
}

function readRepeat(r: Reading): { source: string; isUnbounded: boolean } {
  const match = /^\s*(?:[*+?]|\{(\d{1,3})(,(\d{1,3})?)?\})\??/.exec(r.text.slice(r.at))
  if (!match || (!r.skipSpace && /^\s/.test(match[0]))) return { source: '', isUnbounded: false }
  r.at += match[0].length
  const source = match[0].trim()
  const most = Number(match[3] ?? (match[2] ? 999 : match[1]))
  const isUnbounded = /^[*+]/.test(source) || most > 10
  if (isUnbounded) r.loops += 1
  return { source, isUnbounded }
}

function take(r: Reading): string {
  const sign = String.fromCodePoint(r.text.codePointAt(r.at) ?? 0)
  r.at += sign.length
  return sign
}

function readEscape(r: Reading, isInClass: boolean): string | null {
  const sign = take(r)
  if (sign === 'p' || sign === 'P') return readProperty(r, sign)
  if (Object.hasOwn(escapes, sign)) return escapes[sign] ?? null
  if ('iIcC'.includes(sign)) return refuse(`不支持模式里的 \\${sign}`)
  if (/[1-9]/.test(sign))
    return !isInClass && Number(sign) <= r.groups ? refuse('模式引用了前面的组，不支持') : null
  return /[\\|.?*+(){}$[\]^-]/.test(sign) ? escapeSign(sign, isInClass) : null
}

function readProperty(r: Reading, letter: string): string | null {
  const match = /^\{([^}]*)\}/.exec(r.text.slice(r.at))
  if (!match) return null
  r.at += match[0].length
  const name = r.skipSpace ? (match[1] ?? '').replace(/\s+/g, '') : (match[1] ?? '')
  if (!name.startsWith('Is')) return /^[A-Z][a-z]?$/.test(name) ? `\\${letter}{${name}}` : null
  const block = Object.hasOwn(blocks, name) ? blocks[name] : undefined
  if (block === undefined) return refuse(`不支持模式里的字符块 ${name}`)
  return letter === 'p' ? block : `[^${block}]`
}

/** `[a-z]`, `[^a-z]`, `[a-z-[aeiou]]`; space counts in here even with the flag x. */
function readClass(r: Reading): string | null {
  let isNegated = false
  if (r.text[r.at] === '^') {
    isNegated = true
    r.at += 1
  }
  let body = ''
  while (r.at < r.text.length) {
    const sign = take(r)
    if (sign === ']') return body === '' ? null : closeClass(body, '', isNegated)
    if (sign === '-' && r.text[r.at] === '[') {
      r.at += 1
      const less = readClass(r)
      if (less === null || take(r) !== ']') return null
      return closeClass(body, less, isNegated)
    }
    if (sign === '[') return null
    const part =
      sign === '\\' ? readEscape(r, true) : sign === '-' ? dash(r, body) : escapeSign(sign, true)
    if (part === null) return null
    body += part
  }
  return null
}

function closeClass(body: string, less: string, isNegated: boolean): string {
  const own = `[${isNegated ? '^' : ''}${body}]`
  return less === '' ? own : `[${own}--${less}]`
}

/** A dash between two signs makes a range; at either end it is itself. */
function dash(r: Reading, body: string): string {
  return body === '' || r.text[r.at] === ']' ? '\\-' : '-'
}

/** JavaScript wants more signs escaped inside a class than outside, and forbids escaping others. */
function escapeSign(sign: string, isInClass: boolean): string {
  const special = isInClass ? /[\\|.?*+(){}$[\]^/&!#%,:;<=>@`~-]/ : /[\\|.?*+(){}$[\]^/]/
  return special.test(sign) ? `\\${sign}` : sign
}
