/**
 * A process of its own, so that its memory is that of judging: reads a pack and a batch from the file
 * that is named, repeats the batch to so many persons, judges them on one thread and then on two.
 */
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { ColumnBatch, Pack } from '../../rules/src/index.ts'
import { median, race, timed } from '../measure.ts'
import { districtOf, shareOf } from './district.ts'
import { type Judged, judgingOf } from './judging.ts'
import type { JudgingThread } from './thread.ts'

/** What the process is given. */
export type Given = Readonly<{ pack: Pack; batch: ColumnBatch }>

/** Milliseconds, by the clock and of the processor; megabytes of the whole process at their greatest. */
export type Alone = Readonly<{
  persons: number
  entries: number
  first: number
  one: number
  oneProcessor: number
  oneMemory: number
  two: number
  /** Of the busier thread. */
  twoProcessor: number
  twoMemory: number
}>

const [file = '', persons = '0', on = ''] = process.argv.slice(2)
const statusFile = '/proc/self/status'
const rounds = { rounds: 7, warmUps: 3 }
const { pack, district } = opened()
const judge = judgingOf(pack, on)
let entries = 0
const first = await timed(() => {
  entries = judge(district).entries
})
const [ones, twos]: [number[], number[]] = [[], []]
const judgeAll = (): void => void ones.push(judge(district).processor)
const one = (await race([{ name: 'one', run: judgeAll }], rounds)).ms('one')
const oneMemory = greatestMemory()
const half = district.households >> 1
const other = await open(half, district.households)
const ownHalf = shareOf(district, 0, half)
const both = async (): Promise<void> => {
  const answer = once(other, 'message') as Promise<[Judged]>
  other.postMessage('judge')
  const [own, theirs] = [judge(ownHalf), (await answer)[0]]
  const sum = own.entries + theirs.entries
  twos.push(Math.max(own.processor, theirs.processor))
  if (sum !== entries) throw new Error(`two threads find ${sum} entries, one ${entries}`)
}
const two = (await race([{ name: 'two', run: both }], rounds)).ms('two')
const alone: Alone = {
  persons: district.persons,
  entries,
  first,
  one,
  oneMemory,
  two,
  oneProcessor: median(ones.slice(rounds.warmUps)),
  twoProcessor: median(twos.slice(rounds.warmUps)),
  twoMemory: greatestMemory(),
}
console.log(JSON.stringify(alone))
process.exit(0)

/** What was given is let go of: the district stands on its own. */
function opened(): { pack: Pack; district: ColumnBatch } {
  const given = deserialize(readFileSync(file)) as Given
  return { pack: given.pack, district: districtOf(given.batch, Number(persons)) }
}

async function open(from: number, upTo: number): Promise<Worker> {
  const workerData: JudgingThread = { pack, district, from, upTo, on }
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData })
  await once(worker, 'message')
  return worker
}

/** The kernel's own peak where it tells one: what a process is started with counts in maxRSS. */
function greatestMemory(): number {
  const status = existsSync(statusFile) ? readFileSync(statusFile, 'utf8') : ''
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
  return ((peak === undefined ? process.resourceUsage().maxRSS : Number(peak)) * 1024) / 1e6
}
