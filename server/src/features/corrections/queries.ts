import type { Fact } from '@qiao/rules'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { clocksOf } from '../duties/read-clocks.ts'
import { readSources } from '../exchange/source.ts'
import { type FactValue, valueText } from '../households/fact-value.ts'
import { type CorrectionState, mayAnswer } from './correction.ts'
import { correctionProblems } from './problems.ts'
import type {
  AskedCorrectionView,
  CorrectionFileView,
  CorrectionListView,
  CorrectionRowView,
  CorrectionView,
  FetchedCorrectionView,
} from './views.ts'

type Shown = Static<typeof CorrectionView>
type Row = Static<typeof CorrectionRowView>
type Fetched = Static<typeof FetchedCorrectionView>
type Values = Readonly<{ fact: string; theirs: FactValue; ours: FactValue }>

/** What was delivered and what we say, in the words of the catalogue of facts. */
function inWords<V extends Values>(facts: readonly Fact[], row: V) {
  const fact = facts.find(({ id }) => id === row.fact)
  const words = (value: FactValue) => (fact ? valueText(fact, value) : String(value))
  return {
    ...row,
    factName: fact?.name ?? row.fact,
    theirs: words(row.theirs),
    ours: words(row.ours),
  }
}

const nameOfSource = async () => {
  const names = new Map((await readSources()).map(({ id, name }) => [id, name]))
  return (source: string) => names.get(source) ?? source
}

const told = sql`correction.id, correction.fact, sensitivity as class, their_value as theirs, their_day as "theirDay",
  our_value as ours, our_day as "ourDay", evidence, coalesce(finder.name, '其他同事') as "foundBy",
  raised_at as "raisedAt"`

type Asking = Readonly<{
  source?: string
  state?: CorrectionState
  page: number
  size: number
  /** The instant it is, in milliseconds since 1970. */
  at: number
}>

