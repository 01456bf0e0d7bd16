import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { verifyLog } from '../../../test/verify-log.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Weighed } from './erasure.ts'
import { erasedOn, type Kept } from '../eligibility/kept.ts'
import { eraseNext } from './erasures.ts'

const area = '310118001001'
const people = {
  maker: ['district', '310118'],
  checker: ['district', '310118'],
  seconded: ['district', '310118001'],
  township: ['township', '310118001'],
  auditor: ['audit-admin', '310118'],
} as const satisfies Record<string, readonly [TestRole, string]>
type Who = keyof typeof people

let running: RunningQiao
const tokens = {} as Record<Who, string>
beforeAll(async () => {
  running = await runQiao()
  for (const [name, [role, areaId]] of Object.entries(people))
    tokens[name as Who] = (await running.db.sessionFor({ role, areaId, name })).token
})
afterAll(() => running.close())

const owner = async (text: string, values?: unknown[]) =>
  (await running.db.owner.pool.query(text, values)).rows
const call = (who: Who, line: Parameters<typeof ask>[1], body?: object) =>
  ask(running.http, line, { token: tokens[who], ...(body ? { body } : {}) })

/** Each case has files of its own: 1 is `base + 1`. */
let base = 0
beforeEach(() => {
  base += 100
})

type File = Readonly<{
  /** Last day of aid; null: still receiving; left out: never received. */
  aidUntil?: string | null
  /** Day on which its lead was closed; null: open. */
  leadClosed?: string | null
  held?: boolean
  name?: string
  /** Day of the last entry. */
  entered?: string
}>

/** A household of one whose records all lie long ago, unless something is said of it. */
async function file(id: number, given: File = {}): Promise<number> {
  const home = base + id
  const { aidUntil, leadClosed, held, name = '钱奶奶独一份', entered = '2015-03-01' } = given
  const key = `${home}, '${area}'`
  const number = running.cipher.seal('id-number', `31019919490510${home}`)
  await owner(
    `insert into app.household (id, area_id, register_no, address, created_at)
      values (${key}, 'R-${home}', '独一份路${home}号', '${entered}')`,
  )
  await owner(
    `insert into app.person (id, household_id, area_id, name, created_at, id_number_enc, id_number_index)
      values ($1, ${key}, $2, '${entered}', $3, $4)`,
    [home, name, number.sealed, number.index],
  )
  await owner(`
    insert into app.member (household_id, area_id, person_id, relation, valid_from, recorded_at)
      values (${key}, ${home}, '02', '2010-01-01', '${entered}');
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at, superseded_at,
      recorded_by, source, evidence, verified_on, sensitivity, basis)
      select ${key}, ${home}, 'labour_income', '"7654321${home}"', '2010-01-01', '2014-01-01'::date + n * 365,
        case when n = 0 then '2015-01-01'::timestamptz end, 'owner', '入户', '${name}说的', '2014-01-01', 'plain', (select min(id) from app.basis)
      from generate_series(0, 1) n;
    insert into app.answer (household_id, area_id, person_id, programme, target, verdict, amount_kind, content_hash,
      pack_version, pack_hash, run_id, recorded_at, superseded_at, known_at)
      values (${key}, ${home}, 'dibao', 'person', 'eligible', 'none', 1, '1', 'hash', 1, '2014-02-01', '2015-01-01', '2014-02-01')`)
  if (aidUntil !== undefined)
    await owner(
      `insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source,
      recorded_at, recorded_by) values (${key}, ${home}, 'dibao', 'receiving', '2012-01-01', $1, '民政', '${entered}', 'owner')`,
      [aidUntil],
    )
  if (leadClosed !== undefined)
    await owner(
      `with one as (insert into app.lead (household_id, area_id, raised_on, state, closed_on)
        values (${key}, '2014-02-01', $2, $1) returning id)
       insert into app.lead_event (lead_id, household_id, area_id, by, kind, text)
       select id, ${key}, 'owner', 'note', '${name}来过' from one`,
      [leadClosed, leadClosed === null ? 'open' : 'closed'],
    )
  if (held)
    await call('maker', 'POST /api/legal-holds', {
      householdId: home,
      kind: 'dispute',
      because: '正在行政复议',
    })
  return home
}

