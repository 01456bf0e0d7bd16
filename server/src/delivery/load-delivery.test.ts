import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { loadDistrict } from '../district/load.ts'
import type { Table } from '../district/rows.ts'
import { writeDistrict } from '../district/write-csv.ts'
import { publishShippedPack } from '../features/policies/load.ts'
import { asActor } from '../platform/db/actor.ts'
import { openJobList } from '../platform/jobs.ts'
import { loadDelivery } from './load-delivery.ts'

const wish = { residents: 1000, seed: 3, today: '2025-06-01' }
const seal = (_field: string, text: string) => ({
  sealed: createHash('sha256').update(`sealed ${text}`).digest(),
  index: createHash('sha256').update(text).digest(),
})
const all = ['household', 'person', 'member', 'fact', 'award', 'roll', 'authorisation'] as const

let place: string
/** As `qiao district generate` wrote it; every test changes a copy. */
let folder: string
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'qiao-delivery-'))
  folder = join(place, 'whole')
  await writeDistrict(wish, folder)
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function emptyDatabase(): Promise<TestDatabase> {
  const db = await createTestDatabase()
  await publishShippedPack(db.owner)
  return db
}

async function load({ owner }: TestDatabase, from: string, dryRun = false) {
  const jobs = await openJobList(owner)
  try {
    return await loadDelivery({ owner, seal, today: wish.today, jobs }, from, dryRun)
  } finally {
    await jobs.close()
  }
}

let copies = 0
/** A copy of the folder in which the lines of one file were changed. */
async function changed(table: Table, change: (lines: string[]) => string[]): Promise<string> {
  const copy = join(place, `copy-${++copies}`)
  await cp(folder, copy, { recursive: true })
  const file = join(copy, `${table}.csv`)
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  await writeFile(file, `${change(lines).join('\n')}\n`)
  return copy
}

const line = (at: number, from: string | RegExp, to: string) => (lines: string[]) =>
  lines.with(at - 1, lines[at - 1]?.replace(from, to) ?? '')

/** All rows of the tables a delivery writes, with what shows whether one was written anew. */
async function everything({ owner }: TestDatabase, written = 'xmin::text'): Promise<unknown[]> {
  const tables = [...all, 'household_current', 'person_current']
  const results = await Promise.all(
    tables.map((table) =>
      owner.pool.query(`select ${written}, t::text as row from app.${table} t order by 2`),
    ),
  )
  return results.map(({ rows }) => rows as unknown)
}

const nothing = { households: 0, persons: 0, facts: 0, awards: 0, authorisations: 0, rolls: 0 }

