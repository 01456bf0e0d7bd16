import { createHash } from 'node:crypto'
import {
  batchOf,
  dayFromText,
  engineVersion,
  type HouseholdFacts,
  type Pack,
  textFromDay,
} from '@qiao/rules'
import type { Tx } from '../../platform/db/database.ts'
import { answersOf, BARE, CLINICAL, type ShardAnswers, SIGNAL } from './answers.ts'
import { answerHash, listHash } from './compare.ts'
import { erasedOn, type Kept, type Said } from './kept.ts'
import { makeMatcher, type Matcher } from './matcher.ts'
import { type Recalled, recallHousehold } from './recall.ts'
import type { Shard } from './shard.ts'

/** What an answer says, and the number by which runs tell it from the one before. */
type Spoken = Readonly<{ contentHash: number | null; said: readonly Said[] }>

/** A stored answer beside what is found today from the same record, pack and day. */
export type Replay = Readonly<{
  kept: Kept
  replayed: Spoken
  /** SHA-256 of the canonical JSON of either. */
  storedHash: string
  replayedHash: string
  equal: boolean
  /** The evaluators' version now; another one than the run's explains a difference. */
  engine: string
  /** What was known, for saying on what the answer was given. */
  facts: HouseholdFacts
}>

/** Answers stored before instants were kept cannot be replayed. */
export class NotReplayable extends Error {}

/** What it was given on has run out, or was erased for somebody who asked: nobody can say any more what comes of it. */
export class Erased extends Error {}

export type ReplayParts = Readonly<{
  /** A published pack by its hash. */
  publishedPack: (tx: Tx, hash: string) => Promise<Pack>
}>

export type Replayer = Readonly<{
  /** @param tx of the program, which sees every fact */
  replay: (tx: Tx, kept: Kept) => Promise<Replay>
}>

/**
 * Replays one after another; a pack is made ready for a day once, and what one household knew at one
 * instant is found once for all that was answered on it, if they follow one another.
 */
export function makeReplayer({ publishedPack }: ReplayParts): Replayer {
  const matchers = new Map<string, Matcher>()
  const matcherOf = async (tx: Tx, { pack: { hash }, run: { on } }: Kept) => {
    const key = `${hash} ${on}`
    const matcher = matchers.get(key) ?? makeMatcher(await publishedPack(tx, hash), on)
    matchers.set(key, matcher)
    return matcher
  }
  let last: Readonly<{ key: string; answered: Answered }> | undefined
  const answeredOf = async (tx: Tx, kept: Kept): Promise<Answered> => {
    const { pack, run, householdId, areaId, knownAt, knownOn } = kept
    const key = [pack.hash, run.on, householdId, areaId, knownAt, knownOn].join(' ')
    if (last?.key !== key)
      last = { key, answered: await answerAgain(tx, kept, await matcherOf(tx, kept)) }
    return last.answered
  }
  return {
    replay: async (tx, kept) => {
      const answered = await answeredOf(tx, kept)
      const replayed = spokenAgain(answered, kept)
      const [storedHash, replayedHash] = [hashOfSpoken(kept), hashOfSpoken(replayed)]
      return {
        kept,
        replayed,
        storedHash,
        replayedHash,
        equal: storedHash === replayedHash,
        engine: engineVersion,
        facts: answered.recalled.facts,
      }
    },
  }
}

async function recallKept(tx: Tx, kept: Kept, { pack }: Matcher): Promise<Recalled> {
  const { kind, id, householdId, areaId, knownAt, knownOn, run } = kept
  if (knownAt === null)
    throw new NotReplayable(
      `${kind} ${id} was stored before it was kept what it was given on; the next run that changes it keeps that.`,
    )
  const day = await erasedOn(tx, kept)
  if (day) throw new Erased(`What ${kind} ${id} was given on was erased on ${day}.`)
  const statuses = new Set(
    pack.facts.filter((fact) => fact.kind === 'status').map((fact) => fact.id),
  )
  const moment = { householdId, areaId, knownAt, knownOn: knownOn ?? run.on }
  return recallHousehold(tx, moment, statuses)
}

/** What a run on the same day by the same pack finds of the same knowledge. */
type Answered = Readonly<{ recalled: Recalled; shard: Shard; answers: ShardAnswers }>

async function answerAgain(tx: Tx, kept: Kept, matcher: Matcher): Promise<Answered> {
  const recalled = await recallKept(tx, kept, matcher)
  const shard = shardOf(matcher.pack, kept, recalled)
  return { recalled, shard, answers: answersOf(matcher, shard) }
}

/** Of that, what the run stores where this was stored. */
function spokenAgain({ shard, answers }: Answered, kept: Kept): Spoken {
  const has = (entry: number, mark: number) => ((answers.marks[entry] ?? 0) & mark) !== 0
  const isUndecided = kept.kind === 'undecided'
  const found = [...answers.marks.keys()].filter((entry) => has(entry, BARE) === isUndecided)
  if (isUndecided) {
    const list = found.filter((entry) => has(entry, CLINICAL) === kept.clinical)
    return {
      contentHash: list.length > 0 ? listHash(shard, answers, list) : null,
      said: list.map((entry) => saidOf(shard, answers, entry)),
    }
  }
  const [stored] = kept.said
  const entry = found.find((one) => {
    const { programme, person } = saidOf(shard, answers, one)
    return programme === stored?.programme && person === stored.person
  })
  if (entry === undefined) return { contentHash: null, said: [] }
  return { contentHash: answerHash(answers, entry), said: [saidOf(shard, answers, entry)] }
}

/** One household in the form in which runs read thousands. */
function shardOf(pack: Pack, { householdId, areaId }: Kept, recalled: Recalled): Shard {
  const batch = batchOf(pack, [recalled.facts])
  const stored = (entity: 'household' | 'person') =>
    Object.fromEntries(
      pack.facts
        .filter((fact) => fact.entity === entity && fact.derive === undefined)
        .flatMap(({ id }) => (batch[entity][id] ? [[id, batch[entity][id]]] : [])),
    )
  const day = (text: string | null) => Int32Array.of(text === null ? 0 : (dayFromText(text) ?? 0))
  return {
    batch: { ...batch, household: stored('household'), person: stored('person') },
    householdIds: Float64Array.of(householdId),
    versions: Int32Array.of(0),
    nextExpiry: day(recalled.nextExpiry),
    nextRollChange: day(recalled.nextRollChange),
    areaIds: [areaId],
    personIds: Float64Array.from(recalled.facts.members, ({ id }) => Number(id)),
    optedOut: Uint8Array.from(recalled.facts.members, ({ id }) =>
      Number(recalled.optedOut.has(id)),
    ),
  }
}

/** An entry of the one household that is replayed. */
function saidOf({ personIds }: Shard, answers: ShardAnswers, entry: number): Said {
  const { persons, marks, nextChanges } = answers
  const person = persons[entry] ?? -1
  const mark = marks[entry] ?? 0
  const nextChange = nextChanges[entry] ?? 0
  return {
    ...answers.contentOf(0, entry),
    person: person < 0 ? null : (personIds[person] ?? null),
    needSignal: (mark & SIGNAL) !== 0,
    clinical: (mark & CLINICAL) !== 0,
    nextChange: nextChange === 0 ? null : textFromDay(nextChange),
  }
}

function hashOfSpoken({ contentHash, said }: Spoken): string {
  return createHash('sha256').update(canonical({ contentHash, said })).digest('hex')
}

/** JSON with the keys of every object in order: equal content, equal bytes. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
