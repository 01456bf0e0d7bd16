import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Pack, textFromDay } from '@qiao/rules'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from '../../platform/db/database.ts'
import type { Answer, Content, ShardAnswers } from './answers.ts'
import { ContentHash } from './content-hash.ts'
import type { Shard } from './shard.ts'
import type { Stored } from './stored.ts'

/** What a run has found to differ, until all shards are read: temporary tables of its transaction. */
export async function createStaging(connection: pg.PoolClient): Promise<void> {
  await connection.query(`
    create temp table if not exists staged_answer (
      household_id bigint not null, version int not null, area_id text collate "C" not null, person_id bigint,
      programme text not null, target text not null, tier text, verdict text not null,
      amount_kind text not null, amount_min bigint, amount_max bigint, per text,
      missing text[] not null, reasons text[] not null, via text[] not null,
      near_miss boolean not null, need_signal boolean not null, next_change date, content_hash bigint not null
    ) on commit delete rows;
    create temp table if not exists staged_undecided (
      household_id bigint not null, version int not null, area_id text collate "C" not null,
      kinds bigint[] not null, person_ids bigint[] not null, next_changes date[] not null,
      next_change date, content_hash bigint not null
    ) on commit delete rows;
    create temp table if not exists staged_gone (
      household_id bigint not null, version int not null, answer_id bigint, undecided_id bigint
    ) on commit delete rows;
    truncate staged_answer, staged_undecided, staged_gone`)
}

/** Kinds of undecided that this run has already made sure of. */
export type KnownKinds = Set<number>

export type ShardWork = Readonly<{
  pack: Pack
  shard: Shard
  answers: ShardAnswers
  stored: Stored
  kinds: KnownKinds
}>

/**
 * Compares a shard with what is stored and stages what differs.
 *
 * @returns how many answers, of either sort, are as they were
 */
export async function stageShard(
  connection: pg.PoolClient,
  work: ShardWork,
): Promise<{ unchanged: number }> {
  const { shard, stored } = work
  const gone: Gone[] = []
  const lists = new Map<number, Answer[]>()
  let unchanged = 0
  const answerLines: string[] = []
  for (const answer of work.answers.each()) {
    if (answer.bare) {
      const list = lists.get(answer.household)
      if (list) list.push(answer)
      else lists.set(answer.household, [answer])
      continue
    }
    const personId = answer.person < 0 ? 0 : (shard.personIds[answer.person] ?? 0)
    const before = stored.answer(
      shard.householdIds[answer.household] ?? 0,
      personId,
      answer.programme,
    )
    const hash = new ContentHash().add(answer.content).add(answer.nextChange).value()
    if (before?.hash === hash) {
      unchanged += 1
      continue
    }
    if (before) gone.push([before.householdId, before.id, null])
    answerLines.push(answerLine(shard, answer, work.answers.contentOf(answer), hash))
  }
  const listLines: string[] = []
  const newKinds: string[] = []
  for (const [household, list] of lists) {
    const before = stored.undecided(shard.householdIds[household] ?? 0)
    const hash = listHash(shard, list)
    if (before?.hash === hash) {
      unchanged += list.length
      continue
    }
    if (before) gone.push([before.householdId, null, before.id])
    for (const answer of list) {
      if (work.kinds.has(answer.content)) continue
      work.kinds.add(answer.content)
      newKinds.push(kindLine(work.answers.contentOf(answer), answer.content))
    }
    listLines.push(listLine(shard, household, list, hash))
  }
  for (const { id, householdId } of stored.answersLeft()) gone.push([householdId, id, null])
  for (const { id, householdId } of stored.undecidedLeft()) gone.push([householdId, null, id])
  await insertKinds(connection, newKinds)
  await copyLines(connection, 'staged_answer', answerLines)
  await copyLines(connection, 'staged_undecided', listLines)
  await stageGone(connection, shard, gone)
  return { unchanged }
}

function listHash({ personIds }: Shard, list: readonly Answer[]): number {
  const hash = new ContentHash()
  for (const { content, nextChange, person } of list) {
    hash
      .add(content)
      .add(nextChange)
      .add(person < 0 ? 0 : (personIds[person] ?? 0))
  }
  return hash.value()
}

async function copyLines(
  connection: pg.PoolClient,
  table: string,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return
  await pipeline(
    Readable.from(pieces(lines)),
    connection.query(copyFrom(`copy ${table} from stdin`)),
  )
}

