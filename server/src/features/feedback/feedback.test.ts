import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { takeSheet } from '../../../test/take-sheet.ts'

let running: RunningQiao
const tokens = new Map<string, string>()
/** One household in each of these, by its number. */
const places = {
  here: '310118001001',
  nextDoor: '310118001002',
  elsewhere: '310118002001',
} as const
const households = {} as Record<keyof typeof places, number>

const asked = (line: Parameters<typeof ask>[1], who: string, body?: unknown) =>
  ask(running.http, line, {
    token: tokens.get(who) ?? '',
    ...(body === undefined ? {} : { body }),
  })
const give = (who: string, given: object = {}) =>
  asked('POST /api/feedback', who, {
    programme: 'dibao',
    works: false,
    because: '申请要跑三趟街镇',
    households: [],
    ...given,
  })
type Item = {
  id: number
  because: string
  households: { id: number }[]
  answer: string | null
  answeredBy: string | null
}
const seen = async (who: string, query = ''): Promise<Item[]> =>
  (await asked(`GET /api/feedback${query}`, who)).body.items
const refusedAt = (answer: Awaited<ReturnType<typeof give>>) =>
  [answer.status, answer.body.code, answer.body.errors?.[0]?.path] as const

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['advisor', 'advisor', places.here],
    ['advisorElsewhere', 'advisor', places.elsewhere],
    ['township', 'township', '310118001'],
    ['otherTownship', 'township', '310118002'],
    ['district', 'district', '310118'],
    ['owner', 'district', '310118'],
    ['audit', 'audit-admin', '310118'],
  ] as const) {
    const session = await running.db.sessionFor({ role, areaId, name: who })
    tokens.set(who, session.token)
    if (who === 'owner')
      await running.db.owner.pool.query(
        `insert into app.appointment (staff_id, capability, valid_from) values ($1, 'policy-author', '2020-01-01')`,
        [session.staffId],
      )
  }
  for (const [name, areaId] of Object.entries(places)) {
    const { rows } = await running.db.owner.pool.query<{ id: number }>(
      `insert into app.household (area_id, register_no, address, kind)
       values ($1, $2, '一号', 'family') returning id`,
      [areaId, `户${name}`],
    )
    households[name as keyof typeof places] = rows[0]?.id ?? 0
  }
}, 120_000)
afterAll(() => running.close())

describe('what an advisor says of a policy', () => {
  test('is kept with the households it was seen on', async () => {
    const { status, body } = await give('advisor', { households: [households.here] })
    expect([status, body.attached]).toEqual([200, 1])
    const [item] = await seen('advisor')
    expect(item).toMatchObject({
      id: body.id,
      programme: 'dibao',
      programmeName: '最低生活保障',
      works: false,
      because: '申请要跑三趟街镇',
      by: 'advisor',
      households: [{ id: households.here, registerNo: '户here' }],
      answer: null,
    })
  })

  test.each(['nextDoor', 'elsewhere'] as const)(
    'is refused whole with a household of another area: %s',
    async (place) => {
      const before = (await seen('district')).length
      const both = { households: [households.here, households[place]], because: '不该留下这一条' }
      expect(refusedAt(await give('advisor', both))).toEqual([
        422,
        'feedback-refused',
        '/body/households',
      ])
      expect(await seen('district')).toHaveLength(before)
    },
  )

  test('is refused with a household that there is not, in the same words', async () => {
    const one = await give('advisor', { households: [999_999] })
    const other = await give('advisor', { households: [households.elsewhere] })
    expect(one.body.detail).toBe(other.body.detail)
  })

  test('is refused from a township with a household of another township', async () => {
    expect(refusedAt(await give('township', { households: [households.elsewhere] }))[0]).toBe(422)
    const own = await give('township', { households: [households.here, households.nextDoor] })
    expect(own.body.attached).toBe(2)
  })

  test('is refused without a reason, of no policy, or with somebody’s number in it', async () => {
    expect(refusedAt(await give('advisor', { because: '不好' }))[2]).toBe('/body/because')
    expect(refusedAt(await give('advisor', { programme: 'none' }))[2]).toBe('/body/programme')
    const phone = '老人电话13800001111打不通'
    expect(refusedAt(await give('advisor', { because: phone }))[2]).toBe('/body/because')
  })
})

