import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase, type TestRole } from '../../../test/database.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { loadPackFolder } from '../policies/pack-files.ts'
import { addNote, assignLeads, recordDisposition, snoozeLeads, undoDisposition } from './actions.ts'
import { listLeads, readLead, type Reading } from './queries.ts'
import { settleLeads } from './settle.ts'
import {
  otherCommittee,
  otherTownship,
  programmeNames,
  putAnswers,
  putHousehold,
  putRoll,
  putRun,
  today,
  xiayang,
} from './test-households.ts'

/** Households 1 and 2 in two committees of one township, 3 in another township; a lead each. */

let db: TestDatabase
let jobToken: string
let run: { id: number }
const leads = new Map<number, { leadId: number; lineId: number }>()
const tables = ['lead', 'lead_line', 'lead_event'] as const

beforeAll(async () => {
  db = await createTestDatabase()
  const { pack } = await loadPackFolder()
  run = await putRun(db.owner)
  await putRoll(db.owner, 'dibao', '310118')
  for (const [id, area] of [
    [1, xiayang],
    [2, otherCommittee],
    [3, otherTownship],
  ] as const) {
    await putHousehold(db.owner, id, area)
    await putAnswers(db.owner, id, [{ programme: 'dibao' }])
  }
  jobToken = await db.jobToken('match')
  await asActor(db.app, jobToken, (tx) => settleLeads(tx, { today, run, pack }))
  const { rows } = await db.owner.pool.query<{ household: number; lead: number; line: number }>(
    'select household_id as household, lead_id as lead, id as line from app.lead_line',
  )
  for (const { household, lead, line } of rows) leads.set(household, { leadId: lead, lineId: line })
})
afterAll(() => db.close())

const place = (household: number) => leads.get(household) ?? { leadId: 0, lineId: 0 }
const areaOf: Record<TestRole, string> = {
  advisor: xiayang,
  township: '310118001',
  district: '310118',
  'system-admin': '310118',
  'security-admin': '310118',
  'audit-admin': '310118',
}

async function tokenOf(role: TestRole | 'forged'): Promise<string> {
  return role === 'forged' ? 'forged' : (await db.sessionFor({ role, areaId: areaOf[role] })).token
}

/** The households whose rows of each table this token shows. */
function seenBy(token: string): Promise<number[][]> {
  return asActor(db.app, token, async (tx) => {
    const seen: number[][] = []
    for (const table of tables) {
      const { rows } = await sql<{ id: number }>`
        select distinct household_id as id from ${sql.id('app', table)} order by 1`.execute(tx)
      seen.push(rows.map(({ id }) => id))
    }
    return seen
  })
}

const reading: Reading = {
  staffId: '00000000-0000-0000-0000-000000000000',
  areaLevel: 'district',
  may: ['leads.read', 'leads.write'],
  today,
  programmeNames,
}

test.each([
  ['an advisor sees no lead of another committee or township', 'advisor', [1]],
  ['a township sees no lead of another township', 'township', [1, 2]],
  ['the district sees every lead', 'district', [1, 2, 3]],
  ['the system administrator sees no lead', 'system-admin', []],
  ['the security administrator sees no lead', 'security-admin', []],
  ['the audit administrator sees no lead', 'audit-admin', []],
  ['a forged token shows no lead', 'forged', []],
] as const)('%s, none of its lines and none of its events', async (_sentence, role, seen) => {
  const token = await tokenOf(role)
  expect(await seenBy(token)).toEqual([seen, seen, seen])
  const { items, total, facets } = await asActor(db.app, token, (tx) =>
    listLeads(tx, { state: 'open', sort: 'amount', page: 1, size: 100 }, reading),
  )
  expect(items.map(({ householdId }) => householdId).sort((a, b) => a - b)).toEqual(seen)
  expect(total).toBe(seen.length)
  expect(facets.programmes.reduce((sum, { count }) => sum + count, 0)).toBe(seen.length)
})

