import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putFacts } from '../leads/test-households.ts'
import { openWarnings, type TestWarnings, word } from './test-warnings.ts'
import { today } from '../../../test/running-qiao.ts'

/** A neighbour's word from the first to the last step, and harm that must be reported. */

let world: TestWarnings
beforeAll(async () => {
  world = await openWarnings()
})
afterAll(() => world.close())

type Body = Readonly<Record<string, unknown>>
let version = 1
const step = async (who: keyof TestWarnings['people'], id: number, body: Body) => {
  const answer = await world.as(world.people[who], `POST /api/warnings/${id}/steps`, {
    version,
    ...body,
  })
  if (answer.status === 200) version = answer.body.version
  return answer
}
const take = async (who: keyof TestWarnings['people'], more: Body = {}) => {
  const answer = await world.as(world.people[who], 'POST /api/warnings', word(more))
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  version = answer.body.warning.version
  return answer.body.warning
}
const kinds = ({ clocks }: { clocks: readonly { kind: string; left: number; unit: string }[] }) =>
  clocks.map(({ kind, left, unit }) => `${kind} ${left} ${unit}`).toSorted()

describe('a word of a neighbour', () => {
  let id: number

  test('is written down by whoever hears it, and clocks run from then', async () => {
    const warning = await take('advisor')
    id = warning.id
    expect(warning).toMatchObject({
      householdId: 1,
      topic: 'word',
      group: 'neighbours',
      state: 'raised',
      severity: 'yellow',
      signals: [{ id: 'A25' }],
      why: '邻里反映（当面）',
    })
    expect(kinds(warning)).toEqual([
      'alert-yellow-contact 3 workday',
      'alert-yellow-feedback 10 workday',
      'alert-yellow-visit 7 workday',
    ])
  })

  test('lies sealed in the database', async () => {
    const rows = await world.rows<{ words_enc: Buffer }>(
      'select words_enc from app.warning_event where words_enc is not null',
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.words_enc.toString('utf8')).not.toContain('好几天')
    const { body } = await world.as(world.people.advisor, `GET /api/warnings/${id}`)
    expect(body.events[0].words).toBe('好几天没见他出门了')
  })

  test('joins the warning that lives when another neighbour says more, and makes it graver', async () => {
    const again = await take('colleague', {
      severity: 'orange',
      words: '门口报纸堆着没人收',
      channel: 'hotline',
    })
    expect(again).toMatchObject({ id, severity: 'orange' })
    expect(again.evidence).toHaveLength(2)
    expect(kinds(again)).toEqual([
      'alert-orange-contact 1 workday',
      'alert-orange-feedback 5 workday',
      'alert-orange-visit 3 workday',
    ])
  })

  test('is dispatched by officials to somebody certified who sees it, and by no advisor', async () => {
    const { advisor, outsider } = world.people
    expect((await step('advisor', id, { kind: 'dispatch', to: advisor.staffId })).status).toBe(403)
    const away = await step('township', id, { kind: 'dispatch', to: outsider.staffId })
    expect([away.status, away.body.code]).toEqual([422, 'warning-assignee-unfit'])
    const done = await step('township', id, { kind: 'dispatch', to: advisor.staffId })
    expect(done.body).toMatchObject({ state: 'dispatched', assignee: { name: '顾问甲' } })
  })

  test('is not visited before it is taken on, nor found to be so before it is seen', async () => {
    for (const body of [
      { kind: 'visit', way: 'home' },
      { kind: 'find', outcome: 'confirmed' },
      { kind: 'close' },
    ]) {
      const answer = await step('advisor', id, body)
      expect([answer.status, answer.body.code]).toEqual([409, 'warning-step-out-of-turn'])
    }
  })

  test('is taken on, the family is spoken to and seen; each clock ends with what it waits for', async () => {
    await step('advisor', id, { kind: 'acknowledge' })
    const spoken = await step('advisor', id, { kind: 'contact', words: '电话里说身体不适' })
    expect(kinds(spoken.body)).toEqual([
      'alert-orange-feedback 5 workday',
      'alert-orange-visit 3 workday',
    ])
    const seen = await step('advisor', id, {
      kind: 'visit',
      way: 'home',
      words: '独自在家，能自理',
    })
    expect(kinds(seen.body)).toEqual(['alert-orange-feedback 5 workday'])
  })

  test('that somebody else has stepped with meanwhile is not stepped with unseen', async () => {
    const answer = await world.as(world.people.advisor, `POST /api/warnings/${id}/steps`, {
      kind: 'find',
      outcome: 'confirmed',
      version: 1,
    })
    expect([answer.status, answer.body.code]).toEqual([409, 'warning-changed'])
  })

  test('is disposed of with a code that fits and a reason, told to its source and closed', async () => {
    await step('advisor', id, { kind: 'find', outcome: 'false_positive' })
    const unfit = await step('advisor', id, { kind: 'dispose', disposal: 'aid', words: '外出探亲' })
    expect([unfit.status, unfit.body.code]).toEqual([422, 'warning-disposal-unfit'])
    expect((await step('advisor', id, { kind: 'dispose', disposal: 'none' })).status).toBe(422)
    await step('advisor', id, { kind: 'dispose', disposal: 'none', words: '外出探亲，一切安好' })
    const told = await step('advisor', id, { kind: 'feed-back', words: '已告知邻居' })
    expect(told.body.clocks).toEqual([])
    const closed = await step('advisor', id, { kind: 'close' })
    expect(closed.body).toMatchObject({
      state: 'closed',
      closedOn: '2025-06-01',
      coolsUntil: '2025-07-01',
      may: ['note'],
    })
    expect(closed.body.events.map(({ kind }: { kind: string }) => kind).toReversed()).toEqual([
      'raised',
      'evidence',
      'evidence',
      'dispatched',
      'acknowledged',
      'contacted',
      'visited',
      'found',
      'disposed',
      'fed-back',
      'closed',
    ])
  })

  test('gives its signal a precision', async () => {
    const { body } = await world.as(world.people.district, 'GET /api/warning-signals')
    const signal = body.items.find((one: { id: string }) => one.id === 'A25')
    expect(signal).toMatchObject({
      precision: 0,
      found: { falsePositive: 1, live: 0 },
      reviewAsked: false,
    })
  })

  test('comes up anew as another warning once the first is closed', async () => {
    const next = await take('advisor', { words: '又没见人了' })
    expect(next.id).not.toBe(id)
  })
})

