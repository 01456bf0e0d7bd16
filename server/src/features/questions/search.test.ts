import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { takeSheet } from '../../../test/take-sheet.ts'
import { loadDistrict } from '../../district/load.ts'
import type { AskedFact, AskedHousehold } from './views.ts'

/** A demonstration district of 1,000 residents, matched and searched. */
let running: RunningQiao
let district: string

beforeAll(async () => {
  running = await runQiao()
  const seal = (field: string, text: string) => ({
    sealed: Buffer.from(text),
    index: Buffer.from(`${field} ${text}`),
  })
  await loadDistrict({ owner: running.db.owner, seal }, { residents: 1000, seed: 2, today })
  district = (await running.db.sessionFor({ role: 'district', areaId: '310118' })).token
})
afterAll(() => running.close())

/** As the district, which sees and records signs of need for a stated reason. */
const get = async (path: string) =>
  ask(running.http, `GET /api${path}`, {
    token: district,
    headers: { 'x-qiao-reason': encodeURIComponent('核查') },
  })
const list = async (query = '') => (await get(`/questions${query}`)).body
const count = async (table: string) => {
  const { rows } = await running.db.owner.pool.query<{ n: number }>(
    `select count(*)::int as n from app.${table}`,
  )
  return rows[0]?.n ?? 0
}

test('before the first search the list says that there has been none', async () => {
  expect(await list()).toMatchObject({ items: [], households: 0, search: { state: 'never' } })
})

test('a search by hand goes through households with a lead or a sign of need, and says so', async () => {
  await running.qiao.matching.run('by hand')
  const started = await ask(running.http, 'POST /api/questions/search', {
    token: district,
    body: { among: 'cases' },
  })
  expect(started.status).toBe(202)
  const again = await ask(running.http, 'POST /api/questions/search', {
    token: district,
    body: { among: 'all' },
  })
  expect(again).toMatchObject({
    status: 409,
    body: { type: expect.stringMatching('search-under-way') },
  })
  await expect.poll(async () => (await list()).search.state, { timeout: 60_000 }).toBe('done')
  const { search, households, facets } = await list()
  expect(search).toMatchObject({ onDay: today, among: 'cases', leftOut: 0, isOld: false })
  expect(search.households).toBe(search.of)
  expect(households).toBeGreaterThan(10)
  expect(facets.because.map(({ id }: { id: string }) => id)).not.toContain('other')
}, 90_000)

test('a search that was made today for the pack in force is not made again', async () => {
  const before = await count('question_run')
  await (await running.qiao.questions.startIfDue('daily')).done
  expect(await count('question_run')).toBe(before)
})

test('nothing that a department shares is put to a person', async () => {
  const { items }: { items: AskedFact[] } = await list()
  const pension = items.filter(({ fact }) => fact === 'pension' || fact === 'assets')
  expect(pension.length).toBeGreaterThan(0)
  for (const { way, ask: text } of pension) {
    expect(way).toBe('department')
    expect(text).toMatch(/^向(人社|民政)部门核对：/)
  }
  expect(items.map(({ fact }) => fact)).not.toContain('supporter_absence')
})

test('what promises most stands first, by what one looks for', async () => {
  for (const [sort, key] of [
    ['found', 'found'],
    ['money', 'certainFen'],
    ['decided', 'decided'],
    ['households', 'households'],
  ] as const) {
    const { items }: { items: AskedFact[] } = await list(`?sort=${sort}`)
    const values = items.map((item) => item[key] ?? -1)
    expect(values, sort).toEqual(values.toSorted((a, b) => b - a))
  }
})

test('every filter leaves as many households as its count says', async () => {
  const { facets } = await list()
  const { areas, ways, programmes, because } = facets
  for (const [filter, facet] of Object.entries({
    area: areas,
    way: ways,
    programme: programmes,
    because,
  })) {
    for (const { id, count: n } of (facet as { id: string; count: number }[]).slice(0, 3)) {
      const { households } = await list(`?${filter}=${id}`)
      expect(households, `${filter} ${id}`).toBe(n)
    }
  }
})

