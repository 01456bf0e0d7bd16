import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { retentionRules } from '../../retention-rules.ts'
import { keptUntil } from './erasure.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
const owner = async (text: string) => (await db.owner.pool.query(text)).rows

test('every table that names a person or a household has a rule', async () => {
  const rows = await owner(`
    select distinct attrelid::regclass::text as name from pg_attribute
    join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p')
    where relnamespace in (select oid from pg_namespace where nspname in ('app', 'auth', 'staging')) and attnum > 0
      and not attisdropped and (attname ~ '(^|_)(person|household)(_ids?)?$' or exists (select from pg_constraint
        where conrelid = attrelid and contype = 'f' and confrelid in ('app.person'::regclass, 'app.household'::regclass)
          and attnum = any (conkey)))
      and relpersistence = 'p' order by 1`)
  expect(new Set(Object.keys(retentionRules))).toEqual(
    new Set(['app.household', ...rows.map(({ name }) => name)]),
  )
})

test('what is loaded names columns that are there', async () => {
  expect(
    await owner(`select table_name, name from meta.retention_rule,
      unnest(persons || households || blanks || array_remove(array[begins, closes], null)) name
      where not exists (select from pg_attribute where attrelid = table_name::regclass and attname = name)`),
  ).toEqual([])
})

test('the database adds a term to a day as the program does', async () => {
  const given = fc
    .sample(
      fc.record({
        start: fc.date({
          min: new Date('1990-01-01'),
          max: new Date('2099-12-31'),
          noInvalidDate: true,
        }),
        years: fc.nat(30),
        months: fc.nat(40),
        days: fc.nat(400),
      }),
      200,
    )
    .map((one) => ({ ...one, start: one.start.toISOString().slice(0, 10) }))
  const { rows } = await db.owner.pool.query<{ until: string }>(
    `select (start + make_interval(years => years, months => months, days => days))::date::text as until
     from jsonb_to_recordset($1) as t (start date, years int, months int, days int)`,
    [JSON.stringify(given)],
  )
  expect(rows.map(({ until }) => until)).toEqual(
    given.map(({ start, ...term }) => keptUntil(start, term)),
  )
})