async function codeOf(token: string, work: (tx: Tx) => Promise<unknown>): Promise<string> {
  try {
    await asActor(db.app, token, work)
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

test.each([
  ['an advisor', 'advisor', 3],
  ['a township', 'township', 3],
  ['a system administrator', 'system-admin', 1],
  ['a security administrator', 'security-admin', 1],
  ['an audit administrator', 'audit-admin', 1],
  ['a forged token', 'forged', 1],
] as const)('%s can neither open nor change a lead out of sight', async (_who, role, household) => {
  const token = await tokenOf(role)
  const { leadId, lineId } = place(household)
  const before = await stored()
  const recorded = { disposition: 'told', version: 2 } as const
  const here = { leadId, lineId }
  const codes = [
    await codeOf(token, (tx) => readLead(tx, leadId, reading)),
    await codeOf(token, (tx) => recordDisposition(tx, here, recorded, reading)),
    await codeOf(token, (tx) => undoDisposition(tx, here, reading)),
    await codeOf(token, (tx) => addNote(tx, leadId, '越权', today)),
    await codeOf(token, (tx) => assignLeads(tx, [leadId], null, today)),
    await codeOf(token, (tx) => snoozeLeads(tx, [leadId], '2025-06-08', today)),
  ]
  expect(codes).toEqual([
    'not-found',
    'not-found',
    'not-found',
    'not-found',
    'leads-not-all-visible',
    'leads-not-all-visible',
  ])
  expect(await stored()).toEqual(before)
})

test('a request for one own lead and a foreign one is refused whole, naming the foreign one', async () => {
  const { token, staffId } = await db.sessionFor({ role: 'advisor', areaId: xiayang })
  const ids = [place(1).leadId, place(3).leadId]
  const before = await stored()
  for (const work of [
    (tx: Tx) => assignLeads(tx, ids, staffId, today),
    (tx: Tx) => snoozeLeads(tx, ids, '2025-06-08', today),
  ]) {
    const refused = await asActor(db.app, token, work).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Problem)
    expect((refused as Problem).errors).toEqual([
      { path: '/body/leadIds/1', message: `线索 ${ids[1]} 没有找到` },
    ])
  }
  expect(await stored()).toEqual(before)
})

test.each(['lead', 'lead_line'])(
  'a bare update of %s reaches only what its writer may see',
  async (table) => {
    const change = sql`why = why`
    for (const [role, reached] of [
      ['advisor', 1],
      ['township', 2],
      ['audit-admin', 0],
      ['forged', 0],
    ] as const) {
      const { numAffectedRows } = await asActor(db.app, await tokenOf(role), (tx) =>
        sql`update ${sql.id('app', table)} set ${change}`.execute(tx),
      )
      expect(Number(numAffectedRows ?? 0)).toBe(reached)
    }
  },
)

const insertLead = sql`insert into app.lead (household_id, area_id, raised_on, state, closed_on)
  values (1, ${xiayang}, ${today}, 'closed', ${today})`
const insertLine = () => sql`insert into app.lead_line (lead_id, household_id, area_id, programme,
    verdict, amount_kind, answer_hash, roll_on, why, run_id, raised_on)
  values (${place(1).leadId}, 1, ${xiayang}, 'tekun', 'eligible', 'none', 1, ${today}, '无', ${run.id},
    ${today})`
const insertEvent = (household: number, area: string) => sql`
  insert into app.lead_event (lead_id, household_id, area_id, kind, text)
  values (${place(household).leadId}, ${household}, ${area}, 'note', '越权')`
const refused = async (role: TestRole | 'forged', statement: ReturnType<typeof sql>) => {
  const token = await tokenOf(role)
  return asActor(db.app, token, (tx) => statement.execute(tx)).then(
    () => 'done',
    (error: unknown) => String(error),
  )
}

test.each(['advisor', 'township', 'district', 'audit-admin', 'forged'] as const)(
  'nobody but the program raises a lead or a line: %s',
  async (role) => {
    expect(await refused(role, insertLead)).toMatch(/row-level security/)
    expect(await refused(role, insertLine())).toMatch(/row-level security/)
  },
)

test('an event is written only for a lead in sight, and under its true area', async () => {
  expect(await refused('advisor', insertEvent(3, otherTownship))).toMatch(/row-level security/)
  expect(await refused('audit-admin', insertEvent(1, xiayang))).toMatch(/row-level security/)
  // Claiming one's own area for a foreign lead fails on the key that ties the three together.
  expect(await refused('advisor', insertEvent(3, xiayang))).toMatch(/foreign key/)
})

test('what happened is never changed or removed, and never said in another name or at another time', async () => {
  for (const statement of [
    sql`update app.lead_event set text = ''`,
    sql`delete from app.lead_event`,
    sql`delete from app.lead_line`,
    sql`delete from app.lead`,
    sql`truncate app.lead_event`,
    sql`update app.lead set household_id = 2`,
    sql`update app.lead_line set programme = 'tekun'`,
    sql`insert into app.lead_event (lead_id, household_id, area_id, kind, text, by)
      values (${place(1).leadId}, 1, ${xiayang}, 'note', '无', 'staff:someone')`,
    sql`insert into app.lead_event (lead_id, household_id, area_id, kind, text, at)
      values (${place(1).leadId}, 1, ${xiayang}, 'note', '无', now())`,
  ]) {
    expect(await refused('district', statement)).toMatch(/permission denied/)
  }
})

test('a household has at most one open lead, and one live line for each programme and person', async () => {
  const second = sql`insert into app.lead (household_id, area_id, raised_on)
    values (1, ${xiayang}, ${today})`
  const again = sql`insert into app.lead_line (lead_id, household_id, area_id, programme, verdict,
      amount_kind, answer_hash, roll_on, why, run_id, raised_on)
    values (${place(1).leadId}, 1, ${xiayang}, 'dibao', 'eligible', 'none', 1, ${today}, '无',
      ${run.id}, ${today})`
  for (const statement of [second, again]) {
    const outcome = asActor(db.app, jobToken, (tx) => statement.execute(tx))
    await expect(outcome).rejects.toThrow(/unique/)
  }
})

async function stored(): Promise<unknown> {
  const rows = await Promise.all(
    tables.map((table) => db.owner.pool.query(`select * from app.${table} order by id`)),
  )
  return rows.map((result) => result.rows as unknown[])
}
