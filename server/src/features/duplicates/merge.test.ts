import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import type { TestRole } from '../../../test/database.ts'
import { checkCharacter } from '../households/id-number.ts'
import { differencesOf, mergeRules, undoUntil } from './merge.ts'
import { areas, enterPerson, type Person, type Said } from './test-merging.ts'

/** An ID number that nobody else of these cases has. */
function numberOf(who: number): string {
  const first = `3101991949051${who}${String(base / 100).padStart(3, '0')}`
  return first + checkCharacter(first)
}

let running: RunningQiao
const tokens = {} as Record<'advisor' | 'township' | 'district', string>
const people: Readonly<Record<keyof typeof tokens, readonly [TestRole, string]>> = {
  advisor: ['advisor', areas[0]],
  township: ['township', '310118001'],
  district: ['district', '310118'],
}

const owner = (text: string, values?: unknown[]) => running.db.owner.pool.query(text, values)

beforeAll(async () => {
  running = await runQiao()
  for (const [name, [role, areaId]] of Object.entries(people))
    tokens[name as keyof typeof tokens] = (
      await running.db.sessionFor({ role, areaId, name })
    ).token
})
afterAll(() => running.close())

/** Jobs follow every change, so each case has households and persons of its own: 1 is `base + 1`. */
let base = 0
async function world(): Promise<void> {
  base += 100
  for (const [at, area] of areas.entries())
    await owner(`insert into app.household (id, area_id, register_no, address)
      values (${base + at + 1}, '${area}', 'Q-${base + at + 1}', '${at + 1}号')`)
}
beforeEach(world)

/** Rows with every number of this case as it is written in it. */
const small = (rows: readonly Record<string, unknown>[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === 'number' && value > base ? value - base : value,
      ]),
    ),
  )

const enter = async (...persons: readonly Person[]) => {
  for (const person of persons) await enterPerson(running, base, person)
}

async function pair(first = 1, second = 2): Promise<number> {
  const { rows } = await owner(`insert into app.duplicate_pair (first_id, second_id, score, reasons)
    values (${base + first}, ${base + second}, 80, '{same-name}') returning id`)
  return rows[0].id
}

type Plan = Readonly<{ kept: { version: number }; merged: { version: number } }>
const planOf = (id: number, keep: string, who: keyof typeof tokens = 'township') =>
  ask(running.http, `GET /api/duplicates/${id}/merge?keep=${keep}` as 'GET /', {
    token: tokens[who],
  })

async function merge(
  id: number,
  form: Readonly<Record<string, unknown>> & { keep?: string } = {},
  who: keyof typeof tokens = 'township',
) {
  const { keep = 'first' } = form
  const plan = (await planOf(id, keep, who)).body as Plan
  const versions = { kept: plan.kept?.version ?? 1, merged: plan.merged?.version ?? 1 }
  return ask(running.http, `POST /api/duplicates/${id}/merge`, {
    token: tokens[who],
    body: { keep, note: '同一个人，身份证一致', versions, ...form },
  })
}
const undo = (id: number, who: keyof typeof tokens = 'township') =>
  ask(running.http, `POST /api/duplicates/${id}/merge-undoing`, {
    token: tokens[who],
    body: { note: '核实后不是同一个人' },
  })

/** What holds now, as rows without their numbers and instants. */
async function holding(): Promise<Record<string, unknown>> {
  const current = {
    member: 'superseded_at is null',
    fact: 'superseded_at is null',
    other_word: 'superseded_at is null',
    award: 'superseded_at is null',
    collector: 'superseded_at is null',
    objection: 'withdrawn_at is null',
    authorisation: 'withdrawn_at is null',
  }
  const mine = `between ${base} and ${base + 99}`
  const held = Object.entries(current).map(async ([table, where]) => {
    const { rows } = await owner(`select to_jsonb(t) - '{id,recorded_at}'::text[] as row
      from app.${table} t where ${where} and household_id ${mine} order by 1`)
    return [table, rows] as const
  })
  const persons = owner(`select * from app.person where id ${mine} order by 1`)
  const pairs = owner(`select first_id, second_id, state, decided_by from app.duplicate_pair
    where first_id ${mine} and state <> 'open' order by 1, 2`)
  const places =
    owner(`select person_id, registered_in, valid_from, source from app.registered_place
    where person_id ${mine} and superseded_at is null order by 1`)
  return {
    ...Object.fromEntries(await Promise.all(held)),
    persons: (await persons).rows,
    places: (await places).rows,
    pairs: (await pairs).rows,
  }
}
const factOf = async (person: number, fact: string) =>
  (
    await owner(
      `select value from app.fact where person_id = ${base + person} and fact = '${fact}' and superseded_at is null`,
    )
  ).rows.map(({ value }) => value)
