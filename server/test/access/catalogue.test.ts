import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { callable } from './callable.ts'
import { openSchemas, staged, tables, views } from './catalogue.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

async function rows<T extends object>(text: string): Promise<T[]> {
  return (await database.owner.pool.query<T>(text)).rows
}

/** "INSERT (a, b), SELECT" by relation for one role, columns in their order where not all. */
const grantsOf = (grantee: string) => `
  with held as (
    select pg_class.oid, privilege_type as right, 0 as place, null as columns
    from pg_class, aclexplode(relacl) where grantee = ${grantee}
    union all
    select attrelid, privilege_type, 1, string_agg(attname, ', ' order by attnum)
    from pg_attribute, aclexplode(attacl) where grantee = ${grantee} group by 1, 2
  )
  select relnamespace::regnamespace || '.' || relname as name, relkind as kind,
    coalesce(string_agg(held.right || coalesce(' (' || columns || ')', ''), ', ' order by held.right, place), '') as grants
  from pg_class left join held using (oid)
  where relnamespace in ('app'::regnamespace, 'auth'::regnamespace, 'meta'::regnamespace, 'staging'::regnamespace)
    and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  group by 1, 2, pg_class.oid order by 1`

type Held = { name: string; kind: string; grants: string }
const asText = (held: readonly Held[]) =>
  Object.fromEntries(held.map(({ name, grants }) => [name, grants]))

describe('every table of schema app', () => {
  test('stands in the catalogue with what role app may do, and nothing else does', async () => {
    const held = await rows<Held>(grantsOf(`'app'::regrole`))
    expect(
      asText(
        held.filter(({ name, kind }) => kind !== 'v' && kind !== 'S' && name.startsWith('app.')),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(tables).map(([name, { grants }]) => [`app.${name}`, grants]),
      ),
    )
  })

  test('has row-level security enabled and forced, and at least one permissive policy', async () => {
    expect(
      await rows(`select relname from pg_class
        where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')
          and not (relrowsecurity and relforcerowsecurity
            and exists (select from pg_policy where polrelid = pg_class.oid and polpermissive))`),
    ).toEqual([])
  })

  test('says what it is, in English and Chinese', async () => {
    expect(
      await rows(`select relname from pg_class
        where relnamespace = 'app'::regnamespace and relkind in ('r', 'p', 'v')
          and coalesce(obj_description(oid, 'pg_class'), '') !~ '[a-z].*[一-龥]'`),
    ).toEqual([])
  })

  test('can be emptied, dropped into or deleted from by nobody but its owner', async () => {
    const wide = /DELETE|TRUNCATE|REFERENCES|TRIGGER|MAINTAIN/
    for (const role of ['app', 'signin', 'reports']) {
      const held = await rows<Held>(grantsOf(`'${role}'::regrole`))
      expect(
        held.filter(({ grants }) => wide.test(grants)),
        role,
      ).toEqual([])
    }
  })
})

describe('what is not in schema app', () => {
  test('the roles for sign-in and reports read and write no table at all, and nothing is everybody’s', async () => {
    for (const grantee of [`'signin'::regrole`, `'reports'::regrole`, '0']) {
      const held = await rows<Held>(grantsOf(grantee))
      expect(
        held.filter(({ grants }) => grants !== ''),
        grantee,
      ).toEqual([])
    }
  })

  test('role app has no sequence and no table of accounts, sessions or settings, and reads nothing that is staged', async () => {
    const held = await rows<Held>(grantsOf(`'app'::regrole`))
    const outside = held.filter(
      ({ name, kind }) => kind === 'S' || (kind !== 'v' && !name.startsWith('app.')),
    )
    expect(outside.length).toBeGreaterThan(20)
    expect(asText(outside.filter(({ grants }) => grants !== ''))).toEqual(staged)
    for (const table of [
      'auth.account',
      'auth.session',
      'auth.invitation',
      'staging.person',
      'staging.match_answer',
      'meta.installation',
    ]) {
      for (const statement of [`select * from ${table}`, `delete from ${table}`]) {
        await expect(database.app.pool.query(statement), statement).rejects.toThrow(
          /permission denied/,
        )
      }
    }
  })

  test('each role looks into its own schemas and makes nothing in them', async () => {
    for (const [role, expected] of Object.entries(openSchemas)) {
      const found = await rows<{ name: string; create: boolean }>(
        `select nspname as name, has_schema_privilege('${role}', oid, 'create') as create
         from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
           and has_schema_privilege('${role}', oid, 'usage') order by 1`,
      )
      expect(found, role).toEqual(expected.map((name) => ({ name, create: false })))
    }
  })
})

