import type { Pack } from '@qiao/rules'
import { asActor } from '../../platform/db/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { type AfterRun, match } from './match.ts'
import { noteFailure, type RunSummary } from './run-record.ts'

export type MatchingParts = Readonly<{
  db: Database
  clock: Clock
  packInForce: (tx: Tx) => Promise<Pack>
  /** A live token of the program itself. */
  programToken: () => Promise<string>
  afterRun: AfterRun
}>

export type Progress = Readonly<{
  startedAt: string
  households: number
  of: number
  cause: string
}>

/** Matching as one process does it: one run over the district at a time. */
export type Matching = Readonly<{
  /** Evaluates the district, or these households, and waits for the end. */
  run: (cause: string, households?: readonly number[]) => Promise<RunSummary>
  /** How far the run over the district is, or `undefined` when there is none. */
  progress: () => Progress | undefined
  /** Runs `work` as the program itself, which sees the whole district. */
  asProgram: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}>

export function makeMatching(parts: MatchingParts): Matching {
  const { db, clock, packInForce, programToken, afterRun } = parts
  let progress: Progress | undefined
  const asProgram = async <T>(work: (tx: Tx) => Promise<T>) =>
    asActor(db, await programToken(), work)
  const noteThatItFailed = (cause: string, error: unknown) =>
    asProgram(async (tx) =>
      noteFailure(tx, { cause, today: clock.today(), pack: await packInForce(tx) }, error),
    )
  const run: Matching['run'] = async (cause, households) => {
    const startedAt = clock.now().toISOString()
    const note = (done: { households: number; of: number }) => {
      if (!households) progress = { startedAt, cause, ...done }
    }
    note({ households: 0, of: 0 })
    try {
      const wish = { packInForce, today: clock.today(), cause, afterRun, onProgress: note }
      return await match(db, await programToken(), households ? { ...wish, households } : wish)
    } catch (error) {
      // That it failed is worth less than why: a database that is gone keeps no note.
      if (!households) await noteThatItFailed(cause, error).catch(() => {})
      throw error
    } finally {
      if (!households) progress = undefined
    }
  }
  return { run, progress: () => progress, asProgram }
}
