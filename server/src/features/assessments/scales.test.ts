import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tellDue } from '../duties/tell.ts'
import { instantOn } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import { today } from '../../../test/running-qiao.ts'
import { openWorld, trained, type World } from './test-assessment.ts'

/** What people answer to scales: told to whoever is trained for it, and acted on at once where it must not wait. */

let world: World
beforeAll(async () => {
  world = await openWorld()
  for (const scale of ['phq-9', 'gad-7', 'gbt-42195'])
    await call(
      'district',
      `PUT /api/instruments/${scale}/assessors`,
      trained(world.idOf('socialWorker')),
    )
})
afterAll(() => world.close())
beforeEach(() =>
  world.running.db.owner.pool.query(
    'truncate app.safety_task, app.scale_result, app.clock, app.clock_event, app.instrument_text cascade',
  ),
)

const line = '/api/households/1/scales'
const call: World['call'] = (...asked) => world.call(...asked)
const answered = (answers: readonly (number | null)[], more: object = {}) => ({
  personId: 1,
  instrument: 'phq-9',
  answers,
  prorate: false,
  mode: 'interview',
  onDay: '2025-06-01',
  withText: false,
  ...more,
})
const mild = [1, 1, 1, 1, 1, 0, 0, 0, 0]
const alarming = [0, 0, 0, 0, 0, 0, 0, 0, 1]

describe('whoever is trained for a scale', () => {
  test('records what somebody answered, and sees the score with its band', async () => {
    const { body, status } = await call('socialWorker', `POST ${line}`, answered(mild))
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.items).toMatchObject([
      {
        total: 5,
        band: { name: '轻度', confirmed: true },
        answers: mild,
        textVersion: null,
        assessor: 'socialWorker',
      },
    ])
    expect(body.trained.toSorted()).toEqual(['gad-7', 'gbt-42195', 'phq-9'])
    expect(body.safety).toEqual([])
  })

  test('is told what is missing or not there', async () => {
    const refused = await call('socialWorker', `POST ${line}`, answered([1, 1]))
    expect([refused.status, refused.body.code]).toEqual([422, 'scale-invalid'])
    for (const wrong of [
      answered(mild, { onDay: '2025-06-02' }),
      answered(mild, { personId: 3 }),
      answered(mild, { withText: true }),
    ])
      expect((await call('socialWorker', `POST ${line}`, wrong)).body.code).toBe('scale-invalid')
    const total = { instrument: 'gbt-42195', total: 70 }
    expect(
      (await call('socialWorker', `POST ${line}`, answered([], total))).body.items,
    ).toMatchObject([{ total: 70, band: { name: '轻度失能', confirmed: false } }])
  })

  test('uses no scale they are not trained for, and sees none', async () => {
    const gds = answered(Array<number>(15).fill(0), { instrument: 'gds-15' })
    expect((await call('socialWorker', `POST ${line}`, gds)).body.code).toBe('scale-not-yours')
    await call('district', `PUT /api/instruments/gds-15/assessors`, trained(world.idOf('clerk')))
    expect((await call('clerk', `POST ${line}`, gds)).status).toBe(200)
    expect((await call('socialWorker', `GET ${line}`)).body.items).toEqual([])
    expect((await call('clerk', `GET ${line}`)).body.items).toHaveLength(1)
  })
})

