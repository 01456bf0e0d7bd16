import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { probes } from './probes.ts'
import { type Broken, brokenOf, isOpened } from './try-probe.ts'
import { layOutTwoTownships } from './two-townships.ts'

/** Widens each policy and takes it back; a probe that fails meanwhile shows that it is watched. */

type Policy = Readonly<{
  tablename: string
  policyname: string
  permissive: string
  roles: string
  cmd: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
  qual: string | null
  with_check: string | null
}>

/** Which half of a policy lets everything through: what is read and reached, or what is written. */
type Half = 'using' | 'with check'

/**
 * Halves that can be widened without anybody writing anything more, because another wall stands
 * behind them. When that wall goes, the entry must go, too.
 */
const byProgram = 'only the program writes it, which sees every area'
const notGranted = 'role app may not write it'
const clinicalByProgram = 'only the program inserts, and which side of the wall cannot be updated'
const wallByProgram =
  'only the program inserts, and neither whose it is nor behind which wall can be updated'
const reachedFirst = 'nobody else reaches a row to change'
const guarded = 'its rows are seen by nobody else, and a trigger says who takes which step'
const ofItsCase = 'a trigger lets goals be written where their case is seen and planned alone'
const checkedAfter = 'whoever reaches a row still may not leave it changed'
const heldElsewhere: Readonly<Record<string, string>> = {
  'answer_changed_by_program using': checkedAfter,
  'answer_changed_by_program with check': reachedFirst,
  'answer_clinical with check': clinicalByProgram,
  'answer_in_scope with check': byProgram,
  'audit_in_own_name with check': 'role app cannot say who acts, and nobody is no actor',
  'award_in_scope with check': notGranted,
  'case_goal_need_signal with check': ofItsCase,
  'case_goal_of_household_in_sight with check': ofItsCase,
  'change_marker_for_program with check': reachedFirst,
  'experiment_removed_by_whoever_kept_it using': checkedAfter,
  'experiment_removed_by_whoever_kept_it with check': reachedFirst,
  'export_in_own_name with check':
    'who asks, and where, come from the session, and only case work has a place there',
  'fact_in_scope with check': notGranted,
  'household_in_scope with check': 'only the version of a household in sight can be written',
  'household_current_in_scope with check': notGranted,
  'lead_clinical with check': clinicalByProgram,
  'lead_in_scope with check': 'only the program inserts, and area_id cannot be updated',
  'lead_line_clinical with check': clinicalByProgram,
  'lead_line_in_scope with check': 'only the program inserts, and area_id cannot be updated',
  'match_run_changed_by_program using': checkedAfter,
  'match_run_changed_by_program with check': reachedFirst,
  'match_run_for_case_work with check': byProgram,
  'member_in_scope with check': notGranted,
  'near_line_closed_by_program using': checkedAfter,
  'near_line_closed_by_program with check': reachedFirst,
  'near_line_in_scope with check': byProgram,
  'person_in_scope with check': notGranted,
  'person_current_in_scope with check': notGranted,
  'policy_draft_changed_by_the_appointed using': guarded,
  'policy_draft_changed_by_the_appointed with check': guarded,
  'policy_feedback_answered_by_the_appointed using': checkedAfter,
  'policy_feedback_in_own_name with check':
    'who says it, and where, come from the session, and only case work has a place there',
  'question_in_scope with check': notGranted,
  'question_run_changed_by_program using': checkedAfter,
  'question_run_changed_by_program with check': reachedFirst,
  'question_run_for_case_work with check': byProgram,
  'roll_for_case_work with check': notGranted,
  'safety_task_clinical with check': 'whoever raises it has it in hand, and that cannot be updated',
  'safety_task_of_household_in_sight with check':
    'the result it is of is in sight, and so is the household',
  'undecided_changed_by_program using': checkedAfter,
  'undecided_changed_by_program with check': reachedFirst,
  'undecided_clinical with check': clinicalByProgram,
  'undecided_in_scope with check': byProgram,
  'warning_clinical with check': clinicalByProgram,
  'warning_for_people_named with check': wallByProgram,
  'warning_in_scope with check': wallByProgram,
  'warning_need_signal with check': wallByProgram,
  'warning_unrestricted with check': wallByProgram,
  'warning_evidence_of_warning_in_sight with check': byProgram,
}

let world: TestDatabase
let policies: Policy[]
/** The text of the view that says whose token is good. */
let liveSession: string
beforeAll(async () => {
  world = await createTestDatabase()
  await layOutTwoTownships(world.owner)
  policies = await policiesNow()
  const view = await world.owner.pool.query<{ text: string }>(
    `select pg_get_viewdef('auth.live_session'::regclass) as text`,
  )
  liveSession = view.rows[0]?.text ?? ''
})
afterAll(() => world.close())

async function policiesNow(): Promise<Policy[]> {
  const found = await world.owner.pool.query<Policy>(
    `select *, array_to_string(roles, ', ') as roles from pg_policies
     order by tablename collate "C", policyname collate "C"`,
  )
  return found.rows
}

