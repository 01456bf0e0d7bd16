import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { giveDuty } from '../duties/queries.ts'
import { settleStaged } from '../households/load.ts'

/** Household 1 and 2 in two committees of one township, 3 in another township, matched. */
const committee = '310118001001'
let running: RunningQiao
let withDuty: string
let withoutDuty: string

beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  await asOwner(owner, async (tx) => {
    await sql`insert into staging.household values
      (1, ${committee}, 'family', 'Q-1', '1号', null), (2, '310118001002', 'family', 'Q-2', '2号', null),
      (3, '310118002001', 'family', 'Q-3', '3号', null)`.execute(tx)
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲', '02', '2020-01-01'), (2, 2, '乙', '02', '2020-01-01'), (3, 3, '丙', '02', '2020-01-01')`.execute(
      tx,
    )
    await sql`insert into staging.fact
      select n, n, fact, value::jsonb, '入户', null, null, '2025-05-01', null, class
      from generate_series(1, 3) n, (values
        ('birth_date', '"1950-01-01"', 'plain'), ('hukou', '"local"', 'plain'),
        ('disability_level', '"1"', 'need-signal'), ('serious_illness', 'true', 'need-signal'),
        ('major_disease', '"3"', 'clinical')) given (fact, value, class)`.execute(tx)
    await settleStaged(tx, { today, demo: true })
  })
  await running.qiao.matching.run('by hand')
  const advisor = await running.db.sessionFor({ role: 'advisor', areaId: committee })
  withDuty = advisor.token
  await asOwner(owner, (tx) =>
    giveDuty(tx, {
      staffId: advisor.staffId,
      areaId: committee,
      kind: 'advisor-of-area',
      from: '2024-01-01',
      to: null,
    }),
  )
  withoutDuty = await tokenOf('advisor', committee)
})
afterAll(() => running.close())

const tokenOf = async (role: TestRole, areaId: string) =>
  (await running.db.sessionFor({ role, areaId })).token
const areaOf: Readonly<Record<TestRole, string>> = {
  advisor: committee,
  township: '310118001',
  district: '310118',
  'system-admin': '310118',
  'security-admin': '310118',
  'audit-admin': '310118',
}
const tables = ['answer', 'undecided', 'every_answer'] as const

/** The households whose answers of each kind a token shows. */
function seenBy(token: string): Promise<number[][]> {
  return asActor(running.db.app, token, async (tx) => {
    const seen: number[][] = []
    for (const table of tables) {
      const { rows } = await sql<{ id: number }>`
        select distinct household_id as id from ${sql.id('app', table)} order by 1`.execute(tx)
      seen.push(rows.map(({ id }) => id))
    }
    return seen
  })
}

/** What comes of a statement: how many rows, or why not. */
async function outcome(token: string, statement: string): Promise<number | string> {
  return asActor(running.db.app, token, async (tx) => {
    const { numAffectedRows } = await sql.raw(statement).execute(tx)
    return Number(numAffectedRows ?? 0)
  }).catch((error: unknown) => String(error))
}

describe('whose answers', () => {
  test.each([
    ['an advisor sees no answer of another committee or township', 'advisor', [1]],
    ['a township sees no answer of another township', 'township', [1, 2]],
    ['the district sees every answer', 'district', [1, 2, 3]],
    ['the system administrator sees none', 'system-admin', []],
    ['the security administrator sees none', 'security-admin', []],
    ['the audit administrator sees none', 'audit-admin', []],
  ] as const)('%s', async (_sentence, role, seen) => {
    expect(await seenBy(await tokenOf(role, areaOf[role]))).toEqual(tables.map(() => seen))
  })

  test('a forged token shows none', async () => {
    expect(await seenBy('forged')).toEqual(tables.map(() => []))
  })
})

