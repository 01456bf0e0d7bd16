import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { type SftpServer, startSftp } from '../../../test/sftp-server.ts'
import { asActor } from '../../platform/db/actor.ts'
import { fileOf } from '../exchange/pieces.ts'
import { dayOf } from './drop-point.ts'

/** Files that departments leave on a server of theirs, until they wait for the steward. */

let running: RunningQiao
let token: string
let sftp: SftpServer
let folder: string
let web: Server
const served = { status: 200, body: Buffer.from(''), modified: 'Mon, 26 May 2025 01:00:00 GMT' }
const asked: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qiao-test-ca-'))
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
  await writeFile(join(folder, 'ca.pem'), cert)
  web = createServer({ cert, key }, ({ method, url, headers }, answer) => {
    asked.push(`${method} ${url} ${headers.authorization ?? ''}`)
    answer.writeHead(served.status, {
      'content-length': served.body.length,
      'last-modified': served.modified,
    })
    answer.end(method === 'GET' ? served.body : undefined)
  }).listen(0, '127.0.0.1')
  await once(web, 'listening')
  sftp = await startSftp()
  running = await runQiao('production', {
    QIAO_DROP_HOSTS: '127.0.0.1, localhost',
    QIAO_DROP_CA: join(folder, 'ca.pem'),
  })
  const session = await running.db.sessionFor({ role: 'district', areaId: '310118', name: '专管' })
  token = session.token
  await running.db.owner.pool.query(
    `insert into app.appointment (staff_id, capability, valid_from) values ($1, 'data-steward', '2020-01-01')`,
    [session.staffId],
  )
}, 120_000)
afterAll(async () => {
  await running.close()
  await sftp.stop()
  web.close()
  await rm(folder, { recursive: true })
})

const call = (line: Parameters<typeof ask>[1], body?: unknown) =>
  ask(running.http, line, { token, ...(body === undefined ? {} : { body }) })
