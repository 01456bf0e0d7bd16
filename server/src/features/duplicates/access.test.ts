import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asActor } from '../../platform/db/actor.ts'
import type { TestRole, TestSession } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { openJobSession } from '../staff/sign-in.ts'
import { checkCharacter } from '../households/id-number.ts'
import { refreshNext, refreshPairs } from './find.ts'

/** Households 1 and 2 lie in two committees of one township, 3 in another township, 4 beside 1. */
const areas = ['310118001001', '310118001002', '310118002001', '310118001001'] as const
const numbered = (first17: string) => first17 + checkCharacter(first17)

let running: RunningQiao
const who = {} as Record<'advisor' | 'township' | 'otherTownship' | 'district', TestSession>
const people: Readonly<Record<keyof typeof who, readonly [TestRole, string]>> = {
  advisor: ['advisor', areas[0]],
  township: ['township', '310118001'],
  otherTownship: ['township', '310118002'],
  district: ['district', '310118'],
}

beforeAll(async () => {
  running = await runQiao()
  for (const [name, [role, areaId]] of Object.entries(people))
    who[name as keyof typeof who] = await running.db.sessionFor({ role, areaId, name })
  for (const [at, area] of areas.entries())
    await owner(`insert into app.household (id, area_id, register_no, address)
      values (${at + 1}, '${area}', 'Q-${at + 1}', '${at + 1}号')`)
})
afterAll(() => running.close())

beforeEach(() => owner('truncate app.person, app.restriction cascade'))

const owner = (text: string, values?: unknown[]) => running.db.owner.pool.query(text, values)

type Entered = Readonly<{
  id: number
  name: string
  number?: string
  born?: string
  sex?: string
  phone?: string
  /** 1 to 4; by its id where left out. */
  household?: number
  temporary?: true
}>