const members = async (household: number) =>
  small(
    (
      await owner(`select person_id, relation, valid_from::text as "from" from app.member
        where household_id = ${base + household} and superseded_at is null and valid_to is null order by 1`)
    ).rows,
  )
const mine = () => `household_id between ${base} and ${base + 99}`

test('every table that names a person has a rule for merging', async () => {
  const { rows } = await owner(`
    select distinct attrelid::regclass::text as name from pg_attribute
    join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p')
    where relnamespace in (select oid from pg_namespace where nspname in ('app', 'auth', 'staging')) and attnum > 0
      and not attisdropped and (attname ~ '(^|_)person_ids?$' or exists (select from pg_constraint
        where conrelid = attrelid and contype = 'f' and confrelid = 'app.person'::regclass and attnum = any (conkey)))
      and relpersistence = 'p' order by 1`)
  expect(new Set(Object.keys(mergeRules))).toEqual(new Set(rows.map(({ name }) => name)))
})

test('of two facts that differ the one verified later is proposed, of one day that of the kept record', () => {
  const said = (value: unknown, verifiedOn: string) => [{ fact: 'a', value, verifiedOn }]
  const proposed = (kept: unknown[], merged: unknown[]) =>
    differencesOf(kept as never, merged as never).map((one) => one.proposed)
  expect(proposed(said(1, '2025-01-01'), said(2, '2025-01-02'))).toEqual(['merged'])
  expect(proposed(said(1, '2025-01-01'), said(2, '2025-01-01'))).toEqual(['kept'])
  expect(proposed(said(1, '2025-01-01'), said(1, '2025-01-02'))).toEqual([])
  expect(undoUntil('2025-06-01')).toBe('2025-07-01')
})

describe('two records of one household', () => {
  test('become one member, since the earlier day, head if either was', async () => {
    await enter(
      { id: 1, relation: '02', from: '2022-01-01' },
      { id: 2, household: 1, relation: '10', from: '2021-05-01' },
      { id: 3, name: '李四', household: 1, relation: '20' },
    )
    expect((await merge(await pair(), { keep: 'second' })).status).toBe(200)
    expect(await members(1)).toEqual([
      { person_id: 2, relation: '02', from: '2021-05-01' },
      { person_id: 3, relation: '20', from: '2020-01-01' },
    ])
  })

  test('and whoever collected as the one collects as the other', async () => {
    await enter({ id: 1 }, { id: 2, household: 1, relation: '10', awards: ['dibao'] })
    await owner(`insert into app.collector (household_id, area_id, person_id, valid_from, recorded_at, recorded_by)
      values (${base + 1}, '${areas[0]}', ${base + 2}, '2024-01-01', now(), 'owner')`)
    expect((await merge(await pair())).body).toMatchObject({ state: 'merged' })
    const { rows } = await owner(
      `select person_id from app.collector where superseded_at is null and valid_to is null and ${mine()}`,
    )
    expect(small(rows)).toEqual([{ person_id: 1 }])
  })
})

