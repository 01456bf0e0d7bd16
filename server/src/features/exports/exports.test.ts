import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { sm3 } from '../../platform/crypto/sm3.ts'
import { asActor } from '../../platform/db/actor.ts'
import { sessionCookie } from '../../platform/http/caller.ts'
import { mostRowsOf, stateOf } from './export.ts'
import { askExport, oneAtATime } from './queries.ts'

/** A list of feedback, of which three rows leave without asking anybody. */
const limit = 3
/** Of several files in a day, seven. */
const dayLimit = 7
const committee = '310118001001'
const people = {
  advisor: ['advisor', committee],
  colleague: ['advisor', committee],
  township: ['township', committee.slice(0, 9)],
  otherTownship: ['township', '310118002'],
  district: ['district', '310118'],
  auditor: ['audit-admin', '310118'],
  systemAdmin: ['system-admin', '310118'],
} as const satisfies Record<string, readonly [TestRole, string]>
type Who = keyof typeof people

let running: RunningQiao
const sessions = {} as Record<Who, { token: string; staffId: string }>
beforeAll(async () => {
  running = await runQiao('production', {
    QIAO_EXPORT_ROWS: String(limit),
    QIAO_EXPORT_ROWS_DAY: String(dayLimit),
    QIAO_EXPORT_HOURS: '24',
  })
  for (const [name, [role, areaId]] of Object.entries(people))
    sessions[name as Who] = await running.db.sessionFor({ role, areaId, name })
})
afterAll(() => running.close())
beforeEach(async () => {
  await owner('truncate app.policy_feedback, app.export restart identity cascade')
})

const owner = async (text: string) => (await running.db.owner.pool.query(text)).rows
const call = (who: Who, line: Parameters<typeof ask>[1], body?: object) =>
  ask(running.http, line, { token: sessions[who].token, ...(body ? { body } : {}) })
const said = (rows: number) =>
  owner(`insert into app.policy_feedback (area_id, programme, works, because, by)
    select '${committee}', 'dibao', true, '办得很顺利', '${sessions.advisor.staffId}' from generate_series(1, ${rows})`)
const form = { list: 'feedback', filters: 'programme=dibao', purpose: 'statistics' }
const asks = (who: Who = 'advisor', more: object = {}) =>
  call(who, 'POST /api/exports', { ...form, ...more })
const decides = (who: Who, decision: string, because?: string) =>
  call(who, 'POST /api/exports/1/decision', { decision, ...(because ? { because } : {}) })
const fetched = (who: Who = 'advisor') =>
  running.http.inject({
    url: '/api/exports/1/file',
    cookies: { [sessionCookie]: sessions[who].token },
  })
/** As if everything had happened so many hours before. */
const hoursPass = (hours: number) =>
  owner(`alter table app.export disable trigger export_as_decided;
    update app.export set asked_at = asked_at - interval '${hours} hours', decided_at = decided_at - interval '${hours} hours';
    alter table app.export enable trigger export_as_decided`)
const code = ({ body }: { body: string }) => (JSON.parse(body) as { code: string }).code

describe('up to the limit', () => {
  test('a list leaves at once: the file and its digest, its rows and columns are on record', async () => {
    await said(2)
    const { status, body } = await asks()
    expect([status, body.state, body.counted, body.mine]).toEqual([200, 'ready', 2, true])
    const file = await fetched()
    expect(file.headers['content-disposition']).toBe('attachment; filename="feedback-1.csv"')
    const lines = file.body.trim().split('\r\n')
    expect(lines).toHaveLength(1 + 2 + 1)
    expect(lines.at(-1)).toMatch(
      /^# 导出第 1 号 .* advisor \d{4}-.*仅供“工作统计”使用，不得外传。$/,
    )
    const shown = (await call('advisor', 'GET /api/exports')).body.items[0]
    expect(shown.files).toEqual([
      { at: expect.any(String), rows: 2, hash: sm3(file.rawPayload).toString('hex') },
    ])
    expect(shown).toMatchObject({
      purposeName: '工作统计',
      rowsThatDay: 2,
      scope: ['政策：最低生活保障'],
    })
    expect(shown.columns.map(({ name }: { name: string }) => name)).toEqual(
      lines[0]?.replace('\uFEFF', '').split(','),
    )
    const noted = await owner(
      `select action, subject, detail from app.audit where subject = 'export:1' order by id`,
    )
    expect(noted.map(({ action }) => action)).toEqual(['export.asked', 'feedback.exported'])
    expect(noted[1]).toMatchObject({
      detail: { rows: 2, purpose: 'statistics', programme: 'dibao' },
    })
  })

  test('nothing is on record where the file could not be made', async () => {
    await said(2)
    await asks()
    await said(limit)
    expect(code(await fetched())).toBe('export-grown')
    expect(await owner('select from app.export_file')).toEqual([])
    expect(
      await owner(
        `select from app.audit where action = 'feedback.exported' and subject = 'export:1' and id > (select max(id) from app.audit where action = 'export.asked')`,
      ),
    ).toEqual([])
  })

  test('it can be fetched again until it expires, then it is asked for anew', async () => {
    await said(1)
    await asks()
    expect([(await fetched()).statusCode, (await fetched()).statusCode]).toEqual([200, 200])
    await hoursPass(25)
    expect(code(await fetched())).toBe('export-not-ready')
    const { items } = (await call('advisor', 'GET /api/exports?state=expired')).body
    expect(items).toMatchObject([{ id: 1, state: 'expired', files: [{ rows: 1 }, { rows: 1 }] }])
  })

  test('a preview says columns, rows and purposes, and leaves nothing on record', async () => {
    await said(limit + 1)
    const { purpose: _, ...asked } = form
    const { body } = await call('advisor', 'POST /api/exports/preview', asked)
    expect(body).toMatchObject({
      rows: limit + 1,
      needsApproval: true,
      limitRows: limit,
      hours: 24,
    })
    expect(body.purposes.length).toBeGreaterThan(3)
    expect(await owner('select from app.export')).toEqual([])
  })
})

