import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { readDelivery } from './deliveries.ts'
import { mostBytes, pieceBytes } from './delivery.ts'
import type { DeliveryParts } from './delivery-parts.ts'
import { enqueueStep } from './enqueue-step.ts'
import { putDelivery, RollForm, takeAnnounced } from './announce.ts'
import { keepPiece, piecesOf } from './pieces.ts'
import { exchangeProblems } from './problems.ts'

/** Characters of a whole piece. */
const mostBase64 = Math.ceil(pieceBytes / 3) * 4
const strict = { additionalProperties: false } as const
const Id = Type.Object({ id: Type.Integer({ minimum: 1 }) })

/** A file comes in pieces, so that a connection that breaks costs no more than one of them. */
export function receiveRoutes(app: App, parts: DeliveryParts): void {
  beginRoute(app, parts)
  pieceRoute(app, parts)
  endRoute(app, parts)
}

function beginRoute(app: App, { clock, packInForce }: DeliveryParts): void {
  app.post(
    '/deliveries',
    {
      schema: {
        operationId: 'beginDelivery',
        tags: ['exchange'],
        summary: 'Announce a file that a source delivers; its pieces follow',
        body: Type.Object(
          {
            source: Type.String({ minLength: 1, maxLength: 40 }),
            fileName: Type.String({ minLength: 1, maxLength: 200 }),
            bytes: Type.Integer({ minimum: 1, maximum: mostBytes }),
            onDay: Type.String({ format: 'date', description: 'The day of rows that name none' }),
            roll: Type.Optional(RollForm),
          },
          strict,
        ),
        response: { 200: Type.Object({ id: Type.Integer(), pieceBytes: Type.Integer() }) },
      },
      config: { may: 'deliveries.write' },
    },
    async (request) => {
      const { fileName, bytes, ...announced } = request.body
      return request.transact((tx) =>
        once(tx, request, async () => {
          const pack = await packInForce(tx)
          const taken = await takeAnnounced(tx, announced, { pack, today: clock.today() })
          const { source, programme } = taken
          const id = await putDelivery(tx, taken, { fileName, bytes })
          await audit(tx, {
            action: 'delivery.begun',
            subject: `delivery:${id}`,
            detail: { source, bytes, ...(programme ? { programme } : {}) },
          })
          return { id, pieceBytes }
        }),
      )
    },
  )
}

function pieceRoute(app: App, { cipher }: DeliveryParts): void {
  app.put(
    '/deliveries/:id/pieces/:number',
    {
      schema: {
        operationId: 'sendDeliveryPiece',
        tags: ['exchange'],
        summary:
          'One piece of the file, of pieceBytes bytes but for the last; again, it is left as it came first',
        params: Type.Object({
          id: Type.Integer({ minimum: 1 }),
          number: Type.Integer({ minimum: 0, maximum: 999 }),
        }),
        body: Type.Object(
          { base64: Type.String({ maxLength: mostBase64, pattern: '^[A-Za-z0-9+/]*={0,2}$' }) },
          strict,
        ),
        response: { 200: Type.Object({ bytes: Type.Integer() }) },
      },
      config: { may: 'deliveries.write' },
    },
    async (request) => {
      const { id, number } = request.params
      const piece = Buffer.from(request.body.base64, 'base64')
      return request.transact(async (tx) => {
        const { state, bytes } = await readDelivery(tx, id)
        if (state !== 'receiving') throw problem(exchangeProblems, 'delivery-moved-on')
        if (piece.length !== Math.min(bytes - number * pieceBytes, pieceBytes))
          throw problem(exchangeProblems, 'piece-invalid')
        await keepPiece(tx, cipher, { delivery: id, number, bytes: piece })
        return { bytes: piece.length }
      })
    },
  )
}

function endRoute(app: App, { jobs }: DeliveryParts): void {
  app.post(
    '/deliveries/:id/received',
    {
      schema: {
        operationId: 'endDelivery',
        tags: ['exchange'],
        summary: 'All pieces are there: have the file looked into',
        params: Id,
        body: Type.Object({}, strict),
        response: { 200: Id },
      },
      config: { may: 'deliveries.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const { state, bytes } = await readDelivery(tx, id)
        if (state !== 'receiving') throw problem(exchangeProblems, 'delivery-moved-on')
        if ((await piecesOf(tx, id)).bytes !== bytes)
          throw problem(exchangeProblems, 'delivery-incomplete')
        await enqueueStep(tx, jobs, id)
        await audit(tx, { action: 'delivery.received', subject: `delivery:${id}` })
        return { id }
      }),
  )
}
