import { BARE, CLINICAL, type ShardAnswers } from './answers.ts'
import { BinaryRows } from './binary-rows.ts'
import { ContentHash } from './content-hash.ts'
import type { Matcher } from './matcher.ts'
import type { Shard } from './shard.ts'
import type { ShardName } from './shards.ts'
import { addListRow, answerLine, type Gone, goneLine, kindLine } from './staged-rows.ts'
import type { Stored } from './stored.ts'

/** Kinds of undecided that this worker has already made sure of. */
export type KnownKinds = Set<number>

export type ShardWork = Readonly<{
  name: ShardName
  matcher: Matcher
  shard: Shard
  answers: ShardAnswers
  stored: Stored
  kinds: KnownKinds
}>

/** What of a shard differs from what is stored, as rows to stage. */
export type Differences = Readonly<{
  /** Answers, of either sort, that are as they were. */
  unchanged: number
  answerLines: readonly string[]
  lists: BinaryRows
  newKinds: readonly string[]
  goneLines: readonly string[]
}>

type Found = {
  unchanged: number
  answerLines: string[]
  lists: BinaryRows
  newKinds: string[]
  gone: Gone[]
}

/** Compares what a shard's households were answered with what is stored of them. */
export function compareShard(work: ShardWork): Differences {
  const { shard, stored, answers } = work
  const { starts, marks } = answers
  const found: Found = {
    unchanged: 0,
    answerLines: [],
    lists: new BinaryRows(),
    newKinds: [],
    gone: [],
  }
  const lists = makeLists(starts)
  for (let household = 0; household < shard.batch.households; household++) {
    const { open, clinical } = lists
    open.length = clinical.length = 0
    for (let entry = starts[household]!; entry < starts[household + 1]!; entry++) {
      const mark = marks[entry]!
      if ((mark & BARE) === 0) compareAnswer(work, household, entry, found)
      else if ((mark & CLINICAL) !== 0) clinical.entries[clinical.length++] = entry
      else open.entries[open.length++] = entry
    }
    if (open.length > 0) compareList(work, household, open, found)
    if (clinical.length > 0) compareList(work, household, clinical, found)
  }
  for (const { id, householdId } of stored.answersLeft()) found.gone.push([householdId, id, null])
  for (const { id, householdId } of stored.undecidedLeft()) found.gone.push([householdId, null, id])
  const { gone, ...rest } = found
  return { ...rest, goneLines: goneLines(work, gone) }
}

/** Entries of one household that make a list, in their order. */
type List = { entries: Int32Array; length: number }

/** Room for the longest lists: they are made anew for every household. */
function makeLists(starts: Int32Array): Readonly<{ open: List; clinical: List }> {
  let longest = 0
  for (let h = 0; h + 1 < starts.length; h++)
    longest = Math.max(longest, starts[h + 1]! - starts[h]!)
  const list = (): List => ({ entries: new Int32Array(longest), length: 0 })
  return { open: list(), clinical: list() }
}

function compareAnswer(work: ShardWork, household: number, entry: number, found: Found): void {
  const { name, matcher, shard, stored, answers } = work
  const person = answers.persons[entry]!
  const target = matcher.pack.program.targets[answers.targets[entry]!]
  const before = stored.answer(
    shard.householdIds[household]!,
    person < 0 ? 0 : shard.personIds[person]!,
    target?.programme ?? -1,
  )
  const hash = answerHash(answers, entry)
  if (before?.hash === hash) {
    found.unchanged += 1
    return
  }
  if (before) found.gone.push([before.householdId, before.id, null])
  const content = answers.contentOf(household, entry)
  found.answerLines.push(answerLine({ name, shard, answers }, { household, entry }, content, hash))
}

function compareList(work: ShardWork, household: number, list: List, found: Found): void {
  const { name, shard, stored, answers, kinds } = work
  const entries = list.entries.subarray(0, list.length)
  const isClinical = (answers.marks[entries[0]!]! & CLINICAL) !== 0
  const before = stored.undecided(shard.householdIds[household]!, isClinical)
  const hash = listHash(shard, answers, entries)
  if (before?.hash === hash) {
    found.unchanged += list.length
    return
  }
  if (before) found.gone.push([before.householdId, null, before.id])
  for (const entry of entries) {
    const content = answers.contents[entry]!
    if (kinds.has(content)) continue
    kinds.add(content)
    found.newKinds.push(kindLine(answers.contentOf(household, entry), content))
  }
  addListRow(found.lists, { name, shard, answers }, { household, entries }, hash)
}

/** What tells an answer from the one before it. */
export function answerHash(
  { contents, nextChanges }: Pick<ShardAnswers, 'contents' | 'nextChanges'>,
  entry: number,
): number {
  return hash.restart().add(contents[entry]!).add(nextChanges[entry]!).value()
}

/** What tells the list of a household from the one before it. */
export function listHash(
  { personIds }: Pick<Shard, 'personIds'>,
  { contents, nextChanges, persons }: ShardAnswers,
  entries: ArrayLike<number>,
): number {
  hash.restart()
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!
    const person = persons[entry]!
    hash
      .add(contents[entry]!)
      .add(nextChanges[entry]!)
      .add(person < 0 ? 0 : personIds[person]!)
  }
  return hash.value()
}

const hash = new ContentHash()

/** Version 0 stands for a household that is matched no more: it has no wide row. */
function goneLines(
  { name, shard }: Pick<ShardWork, 'name' | 'shard'>,
  gone: readonly Gone[],
): string[] {
  if (gone.length === 0) return []
  const versions = new Map<number, number>()
  shard.householdIds.forEach((id, h) => versions.set(id, shard.versions[h] ?? 0))
  return gone.map((one) => goneLine(name, one, versions.get(one[0]) ?? 0))
}
