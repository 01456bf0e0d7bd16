import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeQiao, type Qiao } from '../src/app.ts'
import { publishShippedPack } from '../src/features/policies/load.ts'
import { makeClock } from '../src/platform/clock.ts'
import { type Mode, readConfig } from '../src/platform/config.ts'
import { type FieldCipher, makeFieldCipher } from '../src/platform/crypto/field-cipher.ts'
import type { App } from '../src/platform/http/app.ts'
import { csrfToken, sessionCookie } from '../src/platform/http/caller.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** The whole program on a database of its own, without a port: requests go in by `inject`. */
export type RunningQiao = Readonly<{
  db: TestDatabase
  qiao: Qiao
  http: App
  cipher: FieldCipher
  close: () => Promise<void>
}>

export const today = '2025-06-01'

/**
 * The app as `npm start` puts it together, with the shipped pack in force and no household; every
 * answer is checked against what its route declares.
 */
export async function runQiao(
  mode: Mode = 'production',
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningQiao> {
  const db = await createTestDatabase()
  const keys = {
    secret: 'unused here',
    index: randomBytes(32),
    fields: [{ id: 1, suite: 'guomi', encrypt: randomBytes(16), mac: randomBytes(32) }],
  } as const
  const cipher = makeFieldCipher(keys)
  await publishShippedPack(db.owner)
  const qiao = await makeQiao(
    {
      config: readConfig({
        QIAO_MODE: mode,
        QIAO_TODAY: today,
        QIAO_REQUESTS: '1000000',
        ...settings,
      }),
      clock: makeClock(today),
      cipher,
      app: db.app,
      signin: db.signin,
      owner: db.owner,
      close: async () => {},
    },
    { log: 'silent', checkAnswers: true },
  )
  const close = async () => {
    await qiao.close()
    await db.close()
  }
  return { db, qiao, http: qiao.http, cipher, close }
}

export type Answer = Readonly<{
  status: number
  type: string
  /** The body as JSON; `undefined` for none. */
  body: ReturnType<typeof JSON.parse>
  headers: Readonly<Record<string, unknown>>
  cookie: string
}>

export type Asked = Readonly<{
  token?: string
  headers?: Readonly<Record<string, string>>
  body?: unknown
  /** From where; the machine itself when left out, as from a proxy in front. */
  address?: string
  /** False leaves out the header that proves whose page sends. */
  csrf?: false
}>

/** One request, with the session of `token` if there is one. */
export async function ask(
  http: App,
  line: `${'GET' | 'POST' | 'PUT' | 'DELETE'} ${string}`,
  asked: Asked = {},
): Promise<Answer> {
  const [method = '', url = ''] = line.split(' ')
  const { token, body, csrf, headers, address = '127.0.0.1' } = asked
  const answer = await http.inject({
    method: method as 'GET',
    remoteAddress: address,
    url,
    cookies: token ? { [sessionCookie]: token } : {},
    headers: {
      ...(token && csrf !== false ? { 'x-qiao-csrf': csrfToken(token) } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type'] ?? ''),
    body: answer.body === '' ? undefined : JSON.parse(answer.body),
    headers: answer.headers,
    cookie: [answer.headers['set-cookie'] ?? ''].flat().join('\n'),
  }
}

/** The environment in which a command of Qiao works on this database, in mode production. */
export async function commandEnvironment(db: TestDatabase) {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-test-command-'))
  const file = join(folder, 'keys.json')
  const random = (length: number) => randomBytes(length).toString('base64')
  const fields = [{ id: 1, suite: 'guomi', encrypt: random(16), mac: random(32) }]
  await writeFile(file, JSON.stringify({ secret: db.server.secret, index: random(32), fields }))
  const address = new URL(db.server.superuserUrl)
  address.pathname = `/${db.name}`
  return {
    env: { DATABASE_URL: address.toString(), QIAO_KEY_FILE: file, QIAO_DATA: folder },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
