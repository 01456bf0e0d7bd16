import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putAward, putFacts, today } from '../leads/test-households.ts'
import { openWarnings, type TestWarnings } from './test-warnings.ts'

/** What rules raise, over a year of days: the program asks, the district switches on. */

let world: TestWarnings
beforeAll(async () => {
  world = await openWarnings()
  const { owner } = world.running.db
  await putFacts(owner, 1, [
    { personId: 1, facts: { jobless_months: 8, birth_date: '1980-01-01' } },
  ])
  await putFacts(owner, 2, [{ personId: 2, facts: { jobless_months: 2 } }])
  await putFacts(owner, 3, [{ facts: { unsafe_home: '2' } }])
  await putFacts(owner, 4, [{ facts: {} }])
})
afterAll(() => world.close())

const count = async (table: string, where = 'true') =>
  Number(
    (await world.rows<{ n: string }>(`select count(*) as n from app.${table} where ${where}`))[0]
      ?.n,
  )

describe('a rule', () => {
  test('raises nothing before the district has switched it on', async () => {
    expect(await world.watch()).toEqual({ raised: 0, added: 0 })
  })

  test('says before it is switched on for how many households it would, by township', async () => {
    const answer = await world.as(world.people.district, 'GET /api/warning-signals/A04/expected')
    expect(answer.body).toMatchObject({ signal: 'A04', total: 1, red: 0 })
    const counts = answer.body.townships.filter(({ count: n }: { count: number }) => n > 0)
    expect(counts).toMatchObject([{ id: '310118001', count: 1 }])
    expect(await count('warning')).toBe(0)
  })

  test('may be tried otherwise than as it is shipped; what nobody knows is refused with its place', async () => {
    const ask = (rule: string) =>
      world.as(
        world.people.district,
        `GET /api/warning-signals/A04/expected?rule=${encodeURIComponent(rule)}`,
      )
    expect((await ask('连续失业月数 >= 1')).body.total).toBe(2)
    const wrong = await ask('失业了几个月 >= 1')
    expect([wrong.status, wrong.body.code]).toEqual([422, 'signal-rule-wrong'])
    expect(wrong.body.errors[0].message).toContain('失业了几个月')
  })

  test('run thirty times raises one warning with one piece of evidence', async () => {
    await world.switchOn('A04')
    for (let run = 0; run < 30; run++) await world.watch()
    expect(await count('warning')).toBe(1)
    expect(await world.rows('select signal, text, channel from app.warning_evidence')).toEqual([
      { signal: 'A04', text: '长期失业：连续失业月数 8 月（民政）', channel: 'rule' },
    ])
    expect(
      await world.rows(
        `select household_id, topic, severity, state, source_group from app.warning`,
      ),
    ).toEqual([
      {
        household_id: 1,
        topic: 'work',
        severity: 'yellow',
        state: 'raised',
        source_group: 'community',
      },
    ])
  })

  test('says nothing of a household of which nobody knows what it asks', async () => {
    expect(await count('warning', 'household_id = 4')).toBe(0)
  })

  test('that finds more puts it with the warning that lives', async () => {
    await putFacts(world.running.db.owner, 1, [
      { personId: 1, facts: { jobless_months: 9, birth_date: '1980-01-01' } },
    ])
    expect(await world.watch()).toEqual({ raised: 0, added: 1 })
    expect(await world.watch()).toEqual({ raised: 0, added: 0 })
    expect(await count('warning_evidence')).toBe(2)
  })

  test('of another topic raises another warning; nothing is doubled', async () => {
    await world.switchOn('A08')
    await world.watch()
    expect(await world.rows('select household_id, topic from app.warning order by id')).toEqual([
      { household_id: 1, topic: 'work' },
      { household_id: 3, topic: 'home' },
    ])
  })

  test('begins on its day and not before', async () => {
    await putFacts(world.running.db.owner, 4, [{ personId: 4, facts: { medical_insurance: null } }])
    await world.switchOn('A14', { from: '2025-06-10' })
    await world.watch()
    expect(await count('warning', `topic = 'aid'`)).toBe(0)
    await world.watch('2025-06-10')
    expect(await count('warning', `topic = 'aid'`)).toBe(1)
  })

  test('that must be fresh passes over what began long ago', async () => {
    await putFacts(world.running.db.owner, 2, [{ personId: 2, facts: { serious_illness: true } }])
    await world.switchOn('A02')
    await world.watch()
    expect(await count('warning', `topic = 'health'`)).toBe(0)
    await world.running.db.owner.pool.query(
      `update app.fact set superseded_at = now() where household_id = 2 and fact = 'serious_illness';
       insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on, sensitivity, recorded_by)
       values (2, '310118001002', 2, 'serious_illness', 'true', '2025-05-20', '医保', '2025-05-20', 'need-signal', 'job:load')`,
    )
    await world.watch()
    expect(
      await world.rows(`select sensitivity, severity, why from app.warning where topic = 'health'`),
    ).toEqual([
      { sensitivity: 'need-signal', severity: 'orange', why: '新登记重大疾病：重病 是（医保）' },
    ])
  })

  test('finds aid that ended, and the day after is no news of it', async () => {
    await putAward(world.running.db.owner, 2, 'dibao', { state: 'ended', to: '2025-03-31' })
    await world.switchOn('A17')
    await world.watch()
    await world.watch('2025-07-15')
    expect(
      await world.rows(`select on_day::text, text from app.warning_evidence where signal = 'A17'`),
    ).toEqual([{ on_day: '2025-03-31', text: '停止救助或申请未获批准：停止救助月数 2 月' }])
  })

  test('is stated by the district alone, and by whoever has seen what stands', async () => {
    const wish = {
      on: false,
      rule: '连续失业月数 >= 6',
      redRule: null,
      severity: 'yellow',
      freshDays: null,
      from: today,
      source: '区局会议纪要',
      proposed: true,
      version: 999,
    }
    const stale = await world.as(world.people.district, 'PUT /api/warning-signals/A04', wish)
    expect([stale.status, stale.body.code]).toEqual([409, 'signal-changed'])
    const township = await world.as(world.people.township, 'PUT /api/warning-signals/A04', wish)
    expect(township.status).toBe(403)
    const past = await world.as(world.people.district, 'PUT /api/warning-signals/A04', {
      ...wish,
      from: '2025-05-31',
    })
    expect(past.body.code).toBe('signal-day-past')
    for (const signal of ['A10', 'A15', 'A28']) {
      const other = await world.as(
        world.people.district,
        `PUT /api/warning-signals/${signal}`,
        wish,
      )
      expect(other.body.code, signal).toBe('signal-not-by-rule')
    }
  })
})

describe('a household that is being helped', () => {
  test('has its warning joined to the lead, and given to whoever follows that', async () => {
    const { owner } = world.running.db
    const { staffId } = world.people.advisor
    await owner.pool.query(
      `insert into app.lead (id, household_id, area_id, raised_on, assignee) values (77, 4, '310118001001', '2025-06-01', $1)`,
      [staffId],
    )
    await putFacts(owner, 4, [
      { personId: 4, facts: { medical_insurance: null, jobless_months: 12 } },
    ])
    await world.watch()
    expect(
      await world.rows(
        `select lead_id::int, state, assignee from app.warning where household_id = 4 and topic = 'work'`,
      ),
    ).toEqual([{ lead_id: 77, state: 'dispatched', assignee: staffId }])
  })
})
