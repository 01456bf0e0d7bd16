import type { FastifySchema } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

type Route = Readonly<{ schema: FastifySchema | TSchema; url: string; method: string }>

/**
 * A serializer that refuses an answer that is not what the route declares, so that a test finds a
 * document of the API that is no longer true.
 */
export function checkingSerializer({ schema, url, method }: Route): (answer: unknown) => string {
  const check = Compile(schema as TSchema)
  return (answer) => {
    const text = JSON.stringify(answer)
    const sent: unknown = JSON.parse(text)
    if (!check.Check(sent)) {
      const errors = check.Errors(sent).map((error) => `${error.instancePath} ${error.message}`)
      throw new Error(`${method} ${url} answers otherwise than declared: ${errors.join('; ')}`)
    }
    return text
  }
}
