import { textFromDay } from '@qiao/rules'
import { CLINICAL, type Content, SIGNAL, type ShardAnswers } from './answers.ts'
import type { BinaryRows } from './binary-rows.ts'
import type { Shard } from './shard.ts'
import type { ShardName } from './shards.ts'

/** How answers become rows of the staging tables. */

/** The shard whose rows they are. */
type Of = Readonly<{ name: ShardName; shard: Shard; answers: ShardAnswers }>

const none = '\\N'
const day = (number: number) => (number === 0 ? none : textFromDay(number))

/** A line of COPY text. No value holds a tab, a backslash or a brace: ids, codes and numbers of our own. */
export function answerLine(
  { name, shard, answers }: Of,
  { household, entry }: Readonly<{ household: number; entry: number }>,
  content: Content,
  hash: number,
): string {
  const person = answers.persons[entry] ?? -1
  const marks = answers.marks[entry] ?? 0
  const columns = [
    name.run,
    name.number,
    shard.householdIds[household],
    shard.versions[household],
    shard.areaIds[household],
    person < 0 ? none : shard.personIds[person],
    content.programme,
    content.target,
    content.tier ?? none,
    content.verdict,
    content.amountKind,
    content.amountMin ?? none,
    content.amountMax ?? none,
    content.per ?? none,
    `{${content.missing.join(',')}}`,
    `{${content.reasons.join(',')}}`,
    `{${content.via.join(',')}}`,
    content.nearMiss ? 't' : 'f',
    marks & SIGNAL ? 't' : 'f',
    marks & CLINICAL ? 't' : 'f',
    day(answers.nextChanges[entry] ?? 0),
    hash,
  ]
  return `${columns.join('\t')}\n`
}

/** The list of one household: what cannot be said, in the order of its entries. */
export function addListRow(
  rows: BinaryRows,
  { name, shard, answers }: Of,
  { household, entries }: Readonly<{ household: number; entries: Int32Array }>,
  hash: number,
): void {
  const { contents, persons, nextChanges, marks } = answers
  const { length } = entries
  const [kinds, people, days] = roomFor(length)
  let first = 0
  for (let i = 0; i < length; i++) {
    const entry = entries[i]!
    const person = persons[entry]!
    const next = nextChanges[entry]!
    kinds[i] = contents[entry]!
    people[i] = person < 0 ? 0 : shard.personIds[person]!
    days[i] = next
    // 0 means never.
    if (next !== 0 && (first === 0 || next < first)) first = next
  }
  rows
    .row(11)
    .int8(name.run)
    .int4(name.number)
    .int8(shard.householdIds[household] ?? 0)
    .int4(shard.versions[household] ?? 0)
    .text(shard.areaIds[household] ?? '')
    .boolean(((marks[entries[0]!] ?? 0) & CLINICAL) !== 0)
    .int8s(kinds, length)
    .int8s(people, length)
    .dates(days, length)
    .date(first)
    .int8(hash)
}

let room: [Float64Array, Float64Array, Int32Array] | undefined

/** The same arrays for one list after the other. */
function roomFor(length: number): [Float64Array, Float64Array, Int32Array] {
  if (room && room[0].length >= length) return room
  room = [new Float64Array(length), new Float64Array(length), new Int32Array(length)]
  return room
}

/** A kind of undecided as JSON. */
export function kindLine(content: Content, id: number): string {
  return JSON.stringify({
    id,
    programme: content.programme,
    target: content.target,
    tier: content.tier,
    amount_kind: content.amountKind,
    amount_min: content.amountMin,
    amount_max: content.amountMax,
    per: content.per,
    missing: content.missing,
    reasons: content.reasons,
  })
}

/** Household, stored answer or null, stored list or null: what no longer holds. */
export type Gone = readonly [number, number | null, number | null]

export function goneLine(
  { run, number }: ShardName,
  [household, answer, list]: Gone,
  version: number,
): string {
  return `${run}\t${number}\t${household}\t${version}\t${answer ?? none}\t${list ?? none}\n`
}
