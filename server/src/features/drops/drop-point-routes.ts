import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { RollForm, takeAnnounced } from '../exchange/announce.ts'
import { sourceCalled } from '../exchange/source.ts'
import { type DropPoint, isAllowed } from './drop-point.ts'
import { endDropPoint, listDropPoints, makeDropPoint, type NewDropPoint } from './drop-points.ts'
import type { DropParts } from './drop-parts.ts'
import { dropProblems } from './problems.ts'
import { makeLoginKey } from './sftp.ts'

const strict = { additionalProperties: false } as const
const text = Type.String()
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const SourceId = Type.Object({ sourceId: Type.String({ maxLength: 40 }) })
const PointId = Type.Object({ pointId: Type.String({ format: 'uuid' }) })
const Every = Type.Union([Type.Literal('hourly'), Type.Literal('daily')])
const Host = Type.String({
  pattern: '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$',
  description: 'A host that QIAO_DROP_HOSTS names',
})
const Port = Type.Integer({ minimum: 1, maximum: 65_535 })

const DropPointView = Type.Object(
  {
    id: text,
    kind: Type.Union([Type.Literal('sftp'), Type.Literal('https')]),
    host: text,
    port: Type.Integer(),
    path: text,
    pattern: orNull(text),
    userName: orNull(text),
    serverKey: orNull(text),
    loginKey: orNull(Type.String({ description: 'A line for authorized_keys' })),
    every: Every,
    roll: orNull(RollForm),
    madeBy: text,
    madeAt: text,
    endedAt: orNull(text),
    lookedAt: orNull(text),
    problem: orNull(text),
  },
  { title: 'DropPoint' },
)

const SftpForm = Type.Object(
  {
    folder: Type.String({ pattern: '^/.{0,499}$' }),
    pattern: Type.String({ pattern: '^[^/]{1,100}$', description: 'Names to fetch, with * and ?' }),
    userName: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    serverKey: Type.String({
      pattern: '^SHA256:[A-Za-z0-9+/]{43}$',
      description: 'The host key, as ssh-keygen -l prints it',
    }),
  },
  strict,
)
const HttpsForm = Type.Object(
  {
    path: Type.String({
      pattern: '^/[\\x21-\\x7e]{0,499}$',
      description: 'Path and query of the file; {day} becomes the day of the look',
    }),
    token: Type.Optional(
      Type.String({ minLength: 1, maxLength: 4000, pattern: '^[\\x21-\\x7e]+$' }),
    ),
  },
  strict,
)
const DropPointForm = Type.Object(
  {
    host: Host,
    port: Port,
    every: Every,
    roll: Type.Optional(RollForm),
    sftp: Type.Optional(SftpForm),
    https: Type.Optional(HttpsForm),
  },
  { ...strict, title: 'DropPointForm', description: 'Either sftp or https' },
)
type Form = Static<typeof DropPointForm>

export type DropPointParts = Omit<DropParts, 'db' | 'signin'> &
  Readonly<{ allowed: readonly string[] }>

/** Places from which files are fetched, for data stewards: 取件点. */
export function dropPointRoutes(app: App, parts: DropPointParts): void {
  listRoute(app)
  makeRoute(app, parts)
  actRoutes(app, parts)
}

function listRoute(app: App): void {
  app.get(
    '/sources/:sourceId/drop-points',
    {
      schema: {
        operationId: 'listDropPoints',
        tags: ['exchange'],
        summary: 'Where files of a source are fetched, the newest first',
        params: SourceId,
        response: { 200: Type.Object({ items: Type.Array(DropPointView) }) },
      },
      config: { may: 'drop-points.read' },
    },
    async (request) => {
      const { id } = await sourceCalled(request.params.sourceId)
      const points = await request.transact((tx) => listDropPoints(tx, id))
      return { items: points.map(({ source: _source, ...point }) => point) }
    },
  )
}

