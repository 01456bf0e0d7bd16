import { textFromDay } from '@qiao/rules'
import type { Answer, Content } from './answers.ts'
import type { BinaryRows } from './binary-rows.ts'
import type { Shard } from './shard.ts'
import type { ShardName } from './shards.ts'

/** How answers become rows of the staging tables. */

/** The shard whose rows they are. */
export type Of = Readonly<{ name: ShardName; shard: Shard }>

const none = '\\N'
const day = (number: number) => (number === 0 ? none : textFromDay(number))

/** A line of COPY text. No value holds a tab, a backslash or a brace: ids, codes and numbers of our own. */
export function answerLine({ name, shard }: Of, answer: Answer, content: Content, hash: number): string {
  const { household: h, person: p } = answer
  const columns = [
    name.run,
    name.number,
    shard.householdIds[h],
    shard.versions[h],
    shard.areaIds[h],
    p < 0 ? none : shard.personIds[p],
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
    answer.needSignal ? 't' : 'f',
    answer.clinical ? 't' : 'f',
    day(answer.nextChange),
    hash,
  ]
  return `${columns.join('\t')}\n`
}

/** The list of one household. */
export function addListRow(
  rows: BinaryRows,
  { name, shard }: Of,
  household: number,
  list: readonly Answer[],
  hash: number,
): void {
  const changes = list.map(({ nextChange }) => nextChange)
  rows
    .row(11)
    .int8(name.run)
    .int4(name.number)
    .int8(shard.householdIds[household] ?? 0)
    .int4(shard.versions[household] ?? 0)
    .text(shard.areaIds[household] ?? '')
    .boolean(list[0]?.clinical ?? false)
    .int8s(list.map(({ content }) => content))
    .int8s(list.map(({ person }) => (person < 0 ? 0 : (shard.personIds[person] ?? 0))))
    .dates(changes)
    .date(firstOf(changes))
    .int8(hash)
}

/** The earliest of days of which 0 means never. */
function firstOf(days: readonly number[]): number {
  let first = 0
  for (const day of days) if (day !== 0 && (first === 0 || day < first)) first = day
  return first
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
