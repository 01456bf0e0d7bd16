import type { Pack } from '@qiao/rules'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { readBinaryCopy } from '../eligibility/binary-copy.ts'
import { rollDays } from '../households/wide.ts'
import type { Receipts } from './judgement.ts'

/** The rows of a part of the district by the numbers they have in the database, until it is read. */
export type RowNumbers = Readonly<{
  householdIds: Float64Array
  personIds: Float64Array
  areaIds: readonly string[]
  ownerOf: Int32Array
}>

/**
 * Who receives what: a receiving award is a yes, absence from the complete roll of the area a no,
 * anything else unknown. For programmes of which neither is on record, nothing.
 */
export async function readReceipts(
  connection: pg.PoolClient,
  pack: Pack,
  on: string,
  numbers: RowNumbers,
): Promise<Receipts> {
  const receipts: (Int8Array | null)[] = pack.program.targets.map(() => null)
  const columnOf = (target: number): Int8Array => {
    const isPerson = pack.program.targets[target]?.entity === 'person'
    const rows = isPerson ? numbers.personIds.length : numbers.householdIds.length
    return (receipts[target] ??= new Int8Array(rows).fill(-1))
  }
  await denyByRolls(connection, pack, on, numbers, columnOf)
  await grantByAwards(connection, pack, on, numbers, columnOf)
  return receipts
}

type ColumnOf = (target: number) => Int8Array

function targetsOf({ program, programmes }: Pack, id: string): number[] {
  return program.targets.flatMap(({ index, programme }) =>
    programmes[programme]?.id === id ? [index] : [],
  )
}

async function denyByRolls(
  connection: pg.PoolClient,
  pack: Pack,
  on: string,
  { areaIds, ownerOf }: RowNumbers,
  columnOf: ColumnOf,
): Promise<void> {
  const { rows } = await connection.query<{ programme: string; area_id: string }>(
    `select distinct programme, area_id from app.roll
     where complete and on_day <= $1::date and on_day > $1::date - $2::int`,
    [on, rollDays],
  )
  const rolled = Map.groupBy(rows, ({ programme }) => programme)
  for (const [programme, areas] of rolled) {
    const inside = new Set(areas.map(({ area_id }) => area_id))
    const isRolled = areaIds.map((area) =>
      [6, 9, 12].some((digits) => inside.has(area.slice(0, digits))),
    )
    for (const target of targetsOf(pack, programme)) {
      const column = columnOf(target)
      const isPerson = pack.program.targets[target]?.entity === 'person'
      for (let row = 0; row < column.length; row++)
        if (isRolled[isPerson ? (ownerOf[row] ?? 0) : row]) column[row] = 0
    }
  }
}

async function grantByAwards(
  connection: pg.PoolClient,
  pack: Pack,
  on: string,
  numbers: RowNumbers,
  columnOf: ColumnOf,
): Promise<void> {
  const ids = pack.programmes.map(({ id }) => `'${id.replaceAll("'", "''")}'`).join(', ')
  const stream = connection.query(
    copyTo(`copy (
      select household_id::float8, coalesce(person_id, 0)::float8,
        coalesce(array_position(array[${ids}], programme), 0)
      from app.award where superseded_at is null and state = 'receiving'
        and valid_from <= '${on}' and (valid_to is null or valid_to >= '${on}')
        and household_id between ${numbers.householdIds[0] ?? 0} and ${numbers.householdIds.at(-1) ?? 0}
    ) to stdout (format binary)`),
  )
  const rowOf = new Map(Array.from(numbers.personIds, (id, row) => [id, row]))
  await readBinaryCopy(stream, 3, 0, ([household = 0, person = 0, place = 0]) => {
    const programme = pack.programmes[place - 1]
    const row = place > 0 ? placeIn(numbers.householdIds, household) : -1
    if (!programme || row < 0) return
    for (const target of targetsOf(pack, programme.id)) {
      const column = columnOf(target)
      if (pack.program.targets[target]?.entity === 'household') column[row] = 1
      else if (person > 0) column[rowOf.get(person) ?? -1] = 1
      else for (const own of membersOf(numbers, row)) column[own] = 1
    }
  })
}

/** Place of a number in an ascending list, -1 where it is not there. */
function placeIn(ids: Float64Array, wanted: number): number {
  let [low, high] = [0, ids.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = ids[middle] ?? 0
    if (found === wanted) return middle
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Persons are sorted by household. */
function* membersOf({ ownerOf }: RowNumbers, household: number): Generator<number> {
  for (let p = ownerOf.indexOf(household); p >= 0 && ownerOf[p] === household; p++) yield p
}
