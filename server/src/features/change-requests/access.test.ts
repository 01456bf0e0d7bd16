import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestSession } from '../../../test/database.ts'
import { type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { asking, idOf, putHouseholds, rename, staffFor, type Who } from './test-requests.ts'

/** The second wall: what the database itself shows and refuses, whatever the routes ask. */

let running: RunningQiao
let by: ReturnType<typeof asking>
let who: Record<Who, TestSession>
beforeAll(async () => {
  running = await runQiao()
  who = await staffFor(running)
  by = asking(running, who)
})
afterAll(() => running.close())
beforeEach(() => putHouseholds(running))

const owner = async (text: string) => (await running.db.owner.pool.query(text)).rows

/** One statement as role app in somebody's session: the rows, or which wall refused it. */
async function as(name: Who, text: string): Promise<unknown[] | string> {
  return asActor(running.db.app, who[name].token, async (tx) => {
    const { rows } = await sql.raw(text).execute(tx)
    return rows as unknown[]
  }).catch((error: { constraint?: string; code?: string }) => error.constraint ?? error.code ?? '')
}
const denied = '42501'
const clinical = { personId: 1, field: 'fact:womens_cancer' }
const approve = (id: number) => `select app.approve_change_request(${id}, 1, '{}')`
const refuse = (id: number) => `select app.step_change_request(${id}, 'refused', '不行', 1)`
const withdraw = (id: number) => `select app.step_change_request(${id}, 'withdrawn', null, 1)`
const rebase = (id: number) => `select app.rebase_change_request(${id}, 1)`

describe('a request is decided', () => {
  test('by no advisor, and by no official of another township', async () => {
    const id = await by.asked('colleague', [rename])
    for (const name of ['advisor', 'colleague', 'otherTownship'] as const)
      for (const statement of [approve(id), refuse(id)])
        expect(await as(name, statement), name).toBe(denied)
    expect(await as('otherTownship', rebase(id))).toBe(denied)
    expect(await owner(`select name from app.person where id = ${idOf(1)}`)).toEqual([
      { name: '钱一' },
    ])
  })

  test('by nobody who asked for it: not by the function, and not by the table', async () => {
    const id = await by.asked('township', [rename])
    for (const statement of [approve(id), refuse(id)])
      expect(await as('township', statement)).toBe('change_request_maker_is_no_checker')
    const past = `update app.change_request set state = 'approved', decided_at = now(), decided_by = made_by where id = ${id}`
    await expect(owner(past)).rejects.toThrow('change_request_maker_is_no_checker')
    expect(await as('district', approve(id))).toHaveLength(1)
  })

  test('not by way of the person, the household or the request itself', async () => {
    const id = await by.asked('advisor', [rename])
    for (const statement of [
      `update app.person set name = '钱大' where id = ${idOf(1)}`,
      `update app.household set address = '新址' where id = ${idOf(1)}`,
      `update app.change_request set state = 'approved' where id = ${id}`,
      `update app.change_item set after = '"钱太"' where request_id = ${id}`,
      `insert into app.change_request_event (request_id, household_id, kind) values (${id}, ${idOf(1)}, 'approved')`,
    ])
      expect(await as('district', statement), statement).toBe(denied)
  })

  test('never on what has changed meanwhile, or while another waits for the same', async () => {
    const id = await by.asked('advisor', [rename])
    const other = await by.asked('colleague', [{ ...rename, after: '钱太' }])
    expect(await as('township', approve(id))).toBe('change_request_conflicts_settled')
    expect(await as('township', refuse(other))).toHaveLength(1)
    await owner(`update app.person set name = '钱壹' where id = ${idOf(1)}`)
    expect(await as('township', approve(id))).toBe('change_request_is_current')
  })

  test('and what was asked stays as it was asked', async () => {
    const id = await by.asked('advisor', [rename])
    for (const statement of [
      `update app.change_item set after = '"钱太"' where request_id = ${id}`,
      `delete from app.change_item where request_id = ${id}`,
      `update app.change_request_event set because = '改了' where request_id = ${id}`,
    ])
      await expect(owner(statement)).rejects.toThrow('stays as it was recorded')
  })
})

describe('a request is withdrawn and rebased', () => {
  test('by whoever asked; rebased by an official, too', async () => {
    const id = await by.asked('advisor', [rename])
    for (const statement of [withdraw(id), rebase(id)])
      expect(await as('colleague', statement)).toBe(denied)
    expect(await as('township', withdraw(id))).toBe(denied)
    expect(await as('township', rebase(id))).toHaveLength(1)
  })
})

describe('a request is seen', () => {
  const seenBy = async (name: Who, table = 'change_request') =>
    (
      (await as(
        name,
        `select 1 from app.${table} where household_id / 10 = ${idOf(0) / 10}`,
      )) as unknown[]
    ).length

  test('by whoever sees the household, and no longer once that is restricted', async () => {
    const id = await by.asked('advisor', [rename])
    await by.asked('otherTownship', [{ ...rename, personId: 3 }], 3)
    for (const table of ['change_request', 'change_item', 'change_request_event']) {
      expect(await seenBy('colleague', table), table).toBe(1)
      expect(await seenBy('otherTownship', table)).toBe(1)
      expect(await seenBy('district', table)).toBe(2)
    }
    await owner(`insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
      values (${idOf(1)}, '310118001001', 'violence', '住址须保密', '2020-01-01', '${who.township.staffId}', '${who.township.staffId}')`)
    for (const table of ['change_request', 'change_item', 'change_request_event'])
      expect(await seenBy('advisor', table), table).toBe(0)
    expect(await as('otherOfficial', approve(id))).toBe(denied)
  })

  test('with what is asked of a need signal only by those who may read that', async () => {
    const item = { personId: 1, field: 'fact:disability_level', after: '2' }
    const answer = await by.request('colleague', [item])
    expect(answer.body).toMatchObject({ code: 'request-not-yours' })
    const id = await by.asked('advisor', [item])
    expect(await seenBy('advisor', 'change_item')).toBe(1)
    expect(await seenBy('colleague', 'change_item')).toBe(0)
    expect(await seenBy('township', 'change_item')).toBe(1)
    expect((await by.read('colleague', `/change-requests/${id}`)).body.items).toEqual([])
    const said = {
      reason: '证上是二级',
      evidenceKind: 'certificate',
      evidence: '残疾人证',
      items: by.real([item]),
    }
    expect(
      await as(
        'colleague',
        `select app.ask_for_change(${idOf(1)}, '${JSON.stringify(said)}', '2025-06-01')`,
      ),
    ).toBe(denied)
  })

  test('with what is asked of a clinical fact by the district, which alone decides it', async () => {
    const answer = await by.request('township', [{ ...clinical, after: '1' }])
    expect(answer.body).toMatchObject({ code: 'request-not-yours' })
    const said = { reason: '诊断书有更正', evidenceKind: 'certificate', evidence: '诊断书' }
    const items = by.real([{ ...clinical, after: '1' }])
    const ask = `select app.ask_for_change(${idOf(1)}, '${JSON.stringify({ ...said, items })}', '2025-06-01') as id`
    expect(await as('township', ask)).toBe(denied)
    const [made] = (await as('district', ask)) as { id: number }[]
    expect(await seenBy('district', 'change_item')).toBe(1)
    expect(await seenBy('township', 'change_item')).toBe(0)
    expect(await as('township', approve(made?.id ?? 0))).toBe(denied)
  })
})

test('what an advisor says lies beside what a department delivered, by the function too', async () => {
  await owner(`with sent as (insert into app.delivery (source, file_name, bytes, on_day, state, received_by)
      values ('renshe', '一.csv', 3, '2025-06-01', 'applied', '${who.district.staffId}') returning id)
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on, shelf_until, sensitivity, recorded_by, delivery_id, delivery_row)
    select ${idOf(1)}, '310118001001', ${idOf(1)}, 'pension', '1', '2025-01-01', '人社', '2025-01-01', '2025-12-31', 'plain', 'owner', id, 2 from sent`)
  const record = (day: string) =>
    `select app.record_fact(${idOf(1)}, ${idOf(1)}, 'pension', '2', '${day}', '入户', null, '${day}', null, null, 'visit', '${day}') as "inForce"`
  expect(await as('advisor', record('2025-06-01'))).toEqual([{ inForce: false }])
  // Past its shelf life it is asked anew, and whoever hears it writes it down.
  expect(await as('advisor', record('2026-01-01'))).toEqual([{ inForce: true }])
})
