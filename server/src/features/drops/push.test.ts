import { createHash, randomUUID, sign } from 'node:crypto'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { fileOf } from '../exchange/pieces.ts'
import { asActor } from '../../platform/db/actor.ts'

/** A department's system hands in a file, from its signature to what the steward sees of it. */

let running: RunningQiao
let steward: string
let key: Key
type Key = Readonly<{ id: string; privateKey: string }>

beforeAll(async () => {
  running = await runQiao()
  const session = await running.db.sessionFor({
    role: 'district',
    areaId: '310118',
    name: '数据专管',
  })
  steward = session.token
  await running.db.owner.pool.query(
    `insert into app.appointment (staff_id, capability, valid_from) values ($1, 'data-steward', '2020-01-01')`,
    [session.staffId],
  )
  key = await makeKey()
}, 120_000)
afterAll(() => running.close())

const day = (offset: number) =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const call = (line: Parameters<typeof ask>[1], body?: unknown) =>
  ask(running.http, line, { token: steward, ...(body === undefined ? {} : { body }) })
async function makeKey(source = 'renshe'): Promise<Key> {
  const made = await call(`POST /api/sources/${source}/push-keys`, {
    name: '人社前置机',
    validTo: day(30),
  })
  expect(made.status).toBe(200)
  return made.body
}
const rows = async (text: string) => (await running.db.owner.pool.query(text)).rows
const file = (pension = 3000) =>
  Buffer.from(`证件号码,姓名,养老金\n310118195001010017,户主1,${pension}\n`)

type Push = Readonly<{
  by?: Key
  source?: string
  pushId?: string
  content?: Buffer
  /** What is sent in its place. */
  sent?: Buffer
  created?: number
  fileName?: string
  onDay?: string
  /** The address as it is signed, where another is sent. */
  signedUrl?: string
  /** What makes it a roll, as the address says it. */
  roll?: string
}>

/** A push as the guide writes it. */
function signed(push: Push) {
  const { source = 'renshe', pushId = randomUUID(), content = file(), by = key } = push
  const name = encodeURIComponent(push.fileName ?? '养老金.csv')
  const url = `/api/sources/${source}/push?fileName=${name}&onDay=${push.onDay ?? '2025-05-20'}${push.roll ?? ''}`
  const [path, query] = (push.signedUrl ?? url).split('?')
  const digest = `sha-256=:${createHash('sha256').update(content).digest('base64')}:`
  const created = push.created ?? Math.floor(Date.now() / 1000)
  const parameters = `("@method" "@path" "@query" "content-digest" "idempotency-key");created=${created};keyid="${by.id}";alg="ed25519"`
  const base = [
    '"@method": POST',
    `"@path": ${path}`,
    `"@query": ?${query}`,
    `"content-digest": ${digest}`,
    `"idempotency-key": ${pushId}`,
    `"@signature-params": ${parameters}`,
  ].join('\n')
  const signature = sign(null, Buffer.from(base), by.privateKey).toString('base64')
  return {
    url,
    payload: push.sent ?? content,
    headers: {
      'content-type': 'application/octet-stream',
      'content-digest': digest,
      'idempotency-key': pushId,
      'signature-input': `qiao=${parameters}`,
      signature: `qiao=:${signature}:`,
    } as Record<string, string>,
  }
}

type Sent = ReturnType<typeof signed>
async function send({ url, payload, headers }: Sent) {
  const answer = await running.http.inject({ method: 'POST', url, payload, headers })
  return { status: answer.statusCode, body: answer.json() }
}
const push = (given: Push = {}) => send(signed(given))

async function settled(id: number) {
  for (;;) {
    const { status, body } = await call(`GET /api/deliveries/${id}`)
    expect(status).toBe(200)
    if (body.state !== 'receiving') return body
    await wait(50)
  }
}
const count = async (table: string) =>
  Number((await rows(`select count(*) as n from app.${table}`))[0]?.n)
const kept = async () => [await count('delivery'), await count('delivery_piece')]

