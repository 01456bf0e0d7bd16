import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { emptyOutputs, type Outputs } from './outputs.ts'
import type { Population } from './population.ts'
import type { ThreadWork } from './thread.ts'

/** So many threads, each with its share of the households. Answers stay where they are written. */
export type Threads = Readonly<{
  run: () => Promise<void>
  close: () => Promise<void>
  /** What the limit wrote, in shared memory. */
  outputs: Outputs
}>

/** Threads over one population in shared memory, loaded and ready to run. */
export async function openThreads(
  engine: ThreadWork['engine'],
  population: Population,
  count: number,
): Promise<Threads> {
  const outputs = emptyOutputs(population, true)
  const share = Math.ceil(population.households / count)
  const workers = Array.from({ length: count }, (_, i) => {
    const households = {
      from: i * share,
      upTo: Math.min((i + 1) * share, population.households),
    }
    const workerData: ThreadWork = { engine, population, outputs, households }
    return new Worker(new URL('./thread.ts', import.meta.url), { workerData })
  })
  await Promise.all(workers.map(answer))
  return {
    outputs,
    run: async () => {
      const answers = workers.map(answer)
      for (const worker of workers) worker.postMessage('run')
      await Promise.all(answers)
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

/** The next message of a worker, or its death. */
async function answer(worker: Worker): Promise<void> {
  await once(worker, 'message')
}

/** The population in memory that threads share. */
export function sharedPopulation(population: Population): Population {
  return Object.fromEntries(
    Object.entries(population).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : sharedColumn(value),
    ]),
  ) as Population
}

function sharedColumn(column: Int8Array | Int32Array): Int8Array | Int32Array {
  const memory = new SharedArrayBuffer(column.byteLength)
  const copy = column instanceof Int8Array ? new Int8Array(memory) : new Int32Array(memory)
  copy.set(column)
  return copy
}
