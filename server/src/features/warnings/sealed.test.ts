import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../../../test/running-qiao.ts'
import { openWarnings, type TestWarnings, word } from './test-warnings.ts'

let world: TestWarnings
beforeAll(async () => {
  world = await openWarnings()
})
afterAll(() => world.close())

test('a word sent twice by a browser that lost the answer is taken once, and kept nowhere in clear', async () => {
  const words = '灯亮了一夜'
  const send = () =>
    ask(world.running.http, 'POST /api/warnings', {
      token: world.people.advisor.token,
      headers: { 'idempotency-key': 'a word sent twice' },
      body: word({ words }),
    })
  const [first, second] = [await send(), await send()]
  expect(second.body.warning.id).toBe(first.body.warning.id)
  expect(second.body.warning.evidence).toHaveLength(1)
  expect(second.body.warning.events[0].words).toBe(words)
  for (const table of ['idempotency', 'warning', 'warning_evidence', 'warning_event', 'audit']) {
    const rows = await world.rows<{ text: string }>(
      `select one::text as text from app.${table} one`,
    )
    expect(rows.length, table).toBeGreaterThan(0)
    expect(rows.map(({ text }) => text).join(), table).not.toContain(words)
  }
})

test('a step sent twice is taken once', async () => {
  const { body } = await world.as(world.people.advisor, 'GET /api/warnings')
  const { id, version } = body.items[0]
  const send = () =>
    ask(world.running.http, `POST /api/warnings/${id}/steps`, {
      token: world.people.advisor.token,
      headers: { 'idempotency-key': 'a step sent twice' },
      body: { kind: 'acknowledge', version },
    })
  const [first, second] = [await send(), await send()]
  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.body.version).toBe(first.body.version)
  const kinds = second.body.events.map(({ kind }: { kind: string }) => kind)
  expect(kinds.filter((kind: string) => kind === 'acknowledged')).toHaveLength(1)
})