describe('somebody who asks for help themselves', () => {
  test('is red until somebody has spoken with them: two hours from now', async () => {
    const warning = await take('advisor', {
      householdId: 4,
      group: 'household',
      channel: 'self-help',
      severity: 'yellow',
    })
    expect(warning).toMatchObject({ severity: 'red', group: 'household', signals: [{ id: 'A24' }] })
    expect(kinds(warning)).toEqual(['alert-red-contact 2 hour', 'alert-red-visit 24 hour'])
  })

  test('is weighed anew by whoever has spoken with them, and has the time of that', async () => {
    const { body } = await world.as(world.people.advisor, 'GET /api/warnings')
    const { id } = body.items[0]
    await step('advisor', id, { kind: 'acknowledge' })
    const spoken = await step('advisor', id, { kind: 'contact', severity: 'yellow' })
    expect(spoken.body).toMatchObject({ severity: 'yellow' })
    expect(kinds(spoken.body)).toEqual([
      'alert-yellow-feedback 10 workday',
      'alert-yellow-visit 7 workday',
    ])
  })
})

describe('word of harm', () => {
  let id: number

  test('is seen by whoever wrote it down and the district, and by nobody else', async () => {
    const warning = await take('advisor', { householdId: 4, harm: true, words: '孩子身上有伤' })
    id = warning.id
    expect(warning).toMatchObject({
      restricted: true,
      severity: 'red',
      mustReport: true,
      topic: 'safety',
    })
    for (const who of ['colleague', 'township', 'otherTownship', 'outsider'] as const) {
      expect((await world.as(world.people[who], `GET /api/warnings/${id}`)).status, who).toBe(404)
      const { body } = await world.as(world.people[who], 'GET /api/warnings')
      expect(body.items.map((one: { id: number }) => one.id)).not.toContain(id)
    }
    expect((await world.as(world.people.district, `GET /api/warnings/${id}`)).status).toBe(200)
  })

  test('that somebody else says again is put with it, and tells them nothing of what was said before', async () => {
    const again = await world.as(
      world.people.colleague,
      'POST /api/warnings',
      word({ householdId: 4, harm: true, words: '夜里听到打骂' }),
    )
    expect([again.status, again.body]).toEqual([200, { warning: null }])
    expect((await world.as(world.people.colleague, `GET /api/warnings/${id}`)).status).toBe(404)
    const { body } = await world.as(world.people.advisor, `GET /api/warnings/${id}`)
    expect(body.evidence).toHaveLength(2)
    version = body.version
  })

  test('leaves nothing for officials who may not know of it among who looked', async () => {
    await world.as(world.people.advisor, `GET /api/warnings/${id}`)
    const { body } = await world.as(world.people.township, 'GET /api/households/4/looks')
    const actions = body.items.map(({ action }: { action: string }) => action)
    expect(actions).not.toContain('warning.read')
    const noted = await world.rows(
      `select 1 from app.audit where subject = 'warning:${id}' and action = 'warning.read'`,
    )
    expect(noted.length).toBeGreaterThan(0)
  })

  test('has clocks that tell of it to the district alone', async () => {
    await expect
      .poll(() =>
        world.rows(
          `select kind, sensitivity from app.clock where subject = 'warning' and subject_id = ${id} order by kind`,
        ),
      )
      .toEqual([
        { kind: 'alert-red-contact', sensitivity: 'clinical' },
        { kind: 'alert-red-visit', sensitivity: 'clinical' },
      ])
  })

  test('is let be seen by people whom the district names', async () => {
    const named = await world.as(world.people.district, `POST /api/warnings/${id}/names`, {
      staffId: world.people.township.staffId,
    })
    expect(named.body.named.map(({ name }: { name: string }) => name)).toContain('街镇专干')
    version = named.body.version
    expect((await world.as(world.people.township, `GET /api/warnings/${id}`)).status).toBe(200)
    const other = await world.as(world.people.township, `POST /api/warnings/${id}/names`, {
      staffId: world.people.colleague.staffId,
    })
    expect(other.status).toBe(403)
  })

  test('is not disposed of before it is reported, nor merely watched after', async () => {
    await step('advisor', id, { kind: 'acknowledge' })
    const byPhone = await step('advisor', id, { kind: 'visit', way: 'phone' })
    expect(byPhone.body.code).toBe('warning-seen-at-home')
    await step('advisor', id, { kind: 'visit', way: 'home' })
    await step('advisor', id, { kind: 'find', outcome: 'confirmed' })
    const early = await step('advisor', id, {
      kind: 'dispose',
      disposal: 'reported',
      words: '已报告公安',
    })
    expect([early.status, early.body.code]).toEqual([409, 'warning-report-first'])
    const reported = await step('advisor', id, {
      kind: 'report',
      authority: 'police',
      at: '2025-06-01T09:30:00+08:00',
      receipt: '青公接〔2025〕1号',
    })
    expect(reported.body.report).toMatchObject({ to: 'police', receipt: '青公接〔2025〕1号' })
    const watched = await step('advisor', id, {
      kind: 'dispose',
      disposal: 'monitor',
      words: '先观察',
    })
    expect(watched.body.code).toBe('warning-disposal-unfit')
    expect(
      (await step('advisor', id, { kind: 'dispose', disposal: 'reported', words: '公安已受理' }))
        .status,
    ).toBe(200)
    await expect(
      world.running.db.owner.pool.query(
        `update app.warning set disposal = 'monitor' where id = ${id}`,
      ),
    ).rejects.toThrow('warning_reported_first')
  })
})