describe('whoever is not trained', () => {
  test('sees nothing of it, whatever their duty; the district sees it once it says why', async () => {
    await call('socialWorker', `POST ${line}`, answered(alarming))
    for (const who of ['advisor', 'clerk', 'guest'] as const) {
      const { body } = await call(who, `GET ${line}`)
      expect([body.items, body.safety, body.trained]).toMatchObject([
        [],
        [],
        who === 'clerk' ? ['gds-15'] : [],
      ])
      expect((await call(who, `POST ${line}`, answered(mild))).body.code).toBe('scale-not-yours')
      expect((await call(who, 'GET /api/safety-tasks')).body.items).toEqual([])
    }
    const bare = (await call('district', `GET ${line}`, undefined, 'bare')).body
    expect(bare.items).toMatchObject([{ total: null, band: null, answers: [] }])
    expect(bare.safety).toMatchObject([{ because: [] }])
    expect((await call('district', `GET ${line}`)).body.items).toMatchObject([
      { total: 1, answers: alarming },
    ])
    expect((await call('otherClerk', `GET ${line}`)).status).toBe(404)
    expect((await call('otherClerk', 'GET /api/safety-tasks')).body.items).toEqual([])
  })

  test('is not told of it by the clocks either', async () => {
    await call('socialWorker', `POST ${line}`, answered(alarming))
    const { rows } = await world.running.db.owner.pool.query('select id from app.clock')
    for (const who of ['advisor', 'clerk'] as const)
      expect((await call(who, `GET /api/clocks/${rows[0].id}`)).status, who).toBe(404)
    expect((await call('socialWorker', `GET /api/clocks/${rows[0].id}`)).body).toMatchObject({
      kind: 'safety-contact',
      unit: 'hour',
      amount: 2,
      left: 2,
      owner: 'socialWorker',
      may: [],
    })
  })
})

describe('an answer that must not wait', () => {
  test('starts two hours from that instant for whoever asked', async () => {
    const before = instantOn(today)
    const { body } = await call('socialWorker', `POST ${line}`, answered(alarming))
    expect(body.safety).toMatchObject([
      {
        because: ['self-harm-item'],
        owner: 'socialWorker',
        own: true,
        urgency: 'calm',
        handledAt: null,
      },
    ])
    const due = Date.parse(body.safety[0].dueAt)
    expect(due - before).toBeGreaterThanOrEqual(2 * 3_600_000)
    expect(due - before).toBeLessThan(2 * 3_600_000 + 60_000)
    expect((await call('socialWorker', 'GET /api/safety-tasks')).body.items).toHaveLength(1)
  })

  test('so does a total of twenty without the ninth item', async () => {
    const { body } = await call(
      'socialWorker',
      `POST ${line}`,
      answered([3, 3, 3, 3, 3, 3, 2, 0, 0]),
    )
    expect(body.safety).toMatchObject([{ because: ['severe-total'] }])
  })

  test('ends when they say what came of it, once', async () => {
    const { body } = await call('socialWorker', `POST ${line}`, answered(alarming))
    const at = `POST /api/safety-tasks/${body.safety[0].id}/contact` as const
    const outcome = { outcome: '已通电话，家人陪同，明日就医' }
    for (const who of ['advisor', 'clerk', 'otherClerk'] as const)
      expect((await call(who, at, outcome)).status, who).toBe(404)
    expect((await call('socialWorker', at, outcome)).body.items).toEqual([])
    expect((await call('district', at, outcome)).body.code).toBe('safety-task-handled')
    const after = (await call('socialWorker', `GET ${line}`)).body.safety
    expect(after).toMatchObject([{ handledBy: 'socialWorker', ...outcome }])
    const { rows } = await world.running.db.owner.pool.query('select ended_how from app.clock')
    expect(rows).toEqual([{ ended_how: 'handled' }])
  })

  test('reminds whoever asked at half of it, then the district, and nobody between', async () => {
    const { db } = world.running
    await db.owner.pool.query(
      `insert into app.duty_officer (area_id, staff_id, valid_from) values ('310118001', $1, '2025-01-01'), ('310118', $2, '2025-01-01')`,
      [world.idOf('clerk'), world.idOf('district')],
    )
    const { body } = await call('socialWorker', `POST ${line}`, answered(alarming))
    const due = Date.parse(body.safety[0].dueAt)
    await asActor(db.app, await db.jobToken('clocks'), (tx) => tellDue(tx, due + 1))
    const { rows } = await db.owner.pool.query(
      'select mark, level, skipped, to_name from app.clock_event where mark is not null order by mark',
    )
    expect(rows).toEqual([
      { mark: 50, level: 'committee', skipped: [], to_name: 'socialWorker' },
      { mark: 100, level: 'district', skipped: ['township'], to_name: 'district' },
    ])
  })

  test('leaves no trace of the danger in what officials are told of who looked', async () => {
    const { body } = await call('socialWorker', `POST ${line}`, answered(alarming))
    await call('socialWorker', `POST /api/safety-tasks/${body.safety[0].id}/contact`, {
      outcome: '已通电话',
    })
    const looks = await call('clerk', 'GET /api/households/1/looks')
    const told = looks.body.items.map(({ actionName }: { actionName: string }) => actionName)
    expect(told).toContain('录入量表')
    expect(told.filter((one: string) => one.includes('安全联系'))).toEqual([])
    expect(JSON.stringify(looks.body)).not.toContain('phq')
  })
})

