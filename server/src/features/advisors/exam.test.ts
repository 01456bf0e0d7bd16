import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'

const here = '310118001001'
let running: RunningQiao
const people = new Map<string, { token: string; staffId: string }>()
const as = (who: string) => people.get(who) ?? { token: '', staffId: '' }

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['advisor', 'advisor', here],
    ['neighbour', 'advisor', here],
    ['elsewhere', 'advisor', '310118002001'],
    ['township', 'township', '310118001'],
    ['otherTownship', 'township', '310118002'],
    ['district', 'district', '310118'],
    ['lentOut', 'district', '310118001'],
  ] as const)
    people.set(who, await running.db.sessionFor({ role, areaId, name: who }))
}, 120_000)
afterAll(() => running.close())

const call = (who: string, line: `${'GET' | 'POST' | 'PUT'} ${string}`, body?: object) =>
  ask(running.http, line.replace(' /', ' /api/') as typeof line, {
    token: as(who).token,
    ...(body ? { body } : {}),
  })

describe('a training', () => {
  const session = {
    areaId: '310118001',
    course: '岗前培训',
    kind: 'before-duty',
    onDay: '2025-05-20',
    minutes: 180,
    place: '街道会议室',
  }
  const train = (who: string, more: object = {}) =>
    call(who, 'POST /trainings', {
      ...session,
      attendees: [as('advisor').staffId, as('neighbour').staffId],
      seen: null,
      ...more,
    })

  test('is recorded by officials of the area, of whom they look after, once it was held', async () => {
    expect((await train('otherTownship')).status).toBe(403)
    expect((await train('advisor')).status).toBe(403)
    expect((await train('township', { onDay: '2025-06-02' })).body.code).toBe('training-day')
    for (const stranger of [as('elsewhere').staffId, crypto.randomUUID()])
      expect((await train('township', { attendees: [stranger] })).body.code).toBe(
        'attendee-out-of-area',
      )
    const { status, body } = await train('township')
    expect([status, body.items[0].attendees.length]).toEqual([200, 2])
  })

  test('counts by year for who attended, and no more once attendance is put right', async () => {
    await train('district', { areaId: '310118', kind: 'yearly', onDay: '2024-11-01', minutes: 60 })
    const trained = async (who: string, whom: string) =>
      (await call(who, `GET /advisors/${as(whom).staffId}`)).body.trained
    const both = [
      { year: 2025, minutes: 180 },
      { year: 2024, minutes: 60 },
    ]
    expect(await trained('advisor', 'advisor')).toEqual(both)
    expect(await trained('township', 'neighbour')).toEqual(both)
    const [{ id, version }] = (await call('township', 'GET /trainings')).body.items
    const without = { ...session, attendees: [as('advisor').staffId] }
    expect(
      (await call('otherTownship', `PUT /trainings/${id}`, { ...without, seen: version })).status,
    ).toBe(403)
    expect(
      (await call('township', `PUT /trainings/${id}`, { ...without, seen: version })).status,
    ).toBe(200)
    expect(
      (await call('township', `PUT /trainings/${id}`, { ...without, seen: version })).body.code,
    ).toBe('training-changed')
    expect(await trained('township', 'neighbour')).toEqual([{ year: 2024, minutes: 60 }])
  })

  test('shows an advisor those attended, and nobody else who was there', async () => {
    const { items } = (await call('advisor', 'GET /trainings')).body
    expect(items.map(({ attendees }: { attendees: string[] }) => attendees)).toEqual([
      [as('advisor').staffId],
      [as('advisor').staffId],
    ])
    expect((await call('elsewhere', 'GET /trainings')).body.items).toEqual([])
    expect((await call('otherTownship', 'GET /trainings')).body.items).toHaveLength(1)
  })
})

