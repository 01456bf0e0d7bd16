import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestRole, TestSession } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { putThings } from '../../../test/access/things-of-household.ts'

/**
 * Household 1 and 2 lie in two committees of one township, 3 in another township. Household 1 is
 * restricted to its advisor, who answers for it, and to the clerk.
 */
const areas = ['310118001001', '310118001002', '310118002001'] as const
const numberOf = (id: number) => `31011819900101000${id}`
const because = '孩子在家里受伤，须马上联系'

let running: RunningQiao
const who = {} as Record<
  | 'owner'
  | 'clerk'
  | 'colleague'
  | 'nextDoor'
  | 'official'
  | 'elsewhere'
  | 'otherTownship'
  | 'district'
  | 'system'
  | 'security'
  | 'auditor',
  TestSession
>
type Who = keyof typeof who

const people: Readonly<Record<Who, readonly [TestRole, string]>> = {
  owner: ['advisor', areas[0]],
  clerk: ['township', '310118001'],
  colleague: ['advisor', areas[0]],
  nextDoor: ['advisor', areas[1]],
  official: ['township', '310118001'],
  elsewhere: ['advisor', areas[2]],
  otherTownship: ['township', '310118002'],
  district: ['district', '310118'],
  system: ['system-admin', '310118'],
  security: ['security-admin', '310118'],
  auditor: ['audit-admin', '310118'],
}

beforeAll(async () => {
  running = await runQiao()
  for (const [name, [role, areaId]] of Object.entries(people))
    who[name as Who] = await running.db.sessionFor({ role, areaId, name })
  for (const [at, area] of areas.entries()) {
    const id = at + 1
    const { sealed, index } = running.cipher.seal('id-number', numberOf(id))
    await running.db.owner.pool.query(`insert into app.household (id, area_id, register_no, address)
      values (${id}, '${area}', 'Q-${id}', '${id}号')`)
    await running.db.owner.pool.query(
      `insert into app.person (id, household_id, area_id, name, id_number_enc, id_number_index)
        values ($1, $1, $2, '住户', $3, $4)`,
      [id, area, sealed, index],
    )
    await running.db.owner.pool.query(
      `insert into app.member (household_id, area_id, person_id, relation, valid_from)
        values ($1, $2, $1, '02', '2020-01-01')`,
      [id, area],
    )
  }
  const { rows } = await running.db.owner.pool.query<{ id: number }>(
    `insert into app.match_run (cause, on_day, pack_version, pack_hash, engine_version)
      values ('start', '2025-06-01', '1', 'hash', '1') returning id`,
  )
  for (const [at, area] of areas.entries())
    await putThings(running.db.owner, {
      id: at + 1,
      area,
      run: rows[0]?.id ?? 0,
      keeper: who.colleague.staffId,
      cipher: running.cipher,
    })
})
afterAll(() => running.close())

beforeEach(async () => {
  await running.db.owner.pool.query(
    `delete from app.glass_break; delete from app.restriction_viewer; delete from app.restriction`,
  )
})

const as = (name: Who, line: Parameters<typeof ask>[1], body?: unknown) =>
  ask(running.http, line, { token: who[name].token, ...(body === undefined ? {} : { body }) })

const form = (viewers: readonly Who[] = ['clerk'], more: object = {}) => ({
  kind: 'violence',
  because: '受暴妇女，住址须保密',
  responsible: who.owner.staffId,
  viewers: viewers.map((name) => who[name].staffId),
  ...more,
})

/** As the clerk does it. */
async function restrict(): Promise<void> {
  const answer = await as('clerk', 'POST /api/households/1/restrictions', form())
  expect([answer.status, answer.body]).toEqual([200, { done: true }])
}

const breakGlass = (name: Who, more: object = { registerNo: 'Q-1' }) =>
  as(name, 'POST /api/glass-breaks', { because, ...more })

