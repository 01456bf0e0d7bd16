import { parametersOn } from '@qiao/rules'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { enterFigure, type Figure } from './enter-figure.ts'
import { packFiles, packInForce, publish, publishShippedPack } from './load.ts'
import { loadPackFolder, packOf } from './pack-files.ts'

const parameter = 'dibao_standard'
let shipped: TestDatabase
let db: TestDatabase
let district: string
let enqueued: object[] = []
const jobs = {
  enqueue: async (_tx: unknown, name: string, data: object) =>
    void enqueued.push({ name, ...data }),
}

beforeAll(async () => {
  shipped = await createTestDatabase()
  await publishShippedPack(shipped.owner)
  district = (await shipped.sessionFor({ role: 'district', areaId: '310118' })).token
  await shipped.disconnect()
})
afterAll(() => shipped.close())
// What is published stays: each test begins on a copy.
beforeEach(async () => {
  enqueued = []
  db = await createTestDatabase(shipped.name)
})
afterEach(() => db.close())

const inForce = () => asActor(db.app, district, packInForce)
const figure = (given: Partial<Figure> = {}): Figure => ({
  from: '2027-07-01',
  value: 1700,
  document: '沪民规〔2027〕1号',
  source: '市民政局网站',
  ...given,
})
const enter = (given: Partial<Figure> = {}, id = parameter) =>
  asActor(db.app, district, (tx) => enterFigure(tx, jobs, id, figure(given), '2025-06-01'))
const rowsOn = async (from: string) =>
  (await inForce()).parameters
    .find(({ id }) => id === parameter)
    ?.rows.filter((row) => row.from === from) ?? []

test('the shipped pack is published on an empty database, and no second time', async () => {
  const folder = await loadPackFolder()
  expect((await inForce()).hash).toBe(folder.pack.hash)
  await publishShippedPack(db.owner)
  const { rows } = await db.owner.pool.query('select hash from app.pack')
  expect(rows).toEqual([{ hash: folder.pack.hash }])
  expect(await asActor(db.app, district, (tx) => packFiles(tx, folder.pack.hash))).toEqual(
    folder.files,
  )
})

describe('a figure that was entered', () => {
  test('is in force at once, with its document and source, under a new version', async () => {
    const before = await inForce()
    const entered = await enter()
    expect(entered.version).toBe(`${before.version}+1`)
    expect(entered.hash).not.toBe(before.hash)
    expect((await inForce()).hash).toBe(entered.hash)
    expect(await rowsOn('2027-07-01')).toMatchObject([
      { value: 1700, document: '沪民规〔2027〕1号', note: '录入，来源：市民政局网站' },
    ])
  })

  test('has every household matched again, and is noted with who entered it', async () => {
    const { hash } = await enter()
    expect(enqueued).toEqual([{ name: 'policies.published', hash }])
    const { rows } = await db.owner.pool.query(
      `select actor ~ '^staff:' as by_staff, subject from app.audit where action = 'policy.figure-entered'
       order by id desc limit 1`,
    )
    expect(rows).toEqual([{ by_staff: true, subject: `parameter:${parameter}` }])
    const kept = await db.owner.pool.query(
      `select parameter, from_day, value::text, entered_by ~ '^staff:' as by_staff from app.parameter_entry`,
    )
    expect(kept.rows).toEqual([
      { parameter, from_day: '2027-07-01', value: '1700', by_staff: true },
    ])
  })

  test('leaves what was in force before as it was, to the byte', async () => {
    const before = await inForce()
    const files = await asActor(db.app, district, (tx) => packFiles(tx, before.hash))
    await enter()
    expect(await asActor(db.app, district, (tx) => packFiles(tx, before.hash))).toEqual(files)
  })

  test('is known from its day on; years that were left out stay open', async () => {
    const stateOn = async (day: string) => {
      const standard = (await inForce()).parameters.find(({ id }) => id === parameter)
      return standard && parametersOn([standard], day)[0]?.state
    }
    expect(await stateOn('2027-08-01')).not.toBe('known')
    await enter()
    expect(await stateOn('2027-08-01')).toBe('known')
    expect(await stateOn('2025-06-30')).toBe('known')
    expect(await stateOn('2025-07-01')).toBe('missing')
    expect(await stateOn('2027-06-30')).toBe('missing')
    const standard = (await inForce()).parameters.find(({ id }) => id === parameter)
    expect(standard?.pending.map(({ from }) => from)).toEqual(['2025-07-01', '2026-07-01'])
  })

  test('holds to its last day where it has one; from the next on it is awaited again', async () => {
    const id = 'cpi_yoy'
    await enter({ from: '2025-05-01', to: '2025-05-31', value: 1.2 }, id)
    const stateOn = async (day: string) => {
      const cpi = (await inForce()).parameters.find((one) => one.id === id)
      return cpi && parametersOn([cpi], day)[0]?.state
    }
    expect(await stateOn('2025-04-30')).toBe('missing')
    expect(await stateOn('2025-05-31')).toBe('known')
    expect(await stateOn('2025-06-01')).toBe('expired')
    await enter({ from: '2025-07-01', to: '2025-07-31', value: 1.3 }, id)
    expect(await stateOn('2025-06-30')).toBe('missing')
    expect(await stateOn('2025-07-31')).toBe('known')
    expect(await stateOn('2025-12-31')).toBe('expired')
    const kept = await db.owner.pool.query('select to_day from app.parameter_entry order by id')
    expect(kept.rows).toEqual([{ to_day: '2025-05-31' }, { to_day: '2025-07-31' }])
  })

  test('with a last day leaves what was awaited open behind it, up to what is there', async () => {
    const awaited = async () =>
      (await inForce()).parameters
        .find(({ id }) => id === parameter)
        ?.pending.map(({ from }) => from)
    await enter({ from: '2025-07-01', to: '2025-12-31' })
    expect(await awaited()).toEqual(['2026-01-01', '2026-07-01'])
    await enter({ from: '2026-01-01', to: '2026-06-30' })
    expect(await awaited()).toEqual(['2026-07-01'])
  })

  test('takes the place of what was awaited for its day', async () => {
    await enter({ from: '2025-07-01' })
    const standard = (await inForce()).parameters.find(({ id }) => id === parameter)
    expect(standard?.pending.map(({ from }) => from)).toEqual(['2026-07-01'])
    expect(standard?.rows.at(-1)).toMatchObject({ from: '2025-07-01', knownUntil: '2026-06-30' })
    expect(standard?.rows.at(-2)).toMatchObject({ from: '2024-07-01', knownUntil: '2025-06-30' })
  })
})

