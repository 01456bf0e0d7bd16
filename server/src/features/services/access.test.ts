import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { otherCommittee, otherTownship, putHousehold, xiayang } from '../leads/test-households.ts'
import { recordVisit, visit, workOutDue } from './test-visits.ts'

/** Household 1 with the advisor, 2 next door, 3 in another township, 4 beside 1 and restricted to the clerk. */

const people = {
  advisor: ['advisor', xiayang],
  colleague: ['advisor', xiayang],
  neighbour: ['advisor', otherCommittee],
  socialWorker: ['advisor', xiayang],
  clerk: ['township', '310118001'],
  otherClerk: ['township', '310118002'],
  district: ['district', '310118'],
  administrator: ['system-admin', '310118'],
} as const
type Who = keyof typeof people

let running: RunningQiao
const sessions = {} as Record<Who, { token: string; staffId: string }>
const records = new Map<number, number>()
const owner = (text: string, values?: unknown[]) => running.db.owner.pool.query(text, values)

beforeAll(async () => {
  running = await runQiao()
  const { db } = running
  for (const [name, [role, areaId]] of Object.entries(people))
    sessions[name as Who] = await db.sessionFor({ role, areaId, name })
  for (const [id, area] of [
    [1, xiayang],
    [2, otherCommittee],
    [3, otherTownship],
    [4, xiayang],
  ] as const)
    await putHousehold(db.owner, id, area)
  await owner(`insert into app.visit_tier (household_id, tier, because, from_day, recorded_by)
    select id, 'high', '独居，行动不便', '2025-01-01', null from app.household`)
  await owner(
    `insert into app.advisor (staff_id, area_id, kind, level, areas, from_day, recorded_by)
     values ($1, $2, 'social-worker', 'support', array[$2], '2024-01-01', null)`,
    [sessions.socialWorker.staffId, xiayang],
  )
  for (const [who, id] of [
    ['advisor', 1],
    ['neighbour', 2],
    ['otherClerk', 3],
    ['clerk', 4],
  ] as const) {
    const made = await recordVisit(running, sessions[who].token, id, {
      day: '2025-01-20',
      nextDay: '2025-05-30',
      words: { ...visit.words, said: `第 ${id} 户说的话`, next: '再来看看' },
    })
    records.set(id, made.body.id)
  }
  await owner(
    `insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
     values (4, $1, 'violence', '住址须保密', '2025-01-01', $2, $2)`,
    [xiayang, sessions.clerk.staffId],
  )
  await owner(
    `insert into app.restriction_viewer (restriction_id, household_id, area_id, staff_id, name)
     select id, 4, $1, $2, '专干' from app.restriction`,
    [xiayang, sessions.clerk.staffId],
  )
  await workOutDue(running, [1, 2, 3, 4])
}, 120_000)
afterAll(() => running.close())

const call = (who: Who, line: Parameters<typeof ask>[1], body?: object, reason?: string) =>
  ask(running.http, line, {
    token: sessions[who].token,
    ...(body ? { body } : {}),
    ...(reason ? { headers: { 'x-qiao-reason': encodeURIComponent(reason) } } : {}),
  })
const listed = async (who: Who, id: number) =>
  (await call(who, `GET /api/households/${id}/services`)).status
const stops = async (who: Who) => {
  const { body } = await call(who, 'GET /api/today')
  return (body.items as { householdId: number }[])
    .map(({ householdId }) => householdId)
    .toSorted((a, b) => a - b)
}
const seenRows = async (who: Who, table: string) => {
  const { rows } = await asActor(running.db.app, sessions[who].token, (tx) =>
    sql<{
      household_id: number
    }>`select distinct household_id from ${sql.id('app', table)}`.execute(tx),
  )
  return rows.map((row) => row.household_id).toSorted((a, b) => a - b)
}

