import type { HouseholdFacts } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { householdFacts, recordsThatHeld } from '../households/facts.ts'
import { consentProblems } from './problems.ts'
import { leftOutBecause, type LeftOutReason, objectingMembers } from './purpose.ts'

/** A fact on record that no run reads. */
export type LeftOut = Readonly<{
  fact: string
  /** The person's id as text; absent for a fact of the household. */
  member?: string
  reason: LeftOutReason
  text: string
}>

/** What a run reads of a household, and what it does not. */
export type MatchingFacts = Readonly<{
  household: HouseholdFacts
  /** Members nothing is answered about. */
  optedOut: ReadonlySet<string>
  leftOut: readonly LeftOut[]
}>

/**
 * What matching may read of a household on a day.
 *
 * @param tx of the program, which sees every fact
 * @throws Problem `matching-objected` for a household that does not want to be matched
 */
export async function factsForMatching(
  tx: Tx,
  householdId: number,
  on: string,
): Promise<MatchingFacts> {
  const objecting = await objectingMembers(tx, householdId)
  if (objecting.has(null)) throw problem(consentProblems, 'matching-objected')
  const { household, members } = await householdFacts(tx, householdId, on)
  const leftOut = await readLeftOut(tx, householdId, on)
  const without = (facts: HouseholdFacts['household'], member?: string) => {
    const dropped = new Set(leftOut.filter((one) => one.member === member).map(({ fact }) => fact))
    return Object.fromEntries(Object.entries(facts).filter(([fact]) => !dropped.has(fact)))
  }
  return {
    household: {
      household: without(household),
      members: members.map(({ id, facts }) => ({
        id,
        facts: objecting.has(id) ? {} : without(facts, id),
      })),
    },
    optedOut: new Set(members.map(({ id }) => id).filter((id) => objecting.has(id))),
    leftOut,
  }
}

type LeftOutRow = Readonly<{
  fact: string
  personId: number | null
  reason: LeftOutReason
  basisName: string
  /** Last day of the latest authorisation there was, or the day it was taken back. */
  endedOn: string | null
  withdrawn: boolean | null
}>

async function readLeftOut(tx: Tx, householdId: number, on: string): Promise<LeftOut[]> {
  const { rows } = await sql<LeftOutRow>`
    select found.*, last.*
    from (select fact, person_id as "personId", ${leftOutBecause({ on })} as reason, basis.name as "basisName",
        basis.id as basis
      from ${recordsThatHeld(householdId, on)} join app.basis on basis.id = fact.basis) found
    left join lateral (
      select least(valid_to, withdrawn_on) as "endedOn", withdrawn_at is not null as withdrawn
      from app.authorisation given
      where found.reason = 'authorisation' and given.household_id = ${householdId}
        and given.basis = found.basis and (person_id is null or person_id = found."personId")
        and valid_from <= ${on}::date
      order by given.id desc limit 1) last on true
    where reason is not null order by "personId" nulls first, fact`.execute(tx)
  return rows.map((row) => ({
    fact: row.fact,
    ...(row.personId === null ? {} : { member: String(row.personId) }),
    reason: row.reason,
    text: textOf(row),
  }))
}

function textOf({ reason, basisName, endedOn, withdrawn }: LeftOutRow): string {
  if (reason === 'objection') return '本人不接受自动匹配，未用于匹配'
  if (reason === 'basis') return `依据（${basisName}）不含主动发现，未用于匹配`
  if (endedOn === null) return `${basisName}没有有效授权，未用于匹配`
  return `${basisName}的授权已于 ${endedOn} ${withdrawn ? '撤回' : '到期'}，未用于匹配`
}