describe('a file that a system of the department pushes', () => {
  test('waits for the steward as one that was uploaded, under the name of the key', async () => {
    const { status, body } = await push()
    expect([status, body.again]).toEqual([200, false])
    expect(await settled(body.id)).toMatchObject({
      state: 'received',
      receivedBy: '人社前置机',
      fileName: '养老金.csv',
      onDay: '2025-05-20',
      format: 'csv',
      reading: { headings: ['证件号码', '姓名', '养老金'] },
    })
  })

  test('is a roll where its address says of what, where and whether whole; the same as facts is another push', async () => {
    const roll = '&programme=dibao&areaId=310118&complete=true'
    const pushId = randomUUID()
    const { body } = await push({ pushId, roll })
    const { fields, ...delivery } = await settled(body.id)
    expect(delivery.roll).toMatchObject({ programmeName: '最低生活保障', complete: true })
    expect(fields.map(({ id }: { id: string }) => id)).toEqual(['id-number', 'name', 'from', 'to'])
    expect((await push({ pushId, roll })).body).toEqual({ id: body.id, again: true })
    expect((await push({ pushId })).body.code).toBe('key-reused')
    const half = await push({ roll: '&programme=dibao' })
    expect([half.status, half.body.code]).toEqual([400, 'delivery-invalid'])
  })

  test('is filled in with the columns that were confirmed for its source, and writes nothing by itself', async () => {
    const { body } = await push({ content: file(1) })
    await settled(body.id)
    const mapping = { 'id-number': '证件号码', pension: '养老金' }
    expect((await call(`POST /api/deliveries/${body.id}/check`, { mapping })).status).toBe(200)
    await expect
      .poll(async () => (await call(`GET /api/deliveries/${body.id}`)).body.state)
      .toBe('checked')
    const next = await push({ content: file(2) })
    expect(await settled(next.body.id)).toMatchObject({
      state: 'received',
      reading: { proposed: mapping },
    })
    expect(await count('fact')).toBe(0)
  })

  test('lies there sealed, byte for byte what was sent, over many pieces', async () => {
    const content = Buffer.concat([file(), Buffer.alloc(1_300_000, '310118195001010017,户主1,1\n')])
    const { body } = await push({ content })
    await settled(body.id)
    const token = await running.db.jobToken()
    const { read, size } = fileOf((work) => asActor(running.db.app, token, work), running.cipher, {
      id: body.id,
      bytes: content.length,
    })
    const pieces: Buffer[] = []
    for await (const piece of read(0, size)) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(content)).toBe(true)
    const held = await rows(
      `select bytes, position('户主1'::bytea in piece_enc) as at from app.delivery_piece where delivery_id = ${body.id} order by number`,
    )
    expect(held.map(({ bytes }) => bytes)).toEqual([524_288, 524_288, content.length - 1_048_576])
    expect(held.every(({ at }) => at === 0)).toBe(true)
  })

  test('twice is one delivery, also when both come at once', async () => {
    const same = signed({ content: file(7) })
    const [one, other] = await Promise.all([send(same), send(same)])
    expect(one.body.id).toBe(other.body.id)
    expect([one, other].filter(({ body }) => body.again)).toHaveLength(1)
    const before = await kept()
    // Signed anew, as after a lost answer.
    const pushId = same.headers['idempotency-key'] ?? ''
    expect((await push({ content: file(7), pushId })).body).toEqual({
      id: one.body.id,
      again: true,
    })
    expect(await kept()).toEqual(before)
  })

  test('under the name of another file is refused', async () => {
    const pushId = randomUUID()
    await push({ pushId, content: file(8) })
    const before = await kept()
    expect((await push({ pushId, content: file(9) })).body.code).toBe('key-reused')
    expect((await push({ pushId, content: file(8), onDay: '2025-05-21' })).body.code).toBe(
      'key-reused',
    )
    expect(await kept()).toEqual(before)
  })
})

describe('nothing is kept, and the audit log has it, of a push', () => {
  let before: number[]
  beforeEach(async () => {
    before = await kept()
  })
  async function expectRefused(
    answer: { status: number; body: { code: string } },
    [status, code]: [number, string],
    because: string,
  ) {
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(await kept()).toEqual(before)
    const [noted] = await rows(
      'select actor, action, detail, address from app.audit order by id desc limit 1',
    )
    expect(noted).toMatchObject({ actor: 'visitor', action: 'push.refused', detail: { because } })
    expect(noted?.address).toBe('127.0.0.1')
  }

  test.each(['content-digest', 'idempotency-key', 'signature-input', 'signature'])(
    'without %s',
    async (header) => {
      const { headers, ...rest } = signed({})
      delete headers[header]
      await expectRefused(await send({ ...rest, headers }), [401, 'push-unsigned'], 'unsigned')
    },
  )

  test.each([
    ['which file it is', '"@method" "@path" "@query" "idempotency-key"'],
    ['its own name', '"@method" "@path" "@query" "content-digest"'],
    ['whereto', '"@method" "@query" "content-digest" "idempotency-key"'],
  ])('whose signature leaves open %s', async (_what, list) => {
    const one = signed({})
    const input = one.headers['signature-input']?.replace(/\(.*\)/, `(${list})`) ?? ''
    await expectRefused(
      await send({ ...one, headers: { ...one.headers, 'signature-input': input } }),
      [401, 'push-unsigned'],
      'unsigned',
    )
  })

  test('by a key that nobody knows, or signed with another than it says', async () => {
    await expectRefused(
      await push({ by: { ...key, id: randomUUID() } }),
      [401, 'push-signature-wrong'],
      'unknown',
    )
    const other = await makeKey()
    await expectRefused(
      await push({ by: { id: key.id, privateKey: other.privateKey } }),
      [401, 'push-signature-wrong'],
      'signature',
    )
  })

  test('of which anything was changed on its way', async () => {
    const one = signed({})
    const wrong = [401, 'push-signature-wrong'] satisfies [number, string]
    const digest = `sha-256=:${createHash('sha256').update('x').digest('base64')}:`
    for (const changed of [
      { ...one, url: one.url.replace('2025-05-20', '2025-05-19') },
      { ...one, url: one.url.replace('renshe', 'minzheng') },
      { ...one, headers: { ...one.headers, 'idempotency-key': 'another' } },
      { ...one, headers: { ...one.headers, 'content-digest': digest } },
    ])
      await expectRefused(await send(changed), wrong, 'signature')
  })

  test('whose content is not what was signed', async () => {
    for (const sent of [Buffer.from('x'), Buffer.concat([file(), file()]), file(4000)])
      await expectRefused(await push({ sent }), [400, 'push-content-differs'], 'content')
  })

  test.each([-301, 301])('signed %d seconds from now', async (seconds) => {
    const created = Math.floor(Date.now() / 1000) + seconds
    await expectRefused(await push({ created }), [401, 'push-time-wrong'], 'time')
  })

  test('to a source that is not the one of its key', async () => {
    await expectRefused(await push({ source: 'minzheng' }), [403, 'push-key-of-another'], 'source')
  })

  test('by a key that was revoked, or whose last day is over', async () => {
    const revoked = await makeKey()
    expect((await push({ by: revoked })).status).toBe(200)
    expect((await call(`POST /api/push-keys/${revoked.id}/revocation`, {})).status).toBe(200)
    expect((await call(`POST /api/push-keys/${revoked.id}/revocation`, {})).body.code).toBe(
      'no-such-push-key',
    )
    before = await kept()
    await expectRefused(await push({ by: revoked }), [403, 'push-key-ended'], 'revoked')
    const over = await makeKey()
    await running.db.owner.pool.query(
      `update app.push_key set valid_to = current_date - 2 where id = $1`,
      [over.id],
    )
    await expectRefused(await push({ by: over }), [403, 'push-key-ended'], 'expired')
  })
})

