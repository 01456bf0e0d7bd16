import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noticeFields } from '../../src/features/notices/notice.ts'
import { putHousehold, xiayang } from '../../src/features/leads/test-households.ts'
import { writeAllCurrent } from '../../src/features/households/wide.ts'
import { asActor, asOwner } from '../../src/platform/db/actor.ts'
import { ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'

/** What people consent to, purpose by purpose, told by a notice; children by their guardians. */

let running: RunningQiao
let advisor: string
const notices = new Map<string, number>()

/** Household 1: a mother (1), a father whose birth date is unknown (11), a child of thirteen (12). */
beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  await putHousehold(owner, 1, xiayang, '母亲')
  await putHousehold(owner, 2, xiayang, '别家')
  await owner.pool.query(`
    insert into app.person (id, household_id, area_id, name) values
      (11, 1, '${xiayang}', '父亲'), (12, 1, '${xiayang}', '孩子');
    insert into app.member (household_id, area_id, person_id, relation, valid_from)
      values (1, '${xiayang}', 11, '10', '2020-01-01'), (1, '${xiayang}', 12, '20', '2020-01-01');
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on,
        sensitivity, recorded_by)
      select 1, '${xiayang}', id, 'birth_date', to_jsonb(born), born::date, '公安', '2025-05-01', 'plain', 'job:load'
      from (values (1, '1985-02-03'), (12, '2012-01-15')) given (id, born);
    insert into app.fact (household_id, area_id, fact, value, valid_from, source, verified_on, sensitivity,
        recorded_by, basis)
      values (1, '${xiayang}', 'assets', '100000', '2025-01-01', '核对', '2025-05-01', 'plain', 'job:load', 'check');
    select setval(pg_get_serial_sequence('app.household', 'id'), 100)`)
  await asOwner(owner, (tx) => writeAllCurrent(tx, today))
  advisor = (await running.db.sessionFor({ role: 'advisor', areaId: xiayang })).token
  const [writer, publisher] = await Promise.all(
    ['writer', 'publisher'].map(
      async (name) =>
        (await running.db.sessionFor({ role: 'district', areaId: '310118', name })).token,
    ),
  )
  const content = Object.fromEntries(noticeFields.map((field) => [field, '写好了']))
  for (const purpose of ['means-check', 'referral']) {
    await ask(running.http, `PUT /api/notices/${purpose}`, {
      token: writer ?? '',
      body: { ...content, seen: 1 },
    })
    const { body } = await ask(running.http, `POST /api/notices/${purpose}/publication`, {
      token: publisher ?? '',
      body: { from: today, seen: 2 },
    })
    notices.set(purpose, body.items.find(({ id }: { id: string }) => id === purpose).inForce)
  }
}, 120_000)
afterAll(() => running.close())

const call = (line: Parameters<typeof ask>[1], body?: unknown) =>
  ask(running.http, line, { token: advisor, ...(body === undefined ? {} : { body }) })
const consent = (
  personId: number,
  {
    purpose = 'means-check',
    ...more
  }: Readonly<{ purpose?: string; [field: string]: unknown }> = {},
) =>
  call('POST /api/households/1/consents', {
    personId,
    purpose,
    noticeId: notices.get(purpose) ?? 1,
    way: 'paper',
    from: today,
    to: '2025-12-31',
    evidence: '签字原件在村里',
    ...more,
  })
const page = async () => (await call('GET /api/households/1/consents')).body
const missing = async () =>
  (await page()).meansCheck.missing.map((one: { personId: number; why: string }) => [
    one.personId,
    one.why,
  ])
const assetsAreRead = async () => {
  const { rows } = await running.db.owner.pool.query(
    'select f_assets is not null as read from app.household_current where household_id = 1',
  )
  const { leftOut } = (await call('GET /api/households/1/explanation')).body
  // The wide row and the reading of one household agree.
  expect(leftOut.some(({ fact }: { fact: string }) => fact === 'assets')).toBe(!rows[0].read)
  return rows[0].read
}
const past = (person: number, given: object, to = '2025-12-31') =>
  asActor(running.db.app, advisor, (tx) =>
    sql`select app.record_authorisation(1, ${person}, null, ${today}::date, ${to}::date, '原件', ${JSON.stringify({ purpose: 'means-check', notice: notices.get('means-check'), way: 'paper', ...given })}::jsonb)`.execute(
      tx,
    ),
  )