describe('the examination', () => {
  const question = (place: number) => ({
    text: `第 ${place} 题：选第 ${(place % 3) + 1} 项`,
    options: ['第一项', '第二项', '第三项'],
    answer: (place % 3) + 1,
    source: '测试用',
  })
  const add = (who: string, more: object = {}) =>
    call(who, 'POST /exam/questions', { ...question(1), ...more })
  const rule = (who: string, more: object = {}) =>
    call(who, 'PUT /exam/rule', { questions: 3, passPercent: 66, because: '测试用', ...more })
  const draw = (who: string) => call(who, 'POST /exam/attempts', {})
  const right = (text: string) => Number(/选第 (\d) 项/.exec(text)?.[1])

  test('is not held before the district has said how, and filled the bank', async () => {
    expect((await draw('advisor')).body.code).toBe('exam-not-set')
    for (const who of ['township', 'lentOut', 'advisor']) {
      expect((await rule(who)).status).toBe(403)
      expect((await add(who)).status).toBe(403)
    }
    await rule('district', { questions: 9 })
    expect((await rule('district')).body.rule.questions).toBe(3)
    expect((await draw('advisor')).body.code).toBe('exam-not-set')
    expect((await add('district', { options: ['一', '一'] })).body.errors[0].path).toBe(
      '/body/options',
    )
    expect((await add('district', { answer: 4 })).body.errors[0].path).toBe('/body/answer')
    for (let place = 1; place <= 4; place++) await add('district', question(place))
    expect((await call('district', 'GET /exam')).body.bank).toHaveLength(4)
  })

  test('puts questions without what is right, to nobody who keeps the bank', async () => {
    expect((await draw('district')).status).toBe(403)
    const { body } = await draw('advisor')
    expect(body.questions).toHaveLength(3)
    for (const one of body.questions)
      expect(Object.keys(one).toSorted()).toEqual(['options', 'text'])
    expect((await call('advisor', 'GET /exam')).body.bank).toEqual([])
    expect((await call('township', 'GET /exam')).body.bank).toEqual([])
    const past = asActor(running.db.app, as('advisor').token, (tx) =>
      sql`select answer from app.exam_question`.execute(tx),
    )
    expect((await past).rows).toEqual([])
  })

  test('that is open is the one that is put again, and no other paper is drawn', async () => {
    const [first, again] = [(await draw('advisor')).body, (await draw('advisor')).body]
    expect(again).toEqual(first)
  })

  test('is marked exactly, once, and each attempt stays on record', async () => {
    const { attemptId, questions } = (await draw('advisor')).body
    const hand = (who: string, answers: number[]) =>
      call(who, `POST /exam/attempts/${attemptId}/answers`, { answers })
    const all = questions.map(({ text }: { text: string }) => right(text))
    expect((await hand('neighbour', all)).body.code).toBe('exam-not-open')
    expect((await hand('advisor', all.slice(1))).body.code).toBe('exam-not-open')
    expect((await hand('advisor', [0, ...all.slice(1)])).body.attempts).toMatchObject([
      { correct: 2, questions: 3, passed: true, onDay: today },
    ])
    expect((await hand('advisor', all)).body.code).toBe('exam-not-open')
    await rule('district', { passPercent: 67 })
    const second = (await draw('advisor')).body
    const twoRight = [
      0,
      ...second.questions.slice(1).map(({ text }: { text: string }) => right(text)),
    ]
    const { body } = await call('advisor', `POST /exam/attempts/${second.attemptId}/answers`, {
      answers: twoRight,
    })
    expect(body.attempts.map(({ passed }: { passed: boolean }) => passed)).toEqual([false, true])
    expect(
      (await call('township', `GET /advisors/${as('advisor').staffId}`)).body.attempts,
    ).toHaveLength(2)
    await expect(
      running.db.owner.pool.query('update app.exam_attempt set passed = true'),
    ).rejects.toThrow()
  })

  test('draws no question that is retired', async () => {
    const [{ id }] = (await call('district', 'GET /exam')).body.bank
    expect((await call('district', `POST /exam/questions/${id}/retirement`, {})).status).toBe(200)
    expect((await call('district', `POST /exam/questions/${id}/retirement`, {})).status).toBe(404)
    await rule('district', { questions: 4 })
    expect((await draw('neighbour')).body.code).toBe('exam-not-set')
  })
})
