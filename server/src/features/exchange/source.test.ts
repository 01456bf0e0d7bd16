import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '../../platform/db/actor.ts'
import { sessionCookie } from '../../platform/http/caller.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { readSources } from './source.ts'
import { dueOn } from './source-terms.ts'

let running: RunningQiao
const tokens = new Map<string, string>()
const asked = (line: Parameters<typeof ask>[1], who: string) =>
  ask(running.http, line, { token: tokens.get(who) ?? '' })
type Item = { id: string; legalBasis: string | null; fields: { id: string }[] }

const template = (sourceId: string, who: string) =>
  running.http.inject({
    url: `/api/sources/${sourceId}/template.csv`,
    cookies: { [sessionCookie]: tokens.get(who) ?? '' },
  })

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['steward', 'district', '310118'],
    ['former', 'district', '310118'],
    ['district', 'district', '310118'],
    ['lentOut', 'district', '310118001'],
    ['advisor', 'advisor', '310118001001'],
  ] as const) {
    const session = await running.db.sessionFor({ role, areaId, name: who })
    tokens.set(who, session.token)
    if (who === 'district' || who === 'advisor') continue
    await running.db.owner.pool.query(
      `insert into app.appointment (staff_id, capability, valid_from, valid_to)
       values ($1, 'data-steward', '2020-01-01', $2)`,
      [session.staffId, who === 'former' ? '2021-01-01' : null],
    )
  }
}, 120_000)
afterAll(() => running.close())

describe('a data steward', () => {
  test('sees every source with the facts it owns, of persons before those of households, none derived or said by awards', async () => {
    const { status, body } = await asked('GET /api/sources', 'steward')
    expect(status).toBe(200)
    const items = body.items as Item[]
    expect(items.map(({ id }) => id)).toEqual((await readSources()).map(({ id }) => id))
    const factsOf = (id: string) => items.find((one) => one.id === id)?.fields.map((one) => one.id)
    expect(factsOf('renshe')).toEqual(expect.arrayContaining(['labour_income', 'pension']))
    expect(factsOf('gongan')).toContain('birth_date')
    expect(factsOf('gongan')).not.toContain('age')
    expect(factsOf('sifa')).toEqual([])
  })

  test('is told that a legal basis is not confirmed, never an invented one', async () => {
    const { body } = await asked('GET /api/sources', 'steward')
    expect((body.items as Item[]).find(({ id }) => id === 'renshe')?.legalBasis).toBeNull()
  })

  test('downloads a template: number, name, day of the facts, then each fact with its unit', async () => {
    const { statusCode, headers, body } = await template('renshe', 'steward')
    expect([statusCode, headers['content-disposition']]).toEqual([
      200,
      'attachment; filename="renshe.csv"',
    ])
    const [heading, ...rest] = body.split('\r\n')
    expect(heading).toMatch(/^\uFEFF证件号码,姓名,事实日期,/)
    expect(heading?.split(',')).toContain('养老金(元/月)')
    expect(rest).toEqual([''])
  })

  test.each([
    ['nowhere', 404, 'no-such-source'],
    ['sifa', 409, 'source-without-fields'],
  ] as const)('is told why there is no template of %s', async (id, status, code) => {
    const answer = await template(id, 'steward')
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })
})

describe('a source is trusted', () => {
  const sources = async () => (await asked('GET /api/sources', 'steward')).body.items
  const behind = async () => (await sources()).find(({ id }: Item) => id === 'renshe').behind
  const set = (fact: string, kinds: string[], seen: number | null = null) =>
    ask(running.http, `PUT /api/fact-trust/${fact}`, {
      token: tokens.get('steward') ?? '',
      body: { kinds, because: '核对会议纪要', seen },
    })

  test('as far as the order says: where a steward puts others before it, the fact is named', async () => {
    expect(await behind()).toEqual([])
    await set('pension', ['visit', 'owner', 'department', 'resident', 'load'])
    expect(await behind()).toEqual(['养老金'])
    const { items } = (await asked('GET /api/fact-trust', 'steward')).body
    const { statedId } = items.find(({ fact }: { fact: string }) => fact === 'pension')
    await set('pension', ['owner', 'visit', 'department', 'resident', 'load'], statedId)
    expect(await behind()).toEqual([])
  })

  test('by nobody’s word until a steward has set the order of each of its facts', async () => {
    type Listed = { id: string; fields: { id: string }[]; orderConfirmed: boolean }
    const [small = { id: '', fields: [] }] = (await sources())
      .filter(({ fields }: Listed) => fields.length > 0)
      .toSorted((one: Listed, other: Listed) => one.fields.length - other.fields.length)
    expect(small.fields).not.toEqual([])
    const confirmed = async () =>
      (await sources()).find(({ id }: Listed) => id === small.id).orderConfirmed
    for (const { id } of small.fields) {
      expect(await confirmed(), id).toBe(false)
      await set(id, ['owner', 'department', 'visit', 'resident', 'load'])
    }
    expect(await confirmed()).toBe(true)
  })
})

