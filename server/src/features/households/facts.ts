import type { Fact, HouseholdFacts, Reading } from '@qiao/rules'
import { type RawBuilder, sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  checkValue,
  type FactValue,
  holdsFrom,
  type MoneyUnit,
  shelfUntil,
  valueText,
} from './fact-value.ts'
import { isRecorded, mayRead, type Reader, type Sensitivity, sensitivityOf } from './household.ts'
import {
  type ChangeParts,
  finishChange,
  isMember,
  lockHousehold,
  refuseStale,
  wrongField,
} from './household-change.ts'
import { householdProblems } from './problems.ts'
import { readerOf } from './queries.ts'
import { householdStatuses } from './statuses.ts'

export type FactParts = ChangeParts &
  Readonly<{
    /** What the policies in force may ask for. */
    facts: readonly Fact[]
  }>

/** What somebody says of a household or, with `personId`, of one member. */
export type FactRecord = Readonly<{
  householdId: number
  fact: string
  personId?: number | null
  value: unknown
  /** How money in `value` is written. */
  money: MoneyUnit
  verifiedOn: string
  source: string
  evidence?: string
  /** What lets it be known, by the catalogue `app.basis`; what `legalBasis` or `source` mean when left out. */
  basis?: string
  /** The same in words: a document, the number of an authorisation. */
  legalBasis?: string
  /** The household's version that the writer has seen. */
  version: number
  requestId?: string
  /** Why an official decided for it, where other sources say otherwise. */
  settles?: string
}>

export type Recorded = Readonly<{
  /** The household's new version. */
  version: number
  /** False: another source goes before it, and it lies beside. */
  inForce: boolean
}>

/**
 * Records one fact: what its source said before is closed, and it takes the place of what is in force or lies beside it,
 * as the order of sources says; the wide rows follow, and `household.changed` is enqueued, all in the caller's transaction.
 *
 * @throws Problem `not-found`, `fact-invalid`, `fact-not-recordable`, `fact-not-yours` or `household-changed`
 */
export async function recordFact(tx: Tx, parts: FactParts, record: FactRecord): Promise<Recorded> {
  const { householdId, evidence = null, legalBasis = null, basis = null } = record
  const personId = record.personId ?? null
  const household = await lockHousehold(tx, householdId)
  const fact = factToRecord(parts.facts, record)
  if (!mayRead(sensitivityOf(fact), await readerOf(tx, household.areaId))) {
    throw problem(householdProblems, 'fact-not-yours')
  }
  const today = parts.clock.today()
  const value = valueToRecord(fact, record, today)
  if (personId !== null && !(await isMember(tx, householdId, personId))) {
    throw invalid('personId', '这户没有这位成员')
  }
  if (basis !== null) await refuseUnknownBasis(tx, basis)
  refuseStale(household, record.version)
  const { rows } = await sql<{ inForce: boolean }>`
    select app.record_fact(${householdId}, ${personId}, ${fact.id},
      ${JSON.stringify(value)}::jsonb, ${holdsFrom(fact, value, record.verifiedOn)}::date,
      ${record.source}, ${evidence}, ${record.verifiedOn}::date,
      ${shelfUntil(fact, record.verifiedOn)}::date, ${legalBasis}, ${basis}, ${today}::date,
      ${record.settles ?? null}) as "inForce"`.execute(tx)
  const version = await finishChange(tx, parts, household)
  await audit(tx, {
    action: 'household.fact-recorded',
    subject: `household:${householdId}`,
    householdId,
    areaId: household.areaId,
    // Which fact of whom, never what it says.
    fields: [`fact:${fact.id}`],
    detail: { fact: fact.id, ...(personId === null ? {} : { personId }) },
    ...(record.requestId === undefined ? {} : { requestId: record.requestId }),
  })
  return { version, inForce: rows[0]?.inForce ?? false }
}

function factToRecord(facts: readonly Fact[], record: FactRecord): Fact {
  const fact = facts.find(({ id }) => id === record.fact)
  if (!fact) throw invalid('fact', `没有这一项：${record.fact}`)
  if (!isRecorded(fact)) throw problem(householdProblems, 'fact-not-recordable')
  const ofPerson = (record.personId ?? null) !== null
  if (ofPerson !== (fact.entity === 'person')) {
    throw invalid('personId', ofPerson ? '这一项是全家的，不分成员' : '要选是哪位成员')
  }
  return fact
}

function valueToRecord(fact: Fact, record: FactRecord, today: string): FactValue {
  const day = checkValue(
    { id: 'day', name: '核实日期', entity: 'household', type: 'date' },
    record.verifiedOn,
    {
      today,
      money: record.money,
    },
  )
  if ('wrong' in day) throw invalid('verifiedOn', day.wrong)
  const checked = checkValue(fact, record.value, { today, money: record.money })
  if ('wrong' in checked) throw invalid('value', checked.wrong)
  return checked.value
}

