import { join } from 'node:path'
import { sql } from 'kysely'
import { type Table, tables } from '../district/rows.ts'
import type { Tx } from '../platform/db/database.ts'
import { csvRows } from './csv-rows.ts'
import type { BadRow } from './stage-folder.ts'

/** Rows of a file found by these cells; where several are alike, the last of them. */
type Found = Readonly<{ key: readonly string[]; message: string }>

type Question = Readonly<{
  table: Table
  /** The columns by which a row is found in its file. */
  by: readonly string[]
  /** Where the mistake stands. */
  column: string
  found: ReturnType<typeof sql<Found>>
}>

const questions: readonly Question[] = [
  {
    table: 'household',
    by: ['number'],
    column: 'area_id',
    found: sql<Found>`select array[number::text] as key, '这户现登记在 ' || household.area_id as message
      from staging.household staged join app.household using (register_no)
      where household.area_id <> staged.area_id`,
  },
  {
    table: 'person',
    by: ['number'],
    column: 'household_number',
    found: sql<Found>`select array[person.number::text] as key, '此人现登记在另一户' as message
      from staging.person join staging.household on household.number = person.household_number
      join app.person known using (id_number_index)
      join app.household of_known on of_known.id = known.household_id
      where of_known.register_no <> household.register_no`,
  },
  {
    table: 'fact',
    by: ['household_number', 'person_number', 'fact'],
    column: 'fact',
    found: sql<Found>`select array[household_number::text, coalesce(person_number::text, ''), fact] as key,
        '同一项事实前面已有一行' as message
      from staging.fact group by household_number, person_number, fact having count(*) > 1`,
  },
  {
    // As app.require_own_word has it, by the later of the birth dates that are delivered and on record: a file names no
    // guardian. What it brought before the rule was there is on record and stays.
    table: 'authorisation',
    by: ['household_number', 'person_number', 'basis', 'valid_from'],
    column: 'person_number',
    found: sql<Found>`select array[told.household_number::text, told.person_number::text, told.basis, told.valid_from::text] as key,
        case when birth.day is null then '不知道这位成员的出生日期，无法判断由谁同意；请先登记出生日期'
          else '这位成员在起始日未满十四周岁，由监护人同意；请在家庭页面登记' end as message
      from staging.authorisation told join staging.person on person.number = told.person_number
      left join app.person known using (id_number_index)
      left join staging.fact told_born on told_born.person_number = person.number and told_born.fact = 'birth_date'
      left join app.fact known_born on known_born.person_id = known.id and known_born.fact = 'birth_date'
        and known_born.superseded_at is null
      cross join lateral (select greatest((told_born.value #>> '{}')::date, (known_born.value #>> '{}')::date) as day) birth
      where (birth.day is null or told.valid_from < birth.day + interval '14 years')
        and not exists (select from app.authorisation before where before.person_id = known.id and before.basis = told.basis
          and before.valid_from = told.valid_from and before.valid_to = told.valid_to and before.evidence = told.evidence)`,
  },
  {
    table: 'roll',
    by: ['programme', 'area_id', 'on_day'],
    column: 'on_day',
    found: sql<Found>`select array[programme, area_id, on_day::text] as key, '同一名册前面已有一行' as message
      from staging.roll group by programme, area_id, on_day having count(*) > 1`,
  },
]

/** What each row alone does not show: rows against each other and against what is on record. */
export async function contradictions(tx: Tx, folder: string): Promise<BadRow[]> {
  const bad: BadRow[] = []
  for (const { table, by, column, found } of questions) {
    const { rows } = await sql<Found>`${found} limit 50`.execute(tx)
    if (rows.length > 0) {
      const lines = await linesOf(join(folder, `${table}.csv`), table, by)
      for (const { key, message } of rows) {
        bad.push({ file: `${table}.csv`, line: lines(key), column, message })
      }
    }
  }
  return bad.toSorted((one, other) => one.line - other.line)
}

/** Reads a file once more, because only now it is known which of its rows are asked for. */
async function linesOf(path: string, table: Table, by: readonly string[]) {
  const columns: readonly string[] = tables[table]
  const lines = new Map<string, number>()
  for await (const { line, cells } of csvRows(path)) {
    lines.set(by.map((column) => cells[columns.indexOf(column)]).join('\t'), line)
  }
  return (key: readonly string[]) => lines.get(key.join('\t')) ?? 0
}
