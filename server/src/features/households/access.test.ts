import { readFileSync } from 'node:fs'
import type { Fact } from '@qiao/rules'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { asShown } from '../../../test/as-shown.ts'
import { createTestDatabase, type TestDatabase, type TestRole } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { giveDuty } from '../duties/queries.ts'
import { factHistory, householdFacts, recordFact } from './facts.ts'
import { settleStaged } from './load.ts'
import { findHouseholds } from './queries.ts'
import { type HouseholdParts, showHousehold } from './show-household.ts'
import { HouseholdListView } from './views.ts'

const today = '2025-06-01'
const { facts } = parse(
  readFileSync(new URL('../../../../policy/facts.yaml', import.meta.url), 'utf8'),
  { merge: true },
) as { facts: Fact[] }
const parts: HouseholdParts = {
  clock: { today: () => today, now: () => new Date() },
  cipher: {
    seal: () => ({ sealed: new Uint8Array(), index: new Uint8Array() }),
    open: () => '',
    index: () => new Uint8Array(),
  },
  jobs: { enqueue: async () => {} },
  pack: async () => ({ facts, programmes: [] }),
}

/** Household 1 and 2 in two committees of one township, 3 in another township. */
let db: TestDatabase
let withDuty: string
let withoutDuty: string

beforeAll(async () => {
  db = await createTestDatabase()
  await asOwner(db.owner, async (tx) => {
    await sql`insert into staging.household values
      (1, '310118001001', 'family', 'Q-1', '1号', null), (2, '310118001002', 'family', 'Q-2', '2号', null),
      (3, '310118002001', 'family', 'Q-3', '3号', null)`.execute(tx)
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲', '02', '2020-01-01'), (2, 2, '乙', '02', '2020-01-01'), (3, 3, '丙', '02', '2020-01-01')`.execute(
      tx,
    )
    await sql`insert into staging.fact
      select n, n, fact, value::jsonb, '入户', null, null, '2025-05-01', null, class
      from generate_series(1, 3) n, (values
        ('labour_income', '100', 'plain'), ('disability_level', '"2"', 'need-signal'),
        ('serious_illness', 'true', 'need-signal'), ('major_disease', '"3"', 'clinical'))
        given (fact, value, class)`.execute(tx)
    await sql`insert into staging.award values (1, null, 'dibao', 'receiving', '2024-01-01', null, '民政')`.execute(
      tx,
    )
    await settleStaged(tx, { today, demo: true })
  })
  const advisor = await db.sessionFor({ role: 'advisor', areaId: '310118001001' })
  withDuty = advisor.token
  await asOwner(db.owner, (tx) =>
    giveDuty(tx, {
      staffId: advisor.staffId,
      areaId: '310118001001',
      kind: 'advisor-of-area',
      from: '2024-01-01',
      to: null,
    }),
  )
  withoutDuty = (await db.sessionFor({ role: 'advisor', areaId: '310118001001' })).token
})
afterAll(() => db.close())

const tokenOf = async (role: TestRole, areaId: string) =>
  (await db.sessionFor({ role, areaId })).token
const as = <T>(token: string, work: (tx: Tx) => Promise<T>) => asActor(db.app, token, work)

const tables = [
  'household',
  'person',
  'member',
  'fact',
  'award',
  'household_current',
  'person_current',
]