async function refuseUnknownBasis(tx: Tx, basis: string): Promise<void> {
  const { rows } = await sql`select from app.basis where id = ${basis}`.execute(tx)
  if (rows.length === 0) throw invalid('basis', '没有这一种数据依据')
}

function invalid(field: string, message: string) {
  return wrongField('fact-invalid', field, message)
}

/**
 * What is known of a household on a day, in the engine's form; members by their person id as text.
 * Matching may not use all of it: what a run reads, feature `consents` says.
 *
 * For an earlier day a fact is the latest record that held by then. Facts the session may not read are
 * absent, so a verdict for the screen is worked out with the program's own session and shown with
 * {@link mayRead} in mind.
 */
export async function householdFacts(
  tx: Tx,
  householdId: number,
  on: string,
): Promise<HouseholdFacts> {
  const members = await sql<{ id: number }>`
    select person_id as id from app.member
    where household_id = ${householdId} and superseded_at is null
      and valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)
    order by person_id`.execute(tx)
  const known = await sql<{ personId: number | null; fact: string } & Reading>`
    select person_id as "personId", fact, value, source, verified_on as day
    from ${recordsThatHeld(householdId, on)}`.execute(tx)
  const statuses = await householdStatuses(tx, householdId, on)
  const of = (personId: number | null): Record<string, Reading> => {
    const facts: Record<string, Reading> = { ...statuses.denied }
    for (const { personId: owner, fact, value, source, day } of known.rows) {
      if (owner === personId)
        facts[fact] = { value, ...(source ? { source } : {}), ...(day ? { day } : {}) }
    }
    for (const { personId: owner, status, reading } of statuses.held) {
      if (owner === personId) facts[status] = reading
    }
    return facts
  }
  return {
    household: of(null),
    members: members.rows.map(({ id }) => ({ id: String(id), facts: of(id) })),
  }
}

/** As a table `fact`: of every fact of a household the latest record that held on a day. */
export function recordsThatHeld(householdId: number, on: string): RawBuilder<unknown> {
  return sql`(select * from (
      select distinct on (person_id, fact) * from ${recordsOf(householdId)}
      where valid_from <= ${on}::date
      order by person_id, fact, recorded_at desc) last
    where (valid_to is null or valid_to >= ${on}::date)
      and (shelf_until is null or shelf_until >= ${on}::date)) fact`
}

/** Current and closed records of a household, in two halves because each has its own index. */
function recordsOf(householdId: number) {
  const half = (which: string) =>
    sql`select * from app.fact where household_id = ${householdId} and superseded_at ${sql.raw(which)}`
  return sql`(${half('is null')} union all ${half('is not null')}) record`
}

export type FactHistoryItem = Readonly<{
  sensitivity: Sensitivity
  value: FactValue
  valueText: string
  verifiedOn: string
  recordedAt: string
  supersededAt: string | null
  source: string
  evidence: string | null
  legalBasis: string | null
  basisName: string
  validFrom: string
  validTo: string | null
}>

/**
 * Every record of one fact, the latest first; nothing of a fact the reader may not read.
 *
 * @throws Problem `not-found` when the household is none of the reader's, or no such fact is declared
 */
export async function factHistory(
  tx: Tx,
  facts: readonly Fact[],
  of: { householdId: number; fact: string; personId: number | null },
): Promise<{ area: { id: string }; items: FactHistoryItem[] }> {
  const fact = facts.find(({ id }) => id === of.fact)
  const found = await sql<{ areaId: string }>`
    select area_id as "areaId" from app.household where id = ${of.householdId}`.execute(tx)
  const household = found.rows[0]
  if (!fact || !household) throw problem(platformProblems, 'not-found')
  const reader: Reader = await readerOf(tx, household.areaId)
  const sensitivity = sensitivityOf(fact)
  const area = { id: household.areaId }
  if (!mayRead(sensitivity, reader)) return { area, items: [] }
  const { rows } = await sql<Omit<FactHistoryItem, 'valueText' | 'sensitivity'>>`
    select value, verified_on as "verifiedOn", recorded_at as "recordedAt",
      superseded_at as "supersededAt", source, evidence, legal_basis as "legalBasis",
      (select name from app.basis where id = record.basis) as "basisName",
      valid_from as "validFrom", valid_to as "validTo"
    from ${recordsOf(of.householdId)}
    where fact = ${of.fact} and person_id is not distinct from ${of.personId}::bigint
    order by recorded_at desc`.execute(tx)
  const items = rows.map((row) => ({ ...row, sensitivity, valueText: valueText(fact, row.value) }))
  return { area, items }
}