describe('the walls themselves', () => {
  test('the three roles own nothing, belong to no other role and cannot step past row-level security', async () => {
    const three = `('app', 'signin', 'reports')`
    expect(
      await rows(`select relname from pg_class join pg_roles on pg_roles.oid = relowner
        where rolname in ${three} and relnamespace <> 'pg_toast'::regnamespace`),
    ).toEqual([])
    expect(
      await rows(
        `select proname from pg_proc join pg_roles on pg_roles.oid = proowner where rolname in ${three}`,
      ),
    ).toEqual([])
    expect(
      await rows(`select rolname from pg_roles where rolname in ${three}
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`),
    ).toEqual([])
    expect(
      await rows(
        `select rolname from pg_auth_members join pg_roles on pg_roles.oid = member where rolname in ${three}`,
      ),
    ).toEqual([])
    await expect(database.app.pool.query('set role owner')).rejects.toThrow(/permission denied/)
  })

  test('views stand in the catalogue and ask as their reader', async () => {
    const held = (await rows<Held>(grantsOf(`'app'::regrole`))).filter(
      ({ kind }) => kind === 'v' || kind === 'm',
    )
    expect(asText(held)).toEqual(views)
    expect(
      await rows(`select relname from pg_class
        where relnamespace in ('app'::regnamespace, 'auth'::regnamespace, 'meta'::regnamespace) and relkind in ('v', 'm')
          and not coalesce('security_invoker=true' = any (reloptions), false)`),
    ).toEqual([])
  })

  test('functions are called by whom the catalogue says, none by everybody', async () => {
    for (const [role, expected] of Object.entries(callable)) {
      const grantee = role === 'public' ? '0' : `'${role}'::regrole`
      const found = await rows<{ name: string }>(
        `select pronamespace::regnamespace || '.' || proname as name
         from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
         where pronamespace in ('app'::regnamespace, 'auth'::regnamespace, 'meta'::regnamespace, 'staging'::regnamespace)
           and grantee = ${grantee} order by 1`,
      )
      expect(
        found.map(({ name }) => name),
        role,
      ).toEqual(expected)
    }
  })

  test('a function that asks as its owner finds no table or function of its caller’s making', async () => {
    const definers = await rows<{ name: string; pinned: boolean; open: boolean }>(
      `select proname as name, 'search_path=""' = any (coalesce(proconfig, '{}')) as pinned,
         exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as open
       from pg_proc where prosecdef and pronamespace <> 'pg_catalog'::regnamespace`,
    )
    expect(definers.length).toBeGreaterThan(15)
    expect(definers.filter(({ pinned, open }) => !pinned || open)).toEqual([])
  })

  test('a new function of the owner is nobody’s to call until it is granted', async () => {
    await database.owner.pool.query(
      `create function app.just_made() returns int language sql as 'select 1'`,
    )
    await expect(database.app.pool.query('select app.just_made()')).rejects.toThrow(
      /permission denied/,
    )
    await database.owner.pool.query('drop function app.just_made()')
  })
})

describe('every policy', () => {
  test('lets through what it names, never everything', async () => {
    expect(
      await rows(`select tablename, policyname from pg_policies
        where permissive = 'PERMISSIVE' and (qual = 'true' or with_check = 'true')`),
    ).toEqual([])
  })

  test('asks who is asking, once a statement and not once a row', async () => {
    const policies = await rows<{ policyname: string; text: string }>(
      `select policyname, concat(qual, ' ', with_check) as text from pg_policies`,
    )
    const count = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length
    expect(policies.filter(({ text }) => count(text, /auth\./g) === 0)).toEqual([])
    expect(
      policies.filter(
        ({ text }) => count(text, /auth\.\w+\(/g) !== count(text, /SELECT auth\.\w+\(\)/g),
      ),
    ).toEqual([])
  })

  test('lies on a table of schema app', async () => {
    expect(await rows(`select tablename from pg_policies where schemaname <> 'app'`)).toEqual([])
  })
})
