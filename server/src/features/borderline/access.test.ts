import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { takeSheet } from '../../../test/take-sheet.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { giveDuty } from '../duties/queries.ts'
import { settleStaged } from '../households/load.ts'

/** Households 1 and 2 in two committees of one township, 3 in another: all just above the line of dibao. */
const committee = '310118001001'
let running: RunningQiao
let withDuty: string

beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  await asOwner(owner, async (tx) => {
    await sql`insert into staging.household values
      (1, ${committee}, 'family', 'Q-1', '1号', null), (2, '310118001002', 'family', 'Q-2', '2号', null),
      (3, '310118002001', 'family', 'Q-3', '3号', null)`.execute(tx)
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲某', '02', '2020-01-01'), (2, 2, '乙某', '02', '2020-01-01'), (3, 3, '=丙', '02', '2020-01-01')`.execute(
      tx,
    )
    await sql`insert into staging.fact
      select n, case when fact in ('assets', 'members_known', 'has_vehicle', 'has_non_residential', 'homes',
          'rural_household') then null else n end, fact, value::jsonb, '入户', null, null, '2025-05-01', null, 'plain'
      from generate_series(1, 3) n, (values
        ('birth_date', '"1980-01-01"'), ('hukou', '"1"'), ('labour_income', '168000'),
        ('pension', '0'), ('other_income', '0'), ('assets', '100000'), ('members_known', 'true'),
        ('has_vehicle', 'false'), ('has_non_residential', 'false'), ('homes', '1'),
        ('rural_household', 'false'), ('regular_aid_other', 'false')) given (fact, value)`.execute(
      tx,
    )
    await sql`insert into app.roll (programme, area_id, on_day, complete, source)
      select programme, '310118', ${today}::date, true, '名册'
      from unnest(array['tekun', 'zhongcan-wuye', 'dibao']) programme`.execute(tx)
    await settleStaged(tx, { today, demo: true })
  })
  await running.qiao.matching.run('by hand')
  const advisor = await running.db.sessionFor({ role: 'advisor', areaId: committee })
  withDuty = advisor.token
  await asOwner(owner, (tx) =>
    giveDuty(tx, {
      staffId: advisor.staffId,
      areaId: committee,
      kind: 'advisor-of-area',
      from: '2024-01-01',
      to: null,
    }),
  )
})
afterAll(() => running.close())

const areaOf: Readonly<Record<TestRole, string>> = {
  advisor: committee,
  township: '310118001',
  district: '310118',
  'system-admin': '310118',
  'security-admin': '310118',
  'audit-admin': '310118',
}
const tokenOf = async (role: TestRole) =>
  (await running.db.sessionFor({ role, areaId: areaOf[role] })).token

