import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { loadDistrict } from '../../district/load.ts'
import { makeFieldCipher } from '../../platform/crypto/field-cipher.ts'

let db: TestDatabase
const cipher = makeFieldCipher({
  secret: 'unused here',
  index: randomBytes(32),
  fields: [{ id: 1, suite: 'guomi', encrypt: randomBytes(16), mac: randomBytes(32) }],
})
/** Every number that went in. */
const numbers = new Set<string>()

beforeAll(async () => {
  db = await createTestDatabase()
  const seal: typeof cipher.seal = (field, number) => {
    numbers.add(number)
    return cipher.seal(field, number)
  }
  await loadDistrict({ owner: db.owner, seal }, { residents: 1000, seed: 2, today: '2025-06-01' })
}, 60_000)
afterAll(() => db.close())

/** Every row of every table, as COPY writes it. */
async function dump(): Promise<string> {
  const { rows } = await db.owner.pool.query<{ name: string }>(
    `select schemaname || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname in ('app', 'auth', 'staging', 'jobs', 'meta')`,
  )
  const texts: string[] = []
  const client = await db.owner.pool.connect()
  for (const { name } of rows)
    texts.push(await text(client.query(to(`copy (select * from ${name}) to stdout`))))
  client.release()
  return texts.join('\n')
}

/** The files in which PostgreSQL keeps this database, byte for byte. */
async function dataFiles(): Promise<readonly string[]> {
  const address = new URL(db.server.superuserUrl)
  const client = new pg.Client({ connectionString: address.toString() })
  await client.connect()
  await client.query('checkpoint')
  const { rows } = await client.query<{ folder: string }>(
    `select current_setting('data_directory') || '/base/' || oid as folder
      from pg_database where datname = $1`,
    [db.name],
  )
  await client.end()
  const folder = rows[0]?.folder ?? ''
  const names = await readdir(folder)
  return Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))
}

/** Those of the district's numbers that stand in a text. */
function numbersIn(contents: string): string[] {
  const places = [...contents.matchAll(/(?=1\d{10}|\d{17}[\dX])/g)].map(({ index }) => index)
  return places
    .flatMap((at) => [contents.slice(at, at + 11), contents.slice(at, at + 18)])
    .filter((one) => numbers.has(one))
}

test('a dump of the database holds no ID number and no phone in clear', async () => {
  const copied = await dump()
  expect(numbers.size).toBeGreaterThan(1000)
  expect(copied.length).toBeGreaterThan(1_000_000)
  expect(numbersIn(copied)).toEqual([])
  const hexOf = (number: string) => Buffer.from(number).toString('hex')
  expect([...numbers].filter((one) => copied.includes(hexOf(one)))).toEqual([])
  const [one = ''] = numbers
  expect(numbersIn(`x9${one}0`)).toEqual([one])
})

test('nor do the files that PostgreSQL keeps it in', async () => {
  const files = await dataFiles()
  const whole = files.reduce((sum, { length }) => sum + length, 0)
  expect(whole).toBeGreaterThan(5_000_000)
  // What is in clear is found: these are the right files, and written.
  const { rows } = await db.owner.pool.query<{ address: string }>(
    'select address from app.household limit 1',
  )
  const bytes = Buffer.from(rows[0]?.address ?? '').toString('latin1')
  expect(files.some((file) => file.includes(bytes))).toBe(true)
  expect(files.flatMap(numbersIn)).toEqual([])
})

test('the same number sealed twice looks different, and is found by its blind index', async () => {
  const { rows } = await db.owner.pool.query<{ sealed: Buffer; index: Buffer }>(
    `select id_number_enc as sealed, id_number_index as index from app.person
     where id_number_enc is not null order by id limit 50`,
  )
  for (const { sealed, index } of rows) {
    const number = cipher.open('id-number', sealed)
    expect(numbers.has(number)).toBe(true)
    expect(cipher.index('id-number', number)).toEqual(index)
    expect(cipher.seal('id-number', number).sealed).not.toEqual(sealed)
    expect(cipher.index('phone', number)).not.toEqual(index)
  }
})