/** A change of the walls, and what makes them again as they were. */
type Change = Readonly<{ made: string; takenBack: string }>

/** The probes of a table that fail while a change stands. */
async function brokenBy({ made, takenBack }: Change, table: string): Promise<Broken[]> {
  const app = await world.app.pool.connect()
  try {
    await world.owner.pool.query(made)
    return await brokenOf(app, probes[table] ?? [])
  } finally {
    app.release()
    await world.owner.pool.query(takenBack)
  }
}

function halvesOf({ cmd }: Policy): Half[] {
  if (cmd === 'SELECT' || cmd === 'DELETE') return ['using']
  return cmd === 'INSERT' ? ['with check'] : ['using', 'with check']
}

/** Makes a policy anew: altered, one without a check of its own would keep the one it was given. */
function asItWas({
  tablename,
  policyname,
  permissive,
  roles,
  cmd,
  qual,
  with_check,
}: Policy): string {
  return `drop policy ${policyname} on app.${tablename};
    create policy ${policyname} on app.${tablename} as ${permissive} for ${cmd} to ${roles}
    ${qual === null ? '' : `using (${qual})`} ${with_check === null ? '' : `with check (${with_check})`}`
}

/** Lets everything through one half, and leaves the other as it was. */
function widening({ tablename, policyname, cmd, qual, with_check }: Policy, half: Half): string {
  const alter = `alter policy ${policyname} on app.${tablename}`
  if (half === 'with check') return `${alter} with check (true)`
  const writes = cmd === 'ALL' || cmd === 'UPDATE'
  return `${alter} using (true)${writes ? ` with check (${with_check ?? qual ?? 'false'})` : ''}`
}

describe('before anything is widened', () => {
  test('every table with a policy has probes', () => {
    const tables = new Set(policies.map(({ tablename }) => tablename))
    expect(Object.keys(probes).sort()).toEqual([...tables])
    expect(policies.length).toBeGreaterThan(25)
  })

  test.each(Object.keys(probes))('every probe of %s holds', async (table) => {
    expect(probes[table]?.length).toBeGreaterThan(10)
    expect(await brokenBy({ made: '', takenBack: '' }, table)).toEqual([])
  })
})

test('widening either half of any policy shows or writes a row that was forbidden', {
  timeout: 120_000,
}, async () => {
  const unnoticed: string[] = []
  for (const policy of policies) {
    for (const half of halvesOf(policy)) {
      const change = { made: widening(policy, half), takenBack: asItWas(policy) }
      const broken = await brokenBy(change, policy.tablename)
      if (!broken.some(isOpened)) unnoticed.push(`${policy.policyname} ${half}`)
    }
  }
  expect(unnoticed).toEqual(Object.keys(heldElsewhere))
})

test('where each half stands in for the other, widening both changes a row that was forbidden', async () => {
  const both = policies.filter(
    ({ policyname }) => heldElsewhere[`${policyname} using`] === checkedAfter,
  )
  expect(both).toHaveLength(7)
  for (const policy of both) {
    const { tablename, policyname } = policy
    const made = `alter policy ${policyname} on app.${tablename} using (true) with check (true)`
    const broken = await brokenBy({ made, takenBack: asItWas(policy) }, tablename)
    expect(broken.some(isOpened), policyname).toBe(true)
  }
})

test('a table that lets go of row-level security shows forbidden rows', {
  timeout: 120_000,
}, async () => {
  const unnoticed: string[] = []
  for (const table of Object.keys(probes)) {
    const alter = `alter table app.${table}`
    const broken = await brokenBy(
      {
        made: `${alter} disable row level security`,
        takenBack: `${alter} enable row level security`,
      },
      table,
    )
    if (!broken.some(isOpened)) unnoticed.push(table)
  }
  expect(unnoticed).toEqual([])
})

test.each([
  ['expires', 'now() < session.expires_at', 'expired'],
  ['rests', 'now() < (session.seen_at + session.idle_limit)', 'idle'],
  ['may still await its second factor', 'session.awaits IS NULL', 'halfway'],
  ['is its holder’s while they are in office', 'OR staff.active', 'dismissed'],
])(
  'forgetting that a session %s shows households to whom they are forbidden',
  async (_when, condition, actor) => {
    const forgotten = liveSession.replace(
      condition,
      condition.startsWith('OR') ? 'OR true' : 'true',
    )
    expect(forgotten).not.toBe(liveSession)
    const view = 'create or replace view auth.live_session with (security_invoker = true) as'
    const broken = await brokenBy(
      { made: `${view} ${forgotten}`, takenBack: `${view} ${liveSession}` },
      'household',
    )
    expect(broken.filter(isOpened).map(({ says }) => says)).toContainEqual(
      expect.stringContaining(`${actor} sees`),
    )
  },
)

test('nothing that was widened is left so', async () => {
  expect(await policiesNow()).toEqual(policies)
  for (const table of Object.keys(probes))
    expect(await brokenBy({ made: '', takenBack: '' }, table), table).toEqual([])
})
