import {
  compileSql,
  explain,
  type Fact,
  type HouseholdFacts,
  type Pack,
  type Reading,
} from '@qiao/rules'
import type pg from 'pg'

/** Wide current rows in temporary tables, for packs that the schema has no columns for. */

const types: Readonly<Record<Fact['type'], string>> = {
  money: 'bigint',
  integer: 'int',
  number: 'double precision',
  boolean: 'boolean',
  code: 'text',
  date: 'date',
}

/** Puts households into tables of the shape that household_current and person_current have. */
export async function loadWideRows(
  connection: pg.ClientBase,
  pack: Pack,
  households: readonly HouseholdFacts[],
): Promise<void> {
  const columnsOf = (entity: Fact['entity']): string =>
    pack.facts
      .filter((fact) => fact.entity === entity)
      .map(
        ({ id, type, nullable }) =>
          `, f_${id} ${types[type]}${nullable ? `, f_${id}_known boolean` : ''}`,
      )
      .join('')
  await connection.query(`drop table if exists wide_household, wide_person;
    create temp table wide_household (household_id bigint${columnsOf('household')});
    create temp table wide_person (person_id bigint, household_id bigint${columnsOf('person')})`)
  const ofHouseholds = households.map(({ household }, h) => ({
    household_id: h,
    ...cells(pack, household),
  }))
  const ofPersons = households.flatMap(({ members }, h) =>
    members.map(({ facts }, m) => ({
      person_id: h * 100 + m,
      household_id: h,
      ...cells(pack, facts),
    })),
  )
  for (const [table, rows] of [
    ['wide_household', ofHouseholds],
    ['wide_person', ofPersons],
  ] as const)
    await connection.query(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    )
}

/** A code that the pack lacks is stored as it is; what no column of the type can hold is not. */
function cells(pack: Pack, facts: Readonly<Record<string, Reading>>): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const { id, type, nullable } of pack.facts) {
    const value = facts[id]?.value
    if (value === undefined || !fits(value, type)) continue
    row[`f_${id}`] = value
    if (nullable) row[`f_${id}_known`] = true
  }
  return row
}

function fits(value: Reading['value'], type: Fact['type']): boolean {
  if (value === null || type === 'code') return true
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'date') return typeof value === 'string' && value !== '？'
  return typeof value === 'number'
}

/** What an evaluator says by `household person target`: verdict and amount, `eligible exact 100 100`. */
export type Said = Readonly<Record<string, string>>

const kinds = ['none', 'exact', 'range', 'official', 'unknown']
const verdicts = ['ineligible', 'eligible', 'unknown']

/** What SQL says of everybody in the wide rows, by one statement. */
export async function saidBySql(
  connection: pg.ClientBase,
  pack: Pack,
  on: string,
  isStored = (_fact: string): boolean => true,
): Promise<Said> {
  const { text, targets } = compileSql(pack, on, {
    household: 'wide_household',
    person: 'wide_person',
    isStored: ({ id }) => isStored(id),
  })
  const { rows } = await connection.query<Record<string, number | null>>(text)
  const said: Record<string, string> = {}
  for (const row of rows) {
    const { household_id: household, person_id: person = null } = row
    for (const [index, { entity, verdict, kind, min, max }] of targets.entries()) {
      if ((entity === 'person') !== (person !== null)) continue
      const ends = [min, max].flatMap((name) => (name === null ? [] : [row[name] ?? null]))
      said[keyOf(Number(household), person === null ? null : Number(person) % 100, index)] = [
        verdicts[row[verdict] ?? -1],
        kinds[row[kind] ?? -1],
        ...ends.filter((end) => end !== null),
      ].join(' ')
    }
  }
  return said
}

const keyOf = (household: number, person: number | null, target: number): string =>
  `${household} ${person ?? '-'} ${target}`

/** The same by explain, one household after the other. */
export function saidByExplain(pack: Pack, households: readonly HouseholdFacts[], on: string): Said {
  const said: Record<string, string> = {}
  for (const [h, household] of households.entries())
    for (const { programme, target, member, verdict, amount } of explain(pack, household, on)) {
      const index = pack.program.targets.findIndex(
        (t) => pack.programmes[t.programme]?.id === programme && t.entity === target,
      )
      const person =
        target === 'household' ? null : household.members.findIndex(({ id }) => id === member)
      const ends =
        amount.kind === 'exact'
          ? [amount.fen, amount.fen]
          : amount.kind === 'range'
            ? [amount.min, amount.max]
            : []
      said[keyOf(h, person, index)] = [verdict, amount.kind, ...ends].join(' ')
    }
  return said
}