describe('who writes answers', () => {
  const copyOf = (household: number, columns = '') =>
    `insert into app.answer (household_id, area_id, programme, target, verdict, amount_kind, content_hash, pack_version, pack_hash, run_id)
     select id, area_id, 'x${columns}', 'household', 'eligible', 'none', 1, '1', 'x', (select max(id) from app.match_run)
     from (values (1, '${committee}'), (3, '310118002001')) household (id, area_id) where id = ${household}`

  test.each(['advisor', 'township'] as const)(
    '%s writes none for another township',
    async (role) => {
      expect(await outcome(await tokenOf(role, areaOf[role]), copyOf(3))).toMatch(
        /row-level security/,
      )
    },
  )

  test.each(['system-admin', 'security-admin', 'audit-admin'] as const)(
    '%s writes none at all',
    async (role) => {
      const token = await tokenOf(role, '310118')
      expect(await outcome(token, copyOf(1))).toMatch(/row-level security|not-null/)
      expect(await outcome(token, 'update app.answer set superseded_at = now()')).toBe(0)
    },
  )

  test('a forged token writes none and closes none', async () => {
    expect(await outcome('forged', copyOf(1))).toMatch(/row-level security|not-null/)
    expect(await outcome('forged', 'update app.undecided set superseded_at = now()')).toBe(0)
  })

  test('the program writes them', async () => {
    expect(await outcome(await running.db.jobToken('match'), copyOf(1, '-of-the-program'))).toBe(1)
  })

  test.each(['answer', 'undecided', 'undecided_kind', 'match_run'])(
    'not even the program removes a row of %s',
    async (table) => {
      const job = await running.db.jobToken('match')
      expect(await outcome(job, `delete from app.${table}`)).toMatch(/permission denied/)
      expect(await outcome(job, `truncate app.${table}`)).toMatch(/permission denied/)
    },
  )

  test.each(['advisor', 'township', 'district', 'audit-admin'] as const)(
    '%s adds no kind of undecided',
    async (role) => {
      const kind = `insert into app.undecided_kind (id, programme, target, amount_kind, missing, reasons)
      values (1, 'x', 'household', 'unknown', '{}', '{}')`
      expect(await outcome(await tokenOf(role, areaOf[role]), kind)).toMatch(/row-level security/)
    },
  )

  test('a kind of undecided is never changed', async () => {
    const job = await running.db.jobToken('match')
    expect(await outcome(job, `update app.undecided_kind set missing = '{}'`)).toMatch(
      /permission denied/,
    )
  })

  test.each(['system-admin', 'security-admin', 'audit-admin'] as const)(
    '%s notes no run and changes none',
    async (role) => {
      const token = await tokenOf(role, '310118')
      const run = `insert into app.match_run (cause, on_day, pack_version, pack_hash, engine_version) values ('x', '2025-06-01', '1', 'x', '1')`
      expect(await outcome(token, run)).toMatch(/row-level security/)
      expect(await outcome(token, `update app.match_run set state = 'failed'`)).toBe(0)
    },
  )

  describe.each(['advisor', 'township', 'district'] as const)('%s, in their own area,', (role) => {
    const run = `insert into app.match_run (cause, on_day, pack_version, pack_hash, engine_version) values ('x', '2025-06-01', '1', 'x', '1')`
    test.each([
      ['writes no answer', copyOf(1, `-of-${role}`)],
      ['notes no run', run],
    ])('%s', async (_what, statement) => {
      expect(await outcome(await tokenOf(role, areaOf[role]), statement)).toMatch(
        /row-level security/,
      )
    })

    test.each(['answer', 'undecided'])('closes no %s', async (table) => {
      const close = `update app.${table} set superseded_at = now() where household_id = 1`
      expect(await outcome(await tokenOf(role, areaOf[role]), close)).toBe(0)
    })

    test('changes no run', async () => {
      const change = `update app.match_run set state = 'failed'`
      expect(await outcome(await tokenOf(role, areaOf[role]), change)).toBe(0)
    })
  })

  test.each(['verdict', 'content_hash', 'run_id'])(
    'not even the program edits the %s of an answer',
    async (column) => {
      const job = await running.db.jobToken('match')
      const edit = `update app.answer set ${column} = ${column}`
      expect(await outcome(job, edit)).toMatch(/permission denied/)
    },
  )
})