describe('a check of means', () => {
  test('begins with everybody missing, and what it found of the household is not read', async () => {
    expect(await missing()).toEqual([
      [1, 'none'],
      [11, 'none'],
      [12, 'none'],
    ])
    expect(await assetsAreRead()).toBe(false)
  })

  test('is authorised by each for themselves: one is not enough for what is the household’s', async () => {
    expect((await consent(1)).status).toBe(200)
    expect(await missing()).toEqual([
      [11, 'none'],
      [12, 'none'],
    ])
    expect(await assetsAreRead()).toBe(false)
  })

  test('asks for a birth date that is not on record', async () => {
    expect((await consent(11)).body.code).toBe('consent-needs-birth-date')
    await expect(past(11, {})).rejects.toThrow(/not known/)
    const { version } = (await call('GET /api/households/1')).body
    const fact = { fact: 'birth_date', personId: 11, value: '1983-05-06', basis: 'visit' }
    await call('PUT /api/households/1/facts', {
      ...fact,
      verifiedOn: today,
      source: '居民户口簿',
      version,
    })
    expect((await consent(11)).status).toBe(200)
  })

  test('of a child under fourteen is authorised by a guardian, by the program and past it', async () => {
    expect((await consent(12)).body.code).toBe('consent-needs-guardian')
    await expect(past(12, {})).rejects.toThrow(/under fourteen/)
    const basis = { basis: 'check', personId: 12, from: today, to: '2025-12-31', evidence: '旧表' }
    const old = await call('POST /api/households/1/authorisations', basis)
    expect(old.body.code).toBe('consent-needs-guardian')
    const ofMother = { guardianId: 1, guardianRelation: '母亲' }
    const late = await consent(12, { ...ofMother, to: '2026-01-15' })
    expect(late.body.errors[0]).toMatchObject({ path: '/body/to' })
    await expect(past(12, ofMother, '2026-01-15')).rejects.toThrow(/fourteen on/)
    for (const guardianId of [2, 12]) {
      const stranger = await consent(12, { guardianId, guardianRelation: '母亲' })
      expect(stranger.body.errors[0].path).toBe('/body/guardianId')
    }
    expect((await consent(12, ofMother)).status).toBe(200)
    expect((await page()).authorisations[0]).toMatchObject({
      personId: 12,
      guardianName: '母亲',
      guardianRelation: '母亲',
      noticeVersion: 1,
      way: 'paper',
      state: 'valid',
    })
  })

  test('is complete once nobody is left, and then read', async () => {
    expect(await missing()).toEqual([])
    expect(await assetsAreRead()).toBe(true)
  })

  test('is read no more on the day after the last, nor the moment one takes it back', async () => {
    const { leftOut } = (await call('GET /api/households/1/explanation?on=2026-01-01')).body
    expect(leftOut.map(({ fact }: { fact: string }) => fact)).toContain('assets')
    const [{ id }] = (await page()).authorisations
    await call(`POST /api/households/1/authorisations/${id}/withdrawal`, {})
    expect(await missing()).toEqual([[12, 'withdrawn']])
    expect(await assetsAreRead()).toBe(false)
  })
})

describe('a consent', () => {
  test('names who gets the data where it leaves, and nobody where it does not', async () => {
    const to = { purpose: 'referral' }
    expect((await consent(1, to)).body.errors[0].path).toBe('/body/recipient')
    await expect(past(1, { ...to, notice: notices.get('referral') })).rejects.toThrow(/receiver/)
    expect((await consent(1, { ...to, recipient: '某社会组织' })).status).toBe(200)
    expect((await page()).authorisations[0]).toMatchObject({
      purposeName: '向社会组织转介时提供信息',
      recipient: '某社会组织',
      basis: null,
    })
  })

  test('is asked of nobody for a duty laid down by law, nor without a notice in force', async () => {
    expect((await consent(1, { purpose: 'aid' })).body.errors[0].path).toBe('/body/purpose')
    await expect(past(1, { purpose: 'aid' })).rejects.toThrow(/nobody is asked/)
    expect((await consent(1, { purpose: 'case-story' })).body.errors[0].path).toBe('/body/noticeId')
    const early = { from: '2025-05-31' }
    expect((await consent(1, early)).body.errors[0].path).toBe('/body/noticeId')
    await expect(past(1, { notice: 9 })).rejects.toThrow(/not what was told/)
  })

  test('goes along with whoever leaves for a household of their own', async () => {
    const before = (await page()).authorisations.find(
      (one: { recipient: string | null }) => one.recipient,
    )
    const { version } = (await call('GET /api/households/1')).body
    const answer = await call('POST /api/households/1/split', {
      members: [{ personId: 11, relation: '02' }],
      day: today,
      address: '新址1号',
      source: '居民户口簿',
      version,
    })
    expect([answer.status, before.recipient]).toEqual([200, '某社会组织'])
    const { rows } = await running.db.owner.pool.query(
      `select purpose, notice_id is not null as told, way from app.authorisation
       where person_id = 11 and household_id <> 1 and withdrawn_at is null`,
    )
    expect(rows).toEqual([{ purpose: 'means-check', told: true, way: 'paper' }])
  })

  test('is noted in the log by purpose and notice, not by name', async () => {
    const { rows } = await running.db.owner.pool.query(
      `select detail from app.audit where action = 'household.consent-recorded' order by id desc limit 1`,
    )
    expect(rows[0].detail).toMatchObject({ purpose: 'referral', notice: notices.get('referral') })
    expect(JSON.stringify(rows[0].detail)).not.toContain('某社会组织')
  })
})