describe('records of service', () => {
  test('an advisor reads those of their own committee and of no other', async () => {
    expect([
      await listed('advisor', 1),
      await listed('advisor', 2),
      await listed('advisor', 3),
    ]).toEqual([200, 404, 404])
    expect(await seenRows('advisor', 'service_record')).toEqual([1])
    expect(await seenRows('neighbour', 'service_record')).toEqual([2])
  })

  test('a township clerk reads those of their own township, the district all', async () => {
    expect([await listed('clerk', 2), await listed('clerk', 3)]).toEqual([200, 404])
    expect([await listed('otherClerk', 1), await listed('otherClerk', 3)]).toEqual([404, 200])
    expect([await listed('district', 1), await listed('district', 3)]).toEqual([200, 200])
  })

  test('an administrator reads none', async () => {
    expect(await listed('administrator', 1)).toBe(403)
    expect(await seenRows('administrator', 'service_record')).toEqual([])
  })

  test('a restricted household is absent but for whom it is named to', async () => {
    expect([
      await listed('advisor', 4),
      await listed('district', 4),
      await listed('clerk', 4),
    ]).toEqual([404, 404, 200])
    expect(await seenRows('district', 'service_record')).toEqual([1, 2, 3])
  })

  test('an advisor records in their own committee, a clerk in their own township, the district nowhere', async () => {
    const status = async (who: Who, id: number) =>
      (
        await recordVisit(running, sessions[who].token, id, {
          day: '2025-01-21',
          outcome: 'nobody-home',
        })
      ).status
    expect([
      await status('colleague', 1),
      await status('advisor', 2),
      await status('advisor', 4),
    ]).toEqual([201, 404, 404])
    expect([await status('clerk', 2), await status('otherClerk', 2)]).toEqual([201, 404])
    expect([await status('district', 1), await status('administrator', 1)]).toEqual([403, 403])
  })

  test('what people said is not in the database as it was said', async () => {
    const { rows } = await owner(
      `select to_jsonb(service_record)::text as row from app.service_record`,
    )
    expect(JSON.stringify(rows)).not.toContain('说的话')
    const bytes = await owner(`select encode(words_enc, 'escape') as row from app.service_record`)
    expect(JSON.stringify(bytes.rows)).not.toContain('第 1 户')
  })

  test('the district reads what people said for a stated reason only', async () => {
    const said = async (reason?: string) =>
      (await call('district', 'GET /api/households/1/services', undefined, reason)).body.items.at(
        -1,
      ).words.said
    expect(await said()).not.toContain('第 1 户')
    expect(await said('核查投诉')).toBe('第 1 户说的话')
  })

  test('a record of one household is not reached by way of another', async () => {
    const line = `/api/households/1/services/${records.get(2)}` as const
    expect((await call('clerk', `GET ${line}`)).status).toBe(404)
    expect(
      (await call('clerk', `PUT ${line}`, { ...visit, version: 1, because: '写错了' })).status,
    ).toBe(404)
  })
})

describe('counselling notes', () => {
  let of = 0
  const note = (who: Who, id = of) =>
    call(who, `POST /api/households/1/services/${id}/counselling`, { note: '丧偶后情绪低落' })
  beforeAll(async () => {
    const made = await recordVisit(running, sessions.socialWorker.token, 1, {
      day: '2025-05-01',
      services: ['counselling'],
    })
    of = made.body.id
  })

  test('a social worker keeps one with their own record', async () => {
    expect((await note('socialWorker')).status).toBe(201)
  })

  test('nobody else does, nor the social worker with the record of a colleague', async () => {
    expect((await note('advisor')).body.code).toBe('counselling-not-yours')
    expect((await note('clerk')).body.code).toBe('counselling-not-yours')
    expect((await note('district')).status).toBe(403)
    expect((await note('socialWorker', records.get(1))).body.code).toBe('counselling-not-yours')
  })

  test('the database asks the same, past the application', async () => {
    for (const who of ['advisor', 'clerk', 'district'] as const)
      await expect(
        asActor(running.db.app, sessions[who].token, (tx) =>
          sql`select app.note_counselling(1, ${of}, '')`.execute(tx),
        ),
        who,
      ).rejects.toThrow('is not for')
  })

  test('it is read as clinical facts are: by the district, for a stated reason', async () => {
    const read = (who: Who, reason?: string) =>
      call(who, `GET /api/households/1/services/${of}/counselling`, undefined, reason)
    expect((await read('advisor')).status).toBe(403)
    expect((await read('socialWorker')).status).toBe(403)
    expect((await read('clerk')).status).toBe(403)
    expect((await read('district')).body.items[0].note).not.toContain('丧偶')
    expect((await read('district', '危机干预')).body.items[0].note).toBe('丧偶后情绪低落')
    for (const who of ['advisor', 'socialWorker', 'clerk'] as const)
      expect(await seenRows(who, 'counselling_note'), who).toEqual([])
  })
})

