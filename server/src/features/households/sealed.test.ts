import { randomBytes } from 'node:crypto'
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
  const seal: typeof cipher.seal = (field, text) => {
    numbers.add(text)
    return cipher.seal(field, text)
  }
  await loadDistrict({ owner: db.owner, seal }, { residents: 1000, seed: 2, today: '2025-06-01' })
}, 60_000)
afterAll(() => db.close())

/** Every row of every table as text, as a copy of the database would show it. */
async function dump(): Promise<string[]> {
  const { rows } = await db.owner.pool.query<{ name: string }>(
    `select schemaname || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname in ('app', 'auth', 'staging', 'jobs', 'meta')`,
  )
  const texts: string[] = []
  for (const { name } of rows) {
    const found = await db.owner.pool.query<{ text: string }>(
      `select one::text as text from ${name} one`,
    )
    texts.push(...found.rows.map(({ text }) => text))
  }
  return texts
}

test('a dump of the database holds no ID number and no phone in clear', async () => {
  const text = (await dump()).join('\n')
  expect(numbers.size).toBeGreaterThan(1000)
  expect(text.length).toBeGreaterThan(1_000_000)
  const hexOf = (number: string) => Buffer.from(number).toString('hex')
  const found = [...numbers].filter((one) => text.includes(one) || text.includes(hexOf(one)))
  expect(found).toEqual([])
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
