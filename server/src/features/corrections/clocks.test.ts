import { afterAll, beforeAll, expect, test } from 'vitest'
import { numberOf } from '../../../test/journeys/delivering.ts'
import { type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { makeClock } from '../../platform/clock.ts'
import { watchClocks } from '../duties/jobs.ts'
import { keepCorrectionClocks } from './clocks.ts'
import { asSource, makeBench } from './test-corrections.ts'

let running: RunningQiao
let bench: Awaited<ReturnType<typeof makeBench>>
beforeAll(async () => {
  running = await runQiao()
  bench = await makeBench(running, 3)
  const pensions = [1, 2, 3].map((id) => `${numberOf(id)},户主${id},3000`)
  await bench.deliver('renshe', '养老金', pensions, '2025-05-20')
  for (const id of [1, 2]) await bench.record('township', id, 'pension', 320000)
}, 120_000)
afterAll(() => running.close())

const clocks = async () => {
  const { body } = await bench.call('steward', 'GET /api/corrections')
  return new Map<number, { state: string; dueDay: string | null; left: number | null } | null>(
    body.items.map((one: { household: { id: number }; clock: null }) => [
      one.household.id,
      one.clock,
    ]),
  )
}
const watch = (today: string) =>
  watchClocks({
    db: running.db.app,
    clock: makeClock(today),
    programToken: () => running.db.jobToken('clocks'),
    keepers: [keepCorrectionClocks],
  })
const correctionOf = async (household: number) =>
  Number(
    (await bench.rows(`select id from app.correction where household_id = ${household}`))[0]?.id,
  )

test('a source has ten working days to answer from when it was sent the file, and none before', async () => {
  expect([...(await clocks()).values()]).toEqual([null, null])
  await bench.call('steward', 'POST /api/corrections/files', { source: 'renshe' })
  expect(await clocks()).toEqual(
    new Map([
      [1, expect.objectContaining({ state: 'running', dueDay: '2025-06-16', left: 10 })],
      [2, expect.objectContaining({ state: 'running', dueDay: '2025-06-16', left: 10 })],
    ]),
  )
})

test('it goes upwards when the source does not answer, and no more once it has', async () => {
  const answer = { answer: 'refused', because: '以社保系统为准' }
  await bench.call('steward', `POST /api/corrections/${await correctionOf(1)}/answer`, answer)
  expect((await clocks()).get(1)).toMatchObject({ state: 'ended' })
  expect(await watch('2025-06-16')).toBe(1)
  expect(await watch('2025-06-17')).toBe(1)
  expect(await watch('2025-06-17')).toBe(0)
  expect(
    await bench.rows(
      'select distinct subject_id::int as id from app.clock_event join app.clock on clock.id = clock_id where mark is not null',
    ),
  ).toEqual([{ id: await correctionOf(2) }])
})

test('what a department’s system fetches begins to count, and what its delivery brings counts no more', async () => {
  const { body: key } = await bench.call('steward', 'POST /api/sources/renshe/push-keys', {
    name: '前置机',
    validTo: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  })
  await bench.record('township', 3, 'pension', 330000)
  const fetched = await asSource(running, key, {
    url: '/api/sources/renshe/corrections?after=0&size=10',
  })
  expect(fetched.status).toBe(200)
  await watch('2025-06-02')
  expect((await clocks()).get(3)).toMatchObject({ state: 'running' })
  await bench.deliver('renshe', '养老金', [`${numberOf(3)},户主3,3300`], '2025-06-01')
  await watch('2025-06-03')
  expect((await clocks()).get(3)).toMatchObject({ state: 'ended' })
})