describe('a warning on a need signal', () => {
  test('is seen by an advisor with a duty for the committee, by officials, and by no other advisor', async () => {
    await putFacts(world.running.db.owner, 1, [{ personId: 1, facts: {} }])
    await world.running.db.owner.pool.query(
      `insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on, sensitivity, recorded_by)
       values (1, '310118001001', 1, 'serious_illness', 'true', '2025-05-20', '医保', '2025-05-20', 'need-signal', 'job:load')`,
    )
    await putFacts(world.running.db.owner, 1, [])
    await world.switchOn('A02')
    await world.watch()
    const [{ id } = { id: 0 }] = await world.rows<{ id: number }>(
      `select id from app.warning where topic = 'health'`,
    )
    expect(id).toBeGreaterThan(0)
    for (const [who, status] of [
      ['advisor', 200],
      ['township', 200],
      ['district', 200],
      ['colleague', 404],
      ['outsider', 404],
      ['otherTownship', 404],
    ] as const)
      expect((await world.as(world.people[who], `GET /api/warnings/${id}`)).status, who).toBe(
        status,
      )
  })

  test('is told of to the district only where it says why it looks', async () => {
    const [{ id } = { id: 0 }] = await world.rows<{ id: number }>(
      `select id from app.warning where topic = 'health'`,
    )
    const plain = await world.as(world.people.district, `GET /api/warnings/${id}`)
    expect(plain.body.why).not.toContain('重病 是')
    const own = await world.as(world.people.advisor, `GET /api/warnings/${id}`)
    expect(own.body.why).toContain('重病 是')
  })
})