const term = (years: number) => ({
  years,
  months: 0,
  days: 0,
  basis: '档案管理办法',
  because: '区局办公会',
})
const years = { aid: 3, care: 5, facts: 3, answers: 1, exchange: 3, file: 5 } as const

async function confirmAll(): Promise<void> {
  const { items } = (await call('maker', 'GET /api/retention')).body
  for (const { id, term: stands } of items as { id: keyof typeof years; term: { id: number } }[])
    await call('maker', `PUT /api/retention/${id}`, {
      ...term(years[id]),
      seen: stands?.id ?? null,
    })
}

const outcomesOf = async (of: string, who: Who = 'maker') =>
  Object.fromEntries(
    ((await call(who, 'GET /api/retention/dry-run')).body.items as Weighed[])
      .filter(({ class: one }) => one === of)
      .map(({ outcome, households }) => [outcome, households]),
  )
const stillThere = async (...ids: number[]) =>
  (await owner('select id from app.household where id = any ($1) order by 1', [ids])).map(
    ({ id }) => id - base,
  )
const stateOf = async (id: number) =>
  (await owner('select state from app.erasure where id = $1', [id]))[0].state
const over = (id: number) =>
  vi.waitFor(async () => expect(await stateOf(id)).not.toBe('running'), 15_000)

describe('how long a class is kept', () => {
  test('is nobody’s to say but staff of the whole district', async () => {
    for (const who of ['seconded', 'township', 'auditor'] as const)
      expect(
        (await call(who, 'PUT /api/retention/facts', { ...term(3), seen: null })).status,
        who,
      ).toBe(403)
  })

  test('is not confirmed until somebody says on what, and until then nothing of it goes', async () => {
    await file(1)
    expect(Object.keys(await outcomesOf('facts'))).toEqual(['unconfirmed'])
  })

  test('is no shorter than the law says, and what stood before is kept', async () => {
    const short = await call('maker', 'PUT /api/retention/aid', { ...term(2), seen: null })
    expect(short.body.code).toBe('retention-too-short')
    const first = await call('maker', 'PUT /api/retention/aid', { ...term(3), seen: null })
    expect(first.body).toMatchObject({ term: { years: 3, recordedBy: 'maker' } })
    const late = await call('checker', 'PUT /api/retention/aid', { ...term(4), seen: null })
    expect(late.body.code).toBe('retention-changed')
    await call('checker', 'PUT /api/retention/aid', { ...term(4), seen: first.body.term.id })
    const { items } = (await call('maker', 'GET /api/retention/aid/history')).body
    expect(items.map((one: { years: number }) => one.years)).toEqual([4, 3])
  })
})

describe('a dry run', () => {
  test('says what would go and why the rest stays, and deletes nothing', async () => {
    await confirmAll()
    const all = [
      await file(1, { aidUntil: '2016-01-01', leadClosed: '2016-01-01' }),
      await file(2, { aidUntil: null }),
      await file(3, { leadClosed: null }),
      await file(4, { held: true }),
      await file(5, { entered: '2024-01-01' }),
      await file(6),
    ]
    // Whoever lives in the sixth once lived in the second, whose file names them.
    await owner(`insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to, recorded_at)
      values (${base + 2}, '${area}', ${base + 6}, '20', '2005-01-01', '2009-12-31', '2010-01-01')`)
    expect(await outcomesOf('file')).toMatchObject({
      receiving: 1,
      'open-lead': 1,
      hold: 1,
      running: 1,
      'other-class': 1,
    })
    expect(await stillThere(...all)).toEqual([1, 2, 3, 4, 5, 6])
    const day = await ask(running.http, 'GET /api/retention/dry-run?day=2018-01-01', {
      token: tokens.maker,
    })
    expect(day.body.items).toContainEqual(
      expect.objectContaining({ class: 'aid', outcome: 'running', households: 1 }),
    )
    const sheet = await running.http.inject({
      url: '/api/retention/dry-run.csv',
      cookies: { qiao_session: tokens.maker },
    })
    expect(sheet.body).toContain('救助审核确认档案,仍在领取待遇')
    for (const who of ['seconded', 'township'] as const)
      expect((await call(who, 'GET /api/retention/dry-run')).status).toBe(403)
  })
})