describe('a folder as the generator writes it', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await emptyDatabase()
  })
  afterAll(() => db.close())
  const count = async (text: string) =>
    Number((await db.owner.pool.query(`select count(*) as n from ${text}`)).rows[0].n)

  test('says in a dry run what it would write, and writes nothing', async () => {
    const before = await everything(db)
    expect(await load(db, folder, true)).toMatchObject({ written: { persons: 1000 } })
    expect(await everything(db)).toEqual(before)
    expect(await count('app.audit')).toBe(0)
  })

  test('is loaded whole, as households that are nobody’s invention, and noted', async () => {
    const rows = async (table: Table) =>
      (await readFile(join(folder, `${table}.csv`), 'utf8')).trimEnd().split('\n').length - 1
    expect(await load(db, folder)).toEqual({
      written: {
        households: await rows('household'),
        persons: 1000,
        facts: await rows('fact'),
        awards: await rows('award'),
        authorisations: await rows('authorisation'),
        rolls: await rows('roll'),
      },
    })
    expect(await count('app.household where demo or story is not null')).toBe(0)
    expect(await count('app.person_current')).toBe(1000)
    expect(await count('staging.fact')).toBe(0)
    const { rows: noted } = await db.owner.pool.query(
      `select actor, action, (detail->>'persons')::int as persons, detail->>'sha256' ~ '^[0-9a-f]{64}$' as hashed from app.audit`,
    )
    expect(noted).toEqual([
      { actor: 'job:load', action: 'delivery.loaded', persons: 1000, hashed: true },
    ])
  })

  test('is known in the same words as the demonstration district of the same seed', async () => {
    const demo = await createTestDatabase()
    await loadDistrict({ owner: demo.owner, seal }, wish)
    const known = `select id_number_index, sealed.* from app.person join (
        select to_jsonb(person_current) - 'person_id' - 'household_id' as known, person_id
        from app.person_current) sealed on person_id = id order by 1`
    const facts = async ({ owner }: TestDatabase) =>
      (await owner.pool.query(known)).rows.map(({ id_number_index, known }) => [
        id_number_index.toString('hex'),
        known,
      ])
    expect(await facts(db)).toEqual(await facts(demo))
    await demo.close()
  })

  test('writes nothing a second time', async () => {
    const before = await everything(db)
    expect(await load(db, folder)).toEqual({ written: nothing })
    expect(await everything(db)).toEqual(before)
  })

  /** The first person of person.csv, in the database. */
  async function firstPerson(): Promise<{ id: number; household: number }> {
    const [, row = ''] = (await readFile(join(folder, 'person.csv'), 'utf8')).split('\n')
    const { rows } = await db.owner.pool.query<{ id: number; household: number }>(
      'select id, household_id as household from app.person where id_number_index = $1',
      [seal('id-number', row.split(',')[5] ?? '').index],
    )
    return rows[0] ?? { id: 0, household: 0 }
  }
  const recordsOf = async (person: number, fact: string) => {
    const { rows } = await db.owner.pool.query(
      `select value, superseded_at is null as now from app.fact
       where person_id = $1 and fact = $2 order by recorded_at`,
      [person, fact],
    )
    return rows
  }

  test('closes what is known with a later word, and an earlier word changes nothing', async () => {
    const { id, household } = await firstPerson()
    const later = await changed('fact', (lines) => {
      const at = lines.findIndex((text) => text.startsWith('1,1,sex,'))
      return line(at + 1, /"1"(.*),2025-\d\d-\d\d,,/, '"2"$1,2025-06-01,,')(lines)
    })
    expect(await load(db, later)).toEqual({ written: { ...nothing, facts: 1 } })
    const records = [
      { value: '1', now: false },
      { value: '2', now: true },
    ]
    expect(await recordsOf(id, 'sex')).toEqual(records)
    expect(await count(`app.person_current where person_id = ${id} and f_sex = '2'`)).toBe(1)
    expect(await count(`app.household where id = ${household} and version = 2`)).toBe(1)
    expect(await load(db, folder)).toEqual({ written: nothing })
    expect(await recordsOf(id, 'sex')).toEqual(records)
  })

  test('stands before what staff recorded, which lies beside', async () => {
    const { id, household } = await firstPerson()
    const { token } = await db.sessionFor({ role: 'district', areaId: '310118' })
    await asActor(db.app, token, (tx) =>
      sql`select app.record_fact(${household}, ${id}, 'hukou', '"4"', '2025-06-01', '入户核实',
        null, '2025-06-01', null)`.execute(tx),
    )
    // The department's own other word takes the place of its first.
    const other = await changed('fact', (lines) => {
      const at = lines.findIndex((text) => text.startsWith('1,1,hukou,'))
      return line(at + 1, /"\d"/, '"3"')(lines)
    })
    expect(await load(db, other)).toEqual({ written: { ...nothing, facts: 1 } })
    expect((await recordsOf(id, 'hukou')).at(-1)).toEqual({ value: '3', now: true })
    expect(
      await count(
        `app.other_word where person_id = ${id} and value = '"4"' and kind = 'visit' and superseded_at is null`,
      ),
    ).toBe(1)
  })

  test('says on what basis each fact is known, and what a word means that names none', async () => {
    const bases = async () =>
      (
        await db.owner.pool.query(
          `select basis, count(*)::int as n from app.fact where superseded_at is null group by 1 order by 1`,
        )
      ).rows
    expect((await bases()).map(({ basis }) => basis)).toEqual(['check', 'sharing', 'visit'])
    const older = await emptyDatabase()
    const without = await changed('fact', (lines) =>
      lines.map((text) => text.replace(/,(check|sharing|visit),/, ',,')),
    )
    await load(older, without)
    const { rows } = await older.owner.pool.query(
      `select basis, legal_basis from app.fact group by 1, 2 order by 1`,
    )
    await older.close()
    expect(rows).toEqual([
      { basis: 'check', legal_basis: '本人授权核对' },
      { basis: 'sharing', legal_basis: '政务数据共享' },
      { basis: 'visit', legal_basis: '本人或家属当面告知' },
    ])
  })

  test('an authorisation that was taken back is not given again by the same delivery', async () => {
    const { rows } = await db.owner.pool.query(
      `update app.authorisation set withdrawn_on = '2025-06-01', withdrawn_at = now(), withdrawn_by = 'owner'
       where id = (select min(id) from app.authorisation) returning household_id as id`,
    )
    expect(await load(db, folder)).toEqual({ written: nothing })
    expect(
      await count(`app.authorisation where household_id = ${rows[0]?.id} and withdrawn_at is null`),
    ).toBe(0)
  })

  test('takes back a roll that was not complete: who lacks it is unknown again', async () => {
    const denied = 'app.household_current where f_status_dibao = false'
    expect(await count(denied)).toBeGreaterThan(100)
    const partly = await changed('roll', (lines) =>
      lines.map((text) => text.replace(',true,', ',false,')),
    )
    const loaded = await load(db, partly)
    expect('written' in loaded && loaded.written.rolls).toBeGreaterThan(100)
    expect(await count(denied)).toBe(0)
    await load(db, folder)
    expect(await count(denied)).toBeGreaterThan(100)
  })

  test('a person who is of another household is refused, at the row', async () => {
    const moved = await changed('person', (lines) => {
      const one = lines[1]?.split(',') ?? []
      const other = lines[2]?.split(',') ?? []
      return lines
        .with(2, other.with(5, one[5] ?? '').join(','))
        .with(1, one.with(5, other[5] ?? '').join(','))
    })
    expect(await load(db, moved)).toMatchObject({
      bad: [
        { file: 'person.csv', line: 2, column: 'household_number', message: '此人现登记在另一户' },
        { file: 'person.csv', line: 3, column: 'household_number' },
      ],
    })
  })
})