function* pieces(lines: readonly string[]): Generator<Buffer> {
  for (let at = 0; at < lines.length; at += 1000)
    yield Buffer.from(lines.slice(at, at + 1000).join(''))
}

const none = '\\N'
const day = (number: number) => (number === 0 ? none : textFromDay(number))

/** No value holds a tab, a backslash or a brace: ids, codes and numbers of our own. */
function answerLine(shard: Shard, answer: Answer, content: Content, hash: number): string {
  const { household: h, person: p } = answer
  const columns = [
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
    day(answer.nextChange),
    hash,
  ]
  return `${columns.join('\t')}\n`
}

function listLine(shard: Shard, h: number, list: readonly Answer[], hash: number): string {
  let [kinds, persons, changes, first] = ['', '', '', 0]
  for (const { content, person, nextChange } of list) {
    const comma = kinds === '' ? '' : ','
    kinds += comma + content
    persons += comma + (person < 0 ? 0 : (shard.personIds[person] ?? 0))
    changes += comma + (nextChange === 0 ? 'NULL' : textFromDay(nextChange))
    if (nextChange !== 0 && (first === 0 || nextChange < first)) first = nextChange
  }
  const id = `${shard.householdIds[h]}\t${shard.versions[h]}\t${shard.areaIds[h]}`
  return `${id}\t{${kinds}}\t{${persons}}\t{${changes}}\t${day(first)}\t${hash}\n`
}

function kindLine(content: Content, id: number): string {
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

async function insertKinds(connection: pg.PoolClient, kinds: readonly string[]): Promise<void> {
  if (kinds.length === 0) return
  await connection.query(
    `insert into app.undecided_kind
     select * from jsonb_populate_recordset(null::app.undecided_kind, $1::jsonb) on conflict (id) do nothing`,
    [`[${kinds.join(',')}]`],
  )
}

/** Household, stored answer or null, stored list or null. */
type Gone = readonly [number, number | null, number | null]

async function stageGone(
  connection: pg.PoolClient,
  shard: Shard,
  gone: readonly Gone[],
): Promise<void> {
  if (gone.length === 0) return
  const versions = new Map<number, number>()
  shard.householdIds.forEach((id, h) => versions.set(id, shard.versions[h] ?? 0))
  const lines = gone.map(
    ([household, answer, list]) =>
      `${household}\t${versions.get(household) ?? 0}\t${answer ?? none}\t${list ?? none}\n`,
  )
  await copyLines(connection, 'staged_gone', lines)
}

export type Changes = Readonly<{ written: number; closed: number; leftOut: number }>

/**
 * Closes what no longer holds and writes what is new, for households that are still as they were
 * read; the others are left out and counted.
 */
export async function settleStaged(tx: Tx, run: number, pack: Pack): Promise<Changes> {
  const left = await sql<{ n: number }>`
    select count(distinct staged.household_id)::int as n
    from (
      select household_id, version from staged_answer
      union all select household_id, version from staged_undecided
      union all select household_id, version from staged_gone
    ) staged
    left join app.household on household.id = staged.household_id
    where household.version is distinct from staged.version`.execute(tx)
  let closed = 0
  let written = 0
  for (const table of ['answer', 'undecided'] as const) {
    const { numAffectedRows = 0n } = await sql`
      update ${sql.ref(`app.${table}`)} as stored set superseded_at = now()
      from staged_gone staged
      join app.household on household.id = staged.household_id and household.version = staged.version
      where stored.id = ${sql.ref(`staged.${table}_id`)}`.execute(tx)
    closed += Number(numAffectedRows)
    const columns = sql.raw(columnsOf[table])
    const inserted = await sql`
      insert into ${sql.ref(`app.${table}`)} (${columns}, household_id, area_id, next_change, content_hash,
        pack_version, pack_hash, run_id)
      select ${columns}, staged.household_id, staged.area_id, next_change, content_hash,
        ${pack.version}, ${pack.hash}, ${run}
      from ${sql.ref(`staged_${table}`)} staged
      join app.household on household.id = staged.household_id and household.version = staged.version`.execute(
      tx,
    )
    written += Number(inserted.numAffectedRows ?? 0n)
  }
  return { written, closed, leftOut: left.rows[0]?.n ?? 0 }
}

const columnsOf = {
  answer: `person_id, programme, target, tier, verdict, amount_kind, amount_min, amount_max, per,
    missing, reasons, via, near_miss, need_signal`,
  undecided: 'kinds, person_ids, next_changes',
}