/** Whether somebody finds household 1 in each place where they could meet it. */
async function found(name: Who) {
  const list = await as(name, 'GET /api/households?size=100')
  const search = await as(name, 'POST /api/households/find', { q: numberOf(1) })
  const page = await as(name, 'GET /api/households/1')
  const leads = await as(name, 'GET /api/leads')
  const has = (answer: Awaited<ReturnType<typeof ask>>, of: 'id' | 'householdId') =>
    (answer.body.items as { id?: number; householdId?: number; household?: { id: number } }[])
      .map((item) => (of === 'id' ? item.id : (item.householdId ?? item.household?.id)))
      .includes(1)
  return {
    list: has(list, 'id'),
    search: has(search, 'id'),
    page: page.status === 200,
    lead: has(leads, 'householdId'),
  }
}

const everywhere = { list: true, search: true, page: true, lead: true }
const nowhere = { list: false, search: false, page: false, lead: false }

describe('a restricted household', () => {
  test.each(['owner', 'clerk'] as const)('is where it was for %s, who is named', async (name) => {
    await restrict()
    expect(await found(name)).toEqual(everywhere)
  })

  test.each(['colleague', 'official', 'district'] as const)(
    'is absent from lists, search, leads and its page for %s, who saw it before',
    async (name) => {
      expect(await found(name)).toEqual(everywhere)
      await restrict()
      expect(await found(name)).toEqual(nowhere)
    },
  )

  test('has nothing written of it by whoever does not see it', async () => {
    await restrict()
    const fact = {
      fact: 'assets',
      personId: null,
      value: 1,
      source: '入户',
      verifiedOn: '2025-05-01',
      basis: 'visit',
      version: 1,
    }
    const writes = [
      ['PUT /api/households/1/facts', fact, 404],
      ['POST /api/households/1/objections', { kind: 'push', toldOn: '2025-05-01' }, 404],
      ['POST /api/leads/1/notes', { text: '看过了' }, 404],
      [
        'POST /api/feedback',
        { programme: 'dibao', works: true, because: '手续简单', households: [1] },
        422,
      ],
    ] as const
    for (const name of ['colleague', 'district'] as const)
      for (const [line, body, status] of writes) {
        const answer = await as(name, line, body)
        expect([line, answer.status, answer.body]).toEqual([line, status, expect.anything()])
      }
    const { rows } = await running.db.owner.pool.query(
      `select from app.fact where household_id = 1 union all
        select from app.objection where household_id = 1 and recorded_by like 'staff:%'`,
    )
    expect(rows).toEqual([])
  })

  test('is there again for everybody once the restriction is lifted, or its last day is over', async () => {
    await restrict()
    const lifted = await as('clerk', 'POST /api/households/1/restriction/lifting', {
      because: '案件已经终结',
    })
    expect(lifted.status).toBe(200)
    expect(await found('colleague')).toEqual(everywhere)
    await restrict()
    await running.db.owner.pool.query(
      `update app.restriction set valid_from = '2025-01-01', valid_to = current_date - 2`,
    )
    expect(await found('colleague')).toEqual(everywhere)
  })

  test('is still matched: the program sees it', async () => {
    await restrict()
    const token = await running.db.jobToken('match')
    const client = await running.db.app.pool.connect()
    await client.query('begin')
    await client.query(`select set_config('app.token', $1, true)`, [token])
    const { rows } = await client.query('select id from app.household order by id')
    await client.query('rollback')
    client.release()
    expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  })
})

