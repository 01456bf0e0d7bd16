import { refuse } from '../refusal.ts'
import type { Value } from '../value.ts'
import { translate } from './pattern-syntax.ts'

/** Null where the pattern or a flag is wrong. */
export function matches(input: string, pattern: string, flags: string): Value {
  const compiled = compile(pattern, flags, input)
  return compiled && compiled.test(input)
}

/** Null where the pattern, a flag or the replacement is wrong. */
export function replace(
  input: string,
  like: Readonly<{ pattern: string; flags: string }>,
  replacement: string,
): Value {
  const compiled = compile(like.pattern, `${like.flags}g`, input)
  if (!compiled) return null
  if (new RegExp(compiled.source, compiled.flags).test('')) return refuse('模式会匹配空文字')
  const parts = readReplacement(replacement)
  return parts && input.replace(compiled, (...found: readonly unknown[]) => parts(found))
}

/** The pieces of a text between matches of a pattern; null where the pattern is none. */
export function splitBy(string: string, delimiter: string): Value {
  if (delimiter === '') return refuse('DMN 没有规定空的分隔符')
  const compiled = compile(delimiter, 'g', string)
  if (!compiled) return null
  if (new RegExp(compiled.source, compiled.flags).test('')) return refuse('分隔符会匹配空文字')
  const parts: string[] = []
  let from = 0
  for (const match of string.matchAll(compiled)) {
    parts.push(string.slice(from, match.index))
    from = match.index + match[0].length
  }
  return [...parts, string.slice(from)]
}

function compile(pattern: string, flags: string, input: string): RegExp | null {
  if (flags.includes('q')) return refuse('不支持标志 q')
  if (!/^[imsxg]*$/.test(flags)) return null
  const translated = translate(pattern, flags.includes('x'))
  if (translated === null) return null
  limitWork(translated.loops, input.length)
  try {
    return new RegExp(translated.source, `v${[...new Set(flags.replaceAll('x', ''))].join('')}`)
  } catch {
    return null
  }
}

/** A pattern with `loops` unbounded repeats may take length^(loops + 1) steps, which nothing can stop. */
function limitWork(loops: number, length: number): void {
  if ((loops + 1) * Math.log10(length + 1) > 8) refuse('文字太长，这个模式可能匹配不完')
}

/** `$1` is what the first group matched, `$0` everything, `\$` and `\\` are signs; null where it is wrong. */
function readReplacement(text: string): ((found: readonly unknown[]) => string) | null {
  if (!/^(?:[^\\$]|\\[\\$]|\$\d)*$/s.test(text)) return null
  return (found) =>
    text.replace(/\\([\\$])|\$(\d)/g, (_, sign?: string, group?: string) => {
      if (sign !== undefined) return sign
      const matched = found[Number(group)]
      return typeof matched === 'string' && Number(group) < groupsIn(found) ? matched : ''
    })
}

/** A match comes as everything, the groups, then its index: a number. */
function groupsIn(found: readonly unknown[]): number {
  return found.findIndex((one) => typeof one === 'number')
}