describe('who reads it', () => {
  test('sees what comes from the own area, the district all, an administrator nothing', async () => {
    await give('advisorElsewhere', {
      because: '外镇说办得很快',
      works: true,
      households: [households.elsewhere],
    })
    const said = async (who: string) => (await seen(who)).map(({ because }) => because)
    expect(await said('otherTownship')).toEqual(['外镇说办得很快'])
    expect(await said('township')).not.toContain('外镇说办得很快')
    expect(await said('advisor')).not.toContain('外镇说办得很快')
    expect(await said('district')).toEqual(
      expect.arrayContaining(['外镇说办得很快', '申请要跑三趟街镇']),
    )
    expect((await asked('GET /api/feedback', 'audit')).body.code).toBe('forbidden')
  })

  test('learns of no household out of sight, though the feedback is in sight', async () => {
    const shared = (await seen('advisor')).flatMap((item) => item.households)
    expect(shared.map(({ id }) => id)).not.toContain(households.nextDoor)
  })
})

describe('the owner of policies', () => {
  test('answers once; nobody else answers', async () => {
    const id = (await give('advisor', { because: '材料清单看不懂' })).body.id
    const answer = (who: string, text = '下月换成易读版') =>
      asked(`POST /api/feedback/${id}/answer`, who, { text })
    for (const who of ['advisor', 'township', 'district'])
      expect((await answer(who)).body.code).toBe('forbidden')
    expect((await answer('owner', '好')).body.code).toBe('feedback-refused')
    expect((await answer('owner')).status).toBe(200)
    expect((await answer('owner', '再答一次')).body.code).toBe('feedback-answered')
    const unknown = await asked('POST /api/feedback/999999/answer', 'owner', { text: '没有这条' })
    expect(unknown.body.code).toBe('no-such-feedback')
    const found = async (who: string) => (await seen(who)).find((one) => one.id === id)
    expect(await found('district')).toMatchObject({ answer: '下月换成易读版', answeredBy: 'owner' })
    // Whoever gave it reads the answer; by whom of the district is not for a committee to know.
    expect(await found('advisor')).toMatchObject({ answer: '下月换成易读版', answeredBy: null })
  })

  test('finds what is still open, the answered after it', async () => {
    expect((await seen('owner', '?open=true')).every(({ answer }) => answer === null)).toBe(true)
    expect((await seen('owner', '?open=false')).map(({ because }) => because)).toEqual([
      '材料清单看不懂',
    ])
    expect((await seen('owner')).at(-1)?.because).toBe('材料清单看不懂')
  })
})

describe('the report', () => {
  test('counts by programme in the own area, each household once, the most troubled first', async () => {
    await give('advisor', { programme: 'tekun', works: true, because: '上门办理很方便' })
    await give('advisor', { because: '又是同一户', households: [households.here] })
    const report = async (who: string) =>
      (await asked('GET /api/feedback', who)).body.programmes.map(
        ({ programme, works, fails, open, households: count }: Record<string, unknown>) =>
          [programme, works, fails, open, count].join(' '),
      )
    expect(await report('district')).toEqual(['dibao 1 4 4 3', 'tekun 1 0 1 0'])
    expect(await report('otherTownship')).toEqual(['dibao 1 0 1 1'])
    expect(await report('advisor')).toEqual(['dibao 0 3 2 1', 'tekun 1 0 1 0'])
  })

  test('is exported without naming a household, and the export stands in the log', async () => {
    const sheet = await takeSheet(running.http, tokens.get('district') ?? '', {
      list: 'feedback',
      filters: 'programme=dibao',
    })
    expect(sheet.statusCode).toBe(200)
    const lines = sheet.body.trim().split(/\r?\n/)
    expect(lines).toHaveLength(1 + 5 + 1)
    expect(lines[0]).toContain('所附户数')
    expect(sheet.body).toContain('申请要跑三趟街镇')
    expect(sheet.body).not.toContain('户here')
    const { rows } = await running.db.owner.pool.query(
      `select detail from app.audit where action = 'feedback.exported'`,
    )
    expect(rows).toMatchObject([{ detail: { programme: 'dibao', rows: 5, export: sheet.id } }])
  })
})
