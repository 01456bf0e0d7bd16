import { columnFor, type ColumnBatch, dayFromText, type FactColumn, type Pack } from '@qiao/rules'
import type pg from 'pg'
import { readShard, type Shard } from '../eligibility/shard.ts'
import type { Receipts } from './judgement.ts'
import { type Population, populationOf } from './population.ts'
import { readReceipts, type RowNumbers } from './receipts.ts'

/** Households by number: `after` exclusive, `upTo` inclusive. */
export type Part = Readonly<{ after: number; upTo: number }>

/** Households read at a time; what is read last goes into columns of the right length at once. */
const piece = 20_000

/**
 * Reads a part of the district, and leaves behind every number by which somebody could be told, but
 * that of the household: it stays here, for whoever has a duty to open one.
 *
 * @param connection in one transaction that sees the whole part as of one moment
 * @param townships ids of 9 digits; households elsewhere are of the last place, beyond them
 */
export async function readPopulation(
  connection: pg.PoolClient,
  pack: Pack,
  { on, part, townships }: { on: string; part: Part; townships: readonly string[] },
): Promise<{ population: Population; receipts: Receipts; householdIds: Float64Array }> {
  const pieces = await piecesOf(connection, part)
  const rows = await rowsOf(connection, part)
  const batch = emptyBatch(pack, rows)
  const numbers = {
    householdIds: new Float64Array(rows.households),
    personIds: new Float64Array(rows.persons),
    areaIds: [] as string[],
    optedOut: new Uint8Array(rows.persons),
  }
  let [household, person] = [0, 0]
  for (const choice of pieces) {
    const shard = await readShard(connection, pack.facts, choice)
    put(batch, shard, household, person)
    numbers.householdIds.set(shard.householdIds, household)
    numbers.personIds.set(shard.personIds, person)
    numbers.optedOut.set(shard.optedOut, person)
    numbers.areaIds.push(...shard.areaIds)
    household += shard.batch.households
    person += shard.batch.persons
  }
  batch.offsets[household] = person
  const townshipOf = Uint8Array.from(numbers.areaIds, (area) => {
    const place = townships.indexOf(area.slice(0, 9))
    return place < 0 ? townships.length : place
  })
  const { optedOut, ...own } = numbers
  const population = populationOf(batch, { townshipOf, optedOut }, dayFromText(on) ?? 0)
  const known: RowNumbers = { ...own, ownerOf: population.ownerOf }
  const receipts = await readReceipts(connection, pack, on, known)
  return { population, receipts, householdIds: numbers.householdIds }
}

async function piecesOf(connection: pg.PoolClient, { after, upTo }: Part): Promise<Part[]> {
  const { rows } = await connection.query<Part>(
    `select coalesce(lag(max(id)) over (order by piece), $1::bigint) as after, max(id) as "upTo"
     from (select household_id as id, (row_number() over (order by household_id) - 1) / $3::int as piece
       from app.household_current where household_id > $1 and household_id <= $2) numbered
     group by piece order by piece`,
    [after, upTo, piece],
  )
  return rows
}

type Rows = Readonly<{ households: number; persons: number }>

async function rowsOf(connection: pg.PoolClient, { after, upTo }: Part): Promise<Rows> {
  const { rows } = await connection.query<Rows>(
    `select
       (select count(*) from app.household_current where household_id > $1 and household_id <= $2) as households,
       (select count(*) from app.person_current where household_id > $1 and household_id <= $2) as persons`,
    [after, upTo],
  )
  return rows[0] ?? { households: 0, persons: 0 }
}

function emptyBatch({ facts }: Pack, { households, persons }: Rows): ColumnBatch {
  const columns = (entity: 'household' | 'person', rows: number) =>
    Object.fromEntries(
      facts
        .filter((fact) => fact.derive === undefined && fact.entity === entity)
        .map((fact): [string, FactColumn] => [fact.id, columnFor(fact.type, rows)]),
    )
  return {
    households,
    persons,
    offsets: new Int32Array(households + 1),
    household: columns('household', households),
    person: columns('person', persons),
  }
}

function put(into: ColumnBatch, { batch }: Shard, household: number, person: number): void {
  for (let h = 0; h < batch.households; h++)
    into.offsets[household + h] = person + (batch.offsets[h] ?? 0)
  for (const [id, column] of Object.entries(batch.household))
    into.household[id]?.set(column, household)
  for (const [id, column] of Object.entries(batch.person)) into.person[id]?.set(column, person)
}