describe('the list', () => {
  test('shows the gravest first and counts for every filter', async () => {
    const { body } = await world.as(world.people.district, 'GET /api/warnings')
    const order = body.items.map(({ severity }: { severity: string }) => severity)
    expect(order).toEqual(
      order.toSorted(
        (a: string, b: string) =>
          ['red', 'orange', 'yellow'].indexOf(a) - ['red', 'orange', 'yellow'].indexOf(b),
      ),
    )
    const groups = Object.fromEntries(
      body.facets.groups.map((one: { id: string; count: number }) => [one.id, one.count]),
    )
    expect(groups.household + groups.neighbours + groups.community).toBe(body.total)
    const mine = await world.as(world.people.advisor, 'GET /api/warnings?state=mine')
    expect(mine.body.items.length).toBeGreaterThan(0)
  })

  test('of a household shows its own, and nothing out of sight', async () => {
    const own = await world.as(world.people.advisor, 'GET /api/households/1/warnings')
    expect(own.body.items.length).toBeGreaterThan(1)
    expect((await world.as(world.people.outsider, 'GET /api/households/1/warnings')).status).toBe(
      404,
    )
  })
})

describe('a household that moves', () => {
  const move = async (area: string) => {
    const [{ version: seen } = { version: 0 }] = await world.rows<{ version: number }>(
      'select version from app.household where id = 2',
    )
    const body = { area, address: '新址1号', source: '居民户口簿', version: seen }
    const { status } = await world.as(world.people.district, 'POST /api/households/2/move', body)
    expect(status).toBe(200)
  }

  test('takes its warnings along, out of the hands of whoever does not work there', async () => {
    await take('outsider', { householdId: 2 })
    const { id } = (await world.as(world.people.outsider, 'GET /api/warnings')).body.items[0]
    await step('outsider', id, { kind: 'acknowledge' })
    await move('310118002001')
    expect((await world.as(world.people.outsider, `GET /api/warnings/${id}`)).status).toBe(404)
    const there = await world.as(world.people.otherTownship, `GET /api/warnings/${id}`)
    expect(there.body).toMatchObject({ area: { id: '310118002001' }, assignee: null })
    await move('310118001002')
  })
})

describe('a rule that reads what is no fact any more', () => {
  test('raises nothing and is shown; the others go on', async () => {
    await world.running.db.owner.pool.query(
      `insert into app.warning_rule (signal, switched_on, rule, sensitivity, severity, from_day, source, proposed)
       values ('A18', true, '早已改名的事实', 'plain', 'yellow', '2025-06-01', '区局会议纪要', true)`,
    )
    await world.watch()
    const { body } = await world.as(world.people.district, 'GET /api/warning-signals')
    const fits = Object.fromEntries(
      body.items.map((one: { id: string; fits: boolean }) => [one.id, one.fits]),
    )
    expect([fits.A18, fits.A02]).toEqual([false, true])
  })
})

describe('quiet households', () => {
  test('come with marks of risk first, then those of whom nothing is known, then those known to be well', async () => {
    const { body } = await world.as(world.people.district, 'GET /api/warnings/quiet?days=30')
    const ranks = body.items.map(({ rank }: { rank: string }) => rank)
    const order = ['red', 'orange', 'yellow', 'unknown', 'calm']
    expect(ranks).toEqual(
      ranks.toSorted((a: string, b: string) => order.indexOf(a) - order.indexOf(b)),
    )
    expect(body.items.find((one: { householdId: number }) => one.householdId === 3)).toMatchObject({
      rank: 'unknown',
      quietDays: null,
    })
    // Household 4 was visited today, household 1 as well.
    expect(body.items.map((one: { householdId: number }) => one.householdId)).toEqual([2, 3])
  })

  test('that were listed are noted in the log', async () => {
    await world.as(world.people.otherTownship, 'GET /api/warnings/quiet')
    const [entry] = await world.rows<{ detail: object }>(
      `select detail from app.audit where action = 'warning.quiet-listed' order by id desc limit 1`,
    )
    expect(entry?.detail).toEqual({ shown: [3] })
  })

  test('are those of one’s own area', async () => {
    const { body } = await world.as(world.people.otherTownship, 'GET /api/warnings/quiet')
    expect(body.items.map((one: { householdId: number }) => one.householdId)).toEqual([3])
  })

  test('are none where somebody was met, and still are where nobody opened', async () => {
    const met = (outcome: string, number: number) =>
      world.rows(
        `insert into app.service_record (id, number, version, household_id, person_ids, on_day, method, outcome, services,
           programmes, materials, flags, words_enc, made_by)
         overriding system value values (${number}, ${number}, 1, 3, '{}', '${today}', 'visit', '${outcome}', '{}', '{}', '[]', '{}', '',
           (select id from app.staff limit 1)) returning id`,
      )
    const ids = async () =>
      (await world.as(world.people.otherTownship, 'GET /api/warnings/quiet')).body.items.map(
        (one: { householdId: number }) => one.householdId,
      )
    await met('nobody-home', 7001)
    expect(await ids()).toEqual([3])
    await met('met', 7002)
    expect(await ids()).toEqual([])
  })
})
