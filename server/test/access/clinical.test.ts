import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleStaged } from '../../src/features/households/load.ts'
import { rollDays } from '../../src/features/households/wide.ts'
import { asActor, asOwner } from '../../src/platform/db/actor.ts'
import { ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'
import { takeSheet } from '../take-sheet.ts'

/**
 * Households that differ in nothing but what a clinical fact says, with everything that follows from
 * it: whoever may not read the fact is shown the same of each, to the byte.
 */
const committee = '310118001001'
/** By household: a listed disease, one listed for students only, none. */
const diseases: Readonly<Record<number, string>> = { 1: '"3"', 2: '"5"', 3: 'null' }
const twins = [1, 2, 3] as const
/** Of whom no clinical fact is on record at first, but a sign of need. */
const notYet = [4, 5] as const

let running: RunningQiao
const tokens = new Map<string, string>()

beforeAll(async () => {
  running = await runQiao()
  await asOwner(running.db.owner, async (tx) => {
    for (const n of [...twins, ...notYet]) {
      await sql`insert into staging.household values
        (${n}, ${committee}, 'family', ${`Q-${n}`}, '某路', null)`.execute(tx)
      await sql`insert into staging.person (number, household_number, name, relation, joined_on)
        values (${n}, ${n}, '甲', '02', '2020-01-01')`.execute(tx)
      await sql`insert into staging.fact
        select ${n}, ${n}, fact, value::jsonb, '入户', null, null, '2025-05-01', null, class
        from (values
          ('birth_date', ${n in diseases ? '"1950-01-01"' : '"1995-01-01"'}, 'plain'), ('hukou', '"1"', 'plain'), ('sex', '"2"', 'plain'),
          ('medical_insurance', '"2"', 'plain'), ('disability_level', ${n in diseases ? 'null' : '"4"'}, 'need-signal'),
          ('major_disease_self_pay', '3000000', 'need-signal'), ('serious_illness', 'true', 'need-signal'),
          ('seeks_work', 'true', 'plain'), ('jobless_months', '8', 'plain'),
          ('cannot_earn', 'false', 'need-signal'), ('months_to_retirement', '300', 'plain'),
          ('major_disease', ${diseases[n] ?? null}, 'clinical')) given (fact, value, class)
        where value is not null`.execute(tx)
    }
    for (const programme of ['dabing', 'jiuye-kunnan', 'laonian-jintie', 'dibao', 'edge-household'])
      await sql`insert into app.roll (programme, area_id, on_day, complete, source)
        values (${programme}, '310118', ${today}, true, '民政')`.execute(tx)
    await settleStaged(tx, { today, demo: true })
  })
  await running.qiao.matching.run('by hand')
  await (await running.qiao.questions.start('by hand', 'cases')).done
  for (const [role, areaId] of [
    ['advisor', committee],
    ['township', '310118001'],
    ['district', '310118'],
  ] as const)
    tokens.set(role, (await running.db.sessionFor({ role, areaId })).token)
})
afterAll(() => running.close())

const stated = { 'x-qiao-reason': encodeURIComponent('信访核查') }

const get = async (role: string, path: string) => {
  const { status, body } = await ask(running.http, `GET /api${path}`, {
    token: tokens.get(role) ?? '',
    // The district reads of health once it has said why.
    ...(role === 'district' ? { headers: stated } : {}),
  })
  expect(status, path).toBe(200)
  return body
}

const find = async (role: string, list: 'households' | 'leads', q: string) => {
  const { status, body } = await ask(running.http, `POST /api/${list}/find`, {
    token: tokens.get(role) ?? '',
    ...(role === 'district' ? { headers: stated } : {}),
    body: { q },
  })
  expect(status, list).toBe(200)
  return body
}

const named = new Set([
  'id',
  'householdId',
  'personId',
  'leadId',
  'registerNo',
  'member',
  'idNumber',
])

/** What is shown, without the numbers by which households, people and leads are told apart. */
function shown(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) =>
    named.has(key) && /^(Q-)?\d{1,9}$/.test(String(value)) ? '·' : value,
  )
}

const pages: Readonly<Record<string, (role: string, n: number) => Promise<unknown>>> = {
  household: (role, n) => get(role, `/households/${n}`),
  explanation: (role, n) => get(role, `/households/${n}/explanation`),
  combination: (role, n) => get(role, `/households/${n}/combination`),
  curve: (role, n) => get(role, `/households/${n}/income-curve`),
  questions: (role, n) => get(role, `/households/${n}/questions`),
  households: (role, n) => find(role, 'households', `Q-${n}`),
  leads: (role, n) => find(role, 'leads', `Q-${n}`),
  history: async (role, n) => {
    const { items } = await find(role, 'leads', `Q-${n}`)
    return Promise.all(items.map(({ id }: { id: number }) => get(role, `/leads/${id}`)))
  },
}