describe('what is agreed with a source', () => {
  const nothing = {
    owner: null,
    legalBasis: null,
    cadence: null,
    contact: null,
    sharing: null,
    method: null,
    grade: null,
  }
  const stated = {
    ...nothing,
    owner: '区人社局信息科',
    legalBasis: '《上海市公共数据共享实施办法》第九条',
    cadence: 'monthly',
    sharing: 'conditional',
    method: 'table',
    grade: 'important',
    because: '2025-05-20 复函',
  }
  const state = (terms: object, who = 'steward', source = 'renshe') =>
    ask(running.http, `PUT /api/sources/${source}`, { token: tokens.get(who) ?? '', body: terms })
  const items = async () => (await asked('GET /api/sources', 'steward')).body.items

  test('is stated by the steward with what it rests on, and kept beside what stood before', async () => {
    const first = await state({ ...stated, seen: null })
    expect(first).toMatchObject({
      status: 200,
      body: { owner: '区人社局信息科', contact: null, sharing: 'conditional', grade: 'important' },
    })
    const { statedId } = first.body
    const second = { ...stated, contact: '科室电话', because: '电话更正', seen: statedId }
    expect(await state(second)).toMatchObject({ status: 200, body: { contact: '科室电话' } })
    const { body } = await asked('GET /api/sources/renshe/history', 'steward')
    expect(body.items).toMatchObject([
      { because: '电话更正', recordedBy: 'steward', supersededAt: null },
      { because: '2025-05-20 复函', contact: null, supersededAt: expect.any(String) },
    ])
  })

  test('is not written over by somebody who has not seen it, nor without saying what it rests on', async () => {
    expect((await state({ ...stated, seen: null })).body.code).toBe('source-changed')
    expect((await state({ ...nothing, seen: null }, 'steward', 'yibao')).status).toBe(400)
    const refused = await state({ ...stated, cadence: 'often', seen: null }, 'steward', 'yibao')
    expect(refused.status).toBe(400)
    expect((await state({ ...stated, seen: null }, 'steward', 'nowhere')).status).toBe(404)
    expect((await state({ ...stated, seen: null }, 'district', 'yibao')).status).toBe(403)
  })

  test('is stated by nobody else at the database either', async () => {
    const terms = `select app.state_source('yibao', '{"because": "电话"}', null)`
    for (const who of ['former', 'district', 'lentOut', 'advisor'])
      await expect(
        asActor(running.db.app, tokens.get(who) ?? '', (tx) => sql.raw(terms).execute(tx)),
      ).rejects.toThrow(/not for/)
  })

  test('says when a source has not delivered by the day agreed', async () => {
    const due = async () => (await items()).find(({ id }: Item) => id === 'renshe')
    expect(await due()).toMatchObject({ lastOn: null, dueOn: null, overdue: false })
    await running.db.owner.pool.query(
      `insert into app.delivery (source, file_name, bytes, on_day, state, received_by)
       select 'renshe', '四月.csv', 1, '2025-04-30', 'applied', id from app.staff where name = 'steward'`,
    )
    expect(await due()).toMatchObject({ lastOn: '2025-04-30', dueOn: '2025-05-30', overdue: true })
  })

  test('counts from the last facts, by months where it is monthly, and by nothing on request', () => {
    expect(dueOn('monthly', '2025-01-31')).toBe('2025-02-28')
    expect(dueOn('quarterly', '2025-01-31')).toBe('2025-04-30')
    expect(dueOn('yearly', '2024-02-29')).toBe('2025-02-28')
    expect(dueOn('daily', '2025-02-28')).toBe('2025-03-01')
    expect([
      dueOn('on-request', '2025-01-31'),
      dueOn(null, '2025-01-31'),
      dueOn('daily', null),
    ]).toEqual([null, null, null])
  })
})

test('a data steward works on no policy: the database shows no draft and lets no feedback be answered', async () => {
  await running.db.owner.pool.query(
    `insert into app.policy_draft (title, base_hash, content_hash, version) values ('试', 'hash', 'x', '2');
     insert into app.policy_feedback (area_id, programme, works, because, by)
     select '310118', 'dibao', true, '办得比以前快', id from app.staff where name = 'district'`,
  )
  const author = await running.db.sessionFor({ role: 'district', areaId: '310118', name: 'author' })
  await running.db.owner.pool.query(
    `insert into app.appointment (staff_id, capability, valid_from) values ($1, 'policy-author', '2020-01-01')`,
    [author.staffId],
  )
  const as = (token: string, statement: string) =>
    asActor(running.db.app, token, (tx) => sql.raw(statement).execute(tx))
  const seenBy = async (token: string) =>
    (await as(token, 'select id from app.policy_draft')).rows.length
  expect(await seenBy(tokens.get('steward') ?? '')).toBe(0)
  // The same draft is there for whoever is appointed for policies.
  expect(await seenBy(author.token)).toBe(1)
  const answered = await as(
    tokens.get('steward') ?? '',
    `update app.policy_feedback set answer = '已改', answered_at = now(), answered_by = auth.staff_id()`,
  )
  expect(answered.numAffectedRows).toBe(0n)
})

test.each(['former', 'district', 'lentOut', 'advisor'])(
  'nobody else opens the sources: %s',
  async (who) => {
    expect((await asked('GET /api/sources', who)).status).toBe(403)
    expect((await template('renshe', who)).statusCode).toBe(403)
  },
)

test('a fact is owned by one source at most, and every source has an id of its own', async () => {
  const sources = await readSources()
  const owners = sources.flatMap(({ factOwners }) => factOwners)
  expect(new Set(owners).size).toBe(owners.length)
  expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length)
})
