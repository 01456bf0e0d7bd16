import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import type { FactValue } from './fact-value.ts'
import { mayRead, type Sensitivity } from './household.ts'
import { type ChangeParts, finishChange, lockHousehold, refuseStale } from './household-change.ts'
import { householdProblems } from './problems.ts'
import { readerOf } from './queries.ts'
import type { WordKind } from './trust.ts'

/** What another source says of a fact, beside what is in force. 另一说法 */
export type OtherWord = Readonly<{
  id: number
  personId: number | null
  fact: string
  kind: WordKind
  value: FactValue
  source: string
  evidence: string | null
  basisName: string
  verifiedOn: string
  /** Null: it came as data. */
  saidBy: string | null
  /** A person chose what is in force now over it, and why. */
  settled: Readonly<{ because: string; by: string | null }> | null
  /** Of the word in force; null where there is none. */
  inForce: Readonly<{ kind: WordKind; verifiedOn: string; saidBy: string | null }> | null
  /** Whose word of this fact goes first. */
  order: readonly WordKind[]
}>

const nameOf = (column: string) =>
  sql`case when starts_with(${sql.ref(column)}, 'staff:') then coalesce((select name from app.staff
    where id::text = substr(${sql.ref(column)}, 7)), '其他同事') end`

/** Those that the session may read and that have not passed their shelf life, the most trusted first. */
export async function readOtherWords(tx: Tx, id: number, today: string): Promise<OtherWord[]> {
  const { rows } = await sql<OtherWord>`
    select word.id, word.person_id as "personId", word.fact, word.kind, word.value, word.source, word.evidence,
      basis.name as "basisName", word.verified_on as "verifiedOn", ${nameOf('word.recorded_by')} as "saidBy",
      case when word.settled_against = known.value then
        json_build_object('because', settled_because, 'by', ${nameOf('word.settled_by')}) end as settled,
      case when known.id is not null then json_build_object(
        'kind', app.kind_of(known.fact, known.source, known.basis, known.delivery_id, known.recorded_by),
        'verifiedOn', known.verified_on, 'saidBy', ${nameOf('known.recorded_by')}) end as "inForce", ranked.kinds as "order"
    from app.other_word word join app.basis on basis.id = word.basis
    cross join lateral app.trust_of(word.fact) ranked (kinds)
    left join app.fact known on known.household_id = word.household_id and known.person_id is not distinct from word.person_id
      and known.fact = word.fact and known.superseded_at is null
    where word.household_id = ${id} and word.superseded_at is null
      and (word.shelf_until is null or word.shelf_until >= ${today}::date)
    order by array_position(ranked.kinds, word.kind), word.verified_on desc`.execute(tx)
  return rows
}

export type Settlement = Readonly<{
  householdId: number
  wordId: number
  /** The other word comes into force; else what is in force is kept. */
  take: boolean
  because: string
  version: number
  requestId: string
}>

/**
 * An official decides between what is in force and another word; the one left lies beside, with the reason.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `household-changed`, `fact-not-yours` or `word-gone`
 */
export async function settleWord(
  tx: Tx,
  parts: ChangeParts,
  { householdId, wordId, take, because, version, requestId }: Settlement,
): Promise<number> {
  const household = await lockHousehold(tx, householdId)
  refuseStale(household, version)
  const about = await sql<{ fact: string; personId: number | null; sensitivity: Sensitivity }>`
    select fact, person_id as "personId", sensitivity from app.other_word
    where id = ${wordId} and household_id = ${householdId}`.execute(tx)
  const [word] = about.rows
  if (!word) throw problem(householdProblems, 'word-gone')
  const { sensitivity, ...what } = word
  if (!mayRead(sensitivity, await readerOf(tx, household.areaId)))
    throw problem(householdProblems, 'fact-not-yours')
  const { rows } = await sql<{ settled: boolean }>`
    select app.settle_word(${householdId}, ${wordId}, ${take}, ${because}, ${parts.clock.today()}::date) as settled`.execute(
    tx,
  )
  if (!rows[0]?.settled) throw problem(householdProblems, 'word-gone')
  const next = await finishChange(tx, parts, household)
  await audit(tx, {
    action: 'household.word-settled',
    subject: `household:${householdId}`,
    householdId,
    areaId: household.areaId,
    fields: [`fact:${word.fact}`],
    detail: { ...what, taken: take, because },
    requestId,
  })
  return next
}