test('a connection that breaks in the middle leaves nothing, and the same push can be sent again', async () => {
  const before = await kept()
  await running.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = running.http.server.address() as AddressInfo
  const content = Buffer.alloc(2_000_000, 'a,b\n')
  const { url, headers } = signed({ content, pushId: 'broken' })
  const socket = connect(port, '127.0.0.1')
  const head = Object.entries({ ...headers, host: 'qiao', 'content-length': content.length })
  socket.write(
    `POST ${url} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  socket.write(content.subarray(0, 1_200_000))
  // Under way: the sender's name is held by the transaction that takes it in.
  await expect
    .poll(async () => rows(`select from auth.session where push_key is not null`), {
      timeout: 5000,
    })
    .toHaveLength(1)
  socket.destroy()
  await expect
    .poll(async () => rows(`select from auth.session where push_key is not null`), {
      timeout: 5000,
    })
    .toHaveLength(0)
  expect(await kept()).toEqual(before)
  expect((await push({ content, pushId: 'broken' })).body.again).toBe(false)
})

test('what cannot be taken in is refused with what to do', async () => {
  expect((await push({ onDay: '2025-06-02' })).body.code).toBe('delivery-invalid')
  expect((await push({ content: Buffer.alloc(0) })).body.code).toBe('push-without-length')
  const one = signed({})
  const headers = { ...one.headers, 'content-length': '500000001' }
  expect((await send({ ...one, headers })).body.code).toBe('push-too-large')
})

describe('a key', () => {
  test('shows its private half once; what is kept of it signs nothing', async () => {
    const made = await makeKey()
    expect(made.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    const secret = made.privateKey.split('\n')[1] ?? ''
    const { body } = await call('GET /api/sources/renshe/push-keys')
    expect(JSON.stringify(body)).not.toContain(secret)
    const seed = Buffer.from(secret, 'base64').subarray(-32).toString('hex')
    const held = JSON.stringify([
      await rows(`select *, encode(public_key, 'hex') as hex from app.push_key`),
      await rows(`select * from app.audit`),
      await rows(`select * from app.idempotency`),
    ])
    expect(held).not.toContain(seed)
    expect(held).not.toContain(secret)
  })

  test('is listed with its end, who made it, and when it was last used', async () => {
    const unused = await makeKey('minzheng')
    const { body } = await call('GET /api/sources/minzheng/push-keys')
    expect(body.items).toEqual([
      expect.objectContaining({ id: unused.id, state: 'live', madeBy: '数据专管', usedAt: null }),
    ])
    await push()
    const { body: used } = await call('GET /api/sources/renshe/push-keys')
    const shown = used.items.find(({ id }: Key) => id === key.id)
    expect(Date.now() - Date.parse(shown.usedAt)).toBeLessThan(60_000)
  })

  test.each([-2, 731])('that ends in %d days is not made', async (offset) => {
    const { body } = await call('POST /api/sources/renshe/push-keys', {
      name: '前置机',
      validTo: day(offset),
    })
    expect(body.code).toBe('push-key-invalid')
  })
})
