import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { asActor } from '../../platform/db/actor.ts'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  type Announced,
  type RollAnnounced,
  RollForm,
  takeAnnounced,
} from '../exchange/announce.ts'
import { mostBytes } from '../exchange/delivery.ts'
import { exchangeProblems } from '../exchange/problems.ts'
import { signOut } from '../staff/sign-in.ts'
import type { DropParts } from './drop-parts.ts'
import { dropProblems } from './problems.ts'
import { openPush, refusePush } from './push-door.ts'
import { ContentDiffers, receivePush } from './receive-push.ts'

/** Each holds a connection of the database while its file comes. */
const mostAtOnce = 2

/** The door for departments' systems: a file as it is, signed with a key of its source. */
export async function pushRoutes(app: App, parts: DropParts): Promise<void> {
  await app.register(async (scope) => {
    // The file stays a stream: it is sealed as it comes, and read by nobody whose signature is wrong.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    pushRoute(scope as App, parts)
  })
}

function pushRoute(app: App, parts: DropParts): void {
  let underWay = 0
  app.post(
    '/sources/:sourceId/push',
    {
      bodyLimit: mostBytes,
      schema: {
        operationId: 'pushDelivery',
        tags: ['exchange'],
        summary:
          'A file from a system of the department, signed as docs/guides/push-a-delivery.md says; the same again is the same delivery',
        params: Type.Object({ sourceId: Type.String({ maxLength: 40 }) }),
        querystring: Type.Object(
          {
            fileName: Type.String({ minLength: 1, maxLength: 200 }),
            onDay: Type.String({ format: 'date', description: 'The day of rows that name none' }),
            programme: Type.Optional(RollForm.properties.programme),
            areaId: Type.Optional(RollForm.properties.areaId),
            complete: Type.Optional(RollForm.properties.complete),
          },
          { additionalProperties: false },
        ),
        body: {
          content: {
            'application/octet-stream': {
              schema: Type.Unsafe<unknown>({ description: 'The file as it is' }),
            },
          },
        },
        response: {
          200: Type.Object({
            id: Type.Integer(),
            again: Type.Boolean({ description: 'It came before; nothing was kept anew' }),
          }),
        },
      },
      config: { public: true },
    },
    async (request) => {
      if (underWay >= mostAtOnce) throw problem(dropProblems, 'push-busy')
      underWay += 1
      try {
        const { fileName, onDay, ...roll } = request.query
        return await push(request, parts, {
          source: request.params.sourceId,
          fileName,
          onDay,
          ...(Object.keys(roll).length > 0 ? { roll: wholeRoll(roll) } : {}),
        })
      } finally {
        underWay -= 1
      }
    },
  )
}

async function push(
  request: FastifyRequest,
  parts: DropParts,
  { fileName, ...announced }: Announced & Readonly<{ fileName: string }>,
): Promise<{ id: number; again: boolean }> {
  const { db, signin, clock, packInForce } = parts
  const { source } = announced
  const origin = originOf(request)
  const { method, url, headers, raw } = request
  const { token, signature } = await openPush(signin, {
    request: { method, url, headers },
    source,
    origin,
  })
  try {
    const bytes = lengthOf(headers['content-length'])
    const { pushId, hash } = signature
    return await asActor(
      db,
      token,
      async (tx) => {
        const known = { pack: await packInForce(tx), today: clock.today() }
        const taken = await takeAnnounced(tx, announced, known)
        return receivePush(tx, parts, { ...taken, fileName, bytes, pushId, hash }, raw)
      },
      origin,
    )
  } catch (error) {
    if (!(error instanceof ContentDiffers)) throw error
    throw await refusePush(signin, { because: 'content', source, origin, keyId: signature.keyId })
  } finally {
    await signOut(signin, token)
  }
}

function lengthOf(header: string | undefined): number {
  if (header === undefined || !/^[1-9]\d{0,11}$/.test(header))
    throw problem(dropProblems, 'push-without-length')
  const bytes = Number(header)
  if (bytes > mostBytes) throw problem(dropProblems, 'push-too-large')
  return bytes
}

function wholeRoll({ programme, areaId, complete }: Partial<RollAnnounced>): RollAnnounced {
  if (programme !== undefined && areaId !== undefined && complete !== undefined)
    return { programme, areaId, complete }
  const message = '名册要同时写明 programme、areaId 和 complete'
  throw problem(exchangeProblems, 'delivery-invalid', message, [{ path: '/query', message }])
}
