import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { noticeFields } from './notice.ts'

let running: RunningQiao
const tokens = new Map<string, string>()
const as = (who: string) => tokens.get(who) ?? ''

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['writer', 'district', '310118'],
    ['second', 'district', '310118'],
    ['publisher', 'district', '310118'],
    ['lentOut', 'district', '310118001'],
    ['township', 'township', '310118001'],
    ['advisor', 'advisor', '310118001001'],
    ['administrator', 'system-admin', '310118'],
  ] as const)
    tokens.set(who, (await running.db.sessionFor({ role, areaId, name: who })).token)
}, 120_000)
afterAll(() => running.close())

const content = Object.fromEntries(noticeFields.map((field) => [field, `${field}：写好了`]))
const read = async (who: string, id = 'means-check') =>
  (await ask(running.http, 'GET /api/notices', { token: as(who) })).body.items.find(
    (one: { id: string }) => one.id === id,
  )
const write = (who: string, seen: number, more: object = {}) =>
  ask(running.http, 'PUT /api/notices/means-check', {
    token: as(who),
    body: { ...content, ...more, seen },
  })
const publish = (who: string, seen: number, from: string = today) =>
  ask(running.http, 'POST /api/notices/means-check/publication', {
    token: as(who),
    body: { from, seen },
  })
const call = (who: string, statement: string) =>
  asActor(running.db.app, as(who), (tx) => sql.raw(statement).execute(tx))

describe('a notice', () => {
  test('is shipped as a skeleton in which nothing is said for the district', async () => {
    const { items } = (await ask(running.http, 'GET /api/notices', { token: as('writer') })).body
    for (const { notices, inForce, toOthers, sensitive } of items) {
      expect([inForce, notices.length, notices[0].from]).toEqual([null, 1, null])
      expect(notices[0].gaps.length).toBe(8 + Number(toOthers) + Number(sensitive))
    }
    expect(items.filter((one: { restsOn: string }) => one.restsOn === 'duty')).toHaveLength(4)
  })

  test('that is not filled in is not published: which fields, says the answer', async () => {
    await write('writer', 1, { contact: '待核：电话', rights: ' ' })
    const { status, body } = await publish('publisher', 2)
    expect([status, body.code]).toEqual([422, 'notice-unfinished'])
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['/contact', '/rights'])
    const past = call('publisher', `select app.publish_notice('means-check', 2, '${today}')`)
    await expect(past).rejects.toThrow(/not filled in/)
  })

  test('is published by nobody who wrote in it, nor past the program', async () => {
    expect((await write('second', 1)).body.code).toBe('notice-changed')
    expect((await write('second', 2)).status).toBe(200)
    for (const who of ['writer', 'second']) {
      expect((await publish(who, 3)).body.code).toBe('notice-own')
      await expect(
        call(who, `select app.publish_notice('means-check', 3, '${today}')`),
      ).rejects.toThrow(/notice_maker_is_no_checker/)
    }
  })

  test('is published as it was read, from today on, and is then seen by all case workers', async () => {
    expect((await read('advisor')).notices).toEqual([])
    expect((await publish('publisher', 2)).body.code).toBe('notice-changed')
    expect((await publish('publisher', 3, '2025-05-31')).body.code).toBe('notice-day')
    expect((await publish('publisher', 3)).status).toBe(200)
    const { notices, inForce } = await read('advisor')
    expect(notices).toMatchObject([
      { version: 1, from: today, publishedBy: '其他同事', gaps: [], content },
    ])
    expect(inForce).toBe(notices[0].id)
  })

  test('that is published is followed by the next version and never changed', async () => {
    expect((await write('writer', 3)).body.code).toBe('notice-changed')
    await write('writer', 0, { easy: '更好懂' })
    expect((await publish('publisher', 1)).body.code).toBe('notice-day')
    expect((await publish('publisher', 1, '2025-07-01')).status).toBe(200)
    const { notices, inForce } = await read('township')
    expect(notices.map(({ version }: { version: number }) => version)).toEqual([2, 1])
    expect(inForce).toBe(notices[1].id)
    for (const change of [
      `update app.notice set content = content || '{"text": "别的"}' where version = 1 and purpose = 'means-check'`,
      `update app.notice set from_day = '2024-01-01' where version = 2`,
      'delete from app.notice',
    ])
      await expect(running.db.owner.pool.query(change)).rejects.toThrow()
  })

  test('of a purpose that does not exist is not there', async () => {
    const answer = await ask(running.http, 'PUT /api/notices/none', {
      token: as('writer'),
      body: { ...content, seen: 0 },
    })
    expect([answer.status, answer.body.code]).toEqual([404, 'no-such-purpose'])
  })
})

describe('nobody else writes or publishes', () => {
  test.each(['lentOut', 'township', 'advisor', 'administrator'])('%s', async (who) => {
    expect((await write(who, 0)).status).toBe(403)
    expect((await publish(who, 1)).status).toBe(403)
    const past = `select app.write_notice('referral', '${JSON.stringify(content)}', 1)`
    await expect(call(who, past)).rejects.toThrow(/not for/)
    await expect(call(who, `select app.publish_notice('referral', 1, '${today}')`)).rejects.toThrow(
      /not for/,
    )
  })

  test('and no administrator reads them', async () => {
    const answer = await ask(running.http, 'GET /api/notices', { token: as('administrator') })
    expect(answer.status).toBe(403)
  })
})