describe('two records of two households', () => {
  const apart = async (id = 2): Promise<number> => {
    await enter(
      {
        id: 1,
        facts: { labour_income: [1, '2025-01-01'], sex: ['1', '2025-01-01'] },
        awards: ['dibao'],
      },
      {
        id,
        facts: {
          labour_income: [2, '2025-02-01'],
          pension: [3, '2024-01-01'],
          sex: ['1', '2025-03-01'],
        },
        awards: ['dibao', 'tekun'],
      },
    )
    return pair(1, id)
  }

  test('are shown with what would pass, what differs, and what is paid twice, before anything is done', async () => {
    const { body } = await planOf(await apart(), 'first')
    expect(body).toMatchObject({
      differing: [{ fact: 'labour_income', proposed: 'merged' }],
      passing: [{ fact: 'pension' }],
      awards: [
        { programme: 'dibao', both: true },
        { programme: 'tekun', both: false },
      ],
      leaving: { members: [], headLeaves: true, collectorWanted: false },
      undoUntil: '2025-07-01',
    })
  })

  test('leave them in one, with what was said and is paid of either', async () => {
    const id = await apart()
    expect((await merge(id)).status).toBe(200)
    expect([await members(1), await members(2)]).toEqual([
      [{ person_id: 1, relation: '02', from: '2020-01-01' }],
      [],
    ])
    expect([await factOf(1, 'labour_income'), await factOf(1, 'pension')]).toEqual([[2], [3]])
    expect(await factOf(2, 'labour_income')).toEqual([])
    const { rows } =
      await owner(`select household_id, programme, valid_from::text as "from", valid_to::text as "to"
      from app.award where superseded_at is null and ${mine()} order by 1, 2`)
    expect(small(rows)).toEqual([
      { household_id: 1, programme: 'dibao', from: '2024-01-01', to: null },
      { household_id: 1, programme: 'tekun', from: '2025-06-01', to: null },
      { household_id: 2, programme: 'dibao', from: '2024-01-01', to: '2025-05-31' },
      { household_id: 2, programme: 'tekun', from: '2024-01-01', to: '2025-05-31' },
    ])
  })

  test('keep the word that was chosen, not the later one', async () => {
    const id = await apart()
    expect((await merge(id, { facts: [{ fact: 'labour_income', from: 'kept' }] })).status).toBe(200)
    expect(await factOf(1, 'labour_income')).toEqual([1])
  })

  test('keep what other sources say of either, and the word that gave way where another source said it', async () => {
    const id = await apart()
    await owner(`insert into app.other_word (household_id, person_id, fact, value, valid_from, source, basis, verified_on,
        sensitivity, recorded_by, kind, voice, recorded_at)
      select household_id, id, 'pension', '7', '2025-01-01', '入户核实', 'visit', '2025-01-01', 'plain', 'staff:1', 'visit', 'visit', now()
      from app.person where id = ${base + 2}`)
    await owner(`insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on, sensitivity,
        basis, recorded_by)
      select household_id, area_id, id, 'other_income', case id when ${base + 1} then '1' else '2' end::jsonb, '2025-01-01',
        case id when ${base + 1} then '民政业务系统' else '税务' end, '2025-01-01', 'plain', 'sharing', 'job:load'
      from app.person where id in (${base + 1}, ${base + 2})`)
    expect((await merge(id)).status).toBe(200)
    const beside = await owner(`select fact, value, kind from app.other_word
      where person_id = ${base + 1} and superseded_at is null order by fact`)
    expect(beside.rows).toEqual([
      { fact: 'other_income', value: 2, kind: 'department' },
      { fact: 'pension', value: 7, kind: 'visit' },
    ])
  })

  test('demand a successor where a head leaves others behind', async () => {
    const id = await apart()
    await enter({ id: 9, name: '李四', household: 2, relation: '10' })
    const refused = await merge(id)
    expect(refused.body).toMatchObject({
      code: 'composition-invalid',
      errors: [{ path: '/body/following/head' }],
    })
    const following = { head: base + 9, relations: [], collector: base + 9 }
    expect((await merge(id, { following })).status).toBe(200)
    expect(await members(2)).toEqual([{ person_id: 9, relation: '02', from: '2025-06-01' }])
  })

  test('are merged by whoever sees both, and by nobody else', async () => {
    const id = await apart(3)
    expect((await merge(id)).status).toBe(404)
    expect((await merge(id, {}, 'advisor')).status).toBe(403)
    expect((await merge(id, {}, 'district')).status).toBe(200)
    expect((await undo(id)).status).toBe(404)
  })

  test('are not merged into a household in which a restricted person would come to light', async () => {
    const id = await apart()
    const { rows } = await owner(`select id from app.staff where name = 'township'`)
    await owner(`insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
      values (${base + 2}, '${areas[1]}', 'violence', '住址须保密', '2020-01-01', '${rows[0].id}', '${rows[0].id}')`)
    await owner(`insert into app.restriction_viewer (restriction_id, household_id, area_id, staff_id, name)
      select id, household_id, area_id, '${rows[0].id}', '专干' from app.restriction where ${mine()}`)
    expect((await merge(id)).body.code).toBe('restriction-goes-along')
  })

  test('are merged once, by what the writer has seen', async () => {
    const id = await apart()
    const stale = await merge(id, { versions: { kept: 9, merged: 1 } })
    expect(stale.body.code).toBe('household-changed')
    expect((await merge(id)).status).toBe(200)
    expect((await merge(id, { versions: { kept: 2, merged: 2 } })).status).toBe(409)
  })
})