describe('a run', () => {
  const askRun = async () =>
    (await call('maker', 'POST /api/erasures', { personId: null, basis: '2025 年度到期清理' })).body

  test('is confirmed by another, takes what has run out and leaves a stub', async () => {
    await confirmAll()
    const [gone, stays] = [
      await file(1, { aidUntil: '2016-01-01' }),
      await file(2, { aidUntil: null }),
    ]
    // What the rules know nothing of still refers to it: it stays, and holds up no other.
    const referred = await file(3)
    await owner(`create table staging.unknown as select ${referred}::bigint as home;
      alter table staging.unknown add foreign key (home) references app.household (id)`)
    const asked = await askRun()
    expect(asked.steps).toEqual(['withdraw'])
    const decide = (who: Who) =>
      call(who, `POST /api/erasures/${asked.id}/decision`, { decision: 'confirm' })
    expect((await decide('maker')).body.code).toBe('erasure-by-two')
    expect((await decide('seconded')).status).toBe(403)
    expect((await decide('checker')).body).toMatchObject({ state: 'running', decidedBy: 'checker' })
    await over(asked.id)
    expect(await stillThere(gone, stays, referred)).toEqual([2, 3])
    await owner('drop table staging.unknown')
    const [done] = (await call('maker', 'GET /api/erasures')).body.items
    expect(done).toMatchObject({ state: 'done', failed: 1 })
    expect(await tracesOf([`7654321${gone}`, `独一份路${gone}号`])).toEqual([])
    const { items } = (await call('maker', 'GET /api/erasure-stubs')).body
    expect(items.filter((one: { householdId: number }) => one.householdId === gone)).toContainEqual(
      expect.objectContaining({
        class: 'aid',
        records: 1,
        firstDay: '2012-01-01',
        basis: '2025 年度到期清理',
        askedBy: 'maker',
        confirmedBy: 'checker',
      }),
    )
    const noted = await owner(
      `select action from app.audit where subject = 'erasure:${asked.id}' order by id`,
    )
    const actions = noted.map(({ action }) => action)
    expect([actions[0], actions[1], actions.at(-1)]).toEqual([
      'retention.erasure-asked',
      'retention.erasure-confirmed',
      'retention.finished',
    ])
    expect(actions).toContain('retention.household-erased')
  })

  test('that was cut off goes on where it was', async () => {
    await confirmAll()
    const homes = [await file(1), await file(2), await file(3)]
    const asked = await askRun()
    await owner(`update app.erasure set state = 'running', decided_at = now(), decided_by = (select id from app.staff where name = 'checker'),
      after_household = ${base}, of = 3 where id = ${asked.id}`)
    const job = await running.db.jobToken('retention')
    const step = () => asActor(running.db.app, job, (tx) => eraseNext(tx, asked.id, 1))
    expect((await step()).map(({ householdId }) => householdId)).toEqual([homes[0]])
    expect(await stillThere(...homes)).toEqual([2, 3])
    while ((await stateOf(asked.id)) === 'running') await step()
    expect(await stillThere(...homes)).toEqual([])
  })

  test('is not confirmed by terms that changed since', async () => {
    await confirmAll()
    const asked = await askRun()
    await confirmAll()
    const decided = await call('checker', `POST /api/erasures/${asked.id}/decision`, {
      decision: 'confirm',
    })
    expect(decided.body.code).toBe('erasure-terms-changed')
    const withdrawn = await call('maker', `POST /api/erasures/${asked.id}/decision`, {
      decision: 'withdraw',
    })
    expect(withdrawn.body.state).toBe('withdrawn')
  })

  test('takes of a household that stays what was replaced, and answers with what they were given on', async () => {
    await confirmAll()
    const home = await file(1, { entered: '2024-01-01' })
    const [{ id: answer }] = await owner(`select id from app.answer where household_id = ${home}`)
    const asked = await askRun()
    await call('checker', `POST /api/erasures/${asked.id}/decision`, { decision: 'confirm' })
    await over(asked.id)
    expect(await stillThere(home)).toEqual([1])
    const left = await owner(
      `select (select count(*)::int from app.fact where household_id = $1) as facts,
        (select count(*)::int from app.answer where household_id = $1) as answers`,
      [home],
    )
    expect(left).toEqual([{ facts: 1, answers: 0 }])
    const told = (of: Parameters<typeof erasedOn>[1]) =>
      asActor(running.db.app, tokens.maker, (tx) => erasedOn(tx, of))
    expect(await told({ kind: 'answer', id: answer })).toMatch(/^20/)
    expect(await told({ kind: 'undecided', id: answer })).toBeUndefined()
    // One that stands is not found again either where what it read is gone; what was read later is.
    const standing = { kind: 'answer', id: 0, householdId: home } as Kept
    expect(await told({ ...standing, knownAt: '2014-06-01' })).toMatch(/^20/)
    expect(await told({ ...standing, knownAt: '2015-06-01' })).toBeUndefined()
  })
})

