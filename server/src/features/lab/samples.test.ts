import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { asOwner } from '../../platform/db/actor.ts'
import { giveDuty } from '../duties/queries.ts'

let running: RunningQiao
const sessions = new Map<string, { token: string; staffId: string }>()

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['district', 'district', '310118'],
    ['dutiful', 'district', '310118'],
    ['township', 'township', '310118001'],
    ['clerk', 'township', '310118001'],
    ['advisor', 'advisor', '310118001001'],
  ] as const)
    sessions.set(who, await running.db.sessionFor({ role, areaId }))
  await loadDistrict({ owner: running.db.owner, seal }, { residents: 8000, seed: 1, today })
  while ((await asked('GET /api/lab', 'district')).body.state !== 'ready')
    await new Promise((resolve) => setTimeout(resolve, 100))
}, 180_000)
afterAll(() => running.close())

const asked = (line: Parameters<typeof ask>[1], who: string, body?: unknown) =>
  ask(running.http, line, {
    token: sessions.get(who)?.token ?? '',
    ...(body === undefined ? {} : { body }),
  })

const forElders = {
  parameters: [
    { id: 'old_age_65', value: 90 },
    { id: 'old_age_70', value: 200 },
  ],
}
/** Few gain by the first of these figures, many by the others. */
const change = { parameters: [{ id: 'dibao_standard', value: 1700 }, ...forElders.parameters] }
const total = { table: 'total', row: 'total', outcome: 'gains' }
const samples = (who: string, cell: object = total, given: object = change) =>
  asked('POST /api/lab/samples', who, { ...given, cell })

type Item = Readonly<{
  township: string | null
  kind: string | null
  size: { persons: number; orMore: boolean } | null
  bands: string[] | null
  yearFen: number
  changes: { programme: string | null; before: { verdict: string }; after: { verdict: string } }[]
  householdId: number | null
}>
type Row = { id: string } & Record<string, number | null>

const query = async <T extends object>(text: string, values: unknown[] = []) =>
  (await running.db.owner.pool.query<T>(text, values)).rows

describe('sample households', () => {
  test('are some twenty at most, and say what the change does to each', async () => {
    const { status, body } = await samples('district')
    expect(status).toBe(200)
    expect(body.counted).toBeGreaterThan(20)
    expect(body.households).toHaveLength(20)
    for (const { yearFen, changes } of body.households as Item[]) {
      expect(yearFen).toBeGreaterThan(0)
      expect(changes.length).toBeGreaterThan(0)
      // Three digits of whole yuan, so that no exact income can be worked out.
      expect(String(yearFen / 100).replace(/0+$/, '').length).toBeLessThanOrEqual(3)
    }
    const programmes = (body.households as Item[]).flatMap(({ changes }) =>
      changes.map(({ programme }) => programme),
    )
    expect(programmes).toContain('老年综合津贴')
  })

  test('name nobody: no name, no number, no address, no committee', async () => {
    const text = JSON.stringify((await samples('district')).body)
    const rows = await query<{ told: string }>(
      `select register_no as told from app.household union select address from app.household
       union select name from app.person
       union select name from app.area where level = 'committee'`,
    )
    expect(rows.length).toBeGreaterThan(4000)
    expect(rows.filter(({ told }) => told && told.length > 1 && text.includes(told))).toEqual([])
  })

  test('are each told as at least five households of the district could be', async () => {
    const townships = await query<{ id: string; name: string }>(
      `select id, name from app.area where level = 'township'`,
    )
    const people = await query<{ area: string; size: number }>(
      `select household.area_id as area, count(*)::int as size from app.household
       join app.person_current person on person.household_id = household.id
       group by household.id`,
    )
    let told = 0
    for (const outcome of ['gains', 'open'])
      for (const { township, size } of (await samples('district', { ...total, outcome })).body
        .households as Item[]) {
        if (size === null) continue
        told++
        const place = townships.find(({ name }) => name === township)?.id ?? ''
        const alike = people.filter(
          (one) =>
            one.area.startsWith(place) &&
            (size.orMore ? one.size >= size.persons : one.size === size.persons),
        )
        expect(alike.length).toBeGreaterThanOrEqual(5)
      }
    expect(told).toBeGreaterThan(10)
  })

  test('are of the row that was asked for', async () => {
    const trial = (await asked('POST /api/lab/trials', 'district', change)).body
    const most = (trial.townships as Row[]).toSorted(
      (a, b) => (b['gains'] ?? 0) - (a['gains'] ?? 0),
    )
    const cell = { table: 'townships', row: most[0]?.id, outcome: 'gains' }
    const { body } = await samples('district', cell)
    expect(body.counted).toBe(most[0]?.['gains'])
    const names = new Set((body.households as Item[]).map(({ township }) => township))
    names.delete(null)
    expect([...names]).toEqual([most[0]?.['name']])
    const kind = (trial.kinds as Row[]).find(({ gains }) => (gains ?? 0) > 0)
    const kinds = (await samples('district', { table: 'kinds', row: kind?.id, outcome: 'gains' }))
      .body
    expect(new Set((kinds.households as Item[]).map((one) => one.kind))).toEqual(
      new Set([kind?.id]),
    )
  })
})

