import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { probes } from './probes.ts'
import { type Broken, brokenOf, isOpened } from './try-probe.ts'
import { layOutTwoTownships } from './two-townships.ts'

/** Widens each policy in a database of its own; a probe that fails shows that it is watched. */

type Policy = Readonly<{
  tablename: string
  policyname: string
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
const reachedFirst = 'nobody else reaches a row to change'
const guarded = 'its rows are seen by nobody else, and a trigger says who takes which step'
const checkedAfter = 'whoever reaches a row still may not leave it changed'
const heldElsewhere: Readonly<Record<string, string>> = {
  'answer_changed_by_program using': checkedAfter,
  'answer_changed_by_program with check': reachedFirst,
  'answer_clinical with check': clinicalByProgram,
  'answer_in_scope with check': byProgram,
  'audit_in_own_name with check': 'role app cannot say who acts, and nobody is no actor',
  'award_in_scope with check': notGranted,
  'change_marker_for_program with check': reachedFirst,
  'experiment_removed_by_whoever_kept_it using': checkedAfter,
  'experiment_removed_by_whoever_kept_it with check': reachedFirst,
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
  'undecided_changed_by_program using': checkedAfter,
  'undecided_changed_by_program with check': reachedFirst,
  'undecided_clinical with check': clinicalByProgram,
  'undecided_in_scope with check': byProgram,
}

let world: TestDatabase
let policies: Policy[]
/** The text of the view that says whose token is good. */
let liveSession: string
beforeAll(async () => {
  world = await createTestDatabase()
  await layOutTwoTownships(world.owner)
  const found = await world.owner.pool.query<Policy>(
    `select * from pg_policies order by tablename collate "C", policyname collate "C"`,
  )
  policies = found.rows
  const view = await world.owner.pool.query<{ text: string }>(
    `select pg_get_viewdef('auth.live_session'::regclass) as text`,
  )
  liveSession = view.rows[0]?.text ?? ''
  await world.disconnect()
})
afterAll(() => world.close())

/** The probes of a table that fail once `statement` was run as owner in a copy of the world. */
async function brokenBy(statement: string, table: string): Promise<Broken[]> {
  const copy = await createTestDatabase(world.name)
  const app = await copy.app.pool.connect()
  try {
    await copy.owner.pool.query(statement)
    return await brokenOf(app, probes[table] ?? [])
  } finally {
    app.release()
    await copy.close()
  }
}

function halvesOf({ cmd }: Policy): Half[] {
  if (cmd === 'SELECT' || cmd === 'DELETE') return ['using']
  return cmd === 'INSERT' ? ['with check'] : ['using', 'with check']
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
    expect(await brokenBy('select', table)).toEqual([])
  })
})

test('widening either half of any policy shows or writes a row that was forbidden', {
  timeout: 120_000,
}, async () => {
  const unnoticed: string[] = []
  for (const policy of policies) {
    for (const half of halvesOf(policy)) {
      const broken = await brokenBy(widening(policy, half), policy.tablename)
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
  for (const { tablename, policyname } of both) {
    const widened = `alter policy ${policyname} on app.${tablename} using (true) with check (true)`
    expect((await brokenBy(widened, tablename)).some(isOpened), policyname).toBe(true)
  }
})

test('a table that lets go of row-level security shows forbidden rows', {
  timeout: 120_000,
}, async () => {
  const unnoticed: string[] = []
  for (const table of Object.keys(probes)) {
    const broken = await brokenBy(`alter table app.${table} disable row level security`, table)
    if (!broken.some(isOpened)) unnoticed.push(table)
  }
  expect(unnoticed).toEqual([])
})

test.each([
  ['expires', 'now() < session.expires_at', 'expired'],
  ['rests', 'now() < (session.seen_at + session.idle_limit)', 'idle'],
  ['is its holder’s while they are in office', 'OR staff.active', 'dismissed'],
])(
  'forgetting that a session %s shows households to whom they are forbidden',
  async (_when, condition, actor) => {
    const forgotten = liveSession.replace(
      condition,
      condition.startsWith('OR') ? 'OR true' : 'true',
    )
    expect(forgotten).not.toBe(liveSession)
    const broken = await brokenBy(
      `create or replace view auth.live_session with (security_invoker = true) as ${forgotten}`,
      'household',
    )
    expect(broken.filter(isOpened).map(({ says }) => says)).toContainEqual(
      expect.stringContaining(`${actor} sees`),
    )
  },
)