describe('a pack published for a later day', () => {
  const shippedWith = async (from: string) => {
    const shipped = await loadPackFolder()
    const files = {
      ...shipped.files,
      'pack.yaml': shipped.files['pack.yaml']?.replace(/^version: .*$/m, 'version: "9"') ?? '',
    }
    const pack = packOf(files)
    if ('problems' in pack) throw new Error('the pack reads')
    await asOwner(db.owner, (tx) => publish(tx, pack, files, { from, cases: null }))
    return pack
  }
  const hashOn = (day: string) =>
    asActor(db.app, district, async (tx) => (await packInForce(tx, day)).hash)

  test('is in force from that day on, and not before', async () => {
    const before = await hashOn('2025-06-01')
    const later = await shippedWith('2025-07-01')
    expect(await hashOn('2025-06-30')).toBe(before)
    expect(await hashOn('2025-07-01')).toBe(later.hash)
    expect(await hashOn('2026-01-01')).toBe(later.hash)
  })

  test('gets a figure that is entered before it begins, and keeps its day', async () => {
    await shippedWith('2025-07-01')
    await enter()
    const figureOn = (day: string) =>
      asActor(db.app, district, async (tx) =>
        (await packInForce(tx, day)).parameters
          .find(({ id }) => id === parameter)
          ?.rows.some(({ from }) => from === '2027-07-01'),
      )
    expect(await figureOn('2025-06-01')).toBe(true)
    expect(await figureOn('2025-07-01')).toBe(true)
    const versions = await db.owner.pool.query('select version from app.pack order by id')
    expect(versions.rows.slice(2).map(({ version }) => version)).toEqual(['2026.11.1+1', '9+1'])
  })
})

describe('a figure is refused, and nothing changes,', () => {
  test.each([
    ['on a day that is none', { from: '2027-02-30' }, '/body/from'],
    ['on a day that has one already', { from: '2024-07-01' }, '/body/from'],
    ['that ends on a day that is none', { to: '2027-02-30' }, '/body/to'],
    ['that ends before it begins', { to: '2027-06-30' }, '/body/to'],
    ['that ends when the next has begun', { from: '2024-06-01', to: '2024-07-01' }, '/body/to'],
    ['for a day whose figure stands', { from: '2024-08-01' }, '/body/from'],
    ['with parts of a fen', { value: 1700.001 }, '/body/value'],
    ['below what it can be', { value: -1 }, '/body/value'],
  ])('%s', async (_why, given, path) => {
    const before = await inForce()
    await expect(enter(given)).rejects.toMatchObject({ code: 'figure-refused', errors: [{ path }] })
    expect((await inForce()).hash).toBe(before.hash)
    expect(enqueued).toEqual([])
    expect((await db.owner.pool.query('select from app.parameter_entry')).rows).toEqual([])
  })

  test('that begins before the one before it has ended', async () => {
    await enter({ from: '2027-07-01', to: '2027-12-31' })
    await expect(enter({ from: '2027-12-31' })).rejects.toMatchObject({
      code: 'figure-refused',
      errors: [{ path: '/body/from' }],
    })
  })

  test('for a parameter that nobody declared', async () => {
    await expect(enter({}, 'nonsense')).rejects.toMatchObject({ code: 'no-such-parameter' })
  })
})