describe('the wording of a scale', () => {
  const items = Array.from({ length: 9 }, (_, place) => ({
    text: `第 ${place + 1} 题`,
    options: ['甲', '乙', '丙', '丁'],
  }))
  const text = { language: 'zh-CN', items, source: '官方中文文本', seen: null }

  test('is 待核 until the district states it, and goes with what is answered from then on', async () => {
    const first = (await call('advisor', 'GET /api/instruments')).body
    expect(first.items.map(({ text: stands }: { text: unknown }) => stands)).toEqual(
      Array(11).fill(null),
    )
    expect(first.may).toEqual({ write: false })
    const stated = await call('district', 'PUT /api/instruments/phq-9/text', text)
    expect(stated.body.items[3].text).toMatchObject({ number: 1, source: '官方中文文本', items })
    const { body } = await call('socialWorker', `POST ${line}`, answered(mild, { withText: true }))
    expect(body.items[0].textVersion).toBe(1)
  })

  test('fits the scoring, follows the one before, and is nobody else’s to state', async () => {
    const short = { ...text, items: items.slice(1) }
    expect((await call('district', 'PUT /api/instruments/phq-9/text', short)).body.code).toBe(
      'scale-text-invalid',
    )
    await call('district', 'PUT /api/instruments/phq-9/text', text)
    expect((await call('district2', 'PUT /api/instruments/phq-9/text', text)).body.code).toBe(
      'scale-text-changed',
    )
    for (const who of ['advisor', 'clerk', 'seconded'] as const)
      expect((await call(who, 'PUT /api/instruments/phq-9/text', text)).status, who).toBe(403)
  })

  test('who uses it is stated by another of the district, and seen by them and the district', async () => {
    const own = trained(world.idOf('district'))
    expect((await call('district', 'PUT /api/instruments/phq-9/assessors', own)).body.code).toBe(
      'scale-assessor-invalid',
    )
    const assessors = async (who: 'advisor' | 'socialWorker' | 'district2') =>
      (await call(who, 'GET /api/instruments')).body.items[3].assessors.map(
        ({ name }: { name: string }) => name,
      )
    expect(await assessors('socialWorker')).toEqual(['socialWorker'])
    expect(await assessors('district2')).toEqual(['socialWorker'])
    expect(await assessors('advisor')).toEqual([])
    await call('district', 'PUT /api/instruments/phq-9/assessors', {
      staffId: world.idOf('socialWorker'),
      stands: null,
    })
    expect((await call('socialWorker', `POST ${line}`, answered(mild))).body.code).toBe(
      'scale-not-yours',
    )
    await call(
      'district',
      'PUT /api/instruments/phq-9/assessors',
      trained(world.idOf('socialWorker')),
    )
  })
})

test('sent again with its key it is recorded once, and nothing of it is kept unsealed', async () => {
  const { running } = world
  const send = () => call('socialWorker', `POST ${line}`, answered(alarming), undefined, 'one-key')
  const [first, second] = [await send(), await send()]
  expect(second.body).toEqual(first.body)
  expect(second.body.items).toHaveLength(1)
  const { rows } = await running.db.owner.pool.query(
    `select answer from app.idempotency where key = 'one-key'`,
  )
  expect(rows).toEqual([{ answer: null }])
})