function seenBy(token: string): Promise<number[]> {
  return asActor(running.db.app, token, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select distinct household_id as id from app.near_line
        where superseded_at is null order by 1`.execute(tx)
    return rows.map(({ id }) => id)
  })
}

const dibao = { list: 'borderline', filters: 'programme=dibao' }
const list = async (token: string, query = '') =>
  (await ask(running.http, `GET /api/borderline${query}`, { token })).body

test('who is just above a line of money stands on the list, with how far, to the fen', async () => {
  const { items } = await list(await tokenOf('district'))
  const dibao = items.filter(({ programme }: { programme: string }) => programme === 'dibao')
  expect(dibao).toHaveLength(3)
  expect(dibao[0]).toMatchObject({
    programmeName: '最低生活保障',
    label: '人均收入',
    value: 168_000,
    line: 159_500,
    gap: 8500,
    permille: 53,
    exact: true,
    since: today,
  })
})

test('whoever stays on the list keeps the day since when, and gets the gap of today', async () => {
  const job = await running.db.jobToken('match')
  await asOwner(running.db.owner, async (tx) => {
    await sql`update app.near_line set since = '2025-01-15', gap_fen = 1 where household_id = 2`.execute(
      tx,
    )
  })
  await running.qiao.matching.run('by hand')
  const { rows } = await asActor(running.db.app, job, (tx) =>
    sql<{ since: string; gap: number }>`select since, gap_fen as gap from app.near_line
      where household_id = 2 and programme = 'dibao' and superseded_at is null`.execute(tx),
  )
  expect(rows).toEqual([{ since: '2025-01-15', gap: 8500 }])
})

test('a run that finds the same writes nothing', async () => {
  const rows = () =>
    asOwner(running.db.owner, (tx) =>
      sql<{
        all: string
      }>`select string_agg(near::text, ' ' order by id) as all from app.near_line near`
        .execute(tx)
        .then(({ rows: [row] }) => row?.all),
    )
  const before = await rows()
  await running.qiao.matching.run('by hand')
  expect(await rows()).toBe(before)
})

describe('whose lines', () => {
  test.each([
    ['an advisor sees no line of another committee or township', 'advisor', [1]],
    ['a township sees no line of another township', 'township', [1, 2]],
    ['the district sees every line', 'district', [1, 2, 3]],
    ['the system administrator sees none', 'system-admin', []],
    ['the security administrator sees none', 'security-admin', []],
    ['the audit administrator sees none', 'audit-admin', []],
  ] as const)('%s', async (_sentence, role, seen) => {
    const token = role === 'advisor' ? withDuty : await tokenOf(role)
    expect(await seenBy(token)).toEqual(seen)
  })

  test('a forged token shows none', async () => {
    expect(await seenBy('forged')).toEqual([])
  })

  test('a line that stands on a fact is seen by whoever may see the fact', async () => {
    const seen = (token: string) =>
      asActor(running.db.app, token, async (tx) => {
        const { rows } = await sql<{ of: string }>`
          select sensitivity as of from app.near_line where household_id = 1`.execute(tx)
        return rows.map(({ of }) => of).sort()
      })
    const withClass = async (sensitivity: string) =>
      asOwner(running.db.owner, (tx) =>
        sql`update app.near_line set sensitivity = ${sensitivity} where household_id = 1`.execute(
          tx,
        ),
      )
    await withClass('need-signal')
    expect((await seen(withDuty)).length).toBeGreaterThan(0)
    expect(await seen(await tokenOf('advisor'))).toEqual([])
    expect((await seen(await tokenOf('township'))).length).toBeGreaterThan(0)
    await withClass('clinical')
    expect(await seen(withDuty)).toEqual([])
    expect(await seen(await tokenOf('township'))).toEqual([])
    expect((await seen(await tokenOf('district'))).length).toBeGreaterThan(0)
    await withClass('plain')
    expect((await seen(await tokenOf('advisor'))).length).toBeGreaterThan(0)
  })
})

describe('who writes lines', () => {
  const outcome = (token: string, statement: string): Promise<number | string> =>
    asActor(running.db.app, token, async (tx) => {
      const { numAffectedRows } = await sql.raw(statement).execute(tx)
      return Number(numAffectedRows ?? 0)
    }).catch((error: unknown) => String(error))

  test.each(['advisor', 'township', 'district', 'audit-admin'] as const)(
    '%s writes none and removes none',
    async (role) => {
      const token = await tokenOf(role)
      const copy = `insert into app.near_line select 99, household_id, area_id, person_id, 'x', 'x', 'x',
        1, 1, 0, 0, true, current_date, 'plain', run_id from app.answer limit 1`
      const written = await outcome(token, copy)
      expect(written === 0 || /row-level security/.test(String(written))).toBe(true)
      if (role !== 'audit-admin') expect(written).toMatch(/row-level security/)
      expect(await outcome(token, 'update app.near_line set superseded_at = now()')).toBe(0)
      expect(await outcome(token, 'delete from app.near_line')).toMatch(/permission denied/)
      expect(await outcome(token, 'update app.near_line set gap_fen = 0')).toMatch(
        /permission denied/,
      )
    },
  )
})

describe('over HTTP', () => {
  test('the list is cut to the area asked for and counts by area and programme', async () => {
    const district = await tokenOf('district')
    const all = await list(district)
    expect(all.facets.areas.map(({ id }: { id: string }) => id)).toEqual(['310118001', '310118002'])
    const one = await list(district, '?area=310118002&programme=dibao')
    expect(one.total).toBe(1)
    expect(one.items[0].registerNo).toBe('Q-3')
  })

  test('names are whole where the advisor needs them, else masked, in the sheet as well', async () => {
    expect((await list(withDuty)).items[0].head).toBe('甲某')
    const township = await tokenOf('township')
    expect(JSON.stringify(await list(township))).not.toMatch(/甲某|乙某/)
    const sheet = await takeSheet(running.http, township, dibao)
    expect(sheet.statusCode).toBe(200)
    expect(sheet.body).not.toMatch(/甲某|乙某/)
  })

  test('the sheet says the same as the list, and calculates no name', async () => {
    const token = await tokenOf('district')
    await asOwner(running.db.owner, (tx) =>
      sql`update app.person set name = '=1+1' where id = 3`.execute(tx),
    )
    const { body, headers, statusCode, id } = await takeSheet(running.http, token, dibao)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = body.split('\r\n')
    expect(lines[0]).toBe(
      '\uFEFF户号,户主,成员,街镇,居村,政策,项目,本户(元),标准(元),高出(元),高出(%),单位,差额是否确切,起始日期',
    )
    expect(lines.filter((line: string) => line.includes('1680.00,1595.00,85.00,5.3'))).toHaveLength(
      3,
    )
    expect(body).not.toMatch(/(^|,)=/m)
    expect(lines.at(-3)).toBe('# 仅供参考，以街镇审核确认为准')
    expect(lines.at(-2)).toContain(`# 导出第 ${id} 号`)
  })

  test('the three administrators are shown no list and no sheet', async () => {
    for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const) {
      const token = await tokenOf(role)
      expect((await ask(running.http, 'GET /api/borderline', { token })).status).toBe(403)
      expect((await takeSheet(running.http, token, dibao)).statusCode).toBe(403)
    }
  })
})