describe('how closely a household is followed', () => {
  const set = (who: Who, id: number) =>
    call(who, `PUT /api/households/${id}/visit-tier`, {
      tier: 'middle',
      because: '情况好转',
      seen: null,
    })

  test('an advisor sets no tier, a clerk within their township, the district anywhere', async () => {
    expect((await set('advisor', 1)).status).toBe(403)
    expect((await set('clerk', 3)).status).toBe(404)
    // There is a tier already, which the writer has not seen.
    expect((await set('clerk', 2)).body.code).toBe('tier-changed')
    expect((await set('district', 3)).body.code).toBe('tier-changed')
    expect((await set('district', 4)).status).toBe(404)
  })

  test('only the district states how often, and who asks for it sees why', async () => {
    const rules = await call('advisor', 'GET /api/visit-rules')
    expect(rules.body.may.write).toBe(false)
    const [rule] = rules.body.items
    const body = {
      contact: { amount: 5, unit: 'day' },
      visit: null,
      from: today,
      source: '区民政局通知',
      proposed: false,
      version: rule.version,
    }
    for (const who of ['advisor', 'clerk', 'administrator'] as const)
      expect((await call(who, 'PUT /api/visit-rules/tier-high', body)).status, who).toBe(403)
    for (const who of ['advisor', 'clerk'] as const)
      expect(
        (
          await call(who, 'POST /api/visit-seasons', {
            kind: 'heat',
            from: today,
            to: '2025-08-31',
            percent: 50,
            because: '高温',
          })
        ).status,
      ).toBe(403)
  })
})

describe('today', () => {
  test('an advisor has what is due in their own committee, a clerk what is in their township', async () => {
    expect(await stops('advisor')).toEqual([1])
    expect(await stops('neighbour')).toEqual([2])
    expect(await stops('clerk')).toEqual([1, 2, 4])
    expect(await stops('otherClerk')).toEqual([3])
    expect(await stops('district')).toEqual([1, 2, 3])
  })

  test('it is nobody’s who does not work with cases', async () => {
    expect((await call('administrator', 'GET /api/today')).status).toBe(403)
    expect(await seenRows('administrator', 'visit_due')).toEqual([])
  })

  test('what is due by a need signal alone, an advisor sees with a duty only', async () => {
    await owner(`insert into app.visit_due (household_id, area_id, kind, sensitivity, reason, since, due_on)
      values (1, '${xiayang}', 'visit', 'need-signal', 'serious-illness', '2025-01-01', '2025-02-01')`)
    const reasons = async (who: Who) => {
      const { body } = await call(who, 'GET /api/today')
      const stop = body.items.find(({ householdId }: { householdId: number }) => householdId === 1)
      return stop.reasons.map(({ rule }: { rule: string }) => rule)
    }
    expect(await reasons('advisor')).not.toContain('serious-illness')
    await owner(
      `insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by) values ($1, $2, 'advisor-of-area', '2024-01-01', 'test')`,
      [sessions.advisor.staffId, xiayang],
    )
    expect(await reasons('advisor')).toContain('serious-illness')
    expect(await reasons('clerk')).toContain('serious-illness')
    expect(await reasons('colleague')).not.toContain('serious-illness')
  })

  test('a plan holds households in sight only, and is one’s own', async () => {
    const plan = (who: Who, ids: number[]) =>
      call(who, 'PUT /api/today/plan', { householdIds: ids })
    expect((await plan('advisor', [1, 3])).status).toBe(404)
    expect((await plan('advisor', [1])).body.plan).toEqual([1])
    expect((await call('colleague', 'GET /api/today')).body.plan).toEqual([])
    expect((await plan('advisor', [])).body.plan).toEqual([])
  })

  test('only the program works out what is due', async () => {
    for (const who of ['advisor', 'clerk', 'district'] as const)
      await expect(
        asActor(running.db.app, sessions[who].token, (tx) =>
          sql`select app.keep_visits_due('{1}', '[]')`.execute(tx),
        ),
        who,
      ).rejects.toThrow('is not for')
  })
})