describe('restricting', () => {
  test.each([
    ['owner', 403],
    ['colleague', 403],
    ['official', 200],
    ['district', 200],
    ['otherTownship', 404],
    ['elsewhere', 403],
    ['system', 403],
    ['security', 403],
    ['auditor', 403],
  ] as const)('by %s is answered with %i', async (name, status) => {
    expect((await as(name, 'POST /api/households/1/restrictions', form())).status).toBe(status)
  })

  test('names only people who work with cases where the household lives', async () => {
    for (const name of ['nextDoor', 'otherTownship', 'security'] as const) {
      const answer = await as('clerk', 'POST /api/households/1/restrictions', form([name]))
      expect([name, answer.status, answer.body.code]).toEqual([name, 422, 'restriction-invalid'])
    }
  })

  test('twice, or until a day that is over, is refused in words', async () => {
    const over = await as(
      'clerk',
      'POST /api/households/1/restrictions',
      form([], { to: '2020-01-01' }),
    )
    expect([over.status, over.body.errors]).toEqual([
      422,
      [{ path: '/body/to', message: '截止日不能早于今天' }],
    ])
    await restrict()
    const twice = await as('clerk', 'POST /api/households/1/restrictions', form())
    expect([twice.status, twice.body.code]).toEqual([409, 'restriction-stands'])
  })

  test('tells whoever is named who else is, and nobody else that there is anything', async () => {
    await restrict()
    const told = await as('owner', 'GET /api/households/1/restriction')
    expect(told.body.restriction).toMatchObject({
      kind: 'violence',
      kindName: '家庭暴力',
      responsible: { name: 'owner' },
      viewers: [{ name: 'clerk' }, { name: 'owner' }],
      openUntil: null,
    })
    expect((await as('colleague', 'GET /api/households/1/restriction')).status).toBe(404)
  })

  test('is lifted by no advisor and by nobody who does not see it', async () => {
    await restrict()
    const lift = (name: Who) =>
      as(name, 'POST /api/households/1/restriction/lifting', { because: '案件已经终结' })
    expect((await lift('owner')).status).toBe(403)
    expect((await lift('official')).status).toBe(404)
    expect(await found('official')).toEqual(nowhere)
  })
})

describe('an ID number that is on record out of sight', () => {
  const elsewhere = async (name: Who, id = 1) =>
    (await as(name, 'POST /api/households/find', { q: numberOf(id) })).body.elsewhere

  test('is answered with the township that answers for it, and nothing else', async () => {
    const townships = { own: '夏阳街道', other: '盈浦街道' }
    const { rows } = await running.db.owner.pool.query<{ name: string }>(
      `select name from app.area where id in ('310118001', '310118002') order by id`,
    )
    Object.assign(townships, { own: rows[0]?.name, other: rows[1]?.name })
    expect(await elsewhere('colleague')).toBeNull()
    expect(await elsewhere('colleague', 3)).toEqual({
      township: townships.other,
      restricted: false,
    })
    expect(await elsewhere('elsewhere')).toEqual({ township: townships.own, restricted: false })
    await restrict()
    expect(await elsewhere('colleague')).toEqual({ township: townships.own, restricted: true })
    expect(await elsewhere('elsewhere')).toEqual({ township: townships.own, restricted: false })
    expect(await elsewhere('owner')).toBeNull()
    expect(await elsewhere('colleague', 9)).toBeNull()
  })
})