async function enter(...persons: readonly Entered[]): Promise<void> {
  for (const { id, name, number, born, sex, phone, household = id, temporary } of persons) {
    const area = areas[household - 1]
    const sealed = number && running.cipher.seal('id-number', number)
    const called = phone && running.cipher.seal('phone', phone)
    await owner(
      `insert into app.person (id, household_id, area_id, name, id_number_enc, id_number_index, phone_enc, phone_index,
        temporary_no, no_number_because) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, household, area, name, sealed ? sealed.sealed : null, sealed ? sealed.index : null]
        .concat([called ? called.sealed : null, called ? called.index : null])
        .concat(temporary ? [`L${id}`, 'lost'] : [null, null]),
    )
    await owner(`insert into app.member (household_id, area_id, person_id, relation, valid_from)
      values (${household}, '${area}', ${id}, '02', '2020-01-01')`)
    for (const [fact, value] of Object.entries({ birth_date: born, sex }))
      if (value)
        await owner(`insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source,
            verified_on, sensitivity, basis, recorded_by)
          values (${household}, '${area}', ${id}, '${fact}', '"${value}"', '2020-01-01', '入户', '2025-01-01',
            'plain', (select min(id) from app.basis), 'owner')`)
  }
}

const asProgram = async (work: Parameters<typeof asActor<void>>[2]) =>
  asActor(running.db.app, await openJobSession(running.db.signin, 'duplicates'), work)
const changed = (household: number) =>
  asProgram((tx) => refreshPairs(tx, running.cipher, household))

async function queue(reader: keyof typeof who, query = '') {
  const { status, body } = await ask(running.http, `GET /api/duplicates${query}`, {
    token: who[reader].token,
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return body.items as {
    id: number
    score: number
    reasons: string[]
    first: { personId: number; name: string }
    second: { personId: number }
  }[]
}
const pairsOf = async (reader: keyof typeof who, query = '') =>
  (await queue(reader, query)).map(({ first, second }) => [first.personId, second.personId])

describe('a pair is found', () => {
  const born = '1949-05-10'
  test.each<[string, Entered, Entered, string[]]>([
    [
      'by a number of 15 digits and of 18',
      { id: 1, name: '王五', number: numbered('31019919490510001') },
      { id: 2, name: '李四', number: '310199490510001' },
      ['same-id-number'],
    ],
    [
      'by a number with two digits swapped',
      { id: 1, name: '王五', number: numbered('31019919490510001') },
      { id: 2, name: '李四', number: numbered('31019919490510010') },
      ['like-id-number'],
    ],
    [
      'by a name that sounds the same and the day of birth',
      { id: 1, name: '张伟', born },
      { id: 2, name: '章维', born },
      ['same-sound', 'same-birth-date'],
    ],
    [
      'by the name and a day of birth with two digits swapped',
      { id: 1, name: '张伟', born },
      { id: 2, name: '张伟', born: '1949-05-01' },
      ['same-name', 'like-birth-date'],
    ],
    [
      'by the phone and the day of birth, though the name was changed',
      { id: 1, name: '张伟', born, phone: '13900000000' },
      { id: 2, name: '李四', born, phone: '13900000000' },
      ['same-birth-date', 'same-phone'],
    ],
    [
      'by the name alone where one has no ID number',
      { id: 1, name: '张伟', number: numbered('31019919490510001') },
      { id: 2, name: '张伟', temporary: true },
      ['same-name', 'one-unidentified'],
    ],
  ])('%s', async (_, first, second, reasons) => {
    await enter(first, second)
    for (const household of [1, 2]) {
      await owner('delete from app.duplicate_pair')
      await changed(household)
      expect(await queue('township')).toMatchObject([{ reasons }])
    }
  })

  test('not between strangers who share a name', async () => {
    await enter({ id: 1, name: '张伟' }, { id: 2, name: '张伟' })
    await changed(1)
    expect(await queue('township')).toEqual([])
  })

  test('not between parent and child who live together with one phone', async () => {
    const phone = '13900000000'
    await enter(
      { id: 1, name: '张伟', phone, born },
      { id: 2, name: '章维', phone, born: '1975-05-10', household: 1 },
    )
    await changed(1)
    expect(await queue('township')).toEqual([])
  })

  test('of everybody at night, once however often', async () => {
    await enter({ id: 1, name: '张伟', born }, { id: 2, name: '章维', born })
    for (const _ of [1, 2])
      await asProgram(async (tx) => {
        expect(await refreshNext(tx, running.cipher, 0)).toBe(2)
        expect(await refreshNext(tx, running.cipher, 2)).toBeNull()
      })
    expect(await pairsOf('township')).toEqual([[1, 2]])
  })

  test('and leaves the queue when the record is corrected', async () => {
    await enter({ id: 1, name: '张伟', born }, { id: 2, name: '章维', born })
    await changed(1)
    await owner(`update app.person set name = '李四' where id = 2`)
    await changed(2)
    expect(await queue('township')).toEqual([])
  })
})

describe('who sees a pair', () => {
  const alike = { name: '张伟', born: '1949-05-10', phone: '13900000000' }
  test('is whoever sees both persons: across townships the district', async () => {
    await enter({ id: 1, ...alike }, { id: 3, ...alike })
    await changed(1)
    expect(await pairsOf('district')).toEqual([[1, 3]])
    expect(await pairsOf('township')).toEqual([])
    expect(await pairsOf('otherTownship')).toEqual([])
    const [pair] = await queue('district')
    for (const line of [
      `GET /api/duplicates/${pair?.id}`,
      `POST /api/duplicates/${pair?.id}/not-same`,
    ])
      expect(
        await ask(running.http, line as 'GET /', {
          token: who.township.token,
          ...(line.startsWith('POST') ? { body: { note: '两个人' } } : {}),
        }),
      ).toMatchObject({ status: 404 })
  })

  test('is nobody who does not see a restricted household', async () => {
    await enter({ id: 1, ...alike }, { id: 4, ...alike })
    await changed(1)
    expect(await pairsOf('township')).toEqual([[1, 4]])
    await owner(`insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
      values (4, '${areas[3]}', 'violence', '住址须保密', '2020-01-01', '${who.advisor.staffId}', '${who.advisor.staffId}')`)
    expect(await pairsOf('township')).toEqual([])
    expect(await pairsOf('district')).toEqual([])
  })

  test('is no advisor', async () => {
    const { status } = await ask(running.http, 'GET /api/duplicates', { token: who.advisor.token })
    expect(status).toBe(403)
  })

  test('is asked for by area and by score', async () => {
    await enter({ id: 1, ...alike }, { id: 2, ...alike })
    await changed(1)
    expect(await pairsOf('district', `?area=${areas[1]}&from=90`)).toEqual([[1, 2]])
    expect(await pairsOf('district', '?area=310118002')).toEqual([])
    expect(await pairsOf('district', '?from=91')).toEqual([])
  })
})

describe('one pair', () => {
  beforeEach(async () => {
    const alike = { name: '张伟', born: '1949-05-10' }
    await enter(
      { id: 1, ...alike, phone: '13900000000', number: numbered('31019919490510001'), sex: '1' },
      { id: 2, ...alike, phone: '13911111111' },
    )
    await changed(1)
  })
  const read = async () => {
    const [pair] = await queue('township')
    return ask(running.http, `GET /api/duplicates/${pair?.id}`, { token: who.township.token })
  }
  const decide = (id: number, note = '同名同日，经核实是两个人') =>
    ask(running.http, `POST /api/duplicates/${id}/not-same`, {
      token: who.township.token,
      body: { note },
    })

  test('says of each field whether both sides agree, and masks what the reader may not see', async () => {
    const { body } = await read()
    const standing = Object.fromEntries(
      body.fields.map(({ field, standing }: Record<string, string>) => [field, standing]),
    )
    expect(standing).toEqual({
      name: 'same',
      idNumber: 'one-unknown',
      birthDate: 'same',
      sex: 'one-unknown',
      phone: 'differs',
      address: 'differs',
    })
    expect(JSON.stringify(body)).not.toContain('13900000000')
    expect(JSON.stringify(body)).not.toContain(numbered('31019919490510001'))
  })

  test('once judged not the same stays so whatever is written later', async () => {
    const { body } = await read()
    expect(await decide(body.id)).toMatchObject({
      status: 200,
      body: { state: 'not-same', note: '同名同日，经核实是两个人', decidedBy: 'township' },
    })
    await owner(
      `update app.person set phone_index = (select phone_index from app.person where id = 1) where id = 2`,
    )
    await changed(1)
    await changed(2)
    await asProgram(async (tx) => void (await refreshNext(tx, running.cipher, 0)))
    expect(await queue('township')).toEqual([])
    expect(await pairsOf('township', '?state=not-same')).toEqual([[1, 2]])
  })

  test('is judged once', async () => {
    const { body } = await read()
    await decide(body.id)
    expect(await decide(body.id)).toMatchObject({
      status: 409,
      body: { code: 'pair-decided' },
    })
  })

  test('is noted in the log of both households, looked at and judged', async () => {
    const { body } = await read()
    await decide(body.id)
    const { rows } = await owner(
      `select action, household_id from app.audit where detail @> $1 order by id`,
      [JSON.stringify({ pair: body.id })],
    )
    expect(rows).toEqual([
      { action: 'household.duplicate-read', household_id: 1 },
      { action: 'household.duplicate-read', household_id: 2 },
      { action: 'household.not-same', household_id: 1 },
      { action: 'household.not-same', household_id: 2 },
    ])
  })
})
