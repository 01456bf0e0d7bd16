import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { runCommand } from '../../test/running-command.ts'
import { commandEnvironment } from '../../test/running-qiao.ts'
import { loadDistrict } from '../district/load.ts'
import { type FieldCipher, makeFieldCipher } from '../platform/crypto/field-cipher.ts'
import { addFieldKey, readOrMakeKeys, watchKeys } from '../platform/crypto/keys.ts'
import { resealAll } from '../reseal.ts'
import { sealedColumns } from '../sealed-columns.ts'

let db: TestDatabase
let installation: Awaited<ReturnType<typeof commandEnvironment>>
/** As a program holds it that was started before any rotation. */
let running: FieldCipher

beforeAll(async () => {
  db = await createTestDatabase()
  installation = await commandEnvironment(db)
  const keys = await readOrMakeKeys(installation.env.QIAO_KEY_FILE, 'guomi')
  running = makeFieldCipher(keys, watchKeys(installation.env.QIAO_KEY_FILE))
  const about = { residents: 1500, seed: 3, today: '2025-06-01' }
  await loadDistrict({ owner: db.owner, seal: running.seal }, about)
  // A production database refuses invented households.
  await db.owner.pool.query('update app.household set demo = false, story = null')
  const { staffId } = await db.sessionFor({ role: 'district', areaId: '310118' })
  await db.owner.pool.query('update auth.account set totp_offered = $2 where staff_id = $1', [
    staffId,
    running.seal('authenticator', `${staffId}:SECRET`).sealed,
  ])
}, 60_000)
afterAll(async () => {
  await installation.remove()
  await db.close()
})

const keys = (verb: string) => runCommand(['keys', verb], { env: installation.env })

/** Every sealed field as it opens, with the key it is sealed with. */
async function opened(cipher: FieldCipher) {
  const texts = new Map<string, string>()
  const ids = new Set<number>()
  for (const { table, key, column, field } of sealedColumns) {
    const { rows } = await db.owner.pool.query<{ key: string; sealed: Buffer }>(
      `select ${key}::text as key, ${column} as sealed from ${table} where ${column} is not null`,
    )
    for (const row of rows) {
      texts.set(`${column} ${row.key}`, cipher.open(field, row.sealed))
      ids.add(row.sealed[0] ?? 0)
    }
  }
  return { texts, ids: [...ids] }
}

const indexes = `select id, id_number_index, phone_index from app.person order by id`

test('every column of sealed bytes is among those that a rotation seals anew', async () => {
  const { rows } = await db.owner.pool.query<{ name: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as name
      from information_schema.columns
      where data_type = 'bytea' and table_schema in ('app', 'auth', 'meta')
        and column_name !~ '(hash|hashes|digests|previous|_index|key_check|covers|public_key)$' order by 1`,
  )
  const known = sealedColumns.map(({ table, column }) => `${table}.${column}`)
  expect(rows.map(({ name }) => name)).toEqual(known.toSorted())
})

test('rotated keys seal every field anew; texts and blind indexes stay, and a running program goes on', async () => {
  const before = await opened(running)
  const { rows: indexed } = await db.owner.pool.query(indexes)
  expect([before.texts.size > 2000, before.ids]).toEqual([true, [1]])

  const { code, out, err } = await keys('rotate')
  expect([code, JSON.parse(out)]).toEqual([0, { key: 2, fields: before.texts.size }])
  expect(err).toContain('新密钥：第 2 号')
  expect(await opened(running)).toEqual({ texts: before.texts, ids: [2] })
  expect((await db.owner.pool.query(indexes)).rows).toEqual(indexed)
  expect(running.seal('phone', '13800000000').sealed[0]).toBe(2)
  const listed = (await keys('list')).out.trim().split('\n')
  expect(listed.map((line) => JSON.parse(line))).toEqual([
    { key: 1, suite: 'guomi', fields: 0, current: false },
    { key: 2, suite: 'guomi', fields: before.texts.size, current: true },
  ])
})

test('a rotation that is cut off goes on with its key, and does only what is left', async () => {
  const before = await opened(running)
  const cut = await addFieldKey(installation.env.QIAO_KEY_FILE, 'guomi')
  const cipher = makeFieldCipher(cut)
  const interrupted = resealAll(db.owner, { cipher, newest: 3 }, () => {
    throw new Error('the light went out')
  })
  await expect(interrupted).rejects.toThrow('the light went out')
  const half = await opened(cipher)
  expect(half.ids.toSorted((one, other) => one - other)).toEqual([2, 3])

  const { code, out, err } = await keys('rotate')
  expect([code, JSON.parse(out)]).toEqual([0, { key: 3, fields: before.texts.size - 1000 }])
  expect(err).toContain('继续上次的轮换')
  expect(await opened(running)).toEqual({ texts: before.texts, ids: [3] })
})

test('what people write while keys rotate is what is there afterwards', async () => {
  const { rows } = await db.owner.pool.query<{ id: number }>(
    'select id from app.person where phone_enc is not null order by id limit 300',
  )
  const rotation = keys('rotate')
  const written = new Map<string, string>()
  for (const [at, { id }] of rows.entries()) {
    const phone = `139${String(at).padStart(8, '0')}`
    const { sealed, index } = running.seal('phone', phone)
    await db.owner.pool.query(
      'update app.person set phone_enc = $2, phone_index = $3 where id = $1',
      [id, sealed, index],
    )
    written.set(`phone_enc ${id}`, phone)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect((await rotation).code).toBe(0)
  const after = await opened(running)
  expect(after.ids).toEqual([4])
  for (const [place, phone] of written) expect(after.texts.get(place)).toBe(phone)
})
