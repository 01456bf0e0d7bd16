import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'

/**
 * Does `work` while no row of schema app is held against the rows it names, then holds all of them
 * against each other at once, which for a district is several times quicker. The foreign keys are
 * the same before and after; where one does not hold, nothing of the transaction stays.
 *
 * @param tx a transaction of role owner on a database that nobody else uses yet
 */
export async function checkingKeysAtEnd<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { rows: keys } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as "table", quote_ident(conname) as name,
      pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and conrelid in (${sql.join(tables)}) order by 1, 2`.execute(tx)
  for (const { table, name } of keys)
    await sql.raw(`alter table ${table} drop constraint ${name}`).execute(tx)
  const done = await work()
  for (const { table, name, definition } of keys)
    await sql.raw(`alter table ${table} add constraint ${name} ${definition}`).execute(tx)
  return done
}

const tables = [
  'household',
  'person',
  'member',
  'fact',
  'award',
  'household_current',
  'person_current',
].map((table) => sql`${`app.${table}`}::regclass`)