test('a number that gives way still leads to the record that is kept', async () => {
  const [right, wrong] = [numberOf(1), numberOf(2)]
  await enter({ id: 1, number: right }, { id: 2, number: wrong })
  expect((await merge(await pair())).status).toBe(200)
  const found = async (number: string) => {
    const { body } = await ask(running.http, 'POST /api/households/find', {
      token: tokens.township,
      body: { q: number },
    })
    return small(body.items).map(({ id }) => id)
  }
  expect([await found(right), await found(wrong)]).toEqual([[1], [1]])
  const before = await ask(running.http, 'POST /api/households/search', {
    token: tokens.township,
    body: { name: '全不同', idNumber: wrong },
  })
  expect(small(before.body.hits)).toMatchObject([{ personId: 1, reasons: ['same-id-number'] }])
})

test('whoever had no number takes that of the other record', async () => {
  await enter({ id: 1 }, { id: 2, number: numberOf(1) })
  await merge(await pair())
  const { rows } = await owner(
    `select id, id_number_index is null as without from app.person where ${mine()} order by 1`,
  )
  expect(small(rows)).toEqual([
    { id: 1, without: false },
    { id: 2, without: true },
  ])
})

test('who is known not to be the one is not the other either', async () => {
  await enter({ id: 1 }, { id: 2 }, { id: 3, name: '李四' })
  const id = await pair()
  await owner(`insert into app.duplicate_pair (first_id, second_id, score, reasons, state, decided_at, decided_by, note)
    values (${base + 2}, ${base + 3}, 60, '{}', 'not-same', now(), 'owner', '两个人')`)
  await merge(id)
  const between = `select state, note from app.duplicate_pair where (first_id, second_id) = (${base + 1}, ${base + 3})`
  expect((await owner(between)).rows).toEqual([{ state: 'not-same', note: '两个人' }])
  await undo(id)
  expect((await owner(between)).rows).toEqual([])
})

/** In the township where households 1 and 2 live for the one, in another for everybody else. */
const registerIn = (person: number) =>
  owner(`insert into app.registered_place (person_id, registered_in, valid_from, verified_on, source, recorded_at, recorded_by)
    values (${base + person}, '31011800${person}', '2020-01-01', '2020-01-01', '户口簿', '2020-01-01', 'owner')`)

test('where the other record is registered is said of the kept one, unless something is said of it', async () => {
  const placeOf = async (person: number) =>
    (
      await owner(`select registered_in as place from app.registered_place
        where person_id = ${base + person} and superseded_at is null`)
    ).rows.map(({ place }) => place)
  for (const [both, kept] of [
    [false, '310118002'],
    [true, '310118001'],
  ] as const) {
    await world()
    await enter({ id: 1 }, { id: 2 })
    await registerIn(2)
    if (both) await registerIn(1)
    const id = await pair()
    expect((await merge(id)).status).toBe(200)
    expect(await placeOf(1)).toEqual([kept])
    expect((await undo(id)).status).toBe(200)
    expect([await placeOf(1), await placeOf(2)]).toEqual([both ? [kept] : [], ['310118002']])
  }
})

