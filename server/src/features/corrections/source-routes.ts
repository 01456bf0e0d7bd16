import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { App } from '../../platform/http/app.ts'
import { openPush, refusePush } from '../drops/push-door.ts'
import { signOut } from '../staff/sign-in.ts'
import { answerCorrection, fetchCorrections } from './queries.ts'
import type { CorrectionParts } from './correction-parts.ts'
import { CorrectionAnswerForm, FetchedCorrectionView } from './views.ts'

const strict = { additionalProperties: false } as const
const sourceId = Type.String({ maxLength: 40 })

/** The door for departments' systems: what they are asked to put right, and what they answer, signed as a push is. */
export async function sourceCorrectionRoutes(app: App, parts: CorrectionParts): Promise<void> {
  await app.register(async (scope) => {
    const contents = new WeakMap<object, Buffer>()
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
      contents.set(request.raw, body as Buffer)
      try {
        done(null, JSON.parse(body.toString()))
      } catch (error) {
        done(Object.assign(error as Error, { statusCode: 400 }))
      }
    })
    const asSource = signedBy(parts, (request) => contents.get(request.raw) ?? Buffer.alloc(0))
    fetchRoute(scope as App, parts, asSource)
    answerRoute(scope as App, asSource)
  })
}

type AsSource = <T>(
  request: FastifyRequest,
  source: string,
  work: (tx: Tx) => Promise<T>,
) => Promise<T>

/** Works as the key that signed a request, content included. */
function signedBy(
  { db, signin }: CorrectionParts,
  contentOf: (request: FastifyRequest) => Buffer,
): AsSource {
  return async (request, source, work) => {
    const origin = originOf(request)
    const { method, url, headers } = request
    const { token, signature } = await openPush(signin, {
      request: { method, url, headers },
      source,
      origin,
    })
    try {
      if (!createHash('sha256').update(contentOf(request)).digest().equals(signature.hash))
        throw await refusePush(signin, {
          because: 'content',
          source,
          origin,
          keyId: signature.keyId,
        })
      return await asActor(db, token, work, origin)
    } finally {
      await signOut(signin, token)
    }
  }
}

function fetchRoute(app: App, { cipher, packInForce }: CorrectionParts, asSource: AsSource): void {
  app.get(
    '/sources/:sourceId/corrections',
    {
      schema: {
        operationId: 'fetchCorrections',
        tags: ['corrections'],
        summary:
          'What a source is asked to put right and has not answered, for its system, signed as docs/guides/push-a-delivery.md says',
        params: Type.Object({ sourceId }),
        querystring: Type.Object(
          {
            after: Type.Integer({ minimum: 0, default: 0, description: 'The last id that came' }),
            size: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(FetchedCorrectionView) }) },
      },
      config: { public: true },
    },
    async (request) => {
      const source = request.params.sourceId
      const { after, size: most } = request.query
      return asSource(request, source, async (tx) => {
        const { facts } = await packInForce(tx)
        const open = (sealed: Uint8Array) => cipher.open('id-number', sealed)
        const items = await fetchCorrections(tx, facts, { after, most, open })
        await audit(tx, {
          action: 'correction.fetched',
          fields: ['id-number', ...new Set(items.map(({ fact }) => `fact:${fact}` as const))],
          requestId: request.id,
          detail: { source, corrections: items.map(({ id }) => id) },
        })
        return { items }
      })
    },
  )
}

function answerRoute(app: App, asSource: AsSource): void {
  app.post(
    '/sources/:sourceId/corrections/:correctionId/answer',
    {
      schema: {
        operationId: 'answerFetchedCorrection',
        tags: ['corrections'],
        summary:
          'A source’s system answers a correction: adopted, or refused and why; the same again is the same answer',
        params: Type.Object({ sourceId, correctionId: Type.Integer({ minimum: 1 }) }),
        body: CorrectionAnswerForm,
        response: {
          200: Type.Object({
            id: Type.Integer(),
            again: Type.Boolean({ description: 'It was answered so before' }),
          }),
        },
      },
      config: { public: true },
    },
    async (request) => {
      const { sourceId: source, correctionId: id } = request.params
      return asSource(request, source, async (tx) => {
        const again = await answerCorrection(tx, { id, source }, request.body)
        await audit(tx, {
          action: 'correction.answered',
          subject: `correction:${id}`,
          requestId: request.id,
          detail: { source, answer: request.body.answer, again },
        })
        return { id, again }
      })
    },
  )
}