describe('above the limit', () => {
  beforeEach(async () => {
    await said(20)
    expect((await asks()).body).toMatchObject({ state: 'waiting', mayDecide: false, mostRows: 22 })
  })

  test('it waits for an official of the area, who sees what for and how much', async () => {
    expect(code(await fetched())).toBe('export-not-ready')
    const { body } = await call('township', 'GET /api/exports?whose=to-decide')
    expect(body).toMatchObject({ toDecide: 1, items: [{ id: 1, mayDecide: true, counted: 20 }] })
    expect((await decides('township', 'approve')).body).toMatchObject({
      state: 'ready',
      mayDecide: false,
    })
    expect((await fetched()).body.trim().split('\r\n')).toHaveLength(1 + 20 + 1)
    expect((await decides('district', 'approve')).body.code).toBe('export-decided')
  })

  test('is not for colleagues, another township or administrators to decide', async () => {
    for (const who of ['colleague', 'auditor', 'systemAdmin'] as const)
      expect((await decides(who, 'approve')).status, who).toBe(403)
    expect((await decides('otherTownship', 'approve')).status).toBe(404)
    expect((await fetched()).statusCode).toBe(409)
  })

  test('is refused with why, and stays refused', async () => {
    expect((await decides('township', 'refuse')).body.code).toBe('export-refused')
    expect((await decides('township', 'refuse', '范围太大')).body.state).toBe('refused')
    expect(code(await fetched())).toBe('export-not-ready')
  })

  test('a tenth more is still what was approved; more than that is refused', async () => {
    await decides('township', 'approve')
    await said(2)
    expect((await fetched()).statusCode).toBe(200)
    await said(1)
    expect(code(await fetched())).toBe('export-grown')
  })

  test('whoever asked does not decide, though an official', async () => {
    await owner('truncate app.export restart identity cascade')
    await asks('township')
    expect((await decides('township', 'approve')).body.code).toBe('export-own')
    expect((await decides('district', 'approve')).status).toBe(200)
  })
})

describe('over a day', () => {
  const states = async (...answers: ReturnType<typeof asks>[]) =>
    (await Promise.all(answers)).map(({ body }) => body.state)
  beforeEach(() => said(3))

  test('small exports add up: what goes beyond the day waits for another, and is said beforehand', async () => {
    expect([(await asks()).body.state, (await asks()).body.state]).toEqual(['ready', 'ready'])
    const { purpose: _, ...asked } = form
    expect((await call('advisor', 'POST /api/exports/preview', asked)).body).toMatchObject({
      rows: 3,
      takenToday: 6,
      dayRows: dayLimit,
      limitRows: 1,
      needsApproval: true,
    })
    expect((await asks()).body).toMatchObject({ id: 3, state: 'waiting', limitRows: 1 })
    const allowed = await call('township', 'POST /api/exports/3/decision', { decision: 'approve' })
    expect(allowed.body.state).toBe('ready')
    await owner('delete from app.policy_feedback where id > 1')
    expect((await asks()).body).toMatchObject({ counted: 1, limitRows: 0, state: 'waiting' })
  })

  test('what waits or was refused, and what a colleague takes along, takes nothing from it', async () => {
    await said(2)
    await asks()
    expect((await decides('township', 'refuse', '范围太大')).body.state).toBe('refused')
    expect((await asks()).body).toMatchObject({ state: 'waiting', limitRows: limit })
    await owner('delete from app.policy_feedback where id > 3')
    expect(await states(asks('colleague'), asks('colleague'))).toEqual(['ready', 'ready'])
    expect((await asks()).body).toMatchObject({ state: 'ready', limitRows: limit })
    // An official sees what those of the area took along.
    expect((await asks('township')).body).toMatchObject({ state: 'ready', limitRows: limit })
  })

  test('asked for at once they are counted one after the other', async () => {
    const taken = {
      list: 'feedback',
      filters: {},
      scope: [],
      purpose: 'statistics',
      note: null,
      columns: [],
      counted: 3,
      limitRows: limit,
      hours: 24,
    }
    const meanwhile = await asActor(running.db.app, sessions.advisor.token, async (tx) => {
      await oneAtATime(tx)
      const asked = asks()
      await delay(200)
      await askExport(tx, taken)
      await askExport(tx, taken)
      return { asked }
    })
    expect((await meanwhile.asked).body).toMatchObject({ state: 'waiting', limitRows: 1 })
  })

  test('begins anew the next day', async () => {
    await states(asks(), asks())
    await hoursPass(24)
    expect((await asks()).body.state).toBe('ready')
  })
})