test('the households of a fact are those whom it promises most first', async () => {
  const { items }: { items: AskedFact[] } = await list()
  const [first] = items
  const department = first?.department ? `&department=${encodeURIComponent(first.department)}` : ''
  const { body } = await get(
    `/questions/households?fact=${first?.fact}&way=${first?.way}${department}&size=100`,
  )
  expect(body.total).toBe(first?.persons)
  const found = body.items.map((item: AskedHousehold) => item.found ?? -1)
  expect(found).toEqual(found.toSorted((a: number, b: number) => b - a))
})

test('the table by committee adds up to the list and names nobody', async () => {
  const answer = await takeSheet(running.http, district, {
    list: 'questions',
    filters: 'way=department',
  })
  expect(answer.headers['content-type']).toMatch(/^text\/csv/)
  const lines = answer.body.trim().split('\r\n').slice(1, -1)
  const { items }: { items: AskedFact[] } = await list('?way=department')
  const persons = lines.reduce((sum, line) => sum + Number(line.split(',')[7]), 0)
  expect(persons).toBe(items.reduce((sum, item) => sum + item.persons, 0))
  const { rows } = await running.db.owner.pool.query<{ name: string }>(
    'select name from app.person',
  )
  expect(rows.filter(({ name }) => answer.body.includes(name))).toEqual([])
})

test('an answer that came in takes the household’s questions off the list until they are found anew', async () => {
  const { rows } = await running.db.owner.pool.query<{
    household: number
    fact: string
    person: number
    version: number
  }>(
    `select household_id as household, fact, person_id as person, version from app.question
     where fact = 'labour_income' and person_id is not null order by 1 limit 1`,
  )
  const [one] = rows
  if (!one) throw new Error('nobody is asked for their wages')
  const of = async () =>
    (await get(`/questions/households?fact=labour_income&size=100`)).body.items.filter(
      ({ householdId }: AskedHousehold) => householdId === one.household,
    )
  expect((await of()).length).toBeGreaterThan(0)
  const { version } = one
  const saved = await ask(running.http, `PUT /api/households/${one.household}/facts`, {
    token: district,
    body: {
      fact: one.fact,
      personId: one.person,
      value: 0,
      verifiedOn: today,
      source: '本人陈述',
      version,
    },
  })
  expect(saved.body).toMatchObject({ version: version + 1 })
  const live = (await get(`/households/${one.household}/questions`)).body.questions
  const same = ({ fact, member }: { fact: string; member?: string }) =>
    fact === one.fact && member === String(one.person)
  expect(live.filter(same)).toEqual([])
  // the job of the change finds them anew
  const kept = async () => {
    const found = await running.db.owner.pool.query<{ n: number }>(
      'select count(*)::int as n from app.question where household_id = $1 and version = $2',
      [one.household, saved.body.version],
    )
    return found.rows[0]?.n
  }
  await expect.poll(kept, { timeout: 20_000 }).toBeGreaterThan(0)
}, 40_000)

test('the questions of one household say what each would settle and who may write it down', async () => {
  const { rows } = await running.db.owner.pool.query<{ id: number }>(
    'select household_id as id from app.question order by 1 limit 5',
  )
  for (const { id } of rows) {
    const { status, body } = await get(`/households/${id}/questions`)
    expect(status).toBe(200)
    expect(body.questions.length).toBeGreaterThan(0)
    expect(body.questions.length).toBeLessThanOrEqual(5)
    for (const question of body.questions) {
      expect(question.why).not.toBe('')
      expect(question.settles.length > 0 || (question.certainFen ?? 0) > 0).toBe(true)
      expect(question.mayRecord).toBe(!question.fact.startsWith('status_'))
    }
  }
})
