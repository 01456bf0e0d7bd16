import { parentPort, workerData } from 'node:worker_threads'
import { batchOf } from './batch.ts'
import { type Households, runLimit } from './limit.ts'
import { type Outputs, outputsFrom } from './outputs.ts'
import type { Population } from './population.ts'
import { judgeInto, openQiao } from './qiao.ts'

/** What one thread runs, whenever it is told to. */
export type ThreadWork = Readonly<{
  engine: 'limit' | 'qiao'
  population: Population
  outputs: Outputs
  households: Households
}>

const work = await workOf(workerData as ThreadWork)
parentPort?.on('message', () => {
  work()
  parentPort?.postMessage('done')
})
parentPort?.postMessage('ready')

async function workOf(given: ThreadWork): Promise<() => unknown> {
  const { engine, population, outputs, households } = given
  if (engine === 'limit') return () => runLimit(population, outputs, households)
  const qiao = await openQiao()
  const batch = batchOf(population, households)
  const own = outputsFrom(outputs, population.offsets, households)
  return () => judgeInto(qiao, batch, own)
}