describe('an authorisation of one member in a file', () => {
  let db: TestDatabase
  let child: string[]
  let grownUp: string[]
  beforeAll(async () => {
    db = await emptyDatabase()
    const born = (await readFile(join(folder, 'fact.csv'), 'utf8'))
      .split('\n')
      .map((text) => text.split(','))
      .filter(([, , fact]) => fact === 'birth_date')
    const year = ([, , , value]: string[]) => Number(/\d{4}/.exec(value ?? '')?.[0])
    child = born.find((row) => year(row) > 2012) ?? []
    grownUp = born.find((row) => year(row) < 2000) ?? []
  })
  afterAll(() => db.close())
  /** The folder with one more authorisation, for a check of means from the first of May on. */
  const authorised = ([household, person]: string[]) =>
    changed('authorisation', (lines) => [
      ...lines,
      `${household},${person},check,2025-05-01,2026-04-30,授权书`,
    ])
  const bad = async (from: string) => {
    const loaded = await load(db, from, true)
    return 'bad' in loaded ? loaded.bad : []
  }
  const lastLine = async (from: string) =>
    (await readFile(join(from, 'authorisation.csv'), 'utf8')).trimEnd().split('\n').length

  test('is taken as a grown-up’s own word', async () => {
    expect(await bad(await authorised(grownUp))).toEqual([])
  })

  test('is refused of a child under fourteen, at its row and with why', async () => {
    const from = await authorised(child)
    expect(await bad(from)).toEqual([
      {
        file: 'authorisation.csv',
        line: await lastLine(from),
        column: 'person_number',
        message: expect.stringContaining('未满十四周岁，由监护人同意'),
      },
    ])
  })

  test('is refused where nobody knows when they were born', async () => {
    const from = await authorised(grownUp)
    const facts = join(from, 'fact.csv')
    const lines = (await readFile(facts, 'utf8')).split('\n')
    await writeFile(facts, lines.filter((text) => text !== grownUp.join(',')).join('\n'))
    expect(await bad(from)).toMatchObject([
      { column: 'person_number', message: expect.stringContaining('不知道这位成员的出生日期') },
    ])
  })

  test('is refused by the birth date on record, too, where the file brings another', async () => {
    await load(db, folder)
    const from = await authorised(child)
    const facts = join(from, 'fact.csv')
    const older = child.with(3, child[3]?.replace(/\d{4}/, '1990') ?? '')
    await writeFile(
      facts,
      (await readFile(facts, 'utf8')).replace(child.join(','), older.join(',')),
    )
    expect(await bad(from)).toMatchObject([{ message: expect.stringContaining('未满十四周岁') }])
  })

  test('that is on record already stays and is no reason to refuse', async () => {
    const [household, person] = child
    await db.owner.pool.query(
      `insert into app.authorisation (household_id, area_id, person_id, basis, valid_from, valid_to, evidence, recorded_by)
       select household_id, area_id, id, 'check', '2025-05-01', '2026-04-30', '授权书', 'job:load' from app.person
       where id_number_index = $1`,
      [
        seal(
          'id-number',
          (await readFile(join(folder, 'person.csv'), 'utf8'))
            .split('\n')
            .map((text) => text.split(','))
            .find(([number, of]) => number === person && of === household)?.[5] ?? '',
        ).index,
      ],
    )
    expect(await bad(await authorised(child))).toEqual([])
  })
})