describe('an emergency look', () => {
  test('opens one household to one person for thirty minutes, and says until when', async () => {
    await restrict()
    const before = Date.now()
    const opened = await breakGlass('colleague')
    expect([opened.status, opened.body.householdId]).toEqual([200, 1])
    const minutes = (Date.parse(opened.body.expiresAt) - before) / 60_000
    expect(minutes).toBeCloseTo(30, 0)
    expect(await found('colleague')).toEqual(everywhere)
    expect(await found('district')).toEqual(nowhere)
    await running.db.owner.pool.query(
      `update app.glass_break set opened_at = opened_at - interval '31 minutes', expires_at = expires_at - interval '31 minutes'`,
    )
    expect(await found('colleague')).toEqual(nowhere)
  })

  test('is found by ID number, too, and by nothing in another township', async () => {
    await restrict()
    expect((await breakGlass('official', { idNumber: numberOf(1) })).status).toBe(200)
    for (const name of ['nextDoor', 'elsewhere', 'otherTownship'] as const) {
      const refused = await breakGlass(name)
      expect([name, refused.status, refused.body.code]).toEqual([name, 404, 'nothing-restricted'])
    }
    expect((await breakGlass('colleague', { registerNo: 'Q-2' })).status).toBe(404)
    for (const name of ['system', 'security', 'auditor'] as const)
      expect((await breakGlass(name)).status).toBe(403)
  })

  test('needs a reason in a sentence', async () => {
    await restrict()
    expect((await breakGlass('colleague', { registerNo: 'Q-1', because: '急' })).status).toBe(400)
  })

  test('is told to whoever answers for the household at once, and to nobody else in time', async () => {
    await restrict()
    await breakGlass('colleague')
    const told = await as('owner', 'GET /api/glass-breaks')
    expect(told.body).toMatchObject({
      toReview: 1,
      items: [{ by: 'colleague', because, registerNo: 'Q-1', state: 'open', mine: true }],
    })
    expect((await as('colleague', 'GET /api/glass-breaks')).body).toMatchObject({
      toReview: 0,
      items: [{ by: 'colleague', mine: false }],
    })
    for (const name of ['nextDoor', 'official', 'clerk', 'district'] as const)
      expect([name, (await as(name, 'GET /api/glass-breaks')).body.items]).toEqual([name, []])
  })

  test('that nobody reviewed in three days comes to the officials of the area', async () => {
    await restrict()
    const { body } = await breakGlass('colleague')
    const review = (name: Who) =>
      as(name, `POST /api/glass-breaks/${body.id}/review`, { justified: true, finding: '情况属实' })
    expect((await review('official')).status).toBe(404)
    await running.db.owner.pool.query('update app.glass_break set review_due = review_due - 4')
    for (const name of ['official', 'district'] as const)
      expect((await as(name, 'GET /api/glass-breaks')).body).toMatchObject({
        toReview: 1,
        items: [{ state: 'overdue', mine: true, householdId: null, registerNo: null }],
      })
    expect((await as('otherTownship', 'GET /api/glass-breaks')).body.items).toEqual([])
    expect((await review('official')).status).toBe(200)
    expect((await as('district', 'GET /api/glass-breaks')).body.items).toEqual([])
    expect((await as('owner', 'GET /api/glass-breaks')).body.items).toMatchObject([
      { state: 'reviewed', justified: true, reviewedBy: 'official', finding: '情况属实' },
    ])
  })

  test('is reviewed once, by its owner, and never by whoever looked', async () => {
    await restrict()
    const { body } = await breakGlass('colleague')
    const review = (name: Who) =>
      as(name, `POST /api/glass-breaks/${body.id}/review`, {
        justified: false,
        finding: '并不紧急',
      })
    await running.db.owner.pool.query(
      `update app.glass_break set owner = staff_id, review_due = review_due - 4`,
    )
    expect((await review('colleague')).status).toBe(404)
    await running.db.owner.pool.query('update app.glass_break set owner = $1', [who.owner.staffId])
    expect((await review('owner')).status).toBe(200)
    expect((await review('owner')).status).toBe(404)
  })

  test('marks everything done under it in the log, and nothing done before or by others', async () => {
    await restrict()
    const { rows: last } = await running.db.owner.pool.query<{ id: number }>(
      'select coalesce(max(id), 0) as id from app.audit',
    )
    await as('colleague', 'GET /api/households/2')
    const { body } = await breakGlass('colleague')
    await as('colleague', 'GET /api/households/1')
    await as('colleague', 'GET /api/households')
    await as('owner', 'GET /api/households/1')
    const { rows } = await running.db.owner.pool.query(
      `select action, actor = $2 as "byColleague", detail -> 'glassBreaks' as glass from app.audit
        where id > $1 order by id`,
      [last[0]?.id, `staff:${who.colleague.staffId}`],
    )
    expect(rows).toEqual([
      { action: 'request.refused', byColleague: true, glass: null },
      { action: 'glass.broken', byColleague: true, glass: [body.id] },
      { action: 'household.read', byColleague: true, glass: [body.id] },
      { action: 'household.listed', byColleague: true, glass: [body.id] },
      { action: 'household.read', byColleague: false, glass: null },
    ])
  })
})
