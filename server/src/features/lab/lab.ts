import { availableParallelism } from 'node:os'
import { type Decimal, type Pack, parameterScale, parametersOn } from '@qiao/rules'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import type { PackFiles, PackProblem } from '../policies/pack-files.ts'
import type { Effect, Picked, Standing } from './laboratory.ts'
import { breakdownFields, categories, outcomes } from './difference.ts'
import { bytesNeeded, type Size } from './memory.ts'
import { mergeEffects, mergePicks, mergeStandings } from './merge.ts'
import type { Ask, ReplyTo } from './messages.ts'
import type { Cell } from './pick.ts'
import { decileStarts } from './population.ts'
import { labProblems } from './problems.ts'
import { districtSize, lastChange, partsOf, type Township, townshipsOf } from './queries.ts'
import { startThread, type Thread } from './threads.ts'

export type LabParts = Readonly<{
  /** Where the threads read, as the application's role. */
  url: string
  clock: Clock
  packInForce: (tx: Tx) => Promise<Pack>
  packFiles: (tx: Tx, hash: string) => Promise<PackFiles>
  programToken: () => Promise<string>
  asProgram: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** Bytes that may be used; tests give less. */
  memory?: () => number
  threads?: number
  onError: (error: unknown) => void
}>

/** The district as the laboratory holds it: as of when, by which rules. */
export type Sample = Readonly<{
  on: string
  readAt: string
  pack: Pack
  files: PackFiles
  townships: readonly Township[]
  /** By township, those of none last. */
  sizes: readonly Size[]
  /** Yuan a head and month below which the poverty gap is counted; null where it is not known. */
  line: number | null
  standing: Standing
  /** The last change to anybody's answers that it knows of. */
  change: number
}>

type Values = Readonly<Record<string, number>>

/** Other values, on other files of the pack if any. */
export type Tried = Readonly<{ values: Values; files: PackFiles | null }>

/** The laboratory of a district: one sample at a time, in threads of its own. */
export type Lab = Readonly<{
  /** The sample, or how far it is; asking for it has it read. */
  sample: () => Promise<Sample | 'reading'>
  /** Whether somebody's answers have changed since. */
  isStale: (sample: Sample) => Promise<boolean>
  /** Reads the district anew; the sample before serves until then. */
  refresh: () => Promise<void>
  tryValues: (sample: Sample, values: Values) => Promise<Effect>
  tryPack: (sample: Sample, files: PackFiles, values: Values) => Promise<Effect>
  /** Some households behind a figure of a change; with their numbers, which stay in the process. */
  pick: (sample: Sample, tried: Tried, cell: Cell, most: number) => Promise<Picked>
  /** What is wrong with files of a pack; worked out where nobody else waits. */
  check: (sample: Sample, files: PackFiles) => Promise<readonly PackProblem[]>
  close: () => Promise<void>
}>

/** The parameter below which a household counts as short of what it needs. 低保标准 */
const lineParameter = 'dibao_standard'

export function makeLab(parts: LabParts): Lab {
  let held: { sample: Sample; threads: readonly Thread[] } | undefined
  let reading: Promise<void> | undefined
  let failed: unknown
  const stop = (threads: readonly Thread[]) => Promise.all(threads.map((thread) => thread.stop()))
  const read = async (): Promise<void> => {
    const before = held
    const made = await openSample(parts)
    held = made
    if (before) await stop(before.threads)
  }
  const refresh = (): Promise<void> => {
    failed = undefined
    reading ??= read()
      .catch((error: unknown) => {
        failed = error
        throw error
      })
      .finally(() => {
        reading = undefined
      })
    return reading
  }
  const isOutdated = async ({ on, pack }: Sample): Promise<boolean> =>
    on !== parts.clock.today() || pack.hash !== (await parts.asProgram(parts.packInForce)).hash
  const askAll = async <K extends Ask['kind']>(
    sample: Sample,
    ask: Extract<Ask, { kind: K }>,
  ): Promise<ReplyTo<K>[]> => {
    if (!held || held.sample !== sample) throw problem(labProblems, 'lab-reading')
    return Promise.all(held.threads.map((thread) => thread.ask<K>(ask))).catch((error: unknown) => {
      // The district was read anew meanwhile, and these threads are gone.
      throw held?.sample === sample ? error : problem(labProblems, 'lab-reading')
    })
  }
  /** The sample that is as of today and by the rules in force; asked again where another was read meanwhile. */
  const current = async (): Promise<Sample | undefined> => {
    const looked = held
    if (looked && !(await isOutdated(looked.sample))) return looked.sample
    return held === looked ? undefined : current()
  }
  return {
    sample: async () => {
      const sample = await current()
      if (sample) return sample
      const refused = failed
      if (!reading && refused !== undefined) {
        failed = undefined
        throw refused
      }
      refresh().catch(parts.onError)
      return 'reading'
    },
    isStale: async (sample) => (await parts.asProgram(lastChange)) !== sample.change,
    refresh,
    tryValues: async (sample, values) =>
      mergeEffects(await askAll(sample, { kind: 'values', values })),
    tryPack: async (sample, files, values) =>
      mergeEffects(await askAll(sample, { kind: 'pack', files, values })),
    pick: async (sample, { files, values }, cell, most) =>
      mergePicks(await askAll(sample, { kind: 'pick', files, values, cell, most }), most),
    check: async (sample, files) => {
      const thread = held?.sample === sample ? held.threads[0] : undefined
      if (!thread) throw problem(labProblems, 'lab-reading')
      return (await thread.ask<'check'>({ kind: 'check', files })).problems
    },
    close: async () => {
      await reading?.catch(() => {})
      if (held) await stop(held.threads)
      held = undefined
    },
  }
}