describe('a bad row refuses everything, at its line and column', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await emptyDatabase()
  })
  afterAll(() => db.close())

  test.each([
    ['household', line(3, /^2,\d+/, '2,310118999999'), 'area_id', '没有这个居村委会代码'],
    ['household', line(3, 'family', 'clan'), 'kind', '要填 family 或 collective'],
    ['household', (lines: string[]) => lines.with(2, lines[1] ?? ''), 'number', '前面已有这一行'],
    ['person', line(3, '2020-11-01', '2020-11-31'), 'joined_on', '要填日期'],
    ['person', line(3, /\d,10000/, '9,10000'), 'id_number', '校验位不对'],
    ['person', line(3, /^2,2/, '2,999999'), 'household_number', 'household.csv 里没有编号 999999'],
    ['person', line(3, /,\d\d$/, ''), '', '应有 10 列，这一行有 9 列'],
    ['fact', line(3, '"""1"""', '"""7"""'), 'value', '要从中选一项'],
    ['fact', line(3, '"""1"""', '男'), 'value', '要填 JSON'],
    ['fact', line(3, ',sex,', ',shoe_size,'), 'fact', '没有这一项事实'],
    ['fact', line(3, ',sex,', ',age,'), 'fact', '没有这一项事实，或它由别的推出'],
    ['fact', line(3, 'plain', 'clinical'), 'sensitivity', '应为 plain'],
    ['fact', line(3, /^1,1,/, '1,2,'), 'person_number', '这一户没有编号 2'],
    ['fact', line(3, /^1,1,/, '1,,'), 'person_number', '要写明是哪位成员'],
    ['fact', line(3, ',,plain', ',2026-01-01,plain'), 'shelf_until', '应为 空'],
    ['award', line(3, 'receiving', 'got'), 'state', '要填 receiving'],
    ['award', line(3, 'laonian-jintie', 'laonian'), 'programme', '政策库里没有这项政策'],
    ['award', line(3, /(\d{4}-\d\d-\d\d),,/, '$1,2001-01-01,'), 'valid_to', '不能早于起始日'],
    ['fact', line(3, ',sharing,', ',hearsay,'), 'basis', '要填 visit、declared、sharing'],
    ['authorisation', line(3, ',check,', ',sharing,'), 'basis', '要填须有授权的依据'],
    ['authorisation', line(3, /(\d{4}-\d\d-\d\d),20/, '$1,19'), 'valid_to', '不能早于起始日'],
    ['roll', line(3, 'true', 'yes'), 'complete', '要填 true 或 false'],
    ['roll', line(3, '2025-06-01', '2025-07-01'), 'on_day', '不能晚于今天'],
    ['fact', (lines: string[]) => lines.with(2, lines[1] ?? ''), 'fact', '前面已有一行'],
    ['roll', (lines: string[]) => lines.with(2, lines[1] ?? ''), 'on_day', '前面已有一行'],
  ] as const)('%s.csv, %#: %s', async (table, change, column, message) => {
    const loaded = await load(db, await changed(table, change))
    const bad = 'bad' in loaded ? loaded.bad : []
    expect(bad[0]).toMatchObject({ file: `${table}.csv`, line: 3, column })
    expect(bad[0]?.message).toContain(message)
    for (const rows of await everything(db)) expect(rows).toEqual([])
    expect((await db.owner.pool.query('select from app.audit')).rows).toEqual([])
  })

  test('and all of them are told, as many as fifty', async () => {
    const folderOfMistakes = await changed('person', ([header = '', ...lines]) => [
      header.replace('marital', 'married'),
      ...lines.map((text) => text.replace(/,02,/, ',head,')),
    ])
    const loaded = await load(db, folderOfMistakes)
    const bad = 'bad' in loaded ? loaded.bad : []
    expect(bad).toHaveLength(50)
    expect(bad[0]).toMatchObject({ file: 'person.csv', line: 1, column: '' })
    expect(bad[0]?.message).toMatch(/^第一行应为 number,household_number/)
  })

  test('a folder that lacks a file is told which', async () => {
    const copy = await changed('roll', (lines) => lines)
    await rm(join(copy, 'roll.csv'))
    await expect(load(db, copy)).rejects.toThrow('holds no roll.csv')
  })
})
