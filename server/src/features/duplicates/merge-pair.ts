import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { type ChangeParts, finishChange, refuseStale } from '../households/household-change.ts'
import { refreshCurrent } from '../households/wide.ts'
import { explained, lockBoth, note, refuse } from '../members/change.ts'
import { refuseLeaving } from '../members/members.ts'
import { readStanding } from '../members/queries.ts'
import { undoUntil } from './merge.ts'
import { sidesOf } from './merge-queries.ts'
import type { MergeForm } from './merge-views.ts'
import { duplicateProblems } from './problems.ts'

type Of = Readonly<{ pairId: number; requestId: string }>

/**
 * Two records of one person become one: what is recorded of the one that goes is said of the one that is kept, and they
 * leave the household in which they were not, under the demands of leaving.
 *
 * @throws Problem `not-found` where the writer does not see both, `pair-decided`, `household-changed`,
 *   `composition-invalid`, `restriction-goes-along` or `merge-not-open`
 */
export async function mergePair(
  tx: Tx,
  parts: ChangeParts,
  form: Static<typeof MergeForm> & Of,
): Promise<void> {
  const { pairId, keep, fields = {}, facts = [], following = {}, versions, requestId } = form
  const sides = await sidesOf(tx, pairId, keep)
  if (!sides) throw problem(platformProblems, 'not-found')
  const { kept, merged } = sides
  const [stays, left] = await lockBoth(tx, kept.householdId, merged.householdId)
  refuseStale(stays, versions.kept)
  refuseStale(left, versions.merged)
  const today = parts.clock.today()
  if (stays.id !== left.id) {
    const standing = await readStanding(tx, left.id, today)
    // Recorded as of today, they never were there: any day is late enough.
    const members = standing.members.map((member) =>
      member.personId === merged.personId ? { ...member, from: '' } : member,
    )
    const leaving = { leavers: [merged.personId], day: today, today, following }
    refuse(refuseLeaving({ ...standing, members }, leaving))
  }
  const merging = {
    kept: kept.personId,
    because: form.note.trim(),
    undoUntil: undoUntil(today),
    fields,
    facts: Object.fromEntries(facts.map(({ fact, from }) => [fact, from])),
    following,
  }
  await sql`select app.merge_persons(${pairId}, ${JSON.stringify(merging)}::jsonb, ${today}::date)`
    .execute(tx)
    .catch(refused)
  const detail = { pair: pairId, kept: kept.personId, merged: merged.personId }
  await finishBoth(tx, parts, [left, stays])
  for (const household of stays.id === left.id ? [stays] : [left, stays])
    await note(tx, household, 'household.merged', requestId, detail)
}

function refused(error: { constraint?: string }): never {
  if (error.constraint === 'pair_is_open') throw problem(duplicateProblems, 'pair-decided')
  if (error.constraint === 'pair_are_members') throw problem(duplicateProblems, 'merge-not-open')
  return explained(error)
}

/**
 * Two records again, as they stood; what was recorded of facts since stays with the one that was kept.
 *
 * @throws Problem `not-found` or `merge-stands`, with why
 */
export async function undoMerge(
  tx: Tx,
  parts: ChangeParts,
  { pairId, because, requestId }: Of & { because: string },
): Promise<void> {
  const { rows } = await sql<{ kept: number; merged: number }>`
    select kept_household as kept, merged_household as merged from app.merge
    where pair_id = ${pairId} and undone_at is null`.execute(tx)
  const [homes] = rows
  if (!homes) {
    if (!(await sidesOf(tx, pairId, 'first'))) throw problem(platformProblems, 'not-found')
    throw problem(duplicateProblems, 'merge-stands', '这一对没有合并，或合并已撤销。请刷新页面。')
  }
  const [stays, left] = await lockBoth(tx, homes.kept, homes.merged)
  await sql`select app.undo_merge(${pairId}, ${because}, ${parts.clock.today()}::date)`
    .execute(tx)
    .catch(notUndone)
  await finishBoth(tx, parts, [stays, left])
  for (const household of stays.id === left.id ? [stays] : [stays, left])
    await note(tx, household, 'household.merge-undone', requestId, { pair: pairId, because })
}

const whyNot: Readonly<Record<string, string>> = {
  merge_undone_in_time: '已过可以撤销的期限。确需分开的，请分别登记。',
  merge_is_last: '合并之后，这两户又有成员、领取人或待遇变动。请先撤销后来的变动。',
  household_one_head: '恢复后有一户将没有户主或有两位户主。请先更正家庭成员。',
  collector_is_member: '恢复后有一户的领取人不是成员。请先更正领取人。',
  member_of_one_household: '恢复后有人同一天在两户。请先更正家庭成员。',
}

function notUndone(error: { constraint?: string; code?: string }): never {
  const why = whyNot[error.constraint ?? '']
  if (why) throw problem(duplicateProblems, 'merge-stands', why)
  throw error
}

type Locked = Parameters<typeof finishChange>[2]

/** All wide rows at once: a person has one, and either household may have it. */
async function finishBoth(
  tx: Tx,
  parts: ChangeParts,
  [first, second]: readonly [Locked, Locked],
): Promise<void> {
  await refreshCurrent(tx, [first.id, second.id], parts.clock.today())
  await finishChange(tx, parts, first)
  if (second.id !== first.id) await finishChange(tx, parts, second)
}
