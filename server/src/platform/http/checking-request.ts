import type { FastifySchema } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

type Part = Readonly<{ schema: FastifySchema | TSchema; httpPart?: string }>

/**
 * Checks a part of a request against its declared shape.
 *
 * An address is all text: what its query leaves out gets its declared default, and its words become
 * numbers. A body is taken as it is: `null`, 0 and absent mean different things.
 */
export function checkingRequest({ schema, httpPart }: Part) {
  const shape = schema as TSchema
  const check = Compile(shape)
  return (given: unknown) => {
    const value = httpPart === 'body' ? given : fromText(shape, (given ?? {}) as Words)
    const errors = check.Check(value) ? withoutNul(value) : check.Errors(value)
    return errors ? { error: errors as unknown as Error } : { value }
  }
}

/** PostgreSQL keeps no text with U+0000 in it; whoever sends one means no word. */
function withoutNul(value: unknown): [{ instancePath: string; message: string }] | undefined {
  const path = pathOfNul(value, '')
  return path === undefined
    ? undefined
    : [{ instancePath: path, message: 'must not contain the character U+0000' }]
}

function pathOfNul(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = key.includes('\0') ? path : pathOfNul(inner, `${path}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

type Words = Readonly<Record<string, unknown>>

/** A word that only resembles what is declared stays a word, and is refused: 1.5 is not page 1. */
function fromText(shape: TSchema, words: Words): unknown {
  const read = Value.Convert(shape, Value.Default(shape, { ...words })) as Words
  return Object.fromEntries(
    Object.entries(read).map(([key, value]) => [
      key,
      isSame(words[key], value) ? value : words[key],
    ]),
  )
}

function isSame(word: unknown, value: unknown): boolean {
  if (typeof word !== 'string') return true
  return (
    String(value) === word &&
    (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER)
  )
}
