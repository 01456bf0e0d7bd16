import type { Answer, ShardAnswers } from './answers.ts'
import { BinaryRows } from './binary-rows.ts'
import { ContentHash } from './content-hash.ts'
import type { Shard } from './shard.ts'
import type { ShardName } from './shards.ts'
import { addListRow, answerLine, type Gone, goneLine, kindLine } from './staged-rows.ts'
import type { Stored } from './stored.ts'

/** Kinds of undecided that this run has already made sure of. */
export type KnownKinds = Set<number>

export type ShardWork = Readonly<{
  name: ShardName
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
  const { stored, answers } = work
  const found: Found = {
    unchanged: 0,
    answerLines: [],
    lists: new BinaryRows(),
    newKinds: [],
    gone: [],
  }
  for (const { household, answers: all } of answers.each()) {
    const list: Answer[] = []
    const clinicalList: Answer[] = []
    for (const answer of all) {
      if (!answer.bare) compareAnswer(work, answer, found)
      else if (answer.clinical) clinicalList.push(answer)
      else list.push(answer)
    }
    for (const one of [list, clinicalList])
      if (one.length > 0) compareList(work, household, one, found)
  }
  for (const { id, householdId } of stored.answersLeft()) found.gone.push([householdId, id, null])
  for (const { id, householdId } of stored.undecidedLeft()) found.gone.push([householdId, null, id])
  const { gone, ...rest } = found
  return { ...rest, goneLines: goneLines(work, gone) }
}

function compareAnswer({ name, shard, stored, answers }: ShardWork, answer: Answer, found: Found): void {
  const householdId = shard.householdIds[answer.household] ?? 0
  const personId = answer.person < 0 ? 0 : (shard.personIds[answer.person] ?? 0)
  const before = stored.answer(householdId, personId, answer.programme)
  const hash = answerHash(answer)
  if (before?.hash === hash) {
    found.unchanged += 1
    return
  }
  if (before) found.gone.push([before.householdId, before.id, null])
  found.answerLines.push(answerLine({ name, shard }, answer, answers.contentOf(answer), hash))
}

function compareList(
  { name, shard, stored, answers, kinds }: ShardWork,
  household: number,
  list: readonly Answer[],
  found: Found,
): void {
  const before = stored.undecided(shard.householdIds[household] ?? 0, list[0]?.clinical ?? false)
  const hash = listHash(shard, list)
  if (before?.hash === hash) {
    found.unchanged += list.length
    return
  }
  if (before) found.gone.push([before.householdId, null, before.id])
  for (const answer of list) {
    if (kinds.has(answer.content)) continue
    kinds.add(answer.content)
    found.newKinds.push(kindLine(answers.contentOf(answer), answer.content))
  }
  addListRow(found.lists, { name, shard }, household, list, hash)
}

/** What tells an answer from the one before it. */
export function answerHash({ content, nextChange }: Answer): number {
  return new ContentHash().add(content).add(nextChange).value()
}

/** What tells the list of a household from the one before it. */
export function listHash({ personIds }: Shard, list: readonly Answer[]): number {
  const hash = new ContentHash()
  for (const { content, nextChange, person } of list) {
    hash
      .add(content)
      .add(nextChange)
      .add(person < 0 ? 0 : (personIds[person] ?? 0))
  }
  return hash.value()
}

/** Version 0 stands for a household that is matched no more: it has no wide row. */
function goneLines({ name, shard }: Pick<ShardWork, 'name' | 'shard'>, gone: readonly Gone[]): string[] {
  if (gone.length === 0) return []
  const versions = new Map<number, number>()
  shard.householdIds.forEach((id, h) => versions.set(id, shard.versions[h] ?? 0))
  return gone.map((one) => goneLine(name, one, versions.get(one[0]) ?? 0))
}
