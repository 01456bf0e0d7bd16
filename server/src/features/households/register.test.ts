import { sql } from 'kysely'
import { pinyin } from 'pinyin-pro'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { checkCharacter } from './id-number.ts'
import { settleStaged } from './load.ts'

/** Household 1 of 张伟 in the advisor's committee, 2 next door in the same township, 3 in another township. */

const [here, nextDoor, there] = ['310118001001', '310118001002', '310118002001'] as const
let running: RunningQiao
let advisor: string
let colleague: string
let serial = 0

beforeAll(async () => {
  running = await runQiao()
  await asOwner(running.db.owner, async (tx) => {
    await sql`insert into staging.household values
      (1, ${here}, 'family', 'Q-1', '青湖路1弄1号', null), (2, ${nextDoor}, 'family', 'Q-2', '2号', null),
      (3, ${there}, 'family', 'Q-3', '3号', null)`.execute(tx)
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '张伟', '02', '2020-01-01'), (2, 2, '张炜', '02', '2020-01-01'), (3, 3, '李静', '02', '2020-01-01')`.execute(
      tx,
    )
    await sql`insert into staging.fact (household_number, person_number, fact, value, source, basis, verified_on, sensitivity)
      values (1, 1, 'birth_date', '"1949-05-10"', '公安', 'sharing', ${today}, 'plain'),
        (3, 3, 'birth_date', '"1960-02-03"', '公安', 'sharing', ${today}, 'plain')`.execute(tx)
    await settleStaged(tx, { today, demo: false })
  })
  advisor = (await running.db.sessionFor({ role: 'advisor', areaId: here })).token
  colleague = (await running.db.sessionFor({ role: 'advisor', areaId: here })).token
})
afterAll(() => running.close())
beforeEach(() => {
  serial += 1
})

/** A number that nobody has yet. */
function freshNumber(): string {
  const first17 = `31019919750807${String((serial += 1)).padStart(3, '0')}`
  return first17 + checkCharacter(first17)
}

const search = async (body: object, token = advisor) =>
  ask(running.http, 'POST /api/households/search', { token, body })
const searchId = async (body: object, token = advisor) => (await search(body, token)).body.id
const register = async (head: object, token = advisor, area: string = here) =>
  ask(running.http, 'POST /api/households', { token, body: { area, address: '新址1号', head } })

async function registered(more: object = {}): Promise<{ id: number; version: number }> {
  const idNumber = freshNumber()
  const head = { name: '钱一', idNumber, searchId: await searchId({ name: '钱一', idNumber }) }
  const answer = await register({ ...head, ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

describe('a search before somebody is entered', () => {
  test.each([
    ['the same name', { name: '张伟' }, ['same-name']],
    ['a name that sounds the same', { name: '章威' }, ['same-sound']],
    ['a name that looks alike', { name: '张玮' }, ['same-sound']],
    [
      'the name and a day with two digits swapped',
      { name: '张伟', birthDate: '1994-05-10' },
      ['same-name', 'like-birth-date'],
    ],
    [
      'another given name, the same day',
      { name: '张三', birthDate: '1949-05-10' },
      ['same-birth-date'],
    ],
    [
      'the name at the same address',
      { name: '张伟', address: '青湖路1弄1号' },
      ['same-name', 'same-address'],
    ],
  ])('finds by %s and says so', async (_what, body, reasons) => {
    const { body: found } = await search(body)
    expect(found.hits).toMatchObject([{ householdId: 1, personId: 1, reasons }])
  })

  test('finds by a number of 15 digits, and by one with two digits swapped', async () => {
    const idNumber = freshNumber()
    const made = await register({
      name: '吴用',
      idNumber,
      searchId: await searchId({ name: '吴用', idNumber }),
    })
    const of15 = idNumber.slice(0, 6) + idNumber.slice(8, 17)
    expect((await search({ name: '全不同', idNumber: of15 })).body.hits).toMatchObject([
      { householdId: made.body.id, reasons: ['same-id-number', 'same-birth-date'] },
    ])
    const swapped17 = idNumber.slice(0, 8) + idNumber[9] + idNumber[8] + idNumber.slice(10, 17)
    const swapped = swapped17 + checkCharacter(swapped17)
    expect((await search({ name: '全不同', idNumber: swapped })).body.hits[0]?.reasons).toContain(
      'like-id-number',
    )
  })

  test('a name that sounds the same in another committee is not among the hits', async () => {
    const { body } = await search({ name: '张炜' })
    expect(body.hits.map(({ householdId }: { householdId: number }) => householdId)).toEqual([1])
  })

  test('of somebody outside the area only the township is told', async () => {
    const { body } = await search({ name: '李静', birthDate: '1960-02-03' })
    expect(body.hits).toEqual([])
    expect(body.elsewhere).toHaveLength(1)
    const { rows } = await running.db.owner.pool.query(
      `select name from app.area where id = '310118002'`,
    )
    expect(body.elsewhere).toEqual([rows[0].name])
    expect(JSON.stringify(body)).not.toContain('3号')
  })

  test('of somebody outside the area nothing is told on a name alone', async () => {
    expect((await search({ name: '李静' })).body.elsewhere).toEqual([])
  })

  test('is noted in the log without what was typed', async () => {
    const idNumber = freshNumber()
    await search({ name: '张伟', idNumber })
    const { rows } = await running.db.owner.pool.query(
      `select detail from app.audit where action = 'household.person-sought' order by id desc limit 1`,
    )
    expect(rows).toEqual([{ detail: { by: ['idNumber', 'name'], shown: [1], elsewhere: 0 } }])
  })

  test('refuses a number whose check character is wrong, and says which field', async () => {
    const idNumber = freshNumber()
    const wrong = idNumber.slice(0, 17) + (idNumber[17] === '1' ? '2' : '1')
    const { status, body } = await search({ name: '张伟', idNumber: wrong })
    expect([status, body.code]).toEqual([422, 'person-invalid'])
    expect(body.errors).toMatchObject([{ path: '/body/idNumber', message: '校验位不对' }])
  })
})

describe('a household is entered', () => {
  test('after a search, with what the number says of its head', async () => {
    const { id } = await registered()
    const { body } = await ask(running.http, `GET /api/households/${id}`, { token: advisor })
    expect(body.members).toMatchObject([
      { name: '钱一', birthDate: '1975-08-07', relation: '户主' },
    ])
    expect(body.area.id).toBe(here)
  })

  test.each([
    [
      'of somebody else',
      async () => searchId({ name: '钱二', birthDate: '1980-01-01' }, colleague),
    ],
    ['for another name', async () => searchId({ name: '钱三', birthDate: '1980-01-01' })],
    ['for another day of birth', async () => searchId({ name: '钱二', birthDate: '1980-01-02' })],
    ['that was never made', async () => '00000000-0000-4000-8000-000000000001'],
  ])('not on a search %s', async (_whose, find) => {
    const head = {
      name: '钱二',
      birthDate: '1980-01-01',
      noNumberBecause: 'lost',
      searchId: await find(),
    }
    const { status, body } = await register(head)
    expect([status, body.code]).toEqual([409, 'search-first'])
  })

  test('not on a search older than half an hour', async () => {
    const id = await searchId({ name: '钱二' })
    await running.db.owner.pool.query(
      `update app.household_search set searched_at = searched_at - interval '31 minutes' where id = $1`,
      [id],
    )
    const { body } = await register({ name: '钱二', noNumberBecause: 'lost', searchId: id })
    expect(body.code).toBe('search-first')
  })

  test('not in a committee of somebody else', async () => {
    const id = await searchId({ name: '钱二' })
    const head = { name: '钱二', noNumberBecause: 'lost', searchId: id }
    expect((await register(head, advisor, nextDoor)).body.code).toBe('not-your-committee')
  })

  test.each([here, there])('not with the number of somebody on record in %s', async (area) => {
    const idNumber = freshNumber()
    const clerk = (await running.db.sessionFor({ role: 'township', areaId: area.slice(0, 9) }))
      .token
    const first = {
      name: '钱四',
      idNumber,
      searchId: await searchId({ name: '钱四', idNumber }, clerk),
    }
    expect((await register(first, clerk, area)).status).toBe(200)
    const again = { name: '钱四', idNumber, searchId: await searchId({ name: '钱四', idNumber }) }
    const { status, body } = await register(again)
    expect([status, body.code]).toEqual([409, 'person-exists'])
  })

  test('not past the application either: the database asks for the search itself', async () => {
    const write = asActor(running.db.app, advisor, (tx) =>
      sql`select app.register_household(gen_random_uuid(), '\\x00', ${here}, '1号')`.execute(tx),
    )
    await expect(write).rejects.toThrow('nobody is entered before')
  })

  test('by one of two who enter the same number at the same time', async () => {
    const idNumber = freshNumber()
    const heads = await Promise.all(
      [advisor, colleague].map(async (token) => ({
        token,
        head: {
          name: '钱五',
          idNumber,
          searchId: await searchId({ name: '钱五', idNumber }, token),
        },
      })),
    )
    const answers = await Promise.all(heads.map(({ token, head }) => register(head, token)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })
})

describe('a member who was on no record', () => {
  test('joins after a search and raises the version; the match is due again', async () => {
    const { id, version } = await registered()
    const found = await searchId({ name: '钱小', birthDate: '2015-03-04' })
    const person = {
      name: '钱小',
      birthDate: '2015-03-04',
      sex: '2',
      noNumberBecause: 'not-registered',
      searchId: found,
    }
    const path = `POST /api/households/${id}/members` as const
    const body = { person, relation: '30', from: '2020-01-01', version }
    expect(
      (await ask(running.http, path, { token: advisor, body: { ...body, version: 1 } })).body.code,
    ).toBe('household-changed')
    const answer = await ask(running.http, path, { token: advisor, body })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body.version).toBeGreaterThan(version)
    const page = await ask(running.http, `GET /api/households/${id}`, { token: advisor })
    expect(page.body.members).toHaveLength(2)
    const { rows } = await running.db.owner.pool.query(
      'select version from app.household_current where household_id = $1',
      [id],
    )
    expect(rows).toEqual([{ version: answer.body.version }])
  })
})

describe('somebody without an ID number', () => {
  test('is not entered without a reason for that', async () => {
    const found = await searchId({ name: '钱六' })
    const { status, body } = await register({ name: '钱六', searchId: found })
    expect([status, body.code]).toEqual([422, 'person-invalid'])
  })

  test('gets a temporary identity, and keeps every fact when the number is bound', async () => {
    const head = { name: '钱七', birthDate: '1950-01-02', noNumberBecause: 'lost' }
    const made = await register({
      ...head,
      searchId: await searchId({ name: '钱七', birthDate: '1950-01-02' }),
    })
    const { id, version } = made.body
    const before = await running.db.owner.pool.query(
      'select * from app.person where household_id = $1',
      [id],
    )
    const [{ id: personId, temporary_no: temporary }] = before.rows
    expect(temporary).toMatch(/^L\d{8}$/)
    const facts = `select id from app.fact where person_id = ${personId} order by id`
    const known = (await running.db.owner.pool.query(facts)).rows
    const idNumber = freshNumber()
    const body = {
      name: '钱七',
      idNumber,
      version,
      searchId: await searchId({ name: '钱七', idNumber }),
    }
    const path = `POST /api/households/${id}/members/${personId}/identity` as const
    expect((await ask(running.http, path, { token: advisor, body })).status).toBe(200)
    const after = await running.db.owner.pool.query(
      'select * from app.person where household_id = $1',
      [id],
    )
    expect(after.rows).toMatchObject([
      { id: personId, temporary_no: temporary, identified_by: expect.stringMatching(/^staff:/) },
    ])
    expect(after.rows[0].id_number_index).not.toBeNull()
    expect((await running.db.owner.pool.query(facts)).rows).toEqual(expect.arrayContaining(known))
    const other = freshNumber()
    const again = {
      ...body,
      idNumber: other,
      searchId: await searchId({ name: '钱七', idNumber: other }),
    }
    expect((await ask(running.http, path, { token: advisor, body: again })).status).not.toBe(200)
  })
})

test('every character of GB/T 2312 sounds as the library says, with what is often confused as one', async () => {
  const decoder = new TextDecoder('gb2312')
  const row = (high: number) =>
    decoder.decode(Uint8Array.from({ length: 188 }, (_, i) => (i % 2 ? 0xa1 + (i >> 1) : high)))
  const all =
    Array.from({ length: 72 }, (_, i) => row(0xb0 + i))
      .join('')
      .match(/\p{Script=Han}/gu) ?? []
  const soundOf = (character: string) =>
    (pinyin(character, { toneType: 'none', type: 'array', mode: 'surname', v: true })[0] ?? '')
      .replace(/^([zcs])h/, '$1')
      .replace(/^n(?!g?$)/, 'l')
      .replace(/(?<![iu])ang$/, 'an')
      .replace(/([ei])ng$/, '$1n')
  const { rows } = await running.db.owner.pool.query<{ one: string; sound: string }>(
    'select one, app.sound_of(one) as sound from unnest($1::text[]) one',
    [all],
  )
  expect(rows).toHaveLength(6763)
  const stands = new Map<string, string>()
  const wrong = rows.filter(({ one, sound }) => {
    if (!stands.has(soundOf(one))) stands.set(soundOf(one), one)
    return stands.get(soundOf(one)) !== sound
  })
  expect(wrong).toEqual([])
})
