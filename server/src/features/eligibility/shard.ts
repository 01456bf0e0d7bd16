import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import {
  cellIn,
  type ColumnBatch,
  columnFor,
  type Fact,
  type FactColumn,
  KNOWN_NONE,
  UNKNOWN,
} from '@qiao/rules'
import { readBinaryCopy } from './binary-copy.ts'

/** Some thousand households as columns, with the rows they came from. */
export type Shard = Readonly<{
  batch: ColumnBatch
  householdIds: Float64Array
  versions: Int32Array
  /** First day on which a fact or award of the household begins or passes its life, as a day number; 0 none. */
  nextExpiry: Int32Array
  /** First day on which a roll of its area begins to speak or falls silent, as a day number; 0 none. */
  nextRollChange: Int32Array
  areaIds: readonly string[]
  personIds: Float64Array
  /** By person: 1 where nothing may be answered about them, because they object to matching. */
  optedOut: Uint8Array
}>

/** Which households: a range of ids, `from` exclusive, or those listed. */
export type Choice = Readonly<{ after: number; upTo: number } | { ids: readonly number[] }>

/**
 * Reads the wide current rows of the chosen households into typed arrays.
 *
 * Cells as the engine wants them: money in fen, days as day numbers, codes by place in `facts`.
 */
export async function readShard(
  connection: pg.PoolClient,
  facts: readonly Fact[],
  choice: Choice,
): Promise<Shard> {
  const stored = facts.filter((fact) => fact.derive === undefined)
  const ofHousehold = stored.filter((fact) => fact.entity === 'household')
  const ofPerson = stored.filter((fact) => fact.entity === 'person')
  const household = await readTable(connection, ofHousehold, {
    fixed: [
      'household_id::float8',
      'area_id::float8',
      'version',
      `next_expiry - date '1970-01-01'`,
      `next_roll_change - date '1970-01-01'`,
    ],
    rows: chosenRows('app.household_current', choice),
    order: 'household_id',
  })
  const person = await readTable(connection, ofPerson, {
    fixed: ['person_id::float8', 'household_id::float8', 'opted_out::int4'],
    rows: chosenRows('app.person_current', choice),
    order: 'household_id, person_id',
  })
  return assemble(household, person)
}

type Table = Readonly<{
  rows: number
  fixed: readonly Float64Array[]
  columns: Record<string, FactColumn>
}>

function assemble(household: Table, person: Table): Shard {
  const [ids, areas, versions, expiries, rollChanges] = household.fixed
  const [personIds, owners, optedOut] = person.fixed
  if (
    !ids ||
    !areas ||
    !versions ||
    !expiries ||
    !rollChanges ||
    !personIds ||
    !owners ||
    !optedOut
  )
    throw new Error('fixed columns are missing')
  const offsets = new Int32Array(household.rows + 1)
  let place = 0
  for (let h = 0; h < household.rows; h++) {
    offsets[h] = place
    while (place < person.rows && owners[place] === ids[h]) place += 1
  }
  offsets[household.rows] = place
  if (place !== person.rows)
    throw new Error('persons without a household row among the current rows')
  return {
    batch: {
      households: household.rows,
      persons: person.rows,
      offsets,
      household: household.columns,
      person: person.columns,
    },
    householdIds: ids,
    versions: Int32Array.from(versions),
    nextExpiry: Int32Array.from(expiries, dayOrNone),
    nextRollChange: Int32Array.from(rollChanges, dayOrNone),
    areaIds: Array.from(areas, (area) => String(area)),
    personIds,
    optedOut: Uint8Array.from(optedOut),
  }
}

function dayOrNone(day: number): number {
  return day === UNKNOWN ? 0 : day
}

