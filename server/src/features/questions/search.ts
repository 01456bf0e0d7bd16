import { setImmediate as breath } from 'node:timers/promises'
import { householdAt, type Pack, type QuestionFinder } from '@qiao/rules'
import { sql } from 'kysely'
import { asActor, asActorOnConnection } from '../../platform/db/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { personsWithoutPush } from '../consents/purpose.ts'
import { withoutClinical } from '../eligibility/clinical.ts'
import { readShard, type Shard } from '../eligibility/shard.ts'
import type { Finders } from './finder.ts'
import { type Among, type Because, chosenQuestions, settlesSomething } from './question.ts'
import {
  type Chosen,
  chooseHouseholds,
  closeSearch,
  failSearch,
  latestSearch,
  noteProgress,
  openSearch,
} from './search-run.ts'
import { type QuestionRow, replaceQuestions } from './stored.ts'

export type SearchParts = Readonly<{
  db: Database
  clock: Clock
  packInForce: (tx: Tx) => Promise<Pack>
  programToken: () => Promise<string>
  finders: Finders
  /** Households with an open lead. */
  withLead: (tx: Tx) => Promise<readonly number[]>
}>

/** The search for what is worth asking, as one process does it. */
export type Search = Readonly<{
  /**
   * Begins a search over the district.
   *
   * @returns once it has begun; `done` when it has ended
   * @throws Problem `search-under-way`
   */
  start: (cause: string, among: Among) => Promise<{ done: Promise<void> }>
  /** The same, unless one was made today for the pack in force. */
  startIfDue: (cause: string) => Promise<{ done: Promise<void> }>
  /** Works out these households anew, where they are looked at at all. */
  refresh: (households: readonly number[]) => Promise<void>
  /** Leaves off what is under way. */
  stop: () => Promise<void>
}>

/** One search looks at no more: a night is long enough for them. */
const mostHouseholds = 20_000
/** Households read and kept at a time. */
const part = 200

export function makeSearch(parts: SearchParts): Search {
  const { db, clock, packInForce, programToken, withLead } = parts
  const underWay = new Set<Promise<void>>()
  const stopping = new AbortController()
  const asProgram = async <T>(work: (tx: Tx) => Promise<T>) =>
    asActor(db, await programToken(), work)
  const choose = async (tx: Tx, among: Among, only?: readonly number[]) =>
    chooseHouseholds(tx, {
      among,
      withLead: await withLead(tx),
      most: mostHouseholds,
      ...(only ? { only } : {}),
    })
  const start: Search['start'] = async (cause, among) => {
    const today = clock.today()
    const { run, pack, chosen } = await asProgram(async (tx) => {
      const found = await packInForce(tx)
      const choice = await choose(tx, among)
      const id = await openSearch(tx, { cause, among, today, pack: found }, choice)
      return { run: id, pack: found, chosen: choice.chosen }
    })
    const done = searchAll(parts, { run, pack, today, chosen, stopping: stopping.signal })
    const settled = done.catch(() => {}).finally(() => underWay.delete(settled))
    underWay.add(settled)
    return { done }
  }
  return {
    start,
    startIfDue: async (cause) => {
      const isDue = await asProgram(async (tx) => {
        const { state, onDay, packHash } = await latestSearch(tx)
        const isFresh = onDay === clock.today() && packHash === (await packInForce(tx)).hash
        return state !== 'running' && !(state === 'done' && isFresh)
      })
      return isDue ? start(cause, 'cases') : { done: Promise.resolve() }
    },
    refresh: async (households) => {
      const today = clock.today()
      const of = await asProgram(async (tx) => {
        const { rows } = await sql<{ run: number }>`
          select coalesce(max(id), 0)::bigint as run from app.question_run`.execute(tx)
        const { chosen } = await choose(tx, 'cases', households)
        return { run: rows[0]?.run ?? 0, pack: await packInForce(tx), chosen }
      })
      // who is looked at no more, for instance because they object, is asked nothing any more
      const gone = households.filter((id) => !of.chosen.some((one) => one.id === id))
      if (gone.length > 0) await asProgram((tx) => replaceQuestions(tx, of.run, gone, []))
      if (of.chosen.length > 0) await searchPart(parts, { ...of, today }, of.chosen)
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(underWay)
    },
  }
}

