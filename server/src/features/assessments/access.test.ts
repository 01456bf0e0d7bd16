import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { putFacts } from '../leads/test-households.ts'
import { form, openWorld, type World } from './test-assessment.ts'

/** Whoever knows the household, asks, and the other who approves: the assessment from nothing to the list of needs. */

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() =>
  world.running.db.owner.pool.query(
    'truncate app.assessment_objection, app.need, app.needs_assessment restart identity cascade',
  ),
)

const line = '/api/households/1/assessment'
const call: World['call'] = (...asked) => world.call(...asked)
const middle = { yes: ['education', 'employment'] } as const
const high = { yes: ['education', 'employment', 'income', 'housing'] } as const

describe('an advisor with a duty', () => {
  test('begins a draft, sees what drives the score, and confirms it', async () => {
    expect((await call('advisor', `GET ${line}`)).body).toMatchObject({
      current: null,
      open: null,
      withheld: false,
      may: ['write'],
    })
    const needs = [{ dimension: 'employment', urgency: 'soon', outcome: '想找一份离家近的工作' }]
    const evidence = { employment: '失业已有八个月' }
    const saved = await call('advisor', `PUT ${line}`, form({ ...middle, needs, evidence }))
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    expect(saved.body.open).toMatchObject({
      state: 'draft',
      edit: 1,
      least: 3334,
      most: 3334,
      grade: 'middle',
      proposed: 'development',
      weightsConfirmed: false,
      drafted: needs,
    })
    expect(saved.body.open.items[5]).toMatchObject({
      indicator: 'employment',
      weight: 1667,
      lack: true,
      evidence: '失业已有八个月',
    })
    const confirmed = await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
    expect(confirmed.body).toMatchObject({
      open: null,
      current: { state: 'confirmed', grade: 'middle', validUntil: '2026-06-01', approvedBy: null },
      needs: [
        {
          dimension: 'employment',
          urgency: 'soon',
          outcome: '想找一份离家近的工作',
          state: 'open',
        },
      ],
      may: ['write', 'object', 'settle'],
    })
  })

  test('sees what a colleague saved meanwhile before writing over it', async () => {
    await call('advisor', `PUT ${line}`, form(middle))
    expect((await call('colleague', `PUT ${line}`, form(middle))).body.code).toBe(
      'assessment-changed',
    )
    const second = await call('colleague', `PUT ${line}`, form({ seen: 1, ...high }))
    expect(second.body.open).toMatchObject({ edit: 2, assessor: 'colleague' })
    const stale = await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
    expect([stale.status, stale.body.code]).toEqual([409, 'assessment-changed'])
  })

  test('gets no grade while it hangs on what is unknown, and confirms none', async () => {
    const saved = await call(
      'advisor',
      `PUT ${line}`,
      form({ yes: ['education'], unknown: ['income'] }),
    )
    expect(saved.body.open).toMatchObject({
      least: 1667,
      most: 2500,
      grade: null,
      missing: ['income'],
    })
    expect(saved.body.may).toEqual(['write'])
    const refused = await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
    expect(refused.body.code).toBe('assessment-unfinished')
  })

  test('confirms what is urgent though much is unknown; nothing takes that from it but the red line itself', async () => {
    const urgent = { unknown: ['income', 'education'], redLines: ['no-food-or-shelter'] } as const
    const softened = form({ ...urgent, changedTo: 'support', changedBecause: '家里说没事' })
    expect((await call('advisor', `PUT ${line}`, softened)).body.code).toBe('assessment-invalid')
    await call('advisor', `PUT ${line}`, form(urgent))
    const { body } = await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
    expect(body.current).toMatchObject({
      grade: null,
      proposed: 'urgent',
      validUntil: '2025-12-01',
    })
  })

  test('changes the class with a reason, which is shown', async () => {
    const changed = { ...middle, changedTo: 'guarantee' } as const
    expect((await call('advisor', `PUT ${line}`, form(changed))).body.code).toBe(
      'assessment-invalid',
    )
    const saved = await call(
      'advisor',
      `PUT ${line}`,
      form({ ...changed, changedBecause: '独居，无人照应' }),
    )
    expect(saved.body.open).toMatchObject({
      proposed: 'development',
      changedTo: 'guarantee',
      changedBecause: '独居，无人照应',
    })
  })
})

