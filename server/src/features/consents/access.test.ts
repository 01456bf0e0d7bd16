import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { settleStaged } from '../households/load.ts'

/** Households 1 and 2 in two committees of one township, 3 in another township. */

const committee = '310118001001'
let running: RunningQiao

beforeAll(async () => {
  running = await runQiao()
  await asOwner(running.db.owner, async (tx) => {
    await sql`insert into staging.household values
      (1, ${committee}, 'family', 'Q-1', '1号', null), (2, '310118001002', 'family', 'Q-2', '2号', null),
      (3, '310118002001', 'family', 'Q-3', '3号', null)`.execute(tx)
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲', '02', '2020-01-01'), (2, 2, '乙', '02', '2020-01-01'), (3, 3, '丙', '02', '2020-01-01')`.execute(
      tx,
    )
    await sql`insert into staging.authorisation
      select n, null, 'check', '2025-01-01', '2025-12-31', '授权书' from generate_series(1, 3) n`.execute(
      tx,
    )
    await settleStaged(tx, { today, demo: false })
    await sql`insert into app.objection (household_id, area_id, kind, told_on, recorded_by)
      select id, area_id, 'push', ${today}, 'owner' from app.household`.execute(tx)
  })
})
afterAll(() => running.close())

const tokenOf = async (role: TestRole, areaId: string) =>
  (await running.db.sessionFor({ role, areaId })).token
const as = async <T>(token: string, work: (tx: Tx) => Promise<T>) =>
  asActor(running.db.app, token, work)

const advisor = ['advisor', committee] as const
const nextDoor = ['advisor', '310118001002'] as const
const elsewhere = ['township', '310118002'] as const
const [system, security, audit] = [
  ['system-admin', '310118'],
  ['security-admin', '310118'],
  ['audit-admin', '310118'],
] as const

describe('what households allow and object to', () => {
  test.each([
    [...advisor, [1]],
    [...nextDoor, [2]],
    ['township', '310118001', [1, 2]],
    [...elsewhere, [3]],
    ['district', '310118', [1, 2, 3]],
    [...system, []],
    [...security, []],
    [...audit, []],
  ] as const)('%s of %s sees that of households %j', async (role, area, seen) => {
    const token = await tokenOf(role, area)
    for (const table of ['authorisation', 'objection']) {
      const { rows } = await as(token, (tx) =>
        sql<{
          id: number
        }>`select household_id as id from ${sql.id('app', table)} order by 1`.execute(tx),
      )
      expect(
        rows.map(({ id }) => id),
        table,
      ).toEqual(seen)
    }
  })
})

const calls = {
  'records an authorisation': sql`select app.record_authorisation(1, null, 'check', '2025-06-01', '2025-12-31', '授权书')`,
  'records an objection': sql`select app.record_objection(1, null, 'matching', '2025-06-01', null)`,
  'takes an authorisation back': sql`select app.withdraw_authorisation(1, 1, '2025-06-01')`,
  'takes an objection back': sql`select app.withdraw_objection(1, (select id from app.objection where household_id = 1), '2025-06-01')`,
} as const
const done = new Error('taken back')

describe.each(Object.entries(calls))('whoever %s of household 1', (_what, statement) => {
  test.each([advisor, ['township', '310118001'], ['district', '310118']] as const)(
    'may be %s of %s',
    async (role, area) => {
      const token = await tokenOf(role, area)
      await expect(
        as(token, async (tx) => {
          await statement.execute(tx)
          throw done
        }),
      ).rejects.toBe(done)
    },
  )

  test.each([nextDoor, elsewhere, system, security, audit])(
    'is not %s of %s',
    async (role, area) => {
      const token = await tokenOf(role, area)
      await expect(as(token, (tx) => statement.execute(tx))).rejects.toThrow('is not for')
    },
  )

  test('is not the program: people say what they want to people', async () => {
    const token = await running.db.jobToken()
    await expect(as(token, (tx) => statement.execute(tx))).rejects.toThrow('is not for')
  })
})

describe('the doors', () => {
  const paths = [
    ['authorisations', { basis: 'check', from: today, to: '2025-12-31', evidence: '授权书' }],
    ['authorisations/1/withdrawal', {}],
    ['objections', { kind: 'matching', toldOn: today }],
    ['objections/1/withdrawal', {}],
  ] as const

  test.each(paths)('%s of a household out of sight are not there', async (path, body) => {
    const token = await tokenOf(...nextDoor)
    for (const household of [1, 3, 999])
      expect(
        (await ask(running.http, `POST /api/households/${household}/${path}`, { token, body }))
          .status,
      ).toBe(404)
    expect((await ask(running.http, 'GET /api/households/1/consents', { token })).status).toBe(404)
  })

  test.each(paths)('%s are closed to administrators', async (path, body) => {
    for (const [role, area] of [system, security, audit])
      expect(
        (
          await ask(running.http, `POST /api/households/1/${path}`, {
            token: await tokenOf(role, area),
            body,
          })
        ).status,
      ).toBe(403)
  })

  test('a consent of one household is not withdrawn through another', async () => {
    const token = await tokenOf('district', '310118')
    for (const what of ['authorisations', 'objections'])
      expect(
        (
          await ask(running.http, `POST /api/households/1/${what}/3/withdrawal`, {
            token,
            body: {},
          })
        ).status,
      ).toBe(404)
  })

  test('who recorded and who took back is written into the audit log, by kind and not by content', async () => {
    const token = await tokenOf(...advisor)
    const body = { kind: 'matching', toldOn: today, note: '怕麻烦' }
    await ask(running.http, 'POST /api/households/1/objections', { token, body })
    const { rows } = await running.db.owner.pool.query(
      `select action, detail from app.audit where action like 'household.objection%'`,
    )
    expect(rows).toEqual([{ action: 'household.objection-recorded', detail: { kind: 'matching' } }])
  })
})