async function readTable(
  connection: pg.PoolClient,
  facts: readonly Fact[],
  from: { fixed: readonly string[]; rows: string; order: string },
): Promise<Table> {
  const select = [...from.fixed, ...facts.map(cell)].join(', ')
  const stream = connection.query(
    copyTo(
      `copy (select ${select} from ${from.rows} order by ${from.order}) to stdout (format binary)`,
    ),
  )
  let [fixed, columns] = makeColumns(from.fixed.length, facts, firstSize)
  let [rows, size] = [0, firstSize]
  await readBinaryCopy(stream, from.fixed.length + facts.length, UNKNOWN, (values) => {
    if (rows === size) {
      size *= 2
      const [longerFixed, longerColumns] = makeColumns(from.fixed.length, facts, size)
      for (const [i, column] of longerFixed.entries()) column.set(fixed[i]!)
      for (const [i, column] of longerColumns.entries()) column.set(columns[i]!)
      ;[fixed, columns] = [longerFixed, longerColumns]
    }
    for (let i = 0; i < fixed.length; i++) fixed[i]![rows] = values[i]!
    for (let i = 0; i < columns.length; i++)
      columns[i]![rows] = cellIn(columns[i]!, values[fixed.length + i]!)
    rows += 1
  })
  return {
    rows,
    fixed: fixed.map((column) => column.subarray(0, rows)),
    columns: Object.fromEntries(facts.map((fact, i) => [fact.id, columns[i]!.subarray(0, rows)])),
  }
}

/** Rows to make room for at first: most questions are about one household. */
const firstSize = 16

/**
 * Room for so many rows. How many there are is known only when all are read: somebody may move in
 * while a count and the reading after it follow one another.
 */
function makeColumns(
  fixed: number,
  facts: readonly Fact[],
  size: number,
): [Float64Array[], FactColumn[]] {
  return [
    Array.from({ length: fixed }, () => new Float64Array(size)),
    facts.map((fact) => columnFor(fact.type, size)),
  ]
}

/**
 * What follows FROM to read the chosen households' rows of a table.
 *
 * Those listed are looked up one by one: under row-level security PostgreSQL takes the district for a
 * village, and would rather read all of it than look up two thousand.
 *
 * @param also what else must hold of a row
 */
export function chosenRows(table: string, choice: Choice, also = 'true'): string {
  if (!('ids' in choice))
    return `${table} where household_id > ${Number(choice.after)} and household_id <= ${Number(choice.upTo)} and ${also}`
  const ids = [...new Set(choice.ids)].map(Number).join(',')
  return `unnest('{${ids}}'::bigint[]) as chosen (chosen_id)
    cross join lateral (select * from ${table} where household_id = chosen_id and ${also} offset 0) found`
}

/** Money may pass two thousand million fen; everything else fits 32 bits. */
function isWide(fact: Fact): boolean {
  return fact.type === 'money' || fact.type === 'number'
}

/** SQL of a fact's cell as int4 or float8; NULL is unknown, a recorded none its own number. */
function cell(fact: Fact): string {
  const column = `f_${fact.id}`
  const value = cellValue(fact, column)
  if (!fact.nullable) return value
  const none = isWide(fact) ? `${KNOWN_NONE}::float8` : `(${KNOWN_NONE})::int4`
  return `case when ${column} is not null then ${value} when ${column}_known then ${none} end`
}

function cellValue(fact: Fact, column: string): string {
  switch (fact.type) {
    case 'money':
    case 'number':
      return `${column}::float8`
    case 'boolean':
      return `${column}::int4`
    case 'date':
      return `(${column} - date '1970-01-01')`
    case 'code': {
      const codes = (fact.codes ?? []).map(({ code }) => `'${code.replaceAll("'", "''")}'`)
      return `(array_position(array[${codes.join(', ')}], ${column}) - 1)`
    }
    case 'integer':
      return column
  }
}

/** The rows of a fact that bear on a person, or on a household with all its members. */
export function rowsOf(
  { batch }: Shard,
  entity: Fact['entity'],
  household: number,
  person: number,
): [number, number] {
  if (entity === 'household') return [household, household + 1]
  if (person >= 0) return [person, person + 1]
  return [batch.offsets[household] ?? 0, batch.offsets[household + 1] ?? 0]
}