/** How many rows of each table of this feature a session sees. */
async function seen(token: string): Promise<Record<string, number>> {
  const counts = await as(token, async (tx) => {
    const found: [string, number][] = []
    for (const table of tables) {
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from ${sql.id('app', table)}`.execute(tx)
      found.push([table, rows[0]?.n ?? -1])
    }
    return found
  })
  return Object.fromEntries(counts)
}
const nothing = Object.fromEntries(tables.map((table) => [table, 0]))

async function listed(token: string): Promise<number[]> {
  const { items } = await as(token, (tx) => findHouseholds(tx, { page: 1, size: 50 }))
  return items.map(({ id }) => id)
}
const page = (token: string, id: number) =>
  as(token, (tx) => showHousehold(tx, parts, { id, mayWrite: true }))
async function line(token: string, fact: string, id = 1) {
  const { facts: lines } = await page(token, id)
  return lines.find((one) => one.fact === fact)
}
const write = (token: string, fact: string, value: unknown, householdId = 1) =>
  as(token, async (tx) => {
    const { rows } = await sql<{
      version: number
    }>`select version from app.household where id = ${householdId}`.execute(tx)
    return recordFact(
      tx,
      { ...parts, facts },
      {
        householdId,
        personId: householdId,
        fact,
        value,
        money: 'fen',
        verifiedOn: today,
        source: '入户',
        version: rows[0]?.version ?? 1,
      },
    )
  })

describe('whose households', () => {
  test('an advisor sees no household of another committee', async () => {
    expect(await listed(withDuty)).toEqual([1])
    await expect(page(withDuty, 2)).rejects.toMatchObject({ code: 'not-found' })
    const { fact, ...rest } = await seen(withDuty)
    expect(rest).toMatchObject({ household: 1, person: 1, member: 1, award: 1 })
    expect(fact).toBe(3)
    expect(await as(withDuty, (tx) => householdFacts(tx, 2, today))).toEqual({
      household: {},
      members: [],
    })
  })

  test('a township clerk sees only own township', async () => {
    const token = await tokenOf('township', '310118001')
    expect(await listed(token)).toEqual([1, 2])
    await expect(page(token, 3)).rejects.toMatchObject({ code: 'not-found' })
    expect(await listed(await tokenOf('district', '310118'))).toEqual([1, 2, 3])
  })

  test.each(['system-admin', 'security-admin', 'audit-admin'] as const)(
    'the three administrators see no household: %s',
    async (role) => {
      const token = await tokenOf(role, '310118')
      expect(await seen(token)).toEqual(nothing)
      expect(await listed(token)).toEqual([])
      await expect(page(token, 1)).rejects.toMatchObject({ code: 'not-found' })
      await expect(write(token, 'labour_income', 1)).rejects.toMatchObject({ code: 'not-found' })
    },
  )

  test('a forged token shows nothing', async () => {
    expect(await seen('forged')).toEqual(nothing)
    expect(await listed('forged')).toEqual([])
    await expect(page('forged', 1)).rejects.toMatchObject({ code: 'not-found' })
    await expect(write('forged', 'labour_income', 1)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('nobody records anything in a household of somebody else, past the program either', async () => {
    await expect(write(withDuty, 'labour_income', 1, 2)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(as(withDuty, (tx) => recordPast(tx, 2, 'assets'))).rejects.toThrow(
      'not in the scope',
    )
    await expect(as('forged', (tx) => recordPast(tx, 1, 'assets'))).rejects.toThrow(
      'not in the scope',
    )
  })

  test('nobody rewrites the wide rows of a household of somebody else', async () => {
    const before = await db.owner.pool.query(
      'select xmin from app.person_current where person_id = 2',
    )
    await as(withDuty, (tx) =>
      sql`select app.refresh_current(array[1, 2], ${today}, 35)`.execute(tx),
    )
    const after = await db.owner.pool.query(
      'select xmin from app.person_current where person_id = 2',
    )
    expect(after.rows).toEqual(before.rows)
  })
})

describe('which facts', () => {
  test('an advisor without a duty sees no need signal, not even that there is one', async () => {
    expect(await factsSeen(withoutDuty)).toEqual(['labour_income'])
    expect(await line(withoutDuty, 'disability_level')).toBeUndefined()
    const { members } = await page(withoutDuty, 1)
    expect(members[0]?.chips).toEqual([])
    await expect(write(withoutDuty, 'disability_level', '1')).rejects.toMatchObject({
      code: 'fact-not-yours',
    })
  })

  test('an advisor with the duty for the committee sees its need signals, for another none', async () => {
    expect(await line(withDuty, 'disability_level')).toMatchObject({
      value: '2',
      valueText: '二级',
    })
    expect((await page(withDuty, 1)).members[0]?.chips).toEqual(['残疾二级', '重病'])
    const elsewhere = await db.sessionFor({ role: 'advisor', areaId: '310118001002' })
    await asOwner(db.owner, (tx) =>
      giveDuty(tx, {
        staffId: elsewhere.staffId,
        areaId: '310118001001',
        kind: 'advisor-of-area',
        from: '2024-01-01',
        to: null,
      }),
    )
    expect(await listed(elsewhere.token)).toEqual([2])
    expect(await factsSeen(elsewhere.token)).toEqual(['labour_income'])
  })

  test('a list names heads of households to the advisor and whoever stands in, and masks them above', async () => {
    const heads = async (token: string) =>
      (
        await asShown(db, token, {
          schema: HouseholdListView,
          answer: await as(token, (tx) => findHouseholds(tx, { page: 1, size: 50 })),
        })
      ).items.map(({ head }) => head)
    expect(await heads(withoutDuty)).toEqual(['甲'])
    expect(await heads(await tokenOf('district', '310118'))).toEqual(['甲○', '乙○', '丙○'])
    const standIn = await db.sessionFor({ role: 'township', areaId: '310118001' })
    expect(await heads(standIn.token)).toEqual(['甲○', '乙○'])
    await asOwner(db.owner, (tx) =>
      giveDuty(tx, {
        staffId: standIn.staffId,
        areaId: '310118001002',
        kind: 'advisor-of-area',
        from: '2024-01-01',
        to: null,
      }),
    )
    expect(await heads(standIn.token)).toEqual(['甲○', '乙'])
  })

  test('an advisor whose duty has ended sees need signals no longer', async () => {
    const former = await db.sessionFor({ role: 'advisor', areaId: '310118001001' })
    await asOwner(db.owner, (tx) =>
      giveDuty(tx, {
        staffId: former.staffId,
        areaId: '310118001001',
        kind: 'advisor-of-area',
        from: '2020-01-01',
        to: '2021-01-01',
      }),
    )
    expect(await factsSeen(former.token)).toEqual(['labour_income'])
  })

  test('a clinical fact is on record for advisor and township, its value hidden', async () => {
    for (const token of [withDuty, await tokenOf('township', '310118001')]) {
      expect(await factsSeen(token)).not.toContain('major_disease')
      const hidden = await line(token, 'major_disease')
      expect(hidden).toMatchObject({ state: 'known', valueText: '已登记，内容不公开' })
      expect(hidden).not.toHaveProperty('value')
      expect(hidden).not.toHaveProperty('source')
      const history = await as(token, (tx) =>
        factHistory(tx, facts, { householdId: 1, fact: 'major_disease', personId: 1 }),
      )
      expect(history.items).toEqual([])
      await expect(write(token, 'major_disease', null)).rejects.toMatchObject({
        code: 'fact-not-yours',
      })
    }
    const district = await tokenOf('district', '310118')
    expect(await line(district, 'major_disease')).not.toHaveProperty('value')
    expect(await line(district, 'disability_level')).toBeUndefined()
    const origin = { requestId: 'test', address: '127.0.0.1', reason: '信访核查' }
    const { facts: lines } = await asActor(
      db.app,
      district,
      (tx) => showHousehold(tx, parts, { id: 1, mayWrite: true }),
      origin,
    )
    expect(lines.find(({ fact }) => fact === 'major_disease')).toMatchObject({ value: '3' })
    expect(lines.find(({ fact }) => fact === 'disability_level')).toMatchObject({ value: '2' })
  })

  test('which clinical facts there are is told of no household of somebody else', async () => {
    const told = async (token: string, id: number) =>
      (await as(token, (tx) => sql`select fact from app.clinical_facts(${id})`.execute(tx))).rows
    expect(await told(withDuty, 1)).toEqual([{ fact: 'major_disease' }])
    expect(await told(withDuty, 2)).toEqual([])
    expect(await told('forged', 1)).toEqual([])
    expect(await told(await tokenOf('audit-admin', '310118'), 1)).toEqual([])
  })

  test('the database itself refuses a record of a class that is not the writer’s', async () => {
    for (const [token, fact] of [
      [withDuty, 'major_disease'],
      [withoutDuty, 'serious_illness'],
      [withoutDuty, 'cannot_earn'],
      [await tokenOf('township', '310118001'), 'major_disease'],
    ] as const) {
      await expect(as(token, (tx) => recordPast(tx, 1, fact, 1))).rejects.toThrow('not for')
    }
  })

  test('a fact is of the class the catalogue gives it, from its first record on', async () => {
    const district = await tokenOf('district', '310118')
    const undo = new Error('undo')
    const recordAndLook = as(district, async (tx) => {
      await recordPast(tx, 3, 'cannot_earn', 3)
      const { rows } =
        await sql`select sensitivity from app.fact where fact = 'cannot_earn'`.execute(tx)
      expect(rows).toEqual([{ sensitivity: 'need-signal' }])
      throw undo
    })
    await expect(recordAndLook).rejects.toBe(undo)
    await expect(as(district, (tx) => recordPast(tx, 3, 'nonsense', 3))).rejects.toThrow(
      'no fact nonsense is declared',
    )
  })

  test('the wide rows, which hold everything, are for the program and the district', async () => {
    for (const token of [withDuty, await tokenOf('township', '310118001')]) {
      expect(await seen(token)).toMatchObject({ household_current: 0, person_current: 0 })
    }
    expect(await seen(await tokenOf('district', '310118'))).toMatchObject({ person_current: 3 })
    expect(await seen(await db.jobToken())).toMatchObject({ person_current: 3 })
  })

  test('no recorded fact can be edited, removed or written in another name', async () => {
    const district = await tokenOf('district', '310118')
    for (const statement of [
      sql`update app.fact set value = '0'`,
      sql`delete from app.fact`,
      sql`insert into app.fact (household_id, area_id, fact, value, valid_from, source, verified_on, sensitivity)
        values (1, '310118001001', 'assets', '0', '2025-01-01', '入户', '2025-01-01', 'plain')`,
      sql`update app.person_current set f_pension = 0`,
      sql`select app.insert_current(array[1], '2025-06-01', 35)`,
    ]) {
      await expect(as(district, (tx) => statement.execute(tx))).rejects.toThrow('permission denied')
    }
  })
})

test('every look at a household is noted with who looked', async () => {
  const clerk = await db.sessionFor({ role: 'township', areaId: '310118002' })
  await page(clerk.token, 3)
  const { rows } = await db.owner.pool.query(
    `select actor, subject, household_id, area_id from app.audit
     where action = 'household.read' and actor = $1`,
    [`staff:${clerk.staffId}`],
  )
  expect(rows).toEqual([
    {
      actor: `staff:${clerk.staffId}`,
      subject: 'household:3',
      household_id: 3,
      area_id: '310118002001',
    },
  ])
})

/** Straight to the database, as somebody would who got hold of the application's connection. */
function recordPast(tx: Tx, householdId: number, fact: string, personId: number | null = null) {
  return sql`select app.record_fact(${householdId}, ${personId}, ${fact}, '1', '2025-01-01', 'x', null,
    '2025-01-01', null)`.execute(tx)
}

async function factsSeen(token: string): Promise<string[]> {
  const { rows } = await as(token, (tx) =>
    sql<{ fact: string }>`select fact from app.fact order by fact`.execute(tx),
  )
  return rows.map(({ fact }) => fact)
}