const send = async (line: Parameters<typeof ask>[1], body?: unknown) => {
  const answer = await call(line, body)
  if (answer.status !== 200) throw new Error(`${line}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const overSftp = ({ host = '127.0.0.1', serverKey = sftp.serverKey } = {}) => ({
  host,
  port: sftp.port,
  every: 'daily',
  sftp: { folder: '/out', pattern: '*.csv', userName: 'qiao', serverKey },
})
const overHttps = (other: object = {}) => ({
  host: 'localhost',
  port: (web.address() as AddressInfo).port,
  every: 'hourly',
  https: { path: '/out/pension-{day}.csv?of=qingpu', token: 'a-token-of-the-test' },
  ...other,
})
const make = (point: object) => send('POST /api/sources/renshe/drop-points', point)
const pointOf = async (id: string) =>
  (await send('GET /api/sources/renshe/drop-points')).items.find(
    (point: { id: string }) => point.id === id,
  )
/** Has it looked at, and waits until that is done. */
async function look(id: string): Promise<{ problem: string | null }> {
  const before = (await pointOf(id)).lookedAt
  await send(`POST /api/drop-points/${id}/look`, {})
  await expect.poll(async () => (await pointOf(id)).lookedAt, { timeout: 25_000 }).not.toBe(before)
  return pointOf(id)
}
const fetched = async () =>
  (
    await running.db.owner.pool.query(
      `select delivery.id, file_name as name, on_day::text as day, state, programme from app.delivery order by id`,
    )
  ).rows
const pension = (sum: number) => `证件号码,姓名,养老金\n310118195001010017,户主1,${sum}\n`

describe('an SFTP folder of a department', () => {
  let id: string
  let loginKey: string

  test('on a host that the operator does not name is not connected to', async () => {
    const { status, body } = await call(
      'POST /api/sources/renshe/drop-points',
      overSftp({ host: 'elsewhere.example' }),
    )
    expect([status, body.code, body.errors[0].path]).toEqual([
      400,
      'drop-point-invalid',
      '/body/host',
    ])
  })

  test('gets a key to let in, and says so while it does not', async () => {
    ;({ id, loginKey } = await make(overSftp()))
    expect(loginKey).toMatch(/^ssh-ed25519 \S+ qiao-renshe$/)
    expect((await look(id)).problem).toContain('authorized_keys')
  })

  test('whose server is another than the one named is not signed in at', async () => {
    await sftp.letIn(loginKey)
    const other = await make(overSftp({ serverKey: `SHA256:${'A'.repeat(43)}` }))
    expect((await look(other.id)).problem).toContain('主机密钥')
  })

  test('that is not there is named', async () => {
    expect((await look(id)).problem).toContain('打不开文件夹 /out')
  })

  test('gives each new file once; what is still written waits, and a changed one is another', async () => {
    await sftp.put('out/pension-20250520.csv', pension(3000), 30)
    await sftp.put('out/readme.txt', '说明')
    await sftp.put('out/now.csv', pension(1), 0)
    expect((await look(id)).problem).toBeNull()
    const first = [{ name: 'pension-20250520.csv', day: '2025-05-20' }]
    expect(await fetched()).toMatchObject(first)
    await look(id)
    expect(await fetched()).toHaveLength(1)
    await sftp.put('out/pension-20250520.csv', pension(3100), 20)
    await look(id)
    await expect.poll(fetched).toMatchObject([
      { ...first[0], state: 'received' },
      { ...first[0], state: 'received' },
    ])
    const delivery = await send(`GET /api/deliveries/${(await fetched())[1].id}`)
    expect(delivery).toMatchObject({
      receivedBy: '取件点',
      reading: { samples: [['310…17'], ['户主1'], ['3100']] },
    })
  })

  test('whose line breaks in a large file goes on where it was at the next look', async () => {
    const large = Buffer.from(pension(1).repeat(20_000))
    await sftp.put('out/large.csv', large)
    await sftp.put('.cut', '')
    const { problem } = await look(id)
    expect(problem).not.toBeNull()
    const [{ id: delivery }] = (await fetched()).slice(-1)
    const pieces = async () =>
      (
        await running.db.owner.pool.query(
          'select number, id from app.delivery_piece where delivery_id = $1 order by number',
          [delivery],
        )
      ).rows
    const before = await pieces()
    expect(before).toHaveLength(1)
    await sftp.remove('.cut')
    expect((await look(id)).problem).toBeNull()
    const after = await pieces()
    expect(after.length).toBe(Math.ceil(large.length / 524_288))
    expect(after[0]).toEqual(before[0])
    const parts: Buffer[] = []
    const file = fileOf((work) => asActor(running.db.app, token, work), running.cipher, {
      id: delivery,
      bytes: large.length,
    })
    for await (const part of file.read(0, large.length)) parts.push(part)
    expect(Buffer.concat(parts).equals(large)).toBe(true)
  })

  test('that is ended is looked at no more, and its key is forgotten', async () => {
    await send(`POST /api/drop-points/${id}/end`, {})
    expect((await call(`POST /api/drop-points/${id}/look`, {})).body.code).toBe(
      'no-such-drop-point',
    )
    const { rows } = await running.db.owner.pool.query(
      'select secret_enc from app.drop_point where id = $1',
      [id],
    )
    expect(rows).toEqual([{ secret_enc: null }])
  })
})

describe('an HTTPS address of a department', () => {
  test('gives the file of the day, with the token it asks for, as a roll where it is one', async () => {
    served.body = Buffer.from(pension(5))
    const roll = { programme: 'dibao', areaId: '310118', complete: false }
    const { id, loginKey } = await make(overHttps({ roll }))
    expect(loginKey).toBeNull()
    expect((await look(id)).problem).toBeNull()
    expect(asked).toContain('GET /out/pension-2025-06-01.csv?of=qingpu Bearer a-token-of-the-test')
    expect((await fetched()).at(-1)).toMatchObject({
      name: 'pension-2025-06-01.csv',
      day: '2025-06-01',
      programme: 'dibao',
    })
  })

  test.each([
    [404, null],
    [401, '访问令牌'],
    [500, '答复 500'],
    [302, '答复 302'],
  ])('that answers %i fetches nothing and says why', async (status, says) => {
    served.status = status
    const before = (await fetched()).length
    const { id } = await make(overHttps())
    const { problem } = await look(id)
    expect(says === null ? problem === null : problem?.includes(says)).toBe(true)
    expect(await fetched()).toHaveLength(before)
  })

  test('with a certificate of nobody we trust is not asked', async () => {
    const { id } = await make(overHttps({ host: '127.0.0.1' }))
    expect((await look(id)).problem).toContain('证书')
  })
})

test('a steward does not get at what signs in there, and nobody else ends a drop point', async () => {
  const { id } = await make(overHttps())
  const { app } = running.db
  await expect(
    asActor(app, token, (tx) => sql`select app.secret_of_drop_point(${id})`.execute(tx)),
  ).rejects.toThrow('only the program')
  const other = await running.db.sessionFor({ role: 'district', areaId: '310118' })
  await expect(
    asActor(app, other.token, (tx) => sql`select app.end_drop_point(${id})`.execute(tx)),
  ).rejects.toThrow('for data stewards')
})

test('what signs in there lies sealed, and no answer holds it', async () => {
  const text = JSON.stringify(
    (await running.db.owner.pool.query('select secret_enc::text, * from app.drop_point')).rows,
  )
  expect(text).not.toContain('PRIVATE KEY')
  expect(text).not.toContain('a-token-of-the-test')
  const answer = JSON.stringify(await send('GET /api/sources/renshe/drop-points'))
  expect(answer).not.toContain('secret')
  expect(answer).not.toContain('a-token-of-the-test')
})

test.each([
  ['名册2025-05.csv', '2025-05-26'],
  ['名册_2025_05_20.csv', '2025-05-20'],
  ['20250520-低保.xlsx', '2025-05-20'],
  ['20259920.csv', '2025-05-26'],
  ['20260101.csv', '2025-06-01'],
])('%s is of %s', (name, day) => {
  const modifiedAt = new Date('2025-05-25T17:00:00Z')
  expect(dayOf({ name, bytes: 1, modifiedAt }, '2025-06-01')).toBe(day)
})
