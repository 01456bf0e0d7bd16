import { compileColumns, compileSql, type Pack, type TargetColumns } from '@qiao/rules'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { refreshCurrent } from '../households/wide.ts'
import { loadPackFolder } from '../policies/pack-files.ts'
import { readShard } from './shard.ts'
import { currentRows, sqlSettings } from './verify.ts'

const today = '2025-06-01'
const residents = process.env['QIAO_LONG'] === undefined ? 3000 : 100_000
let database: TestDatabase
let pack: Pack

beforeAll(async () => {
  database = await createTestDatabase()
  pack = (await loadPackFolder()).pack
  await loadDistrict({ owner: database.owner, seal }, { residents, seed: 1, today })
}, 300_000)
afterAll(() => database.close())

type Row = Readonly<Record<string, number | null>>

/** The whole district: what SQL says row by row, and what the columns say of the same rows. */
async function bothOf(connection: pg.PoolClient, on: string) {
  await connection.query(sqlSettings)
  const program = compileSql(pack, on, currentRows)
  const { rows } = await connection.query<Row>(
    `${program.text} order by household_id, person_id nulls first`,
  )
  const everybody = { after: 0, upTo: Number.MAX_SAFE_INTEGER }
  const shard = await readShard(connection, pack.facts, everybody)
  return { program, rows, shard, columns: compileColumns(pack, on).run(shard.batch) }
}

const saidByColumns = (of: TargetColumns, row: number): string =>
  [of.verdict[row], of.amountKind[row], of.amountMin[row], of.amountMax[row]].join(' ')

/** Answers compared, and those that differ, by programme. */
async function differences(on: string) {
  return asOwner(database.owner, async (_tx, connection) => {
    const { program, rows, columns, shard } = await bothOf(connection, on)
    const ofHouseholds = rows.filter((row) => row['person_id'] === null)
    const ofPersons = rows.filter((row) => row['person_id'] !== null)
    expect([ofHouseholds.length, ofPersons.length]).toEqual([
      shard.batch.households,
      shard.batch.persons,
    ])
    const differ: string[] = []
    let compared = 0
    for (const [index, { entity, verdict, kind, min, max }] of program.targets.entries()) {
      const of = columns.targets[index]
      if (!of) throw new Error(`no columns for target ${index}`)
      const said = (row: Row): string =>
        [row[verdict], row[kind], ...[min, max].map((name) => (name && row[name]) ?? 0)].join(' ')
      for (const [at, row] of (entity === 'person' ? ofPersons : ofHouseholds).entries()) {
        compared += 1
        if (said(row) !== saidByColumns(of, at))
          differ.push(`${index} ${row['household_id']}: ${said(row)}, not ${saidByColumns(of, at)}`)
      }
    }
    return { compared, differ }
  })
}

test.each(['2014-05-01', today, '2026-11-23'])(
  'SQL says of everybody in the district what the columns say, on %s',
  { timeout: 600_000 },
  async (on) => {
    const { compared, differ } = await differences(on)
    expect(differ.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(residents * 10)
  },
)

/** Verdicts on 低保 by household, of those that meet the test. */
async function dibao(where: string): Promise<[household: number, verdict: number | null][]> {
  const { text, targets } = compileSql(pack, today, currentRows)
  const place = pack.programmes.findIndex(({ id }) => id === 'dibao')
  const index = pack.program.targets.findIndex(
    ({ programme, entity }) => programme === place && entity === 'household',
  )
  const verdict = targets[index]?.verdict ?? ''
  const { rows } = await database.owner.pool.query<{ id: number; verdict: number | null }>(
    `select household_id as id, ${verdict} as verdict
     from (${text}) said join app.household_current wide using (household_id)
     where person_id is null and (${where}) order by household_id`,
  )
  return rows.map(({ id, verdict }) => [id, verdict])
}

test('assets past their shelf life are unknown to SQL, whatever they were', async () => {
  const poor = await dibao('f_assets is not null')
  const household = poor.find(([, verdict]) => verdict === 1)?.[0] ?? 0
  const token = await database.jobToken()
  const record = async (value: string, until: string) => {
    const { rows } = await database.owner.pool.query<Record<string, unknown>>(`
      update app.fact set superseded_at = clock_timestamp()
      where household_id = ${household} and fact = 'assets' and superseded_at is null returning *`)
    await database.owner.pool.query(
      `insert into app.fact (household_id, area_id, fact, value, valid_from, recorded_by, source,
        verified_on, shelf_until, sensitivity)
       select household_id, area_id, fact, $2::jsonb, valid_from, recorded_by, source, verified_on,
        $3::date, sensitivity from app.fact where id = $1`,
      [rows[0]?.['id'], value, until],
    )
    await asActor(database.app, token, (tx) => refreshCurrent(tx, [household], today))
  }
  await record('9999999900', today)
  expect(await dibao(`household_id = ${household}`)).toEqual([[household, 0]])
  await record('9999999900', '2025-05-31')
  expect(await dibao(`household_id = ${household}`)).toEqual([[household, 2]])
})