describe('over HTTP', () => {
  const explain = (token: string, id: number, reason = '') =>
    ask(running.http, `GET /api/households/${id}/explanation`, {
      token,
      headers: { 'x-qiao-reason': encodeURIComponent(reason) },
    })
  type Read = { fact: string; state: string; value: unknown; hidden?: boolean }
  type Condition = { reads: Read[]; measure?: object }

  /** Every reading of a fact in the explanation of household 1. */
  async function readings(token: string, fact: string, reason = ''): Promise<Read[]> {
    const { status, body } = await explain(token, 1, reason)
    expect(status).toBe(200)
    const conditions: Condition[] = body.results.flatMap(
      (result: { conditions: Condition[] }) => result.conditions,
    )
    for (const { reads, measure } of conditions)
      if (reads.some(({ hidden }) => hidden)) expect(measure).toBeUndefined()
    const found = conditions
      .flatMap(({ reads }) => reads)
      .filter((read) => read.fact === fact && read.state === 'known')
    expect(found.length).toBeGreaterThan(0)
    return found
  }

  test('the explanation of a household out of sight is answered like that of none', async () => {
    const none = await explain(withDuty, 999)
    const { requestId: _1, ...said } = none.body
    for (const id of [2, 3]) {
      const { requestId: _2, ...here } = (await explain(withDuty, id)).body
      expect(here).toEqual(said)
    }
    expect(said).toMatchObject({ status: 404, code: 'not-found' })
    expect((await explain(await tokenOf('township', '310118002'), 1)).status).toBe(404)
  })

  test('the three administrators are explained nothing and list no runs', async () => {
    for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const) {
      const token = await tokenOf(role, '310118')
      expect((await explain(token, 1)).body).toMatchObject({ status: 403, code: 'forbidden' })
      expect((await ask(running.http, 'GET /api/runs', { token })).status).toBe(403)
    }
  })

  test('a need signal counts for everybody, and is shown to whoever has the duty', async () => {
    for (const read of await readings(withDuty, 'disability_level'))
      expect(read).toMatchObject({ value: '1' })
    for (const read of await readings(withoutDuty, 'disability_level'))
      expect(read).toMatchObject({ value: null, hidden: true })
    const verdicts = async (token: string) =>
      (await explain(token, 1)).body.results.map(
        ({ programme, verdict }: Record<string, string>) => [programme, verdict],
      )
    expect(await verdicts(withoutDuty)).toEqual(await verdicts(withDuty))
  })

  test('a clinical fact is shown to the district alone, once it has said why', async () => {
    for (const token of [withDuty, await tokenOf('township', '310118001')]) {
      for (const read of await readings(token, 'major_disease'))
        expect(read).toMatchObject({ value: null, hidden: true })
    }
    const district = await tokenOf('district', '310118')
    for (const read of await readings(district, 'major_disease'))
      expect(read).toMatchObject({ value: null, hidden: true })
    for (const read of await readings(district, 'major_disease', '信访核查'))
      expect(read).toMatchObject({ value: '3' })
  })

  test('an explanation for a day that is none is refused, naming where it was asked', async () => {
    const asked = `GET /api/households/1/explanation?on=2025-02-30` as const
    expect((await ask(running.http, asked, { token: withDuty })).body).toMatchObject({
      status: 400,
      code: 'invalid-request',
      errors: [{ path: '/query/on' }],
    })
  })

  test('an explanation names nobody of another household', async () => {
    expect(JSON.stringify((await explain(withDuty, 1)).body)).not.toMatch(/乙|丙/)
  })

  test('only the district starts a run', async () => {
    const start = (token: string) => ask(running.http, 'POST /api/runs', { token, body: {} })
    for (const role of ['advisor', 'township', 'system-admin'] as const) {
      expect((await start(await tokenOf(role, areaOf[role]))).body).toMatchObject({
        status: 403,
        code: 'forbidden',
      })
    }
    expect((await start(await tokenOf('district', '310118'))).status).toBe(202)
    while (running.qiao.matching.progress()) await new Promise((resolve) => setTimeout(resolve, 20))
  })
})
