import { readFileSync } from 'node:fs'
import type { Fact } from '@qiao/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const { facts } = parse(
  readFileSync(new URL('../../../../policy/facts.yaml', import.meta.url), 'utf8'),
  { merge: true },
) as { facts: Fact[] }

const columnTypes: Readonly<Record<Fact['type'], string>> = {
  money: 'bigint',
  integer: 'integer',
  number: 'double precision',
  boolean: 'boolean',
  code: 'text',
  date: 'date',
}

test.each(['household', 'person'] as const)(
  'every stored %s fact of facts.yaml has its column in the wide row, and no column is left over',
  async (entity) => {
    const wanted = facts
      .filter((fact) => fact.entity === entity && fact.derive === undefined)
      .flatMap((fact) => [
        `f_${fact.id} ${columnTypes[fact.type]}`,
        ...(fact.nullable ? [`f_${fact.id}_known boolean`] : []),
      ])
    const { rows } = await db.owner.pool.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'app' and table_name = $1 and column_name like 'f\\_%'`,
      [`${entity}_current`],
    )
    const found = rows.map(({ name, type }) => `${name} ${type}`)
    expect(found.toSorted()).toEqual(wanted.toSorted())
  },
)