describe('the highest grade', () => {
  test('waits for an official who wrote nothing in it', async () => {
    await call('clerk', `PUT ${line}`, form(high))
    await call('advisor', `PUT ${line}`, form({ seen: 1, ...high }))
    const submitted = await call('advisor', `POST ${line}/confirmation`, { seen: 2 })
    expect(submitted.body).toMatchObject({
      open: { state: 'submitted', grade: 'high' },
      current: null,
      may: [],
    })
    // Who asked and who wrote earlier: neither approves.
    const approval = { seen: 2, decision: 'approved' }
    expect((await call('advisor', `POST ${line}/decision`, approval)).status).toBe(403)
    expect((await call('clerk', `POST ${line}/decision`, approval)).body.code).toBe(
      'assessment-own',
    )
    expect((await call('advisor', `PUT ${line}`, form({ seen: 2 }))).body.code).toBe(
      'assessment-step',
    )
    const approved = await call('district', `POST ${line}/decision`, approval)
    expect(approved.body.current).toMatchObject({
      grade: 'high',
      approvedBy: 'district',
      validUntil: '2025-12-01',
    })
  })

  test('goes back with a reason, and is written in again', async () => {
    await call('advisor', `PUT ${line}`, form(high))
    await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
    const bare = await call('clerk', `POST ${line}/decision`, { seen: 1, decision: 'returned' })
    expect(bare.body.code).toBe('assessment-invalid')
    const because = '就业情况请再核实'
    const back = await call('clerk', `POST ${line}/decision`, {
      seen: 1,
      decision: 'returned',
      because,
    })
    expect(back.body.open).toMatchObject({ state: 'draft', returnedBecause: because })
    expect((await call('advisor', `PUT ${line}`, form({ seen: 1, ...middle }))).status).toBe(200)
  })

  test('is confirmed by nobody alone, past the program either', async () => {
    await call('advisor', `PUT ${line}`, form(high))
    const update = `update app.needs_assessment set state = 'confirmed', valid_until = '2026-01-01'`
    const { db } = world.running
    await expect(db.owner.pool.query(update)).rejects.toThrow('assessment_approved_by_another')
  })
})

test('the next one takes the place of the one before, whose needs go from the list', async () => {
  const needs = [{ dimension: 'health', urgency: 'now', outcome: '陪同就医' }]
  await call('advisor', `PUT ${line}`, form({ ...middle, needs }))
  await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
  await call('advisor', `PUT ${line}`, form({ yes: ['income'] }))
  const { body } = await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
  expect(body).toMatchObject({
    current: { grade: 'none', validUntil: '2027-06-01' },
    earlier: [{ grade: 'middle', state: 'superseded' }],
    needs: [],
  })
})

test('a fact that tells of hardship since then asks for another', async () => {
  await call('advisor', `PUT ${line}`, form(middle))
  await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
  expect((await call('advisor', `GET ${line}`)).body.again).toEqual([])
  await putFacts(world.running.db.owner, 1, [
    { personId: 1, facts: { jobless_months: 7, birth_date: '1980-01-01' } },
  ])
  const { body } = await call('advisor', `GET ${line}`)
  expect(body.again).toEqual(['work'])
  expect(body.prefilled).toContainEqual({
    indicator: 'employment',
    sensitivity: 'plain',
    lack: true,
    grounds: [{ factName: '连续失业月数', personId: 1, source: '民政', day: '2025-05-01' }],
  })
})