type Searching = Readonly<{ run: number; pack: Pack; today: string }>

async function searchAll(
  parts: SearchParts,
  of: Searching & Readonly<{ chosen: readonly Chosen[]; stopping: AbortSignal }>,
): Promise<void> {
  const asProgram = async (work: (tx: Tx) => Promise<void>) =>
    asActor(parts.db, await parts.programToken(), work)
  const done = { households: 0, questions: 0 }
  try {
    for (let from = 0; from < of.chosen.length; from += part) {
      of.stopping.throwIfAborted()
      const some = of.chosen.slice(from, from + part)
      done.questions += await searchPart(parts, of, some, of.stopping)
      done.households += some.length
      await asProgram((tx) => noteProgress(tx, of.run, done))
    }
    await asProgram((tx) => closeSearch(tx, of.run))
  } catch (error) {
    // That it failed is worth less than why: a database that is gone keeps no note.
    await asProgram((tx) => failSearch(tx, of.run)).catch(() => {})
    if (!of.stopping.aborted) throw error
  }
}

/** @returns how many questions there are now of these households */
async function searchPart(
  { db, programToken, finders }: SearchParts,
  { run, pack, today }: Searching,
  chosen: readonly Chosen[],
  stopping?: AbortSignal,
): Promise<number> {
  const find = await finders(pack, today)
  const ids = chosen.map(({ id }) => id)
  const because = new Map(chosen.map((one) => [one.id, one.because]))
  return asActorOnConnection(db, await programToken(), async (tx, connection) => {
    const shard = await readShard(connection, pack.facts, { ids })
    const noPush = await personsWithoutPush(tx, ids)
    const rows: QuestionRow[] = []
    for (let h = 0; h < shard.batch.households; h++) {
      // others are served between two households
      await breath()
      stopping?.throwIfAborted()
      rows.push(...rowsOf({ pack, find, shard, because, noPush }, h))
    }
    await replaceQuestions(tx, run, ids, rows)
    return rows.length
  })
}

type Reading = Readonly<{
  pack: Pack
  find: QuestionFinder
  shard: Shard
  because: ReadonlyMap<number, Because>
  /** Persons who want no push. */
  noPush: ReadonlySet<number>
}>

/** Whether nothing is asked of a person: they want no matching, or no push. */
function isSilent(
  { optedOut, personIds }: Shard,
  noPush: ReadonlySet<number>,
  row: number,
): boolean {
  return optedOut[row] === 1 || noPush.has(personIds[row] ?? 0)
}

function rowsOf({ pack, find, shard, because, noPush }: Reading, h: number): QuestionRow[] {
  const householdId = shard.householdIds[h] ?? 0
  // Whoever has the household reads them, so nothing in them may tell a clinical fact.
  const { household, isWithheld } = withoutClinical(pack, householdAt(pack, shard.batch, h))
  if (household.members.length === 0) return []
  // members are called by their rows
  const silent = new Set(
    household.members.map(({ id }) => id).filter((id) => isSilent(shard, noPush, Number(id))),
  )
  const questions = chosenQuestions(
    find(household, silent)
      .filter(settlesSomething)
      .filter(({ fact, member }) => !isWithheld(fact, member)),
  )
  return questions.map((question, i) => ({
    householdId,
    areaId: shard.areaIds[h] ?? '',
    version: shard.versions[h] ?? 0,
    because: because.get(householdId) ?? 'other',
    place: i + 1,
    personId:
      question.member === undefined ? null : (shard.personIds[Number(question.member)] ?? null),
    question,
  }))
}