describe('a person who asks to be erased', () => {
  const askFor = (person: number) =>
    call('maker', 'POST /api/erasures', { personId: person, basis: '本人申请' })

  test.each([
    ['receives', { aidUntil: null }, '仍在领取待遇（自 2012-01-01 起）'],
    ['is in an open lead', { leadClosed: null }, '有未办结的线索（自 2014-02-01 起）'],
    ['is under a hold', { held: true }, '正在保全'],
    ['received until lately', { aidUntil: '2024-06-30' }, '2027-07-01 起可以销毁'],
  ] as const)('is refused while the household %s, with from when', async (_, given, says) => {
    const answer = await askFor(await file(1, given))
    expect(answer.body.code).toBe('erasure-blocked')
    expect(answer.body.detail).toContain(says)
  })

  test('is refused where nobody sees them', async () => {
    expect((await askFor(base + 99)).status).toBe(404)
  })

  const shapes = fc.record({
    others: fc.nat(2),
    lived: fc.boolean(),
    merged: fc.boolean(),
    supports: fc.boolean(),
    delivered: fc.boolean(),
    aid: fc.boolean(),
    lead: fc.boolean(),
  })

  test('is gone from the whole database, others stay, and the log still holds', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        base += 100
        const [home, elsewhere] = [await file(1, old(shape)), await file(2)]
        const person = shape.others === 0 ? home : await joins(home, 11, '独孤赵钱')
        if (shape.others === 2) await joins(home, 12, '欧阳孙李')
        await surround(person, elsewhere, shape)
        const [{ index }] = await owner(
          `select encode(id_number_index, 'hex') as index from app.person where id = ${person}`,
        )
        const name = shape.others === 0 ? '钱奶奶独一份' : '独孤赵钱'
        // Other cases have left the same name; here it is of this person alone.
        await owner(`update app.person set name = name || '${base}' where id = ${person}`)
        await call('maker', `GET /api/households/${home}`)
        await call('maker', 'POST /api/households/find', { q: `${name}${base}` })
        const traces = [`${name}${base}`, `7654321${person}`, `旧名${person}`, index]
        expect((await tracesOf(traces)).length).toBeGreaterThan(3)
        const naming = { personId: person, basis: `${name}${base}本人申请` }
        const refused = await call('maker', 'POST /api/erasures', naming)
        expect(refused.body.code).toBe('erasure-names-somebody')
        const asked = await askFor(person)
        expect(asked.status, JSON.stringify(asked.body)).toBe(200)
        const decided = await call('checker', `POST /api/erasures/${asked.body.id}/decision`, {
          decision: 'confirm',
        })
        expect(decided.body.state).toBe('running')
        await over(asked.body.id)
        expect(await stateOf(asked.body.id)).toBe('done')
        expect(await tracesOf(traces)).toEqual([])
        expect(await stillThere(home, elsewhere)).toEqual(shape.others === 0 ? [2] : [1, 2])
        const left = await owner(
          `select count(*)::int as n from app.person where household_id = ${home}`,
        )
        expect(left).toEqual([{ n: shape.others }])
      }),
      { numRuns: Math.max(3, Number(process.env['QIAO_PROPERTY_RUNS'] ?? 0) / 50) },
    )
    expect(await verifyLog(running.db.app, tokens.auditor)).toEqual([])
  })
})

type Shape = Readonly<{
  lived: boolean
  merged: boolean
  supports: boolean
  delivered: boolean
  aid: boolean
  lead: boolean
}>

const old = ({ aid, lead }: Shape): File => ({
  ...(aid ? { aidUntil: '2016-01-01' } : {}),
  ...(lead ? { leadClosed: '2016-01-01' } : {}),
})