/**
 * Reads the district in as many parts as there are cores.
 *
 * @throws Problem `lab-too-large` before anything is read that would not fit
 */
async function openSample(parts: LabParts): Promise<{ sample: Sample; threads: Thread[] }> {
  const on = parts.clock.today()
  const count = parts.threads ?? Math.min(4, availableParallelism())
  const ground = await parts.asProgram(async (tx) => {
    const pack = await parts.packInForce(tx)
    return {
      pack,
      files: await parts.packFiles(tx, pack.hash),
      size: await districtSize(tx),
      townships: await townshipsOf(tx),
      ranges: await partsOf(tx, count),
      change: await lastChange(tx),
    }
  })
  const { pack, files, townships, ranges, change } = ground
  refuseTooLarge(bytesNeeded(pack, ground.size), parts.memory?.() ?? process.availableMemory())
  const line = lineOn(pack, on)
  const threads = ranges.map(() => startThread())
  try {
    const token = await parts.programToken()
    const common = { url: parts.url, token, files, on, townships: townships.map(({ id }) => id) }
    const fen = line === null ? null : Math.round(line * 100)
    const readParts = await Promise.all(
      threads.map((thread, i) => {
        const part = ranges[i] ?? { after: 0, upTo: 0 }
        return thread.ask<'read'>({ kind: 'read', reading: { ...common, part, line: fen } })
      }),
    )
    const starts = decileStarts(ascending(readParts.map(({ incomes }) => incomes)))
    const open = await Promise.all(
      threads.map((thread) => thread.ask<'open'>({ kind: 'open', starts })),
    )
    const standing = mergeStandings(open)
    const sample: Sample = {
      on,
      pack,
      files,
      townships,
      line,
      change,
      readAt: parts.clock.now().toISOString(),
      sizes: sizesOf(standing, townships.length + 1),
      standing,
    }
    return { sample, threads }
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.stop()))
    throw error
  }
}

/** Households and people of each township. */
function sizesOf({ breakdown }: Standing, townships: number): Size[] {
  const sum = (cells: Float64Array, kinds: number, township: number): number => {
    const width = kinds * breakdownFields
    const own = cells.subarray(township * width, (township + 1) * width)
    return own.reduce((total, n, i) => total + (i % breakdownFields < outcomes.length ? n : 0), 0)
  }
  return Array.from({ length: townships }, (_, township) => ({
    households: sum(breakdown.township, 1, township),
    persons: sum(breakdown.age, categories.age, township),
  }))
}

function refuseTooLarge(needed: number, free: number): void {
  const megabytes = (bytes: number) => Math.ceil(bytes / 1e6).toLocaleString('zh-CN')
  if (needed <= free * 0.8) return
  throw problem(
    labProblems,
    'lab-too-large',
    `全区试算约需 ${megabytes(needed)} MB 内存，目前可用 ${megabytes(free)} MB，没有开始。`,
  )
}

function ascending(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all.sort()
}

/** The line of the poverty gap on a day, in yuan; null where it is not known. */
function lineOn(pack: Pack, on: string): number | null {
  const value = valueOn(pack, lineParameter, on)
  return value === null ? null : Number(value)
}

/** What a parameter is on a day as people write it; null where that is not known. */
export function valueOn(pack: Pack, id: string, on: string): Decimal | null {
  const at = pack.parameters.findIndex((parameter) => parameter.id === id)
  const [parameter, value] = [pack.parameters[at], parametersOn(pack.parameters, on)[at]]
  if (!parameter || !value || value.state !== 'known') return null
  return value.lo / 10 ** parameterScale(parameter)
}