describe('a figure without samples', () => {
  test('is every one that is hidden, or counts nobody', async () => {
    const trial = (await asked('POST /api/lab/trials', 'district', change)).body
    let hidden = 0
    for (const table of ['townships', 'kinds', 'deciles'])
      for (const row of trial[table] as Row[])
        for (const outcome of ['gains', 'loses', 'moves', 'open']) {
          const shown = row[outcome] ?? 0
          if (shown > 0) continue
          if (row[outcome] === null) hidden++
          const { body } = await samples('district', { table, row: row.id, outcome })
          expect(body.code).toBe('cell-hidden')
        }
    expect(hidden).toBeGreaterThan(0)
  })

  test('is never told by the samples of another one', async () => {
    const trial = (await asked('POST /api/lab/trials', 'district', change)).body
    const few = (table: string, of: string) =>
      new Set(
        (trial[table] as Row[])
          .filter((row) => row[of] === null)
          .map((row) => row['name'] ?? row.id),
      )
    for (const outcome of ['gains', 'open']) {
      const found = (await samples('district', { ...total, outcome })).body.households as Item[]
      const [townships, kinds, ages] = [
        few('townships', outcome),
        few('kinds', outcome),
        few('ages', outcome),
      ]
      for (const { township, kind, bands } of found) {
        if (township !== null) expect(townships.has(township as never)).toBe(false)
        if (kind !== null) expect(kinds.has(kind as never)).toBe(false)
        for (const band of bands ?? []) expect(ages.has(band as never)).toBe(false)
      }
    }
  })

  test('is a row that is none, or of a township one does not see', async () => {
    const code = async (who: string, cell: object) => (await samples(who, cell)).body.code
    const cell = { table: 'townships', row: '310118002', outcome: 'gains' }
    expect(await code('township', cell)).toBe('cell-hidden')
    expect(await code('district', { ...cell, row: '999' })).toBe('cell-hidden')
    expect(await code('advisor', total)).toBe('forbidden')
    expect((await samples('nobody')).status).toBe(401)
  })
})

describe('a household behind a figure', () => {
  const committees = async (ids: readonly number[]) =>
    (
      await query<{ area_id: string }>(`select area_id from app.household where id = any($1)`, [
        ids,
      ])
    ).map((row) => row.area_id)
  const opened = async (who: string, cell?: object) =>
    ((await samples(who, cell, forElders)).body.households as Item[]).flatMap(({ householdId }) =>
      householdId === null ? [] : [householdId],
    )

  test('is opened by nobody without a duty, the district included', async () => {
    expect(await opened('district')).toEqual([])
    expect(await opened('township')).toEqual([])
  })

  test('is opened by whoever has a duty for its committee, and no other', async () => {
    const found = await query<{ area: string }>(
      `select area_id as area from app.household where area_id like '310118001%'
       group by area_id order by count(*) desc limit 1`,
    )
    const area = found[0]?.area ?? ''
    for (const who of ['dutiful', 'clerk'])
      await asOwner(running.db.owner, (tx) =>
        giveDuty(tx, {
          staffId: sessions.get(who)?.staffId ?? '',
          areaId: area,
          kind: 'advisor-of-area',
          from: '2020-01-01',
          to: null,
        }),
      )
    const cell = { table: 'townships', row: '310118001', outcome: 'gains' }
    for (const who of ['dutiful', 'clerk']) {
      const ids = await opened(who, cell)
      expect(ids.length).toBeGreaterThan(0)
      expect(new Set(await committees(ids))).toEqual(new Set([area]))
    }
    expect((await samples('clerk', cell, forElders)).body.households.length).toBeGreaterThan(
      (await opened('clerk', cell)).length,
    )
  })

  test('is told to nobody from the day on which somebody in it objects', async () => {
    const cell = { table: 'townships', row: '310118001', outcome: 'gains' }
    const [id] = await opened('clerk', cell)
    const before = (await samples('district', cell, forElders)).body.households.length
    await running.db.owner.pool.query(
      `insert into app.objection (household_id, area_id, kind, told_on, recorded_by)
       select id, area_id, 'push', $2, 'owner' from app.household where id = $1`,
      [id, today],
    )
    expect(await opened('clerk', cell)).not.toContain(id)
    expect((await samples('district', cell, forElders)).body.households).toHaveLength(before - 1)
  })

  test('stands in the log with who looked, at which figure of which change', async () => {
    await samples('township', total, forElders)
    const [last] = await query<{ subject: string; detail: object }>(
      `select subject, detail from app.audit where action = 'lab.samples-read' order by id desc limit 1`,
    )
    expect(last).toMatchObject({ subject: 'cell:total/total/gains', detail: forElders })
  })
})
