import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { sourceCalled } from '../exchange/source.ts'
import { dropProblems } from './problems.ts'
import { listPushKeys, longestDays, makePushKey, revokePushKey } from './push-key.ts'

const strict = { additionalProperties: false } as const
const SourceId = Type.Object({ sourceId: Type.String({ maxLength: 40 }) })
const OptionalText = Type.Union([Type.String(), Type.Null()])
const PushKeyView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    validTo: Type.String({ description: 'Its last day' }),
    state: Type.Union([Type.Literal('live'), Type.Literal('expired'), Type.Literal('revoked')]),
    madeBy: Type.String(),
    madeAt: Type.String(),
    revokedAt: OptionalText,
    usedAt: OptionalText,
  },
  { title: 'PushKey' },
)

/** Keys of departments' systems, for data stewards: 推送密钥. */
export function pushKeyRoutes(app: App): void {
  app.get(
    '/sources/:sourceId/push-keys',
    {
      schema: {
        operationId: 'listPushKeys',
        tags: ['exchange'],
        summary: 'The keys with which deliveries of a source are pushed, the newest first',
        params: SourceId,
        response: { 200: Type.Object({ items: Type.Array(PushKeyView) }) },
      },
      config: { may: 'push-keys.read' },
    },
    async (request) => {
      const { id } = await sourceCalled(request.params.sourceId)
      const keys = await request.transact((tx) => listPushKeys(tx, id))
      return { items: keys.map(({ source: _source, ...key }) => key) }
    },
  )
  app.post(
    '/sources/:sourceId/push-keys',
    {
      schema: {
        operationId: 'makePushKey',
        tags: ['exchange'],
        summary: 'Make a key; its private half is shown this once and kept nowhere',
        params: SourceId,
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
            validTo: Type.String({ format: 'date' }),
          },
          strict,
        ),
        response: {
          200: Type.Object({
            id: Type.String(),
            privateKey: Type.String({ description: 'Ed25519, PKCS#8 in PEM' }),
          }),
        },
      },
      config: { may: 'push-keys.write' },
    },
    async (request) => {
      const { id: source } = await sourceCalled(request.params.sourceId)
      const { name, validTo } = request.body
      refuseEnd(validTo)
      return request.transact(async (tx) => {
        const key = await makePushKey(tx, { source, name: name.trim(), validTo })
        await audit(tx, {
          action: 'push-key.made',
          subject: `push-key:${key.id}`,
          detail: { source, validTo },
        })
        return key
      })
    },
  )
  app.post(
    '/push-keys/:keyId/revocation',
    {
      schema: {
        operationId: 'revokePushKey',
        tags: ['exchange'],
        summary: 'End a key for good; what it handed in stays',
        params: Type.Object({ keyId: Type.String({ format: 'uuid' }) }),
        body: Type.Object({}, strict),
        response: { 200: Type.Object({ id: Type.String() }) },
      },
      config: { may: 'push-keys.write' },
    },
    async (request) => {
      const { keyId: id } = request.params
      return request.transact(async (tx) => {
        if (!(await revokePushKey(tx, id))) throw problem(dropProblems, 'no-such-push-key')
        await audit(tx, { action: 'push-key.revoked', subject: `push-key:${id}` })
        return { id }
      })
    },
  )
}

/** By the calendar on the wall, as the database judges keys, and not by the day verdicts are for. */
function refuseEnd(validTo: string): void {
  const days = (Date.parse(validTo) - Date.now()) / 86_400_000
  if (days > -1 && days < longestDays) return
  const message = `到期日应在今天之后、${longestDays} 天之内`
  throw problem(dropProblems, 'push-key-invalid', message, [{ path: '/body/validTo', message }])
}
