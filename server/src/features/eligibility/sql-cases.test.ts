import type { HouseholdFacts } from '@qiao/rules'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packFrom } from '../../../../rules/test/pack-text.ts'
import { householdOf, programme } from '../../../../rules/test/small-packs.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { loadWideRows, saidByExplain, saidBySql } from './test-wide-rows.ts'

const today = '2025-06-01'
let database: TestDatabase
let connection: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  connection = new pg.Client({ connectionString: database.url('owner') })
  await connection.connect()
})
afterAll(async () => {
  await connection.end()
  await database.close()
})

/** What SQL says of the first programme, household by household; explain must say it, too. */
async function said(
  of: Parameters<typeof programme>[0],
  households: readonly HouseholdFacts[],
): Promise<string[]> {
  const pack = packFrom(programme(of))
  await loadWideRows(connection, pack, households)
  const bySql = await saidBySql(connection, pack, today)
  expect(bySql).toEqual(saidByExplain(pack, households, today))
  return Object.keys(bySql)
    .filter((key) => key.endsWith(' 0'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((key) => bySql[key] ?? '')
}

describe('of an unknown income SQL knows that it is at least nothing', () => {
  const households = [
    householdOf({}, { income: 60_000 }, {}),
    householdOf({}, { income: 100_000 }, {}),
    householdOf({}, { income: 99_999 }, { income: 0 }),
  ]

  test('known incomes of the others past the line decide', async () => {
    const condition = 'sum(members.收入) < 1000'
    expect(await said({ condition }, households)).toEqual([
      'unknown official',
      'ineligible none',
      'eligible official',
    ])
  })

  test('an amount is then a range', async () => {
    const least = { amount: 'max(1000 - sum(members.收入), 0)' }
    expect(await said(least, households)).toEqual([
      'eligible range 0 40000',
      'eligible exact 0 0',
      'eligible exact 1 1',
    ])
  })
})

test('null is none of the numbers, unknown is any of them', async () => {
  const households = [null, 900, undefined].map((pension) =>
    householdOf({}, pension === undefined ? {} : { pension }),
  )
  const condition = 'every m in members satisfies m.养老金 = null'
  expect(await said({ condition }, households)).toEqual([
    'eligible official',
    'ineligible none',
    'unknown official',
  ])
})

test('the least of nobody is null, and of perhaps somebody both', async () => {
  const households = [
    householdOf({}, { student: false, pension: 400 }),
    householdOf({}, { student: true, pension: 400 }),
    householdOf({}, { student: true, pension: null }),
    householdOf({}, { pension: 400 }),
  ]
  const of = { condition: 'min(members[在校].养老金) < 5', more: ', whenNull: unmet' }
  expect(await said(of, households)).toEqual([
    'ineligible none',
    'eligible official',
    'ineligible none',
    'unknown official',
  ])
})

test("a member sees the household's facts and what its members have together", async () => {
  const households = [
    householdOf({ assets: 500 }, { income: 100 }, { income: 400 }),
    householdOf({}, { income: 100 }),
    householdOf({ assets: 200_000 }, { income: 100 }),
  ]
  const condition = 'household.财产 < 1000 and 收入 * 3 > sum(members.收入)'
  expect(await said({ target: 'person', condition }, households)).toEqual([
    'ineligible none',
    'eligible official',
    'unknown official',
    'ineligible none',
  ])
})

describe('a status', () => {
  const condition = 'status("other")'
  const poor = { assets: 5000 }

  test('that a match of the same run would confirm leaves the verdict waiting', async () => {
    const households = [
      householdOf({ ...poor, holds_other: false }),
      householdOf({ ...poor, holds_other: true }),
      householdOf({ assets: 50_000, holds_other: false }),
    ]
    expect(await said({ condition }, households)).toEqual([
      'unknown unknown',
      'eligible official',
      'ineligible none',
    ])
  })

  test('that nobody has recorded is unknown, and its amount what it would be', async () => {
    const households = [householdOf({ assets: 50_000 })]
    expect(await said({ condition, amount: '100' }, households)).toEqual([
      'unknown exact 10000 10000',
    ])
  })
})

test('born on 29 February one is a year older on 1 March', async () => {
  const households = ['1964-02-29', '1965-06-01', '1965-06-02'].map((birth_date) =>
    householdOf({}, { birth_date }),
  )
  const condition = '年龄 >= 60'
  expect(await said({ target: 'person', condition }, households)).toEqual([
    'eligible official',
    'eligible official',
    'ineligible none',
  ])
})

test('a choice that the whole range of a fact decides is made although the fact is unknown', async () => {
  const condition = '(if 收入 >= 0 then 收入 else -5) >= 0'
  expect(await said({ target: 'person', condition }, [householdOf({}, {})])).toEqual([
    'eligible official',
  ])
})

test('what is below nothing grows when divided by more', async () => {
  const condition = 'floor((收入 - 100) / (年龄 + 1)) >= -50'
  const households = [householdOf({}, { income: 0 }), householdOf({}, { income: 0, age: 3 })]
  expect(await said({ target: 'person', condition }, households)).toEqual([
    'unknown official',
    'eligible official',
  ])
})

test('an amount divided by what has no bound goes down to nothing', async () => {
  const pack = packFrom(`
facts:
  - {id: shares, name: 份数, entity: household, type: integer, range: [1, null]}
programmes:
  - id: aid
    name: 补助
    category: any
    computes: full
    tiers:
      - id: only
        target: household
        conditions: [{id: line, text: 线, clause: {document: 条款待核}, expr: 份数 >= 1}]
        amount: {kind: computed, per: month, round: fen, expr: 1000 / 份数}
`)
  const households = [householdOf({}), householdOf({ shares: 7 })]
  await loadWideRows(connection, pack, households)
  const bySql = await saidBySql(connection, pack, today)
  expect(bySql).toEqual(saidByExplain(pack, households, today))
  expect(Object.values(bySql)).toEqual(['eligible range 0 100000', 'eligible exact 14286 14286'])
})

test('a fact that has no column is unknown for everybody', async () => {
  const pack = packFrom(programme({ condition: '租房 or 财产 < 100' }))
  await loadWideRows(connection, pack, [householdOf({ rented: true, assets: 50_000 })])
  await connection.query('alter table wide_household drop column f_rented')
  const said = await saidBySql(connection, pack, today, (id) => id !== 'rented')
  expect(said['0 - 0']).toBe('unknown official')
})
