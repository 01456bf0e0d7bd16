import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { catalogue } from './catalogue.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

async function rows<T extends object>(text: string): Promise<T[]> {
  return (await database.owner.pool.query<T>(text)).rows
}

describe('every table of schema app', () => {
  test('stands in the catalogue, and nothing else does', async () => {
    const tables = await rows<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' order by 1`,
    )
    expect(tables.map(({ name }) => name)).toEqual(Object.keys(catalogue).sort())
  })

  test('has row-level security enabled and forced, and at least one permissive policy', async () => {
    expect(
      await rows(`select relname from pg_class
        where relnamespace = 'app'::regnamespace and relkind = 'r'
          and not (relrowsecurity and relforcerowsecurity
            and exists (select from pg_policy where polrelid = pg_class.oid and polpermissive))`),
    ).toEqual([])
  })

  test('says what it is, in English and Chinese', async () => {
    expect(
      await rows(`select relname from pg_class
        where relnamespace = 'app'::regnamespace and relkind in ('r', 'v')
          and coalesce(obj_description(oid, 'pg_class'), '') !~ '[一-龥]'`),
    ).toEqual([])
  })

  test('grants role app what the catalogue says and nobody else anything', async () => {
    const granted = await rows<{ name: string; grants: string }>(
      `select table_name as name, string_agg(privilege_type, ', ' order by privilege_type) as grants
       from information_schema.role_table_grants
       join pg_class on relname = table_name and relnamespace = 'app'::regnamespace and relkind = 'r'
       where table_schema = 'app' and grantee = 'app' group by 1 order by 1`,
    )
    expect(Object.fromEntries(granted.map(({ name, grants }) => [name, grants]))).toEqual(
      Object.fromEntries(Object.entries(catalogue).map(([name, { grants }]) => [name, grants])),
    )
    expect(
      await rows(`select table_name, grantee, privilege_type from information_schema.role_table_grants
        where table_schema in ('app', 'auth', 'meta') and grantee in ('PUBLIC', 'signin', 'reports')`),
    ).toEqual([])
  })
})

describe('the walls themselves', () => {
  test('role app owns nothing and cannot step past row-level security', async () => {
    expect(
      await rows(`select relname from pg_class join pg_roles on pg_roles.oid = relowner
        where rolname in ('app', 'signin', 'reports') and relnamespace <> 'pg_toast'::regnamespace`),
    ).toEqual([])
    expect(
      await rows(`select rolname from pg_roles
        where rolname in ('app', 'signin', 'reports') and (rolsuper or rolbypassrls or rolcreaterole)`),
    ).toEqual([])
  })

  test('role app can neither read nor write accounts, sessions, staging or settings', async () => {
    for (const table of ['auth.account', 'auth.session', 'auth.invitation', 'staging.person', 'meta.installation']) {
      await expect(database.app.pool.query(`select * from ${table}`), table).rejects.toThrow(/permission denied/)
      await expect(database.app.pool.query(`delete from ${table}`), table).rejects.toThrow(/permission denied/)
    }
  })

  test('views ask as their reader, and functions that ask as their owner fix their search path', async () => {
    expect(
      await rows(`select relname from pg_class
        where relnamespace in ('app'::regnamespace, 'auth'::regnamespace) and relkind = 'v'
          and not coalesce(reloptions::text like '%security_invoker=true%', false)`),
    ).toEqual([])
    expect(
      await rows(`select proname from pg_proc
        where pronamespace in ('app'::regnamespace, 'auth'::regnamespace) and prosecdef
          and not coalesce(proconfig::text like '%search_path%', false)`),
    ).toEqual([])
  })

  test('no policy lets everything through', async () => {
    expect(
      await rows(`select tablename, policyname from pg_policies where schemaname = 'app' and qual = 'true'`),
    ).toEqual([])
  })

  test('a role, area or actor claimed in a setting is worthless', async () => {
    const forged = await database.app.pool.connect()
    try {
      await forged.query('begin')
      for (const [name, value] of [
        ['app.token', 'forged'],
        ['app.role', 'district'],
        ['app.actor', 'job:match'],
        ['app.scope', '310118'],
      ]) {
        await forged.query('select set_config($1, $2, true)', [name, value])
      }
      for (const table of Object.keys(catalogue)) {
        const found = await forged.query<{ n: number }>(`select count(*) as n from app.${table}`)
        expect(found.rows[0]?.n, table).toBe(0)
      }
      await forged.query('rollback')
    } finally {
      forged.release()
    }
  })
})