function makeRoute(app: App, { clock, cipher, packInForce, allowed }: DropPointParts): void {
  app.post(
    '/sources/:sourceId/drop-points',
    {
      schema: {
        operationId: 'makeDropPoint',
        tags: ['exchange'],
        summary:
          'Have files fetched from a place; for SFTP, a key is made that the department lets in',
        params: SourceId,
        body: DropPointForm,
        response: { 200: Type.Object({ id: text, loginKey: orNull(text) }) },
      },
      config: { may: 'drop-points.write' },
    },
    async (request) => {
      const { id: source } = await sourceCalled(request.params.sourceId)
      const form = request.body
      if (!isAllowed(form, allowed))
        refuse('host', '管理员没有允许连接这台主机；请系统管理员在 QIAO_DROP_HOSTS 中加入后再试')
      return request.transact(async (tx) => {
        const today = clock.today()
        const announced = { source, onDay: today, ...(form.roll ? { roll: form.roll } : {}) }
        await takeAnnounced(tx, announced, { pack: await packInForce(tx), today })
        const made = pointOf(form, source)
        const id = await makeDropPoint(tx, cipher, made)
        await audit(tx, {
          action: 'drop-point.made',
          subject: `drop-point:${id}`,
          detail: { source, kind: made.kind, host: form.host, port: form.port },
        })
        return { id, loginKey: made.loginKey }
      })
    },
  )
}

function actRoutes(app: App, { jobs }: DropPointParts): void {
  app.post(
    '/drop-points/:pointId/look',
    {
      schema: {
        operationId: 'lookAtDropPoint',
        tags: ['exchange'],
        summary: 'Have it looked at now',
        params: PointId,
        body: Type.Object({}, strict),
        response: { 200: Type.Object({ id: text }) },
      },
      config: { may: 'drop-points.write' },
    },
    async (request) => {
      const { pointId: id } = request.params
      return request.transact(async (tx) => {
        const found = (await listDropPoints(tx)).some((point: DropPoint) => point.id === id)
        if (!found) throw problem(dropProblems, 'no-such-drop-point')
        await jobs.enqueue(tx, 'drop-points.look', { pointId: id }, { singletonKey: id })
        await audit(tx, { action: 'drop-point.look-asked', subject: `drop-point:${id}` })
        return { id }
      })
    },
  )
  app.post(
    '/drop-points/:pointId/end',
    {
      schema: {
        operationId: 'endDropPoint',
        tags: ['exchange'],
        summary: 'End it for good; what was fetched stays',
        params: PointId,
        body: Type.Object({}, strict),
        response: { 200: Type.Object({ id: text }) },
      },
      config: { may: 'drop-points.write' },
    },
    async (request) => {
      const { pointId: id } = request.params
      return request.transact(async (tx) => {
        if (!(await endDropPoint(tx, id))) throw problem(dropProblems, 'no-such-drop-point')
        await audit(tx, { action: 'drop-point.ended', subject: `drop-point:${id}` })
        return { id }
      })
    },
  )
}

function pointOf(
  { host, port, every, roll: named, sftp, https }: Form,
  source: string,
): NewDropPoint {
  const roll = named ?? null
  const common = { source, host, port, every, roll }
  if (sftp && !https) {
    const { folder, ...rest } = sftp
    const { privateKey, line } = makeLoginKey(`qiao-${source}`)
    return { ...common, kind: 'sftp', path: folder, ...rest, loginKey: line, secret: privateKey }
  }
  if (!https || sftp) return refuse('', '要写明 sftp 或 https 之一')
  const none = { pattern: null, userName: null, serverKey: null, loginKey: null }
  return { ...common, kind: 'https', path: https.path, ...none, secret: https.token ?? null }
}

function refuse(field: string, message: string): never {
  throw problem(dropProblems, 'drop-point-invalid', message, [{ path: `/body/${field}`, message }])
}
