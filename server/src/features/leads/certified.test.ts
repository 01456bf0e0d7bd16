import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { putCertificate } from '../advisors/test-certificates.ts'
import { putHousehold } from './test-households.ts'

const here = '310118001001'
let running: RunningQiao
const people = new Map<string, { token: string; staffId: string }>()
const as = (who: string) => people.get(who) ?? { token: '', staffId: '' }

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['advisor', 'advisor', here],
    ['neighbour', 'advisor', here],
    ['township', 'township', '310118001'],
    ['colleague', 'township', '310118001'],
    ['district', 'district', '310118'],
  ] as const)
    people.set(who, await running.db.sessionFor({ role, areaId, name: who }))
}, 120_000)
afterAll(() => running.close())

const get = (who: string, path: string) =>
  ask(running.http, `GET /api${path}`, { token: as(who).token })
const beOnRecord = (whom: string, more: object) =>
  ask(running.http, `PUT /api/advisors/${as(whom).staffId}`, {
    token: as('district').token,
    body: {
      station: null,
      organisation: null,
      grades: [],
      from: '2025-01-01',
      to: null,
      seen: null,
      ...more,
    },
  })

describe('no duty before training', () => {
  const assign = (who: string, whom: string, leadIds: number[]) =>
    ask(running.http, 'POST /api/leads/assign', {
      token: as(who).token,
      body: { leadIds, staffId: as(whom).staffId },
    })
  const leads: number[] = []
  beforeAll(async () => {
    for (const id of [1, 2]) {
      await putHousehold(running.db.owner, id, here)
      const { rows } = await running.db.owner.pool.query(
        `insert into app.lead (household_id, area_id, raised_on) values ($1, $2, $3) returning id`,
        [id, here, today],
      )
      leads.push(rows[0].id)
    }
  })

  test.each([
    ['nobody certified', [], '还没有上岗证'],
    ['a certificate that has run out', ['2020-01-01', '2025-05-31'], '上岗证已过有效期'],
    ['one that is not yet valid', ['2025-06-02', '2030-01-01'], '上岗证尚未生效'],
  ] as const)(
    'whom %s takes no lead, one or many, and the answer says who and why',
    async (_with, days, why) => {
      const { staffId } = as('neighbour')
      await running.db.owner.pool.query(
        `alter table app.certificate disable trigger certificate_stays; delete from app.certificate where staff_id = '${staffId}';
       alter table app.certificate enable trigger certificate_stays`,
      )
      const [from, to] = days
      if (from && to) await putCertificate(running.db.owner, staffId, { from, to })
      for (const ids of [leads.slice(0, 1), leads]) {
        const { status, body } = await assign('township', 'neighbour', ids)
        expect([status, body.code, body.detail, body.errors]).toEqual([
          422,
          'assignee-not-certified',
          `neighbour${why}，不能承接线索。`,
          [{ path: '/body/staffId', message: `neighbour${why}` }],
        ])
      }
      const { staff } = (await get('township', `/staff?area=${here}`)).body
      expect(staff.find(({ id }: { id: string }) => id === staffId).unfit).toBe(why)
    },
  )

  test('past the program the database hands out no lead either', async () => {
    const past = (whom: string) =>
      asActor(running.db.app, as('township').token, (tx) =>
        sql`update app.lead set assignee = ${as(whom).staffId}::uuid where id = ${leads[0]}`.execute(
          tx,
        ),
      )
    await expect(past('advisor')).rejects.toThrow(/holds no certificate/)
  })

  test('an official who is no advisor needs none; on record as one they do', async () => {
    expect((await assign('district', 'colleague', leads)).status).toBe(200)
    await beOnRecord('colleague', {
      kind: 'township-staff',
      level: 'township',
      areas: ['310118001'],
    })
    await assign('district', 'district', leads)
    expect((await assign('district', 'colleague', leads)).body.code).toBe('assignee-not-certified')
  })

  test('whoever is certified takes leads', async () => {
    await putCertificate(running.db.owner, as('neighbour').staffId)
    expect((await assign('township', 'neighbour', leads)).body).toEqual({ changed: 2 })
  })
})
