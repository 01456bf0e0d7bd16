import { sql } from 'kysely'
import type { Static } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  type ChangeParts,
  finishChange,
  isMember,
  type LockedHousehold,
  lockHousehold,
  refuseStale,
} from '../households/household-change.ts'
import {
  type Following,
  refuseJoining,
  refuseLeaving,
  refuseSplit,
  type Refusal,
  type Standing,
} from './members.ts'
import { type MemberParts, settleHukou } from './hukou.ts'
import { memberProblems } from './problems.ts'
import { homeOf, readStanding } from './queries.ts'
import type { JoiningForm, LeavingForm, SplitForm } from './views.ts'

export type Of = Readonly<{ householdId: number; requestId: string }>

/**
 * A member leaves; a head only with a successor, and with a collector where something is paid.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `household-changed` or `composition-invalid`
 */
export async function leaveHousehold(
  tx: Tx,
  parts: ChangeParts,
  form: Static<typeof LeavingForm> & Of & { personId: number },
): Promise<number> {
  const { householdId, personId, day, because, following = {} } = form
  const household = await lockHousehold(tx, householdId)
  if (!(await isMember(tx, householdId, personId))) throw problem(platformProblems, 'not-found')
  refuseStale(household, form.version)
  const standing = await readStanding(tx, householdId, day)
  refuse(
    refuseLeaving(standing, { leavers: [personId], day, today: parts.clock.today(), following }),
  )
  await sql`select app.leave_household(${householdId}, ${personId}, ${day}::date, ${because},
    ${written(following)}::jsonb, ${form.source})`
    .execute(tx)
    .catch(explained)
  const version = await finishChange(tx, parts, household)
  await note(tx, household, 'household.member-left', form.requestId, { personId, because, day })
  return version
}

/**
 * Somebody on record joins. They leave where they lived the day before, under the same demands as whoever leaves; what
 * is said of them goes with them, and their fact `hukou` follows where they live from then on.
 *
 * @returns the new version of the household they join
 * @throws Problem `not-found` for somebody out of sight, `household-changed`, `composition-invalid` or
 *   `restriction-goes-along`
 */
export async function joinHousehold(
  tx: Tx,
  parts: MemberParts,
  form: Static<typeof JoiningForm> & Of,
): Promise<number> {
  const { householdId, personId, relation, from, source, following = {} } = form
  const home = await homeOf(tx, personId)
  const [household, left] = await lockBoth(tx, householdId, home)
  refuseStale(household, form.version)
  if (await isMember(tx, householdId, personId))
    throw invalid({ field: 'personId', message: '已是这户的成员' })
  const today = parts.clock.today()
  refuse(refuseJoining(await readStanding(tx, householdId, from), { relation, from, today }))
  if (await isMember(tx, left.id, personId)) {
    const standing = await readStanding(tx, left.id, from)
    const leaving = { leavers: [personId], day: from, today, following }
    refuse(rename(refuseLeaving(standing, leaving)))
  }
  await sql`select app.join_household(${householdId}, ${JSON.stringify({ personId, relation, source })}::jsonb,
    ${from}::date, ${written(following)}::jsonb)`
    .execute(tx)
    .catch(explained)
  // The household they leave first: a person has one wide row, and it is the other's from now on.
  if (left.id !== householdId) {
    await finishChange(tx, parts, left)
    const gone = { personId, because: 'joined-another', day: from }
    await note(tx, left, 'household.member-left', form.requestId, gone)
  }
  await finishChange(tx, parts, household)
  const detail = { personId, from, other: left.id }
  await note(tx, household, 'household.member-joined', form.requestId, detail)
  return settleHukou(tx, parts, { householdId, requestId: form.requestId })
}

/**
 * Members found a household of their own in the same committee.
 *
 * @returns the version of the household they leave, and the new household
 * @throws Problem `not-found`, `household-changed` or `composition-invalid`
 */
export async function splitHousehold(
  tx: Tx,
  parts: ChangeParts,
  form: Static<typeof SplitForm> & Of,
): Promise<{ version: number; id: number }> {
  const { householdId, members, day, source, following = {} } = form
  const household = await lockHousehold(tx, householdId)
  refuseStale(household, form.version)
  const standing: Standing = await readStanding(tx, householdId, day)
  const leavers = members.map(({ personId }) => personId)
  refuse(refuseSplit(standing, members))
  refuse(refuseLeaving(standing, { leavers, day, today: parts.clock.today(), following }))
  const { rows } = await sql<{ id: number }>`select app.split_household(${householdId},
    ${form.address.trim()}, ${JSON.stringify({ members, source })}::jsonb, ${day}::date,
    ${written(following)}::jsonb) as id`
    .execute(tx)
    .catch(explained)
  const made = await lockHousehold(tx, rows[0]?.id ?? 0)
  const version = await finishChange(tx, parts, household)
  await finishChange(tx, parts, made)
  const detail = { persons: leavers, day, other: made.id }
  await note(tx, household, 'household.split', form.requestId, detail)
  await note(tx, made, 'household.registered', form.requestId, { ...detail, other: householdId })
  return { version, id: made.id }
}

/** Two households in the order of their numbers, as everybody locks them. */
export async function lockBoth(
  tx: Tx,
  id: number,
  other: number | undefined,
): Promise<[LockedHousehold, LockedHousehold]> {
  if (other === undefined) {
    await lockHousehold(tx, id)
    throw problem(platformProblems, 'not-found')
  }
  const first = await lockHousehold(tx, Math.min(id, other))
  if (id === other) return [first, first]
  const second = await lockHousehold(tx, Math.max(id, other))
  return id < other ? [first, second] : [second, first]
}

function written({ head, relations = [], collector }: Following): string {
  return JSON.stringify({ head, relations, collector })
}

export async function note(
  tx: Tx,
  { id, areaId }: LockedHousehold,
  action: string,
  requestId: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = `household:${id}`
  await audit(tx, {
    action,
    subject,
    householdId: id,
    areaId,
    fields: ['members'],
    detail,
    requestId,
  })
}

/** The day of a form that joins is called `from`. */
function rename(refusal: Refusal | undefined): Refusal | undefined {
  return refusal?.field === 'day' ? { ...refusal, field: 'from' } : refusal
}

export function refuse(refusal: Refusal | undefined): void {
  if (refusal) throw invalid(refusal)
}

export function invalid({ field, message }: Refusal) {
  return problem(memberProblems, 'composition-invalid', message, [
    { path: `/body/${field}`, message },
  ])
}

/** What only the database sees, said as the forms are. */
export function explained(error: { constraint?: string }): never {
  const { constraint } = error
  if (constraint === 'restriction_goes_along')
    throw problem(memberProblems, 'restriction-goes-along')
  if (constraint === 'household_one_head')
    throw invalid({ field: 'from', message: '这一天这户已有户主' })
  if (constraint === 'member_of_one_household')
    throw invalid({ field: 'from', message: '这一天这位成员还在另一户；请填离开那户之后的日期' })
  if (constraint === 'collector_is_member')
    throw invalid({ field: 'following/collector', message: '须从其余成员中选定领取人' })
  throw error
}
