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
    return check.Check(value) ? { value } : { error: check.Errors(value) as unknown as Error }
  }
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