test('a household objects, and an official answers once', async () => {
  await call('advisor', `PUT ${line}`, form(middle))
  const nothing = await call('advisor', `POST ${line}/objections`, {
    text: '还没有评估',
    toldOn: '2025-05-30',
  })
  expect(nothing.body.code).toBe('assessment-step')
  await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
  const objection = { text: '我已经找到工作了', toldOn: '2025-05-30' }
  expect(
    (await call('advisor', `POST ${line}/objections`, { ...objection, toldOn: '2025-06-02' })).body
      .code,
  ).toBe('assessment-invalid')
  const { body } = await call('advisor', `POST ${line}/objections`, objection)
  expect(body.objections).toMatchObject([{ ...objection, recordedBy: 'advisor', reply: null }])
  const reply = { reply: '已重新核实，将重新评估', upheld: true }
  const at = `POST ${line}/objections/${body.objections[0].id}/reply` as const
  expect((await call('advisor', at, reply)).status).toBe(403)
  expect((await call('clerk', at, reply)).body.objections).toMatchObject([
    { ...reply, repliedBy: 'clerk' },
  ])
  expect((await call('district', at, reply)).body.code).toBe('assessment-objection-answered')
})

test('a need is met, and open again', async () => {
  await call(
    'advisor',
    `PUT ${line}`,
    form({ ...middle, needs: [{ dimension: 'health', urgency: 'now', outcome: '陪同就医' }] }),
  )
  const { body } = await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
  const at = `POST /api/households/1/needs/${body.needs[0].id}/state` as const
  expect((await call('advisor', at, { state: 'met' })).body.needs).toMatchObject([
    { state: 'met', changedBy: 'advisor' },
  ])
  expect((await call('clerk', at, { state: 'met' })).body.code).toBe('assessment-need-settled')
  expect((await call('clerk', at, { state: 'open' })).body.needs).toMatchObject([
    { state: 'open', changedBy: 'clerk' },
  ])
})

describe('whoever is not to know', () => {
  test('an advisor without a duty there is shown nothing and writes nothing', async () => {
    await call('advisor', `PUT ${line}`, form(high))
    const { body } = await call('guest', `GET ${line}`)
    expect(body).toMatchObject({
      withheld: true,
      current: null,
      open: null,
      prefilled: [],
      may: [],
    })
    const refused = await call('guest', `PUT ${line}`, form())
    expect([refused.status, refused.body.code]).toEqual([409, 'assessment-not-yours'])
  })

  test('district staff are shown nothing before they say why they look', async () => {
    await call('advisor', `PUT ${line}`, form(high))
    expect((await call('district', `GET ${line}`, undefined, 'bare')).body).toMatchObject({
      withheld: true,
      open: null,
    })
    expect((await call('district', `PUT ${line}`, form(), 'bare')).body.code).toBe(
      'assessment-not-yours',
    )
    expect((await call('district', `GET ${line}`)).body).toMatchObject({
      withheld: false,
      open: { grade: 'high' },
    })
  })

  test('another township finds no such household, and reaches no need or objection by its own', async () => {
    await call(
      'advisor',
      `PUT ${line}`,
      form({ ...middle, needs: [{ dimension: 'health', urgency: 'now', outcome: '陪同就医' }] }),
    )
    const { body } = await call('advisor', `POST ${line}/confirmation`, { seen: 1 })
    expect((await call('otherClerk', `GET ${line}`)).status).toBe(404)
    expect((await call('otherClerk', `PUT ${line}`, form())).status).toBe(404)
    const need = body.needs[0].id as number
    expect(
      (await call('otherClerk', `POST /api/households/3/needs/${need}/state`, { state: 'met' }))
        .status,
    ).toBe(404)
  })

  test('a restricted household is not there', async () => {
    const { db } = world.running
    await db.owner.pool.query(
      `insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
      values (1, '310118001001', 'violence', '住址须保密', '2025-01-01', $1, $1)`,
      [world.idOf('otherClerk')],
    )
    for (const who of ['advisor', 'clerk', 'district'] as const)
      expect((await call(who, `GET ${line}`)).status, who).toBe(404)
    await db.owner.pool.query('delete from app.restriction')
  })

  test('words of people lie sealed', async () => {
    await call(
      'advisor',
      `PUT ${line}`,
      form({ ...middle, evidence: { employment: '失业已有八个月' } }),
    )
    const { rows } = await world.running.db.owner.pool.query('select * from app.needs_assessment')
    expect(JSON.stringify(rows)).not.toContain('八个月')
    expect(Buffer.from(rows[0].words_enc).toString('utf8')).not.toContain('八个月')
  })
})