/** The pages on which something different is shown of households that differ in a clinical fact. */
async function telling(role: string, households: readonly number[]): Promise<string[]> {
  const found: string[] = []
  for (const [name, page] of Object.entries(pages)) {
    const all = new Set<string>()
    for (const n of households) all.add(shown(await page(role, n)))
    if (all.size > 1) found.push(name)
  }
  return found
}

/** What is shown of all together: lists, sums, counts of every filter, exports. */
async function together(role: string): Promise<string> {
  const token = tokens.get(role) ?? ''
  const { items } = await get(role, '/runs')
  const csv = await Promise.all(
    ['questions', 'borderline'].map((list) => takeSheet(running.http, token, { list })),
  )
  const lists = ['/leads', '/leads?state=closed', '/households', '/borderline']
  const asked = ['/questions', '/questions/households?fact=major_disease']
  const bodies = await Promise.all(lists.map((path) => get(role, path)))
  const { items: facts, facets } = await get(role, asked[0] ?? '')
  return shown([
    bodies,
    facts,
    facets,
    (await get(role, asked[1] ?? '')).items,
    items[0].byProgramme,
    csv.map(({ statusCode, body }) => [statusCode, body.split('# 导出')[0]]),
  ])
}

/** The district records what a clinical fact says, and everything that follows is worked out. */
async function record(household: number, value: string, fact = 'major_disease'): Promise<void> {
  await asActor(running.db.app, tokens.get('district') ?? '', async (tx) => {
    await sql`select app.record_fact(${household}, ${household}, ${fact}, ${value}::jsonb,
      '2025-01-01', '医保', null, '2025-05-01', null)`.execute(tx)
    await sql`select app.refresh_current(array[${household}::bigint], ${today}, ${rollDays})`.execute(
      tx,
    )
  })
}

async function workOut(): Promise<void> {
  await running.qiao.matching.run('by hand')
  await (await running.qiao.questions.start('by hand', 'all')).done
}

describe('what a clinical fact says', () => {
  test.each(['advisor', 'township'])('changes nothing that %s is shown', async (role) => {
    expect(await telling(role, twins)).toEqual([])
  })

  test('is what the district works by: most pages show it', async () => {
    expect(await telling('district', twins)).toEqual([
      'household',
      'explanation',
      'combination',
      'curve',
      'questions',
      'leads',
      'history',
    ])
  })

  test.each(['advisor', 'township'])(
    'changes no list, sum, count, export or run that %s is shown',
    async (role) => {
      const seen = new Set<string>()
      for (const disease of ['"3"', 'null', '"5"']) {
        await record(1, disease)
        await workOut()
        seen.add(await together(role))
      }
      expect(seen.size).toBe(1)
      await record(1, '"3"')
      await workOut()
    },
  )

  test('closes a line that everybody worked on in the same words, whatever it says', async () => {
    const programmes = (leads: { lines: { programme: string }[] }[]) =>
      leads.flatMap(({ lines }) => lines.map(({ programme }) => programme))
    const [lead] = (await find('advisor', 'leads', 'Q-4')).items
    expect(programmes([lead])).toContain('jiuye-kunnan')
    await record(4, '"4"', 'job_hardship_kind')
    await record(5, 'null', 'job_hardship_kind')
    await workOut()
    for (const role of ['advisor', 'township'])
      expect(await telling(role, notYet), role).toEqual([])
    const after = await get('advisor', `/leads/${lead.id}`)
    expect(JSON.stringify(after.events)).toContain('就业困难人员认定：转为待核实')
    expect(await telling('district', notYet)).toContain('leads')
  })

  test('does not reach whoever may not read it by an assignment', async () => {
    const { items } = await get('district', '/leads?programme=dabing&verdict=eligible')
    const [advisor] = (
      await running.db.owner.pool.query(`select id from app.staff where role = 'advisor'`)
    ).rows
    const { body } = await ask(running.http, 'POST /api/leads/assign', {
      token: tokens.get('district') ?? '',
      headers: { 'idempotency-key': 'clinical' },
      body: { leadIds: [items[0].id], staffId: advisor.id },
    })
    expect(body).toMatchObject({ code: 'assignee-out-of-area' })
  })
})