/** A page of what sources are asked to put right, the latest first, and what waits for each of them. */
export async function listCorrections(
  tx: Tx,
  facts: readonly Fact[],
  { source, state, page, size, at }: Asking,
): Promise<Omit<Static<typeof CorrectionListView>, 'reasonShows'>> {
  const chosen = sql`(${source ?? null}::text is null or correction.source = ${source ?? null})
    and (${state ?? null}::text is null or state = ${state ?? null})`
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from app.correction where ${chosen}`.execute(tx)
  const waiting = await sql<{ source: string; count: number }>`
    select source, count(*)::int as count from app.correction where state = 'waiting'
    group by source order by source`.execute(tx)
  const { rows } = await sql<
    Omit<Shown, 'sourceName' | 'factName' | 'mayAnswer' | 'clock'> & Values
  >`
    select ${told}, correction.source, state, area.id as "areaId", area.name as "areaName", person.name as person,
      json_build_object('id', household.id, 'registerNo', register_no) as household, file_id as "fileId",
      file.number as "fileNumber", sent_at as "sentAt", closed_at as "closedAt",
      case when answered_by is not null then coalesce(answerer.name, '其他同事')
        when push_key is not null then '接口答复' end as "answeredBy", brought_by as "broughtBy", because
    from app.correction
    join app.household on household.id = correction.household_id
    join app.area on area.id = household.area_id
    left join app.person on person.id = correction.person_id
    left join app.staff finder on finder.id = found_by
    left join app.staff answerer on answerer.id = answered_by
    left join app.correction_file file on file.id = file_id
    where ${chosen} order by correction.id desc limit ${size} offset ${(page - 1) * size}`.execute(
    tx,
  )
  const named = await nameOfSource()
  const clocks = await clocksOf(
    tx,
    'correction',
    rows.map(({ id }) => id),
    at,
  )
  return {
    items: rows.map((row) => ({
      ...inWords(facts, row),
      clock: clocks.get(row.id) ?? null,
      sourceName: named(row.source),
      mayAnswer: mayAnswer(row.state),
    })),
    total: counted.rows[0]?.total ?? 0,
    waiting: waiting.rows.map((one) => ({ ...one, sourceName: named(one.source) })),
  }
}

/**
 * Puts what waits for a source into its next file. @returns the number of the file
 *
 * @throws Problem `no-corrections-to-send`
 */
export async function makeFile(tx: Tx, source: string): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`
    select app.make_correction_file(${source}) as id`.execute(tx)
  const id = rows[0]?.id
  if (!id) throw problem(correctionProblems, 'no-corrections-to-send')
  return id
}

/** The files there are, the latest first. */
export async function listFiles(
  tx: Tx,
  of: Readonly<{ source?: string; id?: number }>,
): Promise<Static<typeof CorrectionFileView>[]> {
  const { rows } = await sql<Omit<Static<typeof CorrectionFileView>, 'sourceName'>>`
    select file.id, file.source, file.number, made_at as "madeAt", coalesce(staff.name, '其他同事') as "madeBy",
      (select count(*)::int from app.correction where file_id = file.id) as rows,
      (select count(*)::int from app.correction where file_id = file.id and state = 'sent') as open
    from app.correction_file file left join app.staff on staff.id = made_by
    where (${of.source ?? null}::text is null or file.source = ${of.source ?? null})
      and (${of.id ?? null}::bigint is null or file.id = ${of.id ?? null})
    order by file.id desc limit 200`.execute(tx)
  const named = await nameOfSource()
  return rows.map((one) => ({ ...one, sourceName: named(one.source) }))
}

type Sealed = Readonly<{ sealed: Uint8Array | null }>

/** What stands in a file; ID numbers by the given way of opening them. */
export async function rowsOfFile(
  tx: Tx,
  facts: readonly Fact[],
  { file, open }: Readonly<{ file: number; open: (sealed: Uint8Array) => string }>,
): Promise<(Row & { householdId: number })[]> {
  const { rows } = await sql<
    Omit<Row, 'factName' | 'idNumber'> & Values & Sealed & { householdId: number }
  >`
    select ${told}, person.id_number_enc as sealed, person.name, correction.household_id as "householdId"
    from app.correction
    left join app.delivery_row named on named.delivery_id = correction.delivery_id and named.row = delivery_row
    left join app.person on person.id = coalesce(correction.person_id, named.person_id)
    left join app.staff finder on finder.id = found_by
    where file_id = ${file} order by correction.id`.execute(tx)
  return rows.map(({ sealed, ...row }) => ({
    ...inWords(facts, row),
    idNumber: sealed && open(sealed),
  }))
}

/** What is asked of sources about one household and not answered yet. */
export async function askedOf(
  tx: Tx,
  householdId: number,
): Promise<Static<typeof AskedCorrectionView>[]> {
  const { rows } = await sql<Static<typeof AskedCorrectionView>>`
    select fact, person_id as "personId", source from app.correction
    where household_id = ${householdId} and state in ('waiting', 'sent') order by id`.execute(tx)
  const named = await nameOfSource()
  return rows.map((one) => ({ ...one, source: named(one.source) }))
}

/** What its source is still asked, for the session of one of its keys; it is sent by that. */
export async function fetchCorrections(
  tx: Tx,
  facts: readonly Fact[],
  {
    after,
    most,
    open,
  }: Readonly<{ after: number; most: number; open: (sealed: Uint8Array) => string }>,
): Promise<Fetched[]> {
  const { rows } = await sql<Omit<Fetched, 'factName' | 'citizenNo'> & Values & Sealed>`
    select id, id_number_enc as sealed, name as "citizenName", fact, their_value as theirs, their_day as "theirDay",
      our_value as ours, our_day as "ourDay", evidence, found_by as "foundBy", raised_at as "raisedAt"
    from app.fetch_corrections(${after}, ${most})`.execute(tx)
  return rows.map(({ sealed, ...row }) => ({
    ...inWords(facts, row),
    citizenNo: sealed && open(sealed),
  }))
}

const hindrances = {
  absent: 'no-such-correction',
  'not-sent': 'correction-not-sent',
  withdrawn: 'correction-withdrawn',
  answered: 'correction-settled',
} as const

type Answer = Readonly<{ answer: 'adopted' | 'refused'; because?: string }>

/**
 * What a source answers; the same once more changes nothing.
 *
 * @returns whether it was answered so before
 * @throws Problem `correction-refusal-needs-reason`, `no-such-correction`, `correction-not-sent`,
 *   `correction-withdrawn` or `correction-settled`
 */
export async function answerCorrection(
  tx: Tx,
  { id, source }: Readonly<{ id: number; source: string }>,
  { answer, because }: Answer,
): Promise<boolean> {
  if (answer === 'refused' && because === undefined)
    throw problem(correctionProblems, 'correction-refusal-needs-reason')
  const { rows } = await sql<{ came: 'done' | 'again' | keyof typeof hindrances }>`
    select app.answer_correction(${id}, ${source}, ${answer}, ${because?.trim() ?? null}) as came`.execute(
    tx,
  )
  const came = rows[0]?.came ?? 'absent'
  if (came === 'done' || came === 'again') return came === 'again'
  throw problem(correctionProblems, hindrances[came])
}

/** @throws Problem `no-such-correction` where it is none in sight */
export async function sourceOf(tx: Tx, id: number): Promise<string> {
  const { rows } = await sql<{ source: string }>`
    select source from app.correction where id = ${id}`.execute(tx)
  if (!rows[0]) throw problem(correctionProblems, 'no-such-correction')
  return rows[0].source
}