/** Somebody more in a household, with a fact of their own. */
async function joins(home: number, id: number, name: string): Promise<number> {
  const person = base + id
  const key = `${home}, '${area}'`
  const number = running.cipher.seal('id-number', `31019919490510${person}`)
  await owner(
    `insert into app.person (id, household_id, area_id, name, created_at, id_number_enc, id_number_index)
      values ($1, ${key}, $2, '2015-03-01', $3, $4)`,
    [person, name, number.sealed, number.index],
  )
  await owner(`
    insert into app.member (household_id, area_id, person_id, relation, valid_from, recorded_at)
      values (${key}, ${person}, '20', '2010-01-01', '2015-03-01');
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at, recorded_by, source,
      verified_on, sensitivity, basis)
      values (${key}, ${person}, 'labour_income', '"7654321${person}"', '2010-01-01', '2014-01-01', 'owner', '入户',
        '2014-01-01', 'plain', (select min(id) from app.basis))`)
  return person
}

/** What else may name somebody: another household, a record merged into theirs, whom they support, what was delivered. */
async function surround(person: number, elsewhere: number, shape: Shape): Promise<void> {
  const key = `${elsewhere}, '${area}'`
  if (shape.lived)
    await owner(`insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to, recorded_at)
      values (${key}, ${person}, '20', '2000-01-01', '2009-12-31', '2010-01-01')`)
  if (shape.supports)
    await owner(`insert into app.supporter (person_id, kind, relation, supporter_id, valid_from, source, recorded_at, recorded_by)
      values (${elsewhere}, 'of-parent', '20', ${person}, '2014-01-01', '7654321${person}', '2014-01-01', 'owner')`)
  if (shape.delivered)
    await owner(`with one as (insert into app.delivery (source, file_name, bytes, on_day, received_by, received_at)
        select 'renshe', 'a.csv', 1, '2015-01-01', id, '2015-01-01' from app.staff limit 1 returning id)
      insert into app.delivery_row (delivery_id, row, outcome, reason, said, person_id, household_id)
      select one.id, 2, 'held', 'name-differs', '7654321${person}', ${person}, household_id
      from one, app.person where person.id = ${person}`)
  if (shape.merged)
    await owner(`insert into app.person (id, household_id, area_id, name, merged_into)
        select ${person + 50}, household_id, area_id, '旧名${person}', id from app.person where id = ${person};
      with pair as (insert into app.duplicate_pair (first_id, second_id, score, reasons, state, decided_at, decided_by, note)
          values (${person}, ${person + 50}, 60, '{same-name}', 'merged', now(), 'owner', '旧名${person}') returning id),
        made as (insert into app.merge (pair_id, kept_id, merged_id, kept_household, merged_household, because, merged_at, merged_by, undo_until)
          select pair.id, ${person}, ${person + 50}, household_id, ${elsewhere}, '旧名${person}', now(), 'owner', '2025-01-01'
          from pair, app.person where person.id = ${person} returning id)
      insert into auth.merged_person (merge_id, person_id, household_id, area_id, name)
      select id, ${person + 50}, ${key}, '旧名${person}' from made`)
  await owner(`insert into app.idempotency (staff_id, key, request_hash, answer)
    select staff.id, 'k${person}', '', jsonb_build_object('name', person.name || '${base}') from app.staff, app.person
    where staff.name = 'maker' and person.id = ${person}`)
}

/** Every column of every table in which one of the texts stands, as text or as the bytes of a sealed number. */
async function tracesOf(texts: readonly string[]): Promise<string[]> {
  const columns =
    await owner(`select attrelid::regclass::text as "table", attname as name, atttypid = 'bytea'::regtype as bytes
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace in (select oid from pg_namespace where nspname in ('app', 'auth', 'staging', 'jobs'))
      and relkind = 'r' and attnum > 0 and not attisdropped
      and atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype, 'text[]'::regtype)`)
  const found: string[] = []
  for (const { table, name, bytes } of columns) {
    const text = bytes ? `encode("${name}", 'hex')` : `"${name}"::text`
    const [hit] = await owner(
      `select 1 from ${table} where exists (select from unnest($1::text[]) trace where position(trace in ${text}) > 0) limit 1`,
      [texts],
    )
    if (hit) found.push(`${table}.${name}`)
  }
  return found
}
