import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'

let running: RunningQiao
const areaOf: Readonly<Record<TestRole, string>> = {
  advisor: '310118001001',
  township: '310118001',
  district: '310118',
  'system-admin': '310118',
  'security-admin': '310118',
  'audit-admin': '310118',
}
const roles = Object.keys(areaOf) as TestRole[]
const outside = ['advisor', 'system-admin', 'security-admin', 'audit-admin'] as const
const tokens = new Map<string, string>()
const change = { parameters: [{ id: 'old_age_65', value: 90 }] }

beforeAll(async () => {
  running = await runQiao()
  for (const role of roles)
    tokens.set(role, (await running.db.sessionFor({ role, areaId: areaOf[role] })).token)
  tokens.set(
    'neighbour',
    (await running.db.sessionFor({ role: 'township', areaId: '310118002' })).token,
  )
  await loadDistrict({ owner: running.db.owner, seal }, { residents: 1000, seed: 1, today })
  for (;;) {
    const { body } = await asked('GET /api/lab', 'district')
    if (body.state === 'ready') break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}, 180_000)
afterAll(() => running.close())

const asked = (line: Parameters<typeof ask>[1], who: string, body?: unknown) =>
  ask(running.http, line, {
    token: tokens.get(who) ?? '',
    ...(body === undefined ? {} : { body }),
  })

const doors: readonly (readonly [Parameters<typeof ask>[1], unknown])[] = [
  ['GET /api/lab', undefined],
  ['POST /api/lab/sample', {}],
  ['GET /api/lab/rules/dibao', undefined],
  ['POST /api/lab/rules/check', { rules: [] }],
  ['POST /api/lab/trials', change],
  [
    'POST /api/lab/samples',
    { ...change, cell: { table: 'total', row: 'total', outcome: 'gains' } },
  ],
  ['POST /api/lab/curves', { parameter: 'old_age_65', parameters: [] }],
  ['POST /api/lab/impacts', { files: {} }],
  ['GET /api/lab/experiments', undefined],
  ['POST /api/lab/experiments', { name: '试', ...change }],
  ['DELETE /api/lab/experiments/1', undefined],
]

describe('the laboratory', () => {
  test.each(outside)('is closed to %s, door by door', async (role) => {
    for (const [line, body] of doors)
      expect([line, (await asked(line, role, body)).body.code]).toEqual([line, 'forbidden'])
  })

  test('is closed to whoever is not signed in', async () => {
    for (const [line, body] of doors)
      expect([line, (await asked(line, 'nobody', body)).status]).toEqual([line, 401])
  })

  test('counts for a township its own households, for the district all', async () => {
    const district = await asked('POST /api/lab/trials', 'district', change)
    const township = await asked('POST /api/lab/trials', 'township', change)
    const { rows } = await running.db.owner.pool.query<{ own: number; everybody: number }>(
      `select count(*) filter (where area_id like '310118001%') as own, count(*) as everybody
       from app.household`,
    )
    expect(district.body.sample.households).toBe(rows[0]?.everybody)
    expect(township.body.sample).toMatchObject({
      households: rows[0]?.own,
      area: expect.any(String),
    })
    expect(district.body.townships.length).toBeGreaterThan(5)
    const names = district.body.townships.map(({ id }: { id: string }) => id)
    expect(township.body.townships.map(({ id }: { id: string }) => id)).toEqual(['310118001'])
    expect(names).toContain('310118002')
    expect(JSON.stringify(township.body)).not.toContain('310118002')
    expect(township.body.cost.after.yearFen).toBeLessThan(district.body.cost.after.yearFen)
  })

  test('shows the impact of a draft to the district alone', async () => {
    const impact = (who: string) => asked('POST /api/lab/impacts', who, { files: {} })
    expect((await impact('township')).body.code).toBe('forbidden')
    expect(await impact('district')).toMatchObject({ status: 200, body: { programmes: [] } })
  })

  test('tells nobody an address, a name or a number of anybody', async () => {
    const { rows } = await running.db.owner.pool.query<{ told: string }>(
      'select register_no as told from app.household union all select name from app.person',
    )
    const told = JSON.stringify((await asked('POST /api/lab/trials', 'district', change)).body)
    expect(rows.length).toBeGreaterThan(1000)
    expect(rows.filter((row) => row.told.length > 1 && told.includes(row.told))).toEqual([])
  })
})

describe('a kept experiment', () => {
  test('of the district is seen by townships, of a township not by its neighbour', async () => {
    const keep = async (who: string, name: string) =>
      (await asked('POST /api/lab/experiments', who, { name, ...change })).body.id
    await keep('district', '全区的')
    const own = await keep('township', '本镇的')
    const seen = async (who: string) =>
      (await asked('GET /api/lab/experiments', who)).body.items.map(
        ({ name, mine }: { name: string; mine: boolean }) => `${name} ${mine}`,
      )
    expect(await seen('township')).toEqual(['本镇的 true', '全区的 false'])
    expect(await seen('neighbour')).toEqual(['全区的 false'])
    expect(await seen('district')).toEqual(['本镇的 false', '全区的 true'])
    const remove = (who: string) =>
      asked(`DELETE /api/lab/experiments/${own}` as Parameters<typeof ask>[1], who)
    for (const who of ['neighbour', 'district'])
      expect((await remove(who)).body.code).toBe('no-such-experiment')
    expect((await remove('township')).status).toBe(204)
    expect(await seen('district')).toEqual(['全区的 true'])
  })
})
