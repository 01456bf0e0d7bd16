import { parentPort, workerData } from 'node:worker_threads'
import type { ColumnBatch, Pack } from '../../rules/src/index.ts'
import { judgingOf } from './judging.ts'
import { shareOf } from './district.ts'

/** A thread's share of the district, judged whenever it is told to. */
export type JudgingThread = Readonly<{
  pack: Pack
  district: ColumnBatch
  from: number
  upTo: number
  on: string
}>

const { pack, district, from, upTo, on } = workerData as JudgingThread
const judge = judgingOf(pack, on)
const share = shareOf(district, from, upTo)
parentPort?.on('message', () => parentPort?.postMessage(judge(share)))
parentPort?.postMessage('ready')