describe('who may', () => {
  test('nobody fetches what another asked for', async () => {
    await said(1)
    await asks()
    for (const who of ['colleague', 'township', 'district'] as const)
      expect((await fetched(who)).statusCode, who).toBe(404)
    expect((await fetched('auditor')).statusCode).toBe(403)
  })

  test('one sees one’s own, officials their area, the auditor all, and nobody the list itself', async () => {
    await said(1)
    await asks()
    const seen = async (who: Who) => (await call(who, 'GET /api/exports')).body.items?.length
    expect([await seen('advisor'), await seen('township'), await seen('auditor')]).toEqual([
      1, 1, 1,
    ])
    expect([await seen('colleague'), await seen('otherTownship')]).toEqual([0, 0])
    expect((await call('systemAdmin', 'GET /api/exports')).status).toBe(403)
    expect(JSON.stringify((await call('auditor', 'GET /api/exports')).body)).not.toContain('顺利')
  })

  test('the file holds what whoever asked may see when it is fetched', async () => {
    await said(2)
    await asks()
    await owner(`update app.policy_feedback set area_id = '310118002001' where id = 1`)
    expect((await fetched()).body.trim().split('\r\n')).toHaveLength(1 + 1 + 1)
  })

  test('a list that is not theirs, that does not exist, or filters it does not have are refused', async () => {
    expect((await asks('advisor', { list: 'delivery', filters: 'delivery=1' })).status).toBe(403)
    expect((await asks('advisor', { list: 'nothing' })).status).toBe(404)
    for (const filters of ['colour=red', 'open=perhaps', 'programme=a&id=1'])
      expect((await asks('advisor', { filters })).body.code, filters).toBe('export-refused')
    expect((await asks('advisor', { purpose: 'other' })).body).toMatchObject({
      code: 'export-refused',
      errors: [{ path: '/body/note' }],
    })
  })
})

test('whatever is asked, decided, fetched and waited for in whatever order: no file leaves that the rules do not allow', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('approve' as const) }),
    fc.record({ do: fc.constant('refuse' as const) }),
    fc.record({ do: fc.constant('fetch' as const) }),
    fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ do: fc.constant('grow' as const), rows: fc.integer({ min: 1, max: 2 }) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.array(step, { maxLength: 8 }),
      async (counted, steps) => {
        await owner('truncate app.policy_feedback, app.export restart identity cascade')
        await said(counted)
        await asks()
        let one = {
          counted,
          limitRows: limit,
          approved: null as boolean | null,
          askedAt: 0,
          decidedAt: null as number | null,
          hours: 24,
        }
        let [now, rows] = [0, counted]
        for (const taken of steps) {
          const state = stateOf(one, now)
          if (taken.do === 'approve' || taken.do === 'refuse') {
            const { status } = await decides('township', taken.do, '看过了')
            expect(status).toBe(state === 'waiting' ? 200 : 409)
            if (status === 200) one = { ...one, approved: taken.do === 'approve', decidedAt: now }
          } else if (taken.do === 'fetch') {
            const allowed = state === 'ready' && rows <= mostRowsOf(one)
            expect((await fetched()).statusCode).toBe(allowed ? 200 : 409)
          } else if (taken.do === 'pass') {
            await hoursPass(taken.hours)
            now += taken.hours * 3_600_000
          } else {
            await said(taken.rows)
            rows += taken.rows
          }
          const [shown] = await owner('select app.export_state(export) as state from app.export')
          expect(shown?.state).toBe(stateOf(one, now))
        }
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)