describe('a merge is undone', () => {
  const arbitrary = fc.record({
    together: fc.boolean(),
    keep: fc.constantFrom('first', 'second'),
    numbers: fc.tuple(fc.boolean(), fc.boolean()),
    phones: fc.tuple(fc.boolean(), fc.boolean()),
    relations: fc.boolean(),
    facts: fc.array(fc.constantFrom('labour_income', 'pension', 'sex', 'other_income'), {
      maxLength: 6,
    }),
    visited: fc.tuple(
      fc.subarray(['labour_income', 'pension']),
      fc.subarray(['labour_income', 'pension']),
    ),
    days: fc.constantFrom('2025-01-01', '2025-02-01'),
    awards: fc.tuple(fc.subarray(['dibao', 'tekun']), fc.subarray(['dibao', 'tekun'])),
    objections: fc.tuple(fc.boolean(), fc.boolean()),
    places: fc.tuple(fc.boolean(), fc.boolean()),
    fields: fc.record({
      name: fc.constantFrom('kept', 'merged'),
      idNumber: fc.constantFrom('kept', 'merged'),
      phone: fc.constantFrom('kept', 'merged'),
    }),
  })

  test('and everything holds again that held before', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async (given) => {
        await world()
        const said = (at: number): Said =>
          Object.fromEntries(
            given.facts
              .filter((_, i) => i % 2 === at || i % 3 === 0)
              .map((fact) => [
                fact,
                [fact === 'sex' ? `${at + 1}` : at + 1, at ? given.days : '2025-01-15'],
              ]),
          )
        const side = (at: 0 | 1): Person => ({
          id: at + 1,
          name: ['张伟', '章维'][at] ?? '',
          household: given.together ? 1 : at + 1,
          relation: given.together && (at === 1) === given.relations ? '10' : '02',
          ...(given.numbers[at] ? { number: numberOf(at + 1) } : {}),
          ...(given.phones[at] ? { phone: `1390000000${at}` } : {}),
          facts: said(at),
          visited: given.visited[at],
          awards: given.awards[at],
        })
        await enter(side(0), side(1))
        for (const at of [0, 1])
          if (given.objections[at])
            await owner(`insert into app.objection (household_id, area_id, person_id, kind, told_on, recorded_by)
              select household_id, area_id, id, 'push', '2025-01-01', 'owner' from app.person where id = ${base + at + 1}`)
        for (const at of [0, 1]) if (given.places[at]) await registerIn(at + 1)
        const id = await pair()
        const before = await holding()
        const done = await merge(id, { keep: given.keep, fields: given.fields })
        expect(done.status, JSON.stringify(done.body)).toBe(200)
        expect(await holding()).not.toEqual(before)
        const undone = await undo(id)
        expect(undone.status, JSON.stringify(undone.body)).toBe(200)
        expect(await holding()).toEqual(before)
      }),
      { numRuns: Math.max(6, Number(process.env['QIAO_PROPERTY_RUNS'] ?? 0) / 50) },
    )
  })

  test('while what was said since of the kept one stays', async () => {
    await enter(
      { id: 1, facts: { labour_income: [1, '2025-01-01'] } },
      { id: 2, facts: { labour_income: [2, '2025-02-01'] } },
    )
    const id = await pair()
    await merge(id)
    await owner(`with closed as (update app.fact set superseded_at = clock_timestamp()
        where person_id = ${base + 1} and fact = 'labour_income' and superseded_at is null returning *)
      insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on,
        sensitivity, basis, recorded_by)
      select household_id, area_id, person_id, fact, '3', valid_from, source, '2025-05-30', sensitivity, basis, 'owner' from closed`)
    expect((await undo(id)).status).toBe(200)
    expect([await factOf(1, 'labour_income'), await factOf(2, 'labour_income')]).toEqual([[3], [2]])
  })

  test('not after its time, nor once who lives there has changed again, nor by halves', async () => {
    await enter({ id: 1 }, { id: 2 }, { id: 3, name: '李四', household: 1, relation: '20' })
    const id = await pair()
    await merge(id)
    const { version } = (
      await ask(running.http, `GET /api/households/${base + 2}`, { token: tokens.township })
    ).body
    const half = await ask(running.http, `POST /api/households/${base + 2}/members/taking-back`, {
      token: tokens.township,
      body: { because: '登记错了', version },
    })
    expect(half.body.code).toBe('nothing-to-take-back')
    await owner(`update app.merge set undo_until = '2025-05-31' where pair_id = ${id}`)
    expect((await undo(id)).body).toMatchObject({
      code: 'merge-stands',
      detail: expect.stringContaining('期限'),
    })
    await owner(`update app.merge set undo_until = '2025-07-01' where pair_id = ${id}`)
    const household = (
      await ask(running.http, `GET /api/households/${base + 1}`, { token: tokens.township })
    ).body
    const left = await ask(
      running.http,
      `POST /api/households/${base + 1}/members/${base + 3}/leaving`,
      {
        token: tokens.township,
        body: {
          day: '2025-05-01',
          because: 'moved-out',
          source: '入户',
          version: household.version,
        },
      },
    )
    expect(left.status, JSON.stringify(left.body)).toBe(200)
    expect((await undo(id)).body).toMatchObject({
      code: 'merge-stands',
      detail: expect.stringContaining('变动'),
    })
  })

  test('and both are noted in the log of both households', async () => {
    await enter({ id: 1 }, { id: 2 })
    const id = await pair()
    await merge(id)
    await undo(id)
    const { rows } = await owner(
      `select action, household_id from app.audit where detail @> $1 and action like 'household.merge%' order by id`,
      [JSON.stringify({ pair: id })],
    )
    expect(small(rows)).toEqual([
      { action: 'household.merged', household_id: 2 },
      { action: 'household.merged', household_id: 1 },
      { action: 'household.merge-undone', household_id: 1 },
      { action: 'household.merge-undone', household_id: 2 },
    ])
  })
})
