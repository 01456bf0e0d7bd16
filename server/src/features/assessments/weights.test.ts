import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putHousehold } from '../leads/test-households.ts'
import { shippedWeights } from './assessment.ts'
import { form, here, openWorld, type World } from './test-assessment.ts'

/** Weights are put into force by two of the district; what they say of an area is told where it tells of nobody. */

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
const call: World['call'] = (...asked) => world.call(...asked)

const proposal = {
  weights: [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000],
  cuts: { low: 2000, middle: 3000, high: 5000 },
  line: 3000,
  source: '区里专题会议',
  confirmed: true,
  method: 'stated',
}

describe('weights', () => {
  test('what is shipped is in force and 待核, the same as the program counts by', async () => {
    const { body } = await call('advisor', 'GET /api/weights')
    expect(body.items).toMatchObject([
      { ...shippedWeights, state: 'in-force', confirmed: false, proposedBy: null },
    ])
    expect(body.may).toEqual({ write: false })
  })

  test('are proposed by one of the district and approved by another', async () => {
    for (const who of ['advisor', 'clerk', 'seconded'] as const)
      expect((await call(who, 'POST /api/weights', proposal)).status, who).toBe(403)
    const wrong = { ...proposal, weights: proposal.weights.with(0, 999) }
    expect((await call('district', 'POST /api/weights', wrong)).body.code).toBe('weights-invalid')
    const { body } = await call('district', 'POST /api/weights', proposal)
    const [made] = body.items
    expect(made).toMatchObject({ state: 'proposed', own: true, proposedBy: 'district' })
    const at = `POST /api/weights/${made.id}/decision` as const
    expect((await call('district', at, { decision: 'approved' })).body.code).toBe('weights-own')
    expect((await call('district2', at, { decision: 'refused' })).body.code).toBe('weights-invalid')
    const approved = (await call('district2', at, { decision: 'approved' })).body.items
    expect(approved.map(({ state }: { state: string }) => state)).toEqual([
      'in-force',
      'superseded',
    ])
    expect((await call('district2', at, { decision: 'approved' })).body.code).toBe(
      'weights-decided',
    )
  })

  test('that were refused change nothing', async () => {
    const { body } = await call('district', 'POST /api/weights', proposal)
    const at = `POST /api/weights/${body.items[0].id}/decision` as const
    const because = '先与首批数据比对'
    const after = await call('district2', at, { decision: 'refused', because })
    expect(after.body.items[0]).toMatchObject({ state: 'refused', refusedBecause: because })
    expect(after.body.items[1].state).toBe('in-force')
  })

  test('in force when it was written are those an assessment keeps', async () => {
    await putHousehold(world.running.db.owner, 1000, here)
    const saved = await call(
      'advisor',
      'PUT /api/households/1000/assessment',
      form({ yes: ['income'] }),
    )
    const inForce = (await call('district', 'GET /api/weights')).body.items.find(
      ({ state }: { state: string }) => state === 'in-force',
    )
    expect(saved.body.open).toMatchObject({
      weightsId: inForce.id,
      least: 1000,
      weightsConfirmed: true,
    })
  })
})

describe('of an area', () => {
  const lacks = [
    ['income', 'education', 'employment'],
    ['income'],
    ['housing', 'illness', 'income'],
    ['insurance'],
    [],
  ] as const
  beforeAll(async () => {
    for (let place = 0; place < 30; place++) {
      const id = 100 + place
      await putHousehold(world.running.db.owner, id, here)
      await call(
        'advisor',
        `PUT /api/households/${id}/assessment`,
        form({ yes: lacks[place % lacks.length] ?? [] }),
      )
      const confirmed = await call(
        'advisor',
        `POST /api/households/${id}/assessment/confirmation`,
        { seen: 1 },
      )
      expect(confirmed.status).toBe(200)
    }
  })

  test('CRITIC weighs what confirmed assessments say, and keeps which they were', async () => {
    const { body } = await call('district', 'POST /api/weights', { ...proposal, method: 'critic' })
    const [made] = body.items
    expect(made).toMatchObject({ method: 'critic', dataRows: 30, dataDay: '2025-06-01' })
    expect(made.dataHash).toMatch(/^[0-9a-f]{64}$/)
    expect(made.weights.reduce((sum: number, one: number) => sum + one, 0)).toBe(10_000)
    // Nobody differs in disability: it weighs nothing.
    expect(made.weights[3]).toBe(0)
  })

  test('an official is told how many fare how, and of how many poor', async () => {
    const { body } = await call('clerk', 'GET /api/assessment-summary')
    expect(body.areas).toMatchObject([
      { areaId: here, households: 32, assessed: 30, none: 18, low: 0, middle: 12, high: 0 },
    ])
    // Two of five lack three indicators of a tenth each, which is on the line.
    expect(body.poverty).toMatchObject({ households: 30, persons: 30, h: 0.4, a: 0.3 })
    expect(body.poverty.m0).toBeCloseTo(0.12, 12)
    const income = body.poverty.contributions.find(
      ({ indicator }: { indicator: string }) => indicator === 'income',
    )
    expect(income.share).toBeCloseTo(1 / 3, 12)
    expect((await call('district', 'GET /api/assessment-summary')).body.areas).toMatchObject([
      { areaId: '310118001', assessed: 30 },
      { areaId: '310118002', assessed: 0 },
    ])
  })

  test('a committee of few is not given away by the township above it', async () => {
    const beside = '310118001002'
    for (let place = 0; place < 3; place++) {
      await putHousehold(world.running.db.owner, 300 + place, beside)
      await call('clerk', `PUT /api/households/${300 + place}/assessment`, form())
      await call('clerk', `POST /api/households/${300 + place}/assessment/confirmation`, {
        seen: 1,
      })
    }
    const { body } = await call('clerk', 'GET /api/assessment-summary')
    expect(body.areas).toMatchObject([
      { areaId: here, assessed: null, middle: 12 },
      { areaId: beside, assessed: null, none: null },
    ])
  })

  test('what would tell of few is told to nobody, and to an advisor nothing', async () => {
    await putHousehold(world.running.db.owner, 200, '310118002001')
    await call(
      'otherClerk',
      'PUT /api/households/200/assessment',
      form({ yes: ['income', 'housing', 'illness'] }),
    )
    await call('otherClerk', 'POST /api/households/200/assessment/confirmation', { seen: 1 })
    const { body } = await call('otherClerk', 'GET /api/assessment-summary')
    expect(body.areas).toMatchObject([{ areaId: '310118002001', assessed: null, middle: null }])
    expect(body.poverty).toBeNull()
    expect((await call('advisor', 'GET /api/assessment-summary')).status).toBe(403)
    expect((await call('clerk', 'GET /api/assessment-summary?area=310118002')).body).toEqual({
      areas: [],
      poverty: null,
    })
  })
})
