import { sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { startClocks } from '../duties/clock-queries.ts'
import type { ClockKind } from '../duties/limit.ts'
import { lineOn } from './relief.ts'

const hour = 3_600_000

/** How far each was taken, and for how long it has been reported. */
const told = [
  {
    state: 'reported',
    cause: 'illness',
    hours: 3,
    happened: '凌晨突发胸痛送医，押金是向邻居借的。',
  },
  { state: 'visited', cause: 'accident', hours: 40, happened: '电动车充电起火，灶间烧毁。' },
  {
    state: 'granted',
    cause: 'expenses',
    hours: 100,
    happened: '住院自付一下子交了两个月的养老金。',
  },
] as const

type Begun = Readonly<{ kind: ClockKind; started: Parameters<typeof startClocks>[2][number] }>

/** Starts the clocks of what {@link makeDemoReliefs} put on record, in a transaction of the program. */
export async function startDemoClocks(tx: Tx, begun: readonly Begun[]): Promise<void> {
  for (const { kind, started } of begun)
    await startClocks(tx, { kind, subject: 'relief' }, [started])
}

/**
 * Puts three emergencies of the first advisor’s committee on record, each at another step; only for a demonstration, once
 * its district is loaded. Where any is on record it changes nothing.
 *
 * @param tx a transaction of the owner
 * @param pack the policies in force, for the standard it was granted by
 * @returns the clocks to start
 */
export async function makeDemoReliefs(
  tx: Tx,
  today: string,
  { parameters }: Readonly<{ parameters: Parameters<typeof lineOn>[0] }>,
): Promise<Begun[]> {
  const begun: Begun[] = []
  const at = instantOn(today)
  const line = lineOn(parameters, today)
  const { rows: homes } = await sql<{ id: number; advisor: string; clerk: string }>`
    select household.id, advisor.id as advisor, clerk.id as clerk
    from app.staff advisor
    join app.staff clerk on clerk.role = 'township' and starts_with(advisor.area_id, clerk.area_id)
    join app.household on household.area_id = advisor.area_id and household.kind = 'family' and story is null
    where not exists (select from app.quick_relief) and advisor.role = 'advisor' and advisor.id = (select id from app.staff where role = 'advisor' order by name limit 1)
    order by household.id limit ${told.length}`.execute(tx)
  for (const [place, { id: householdId, advisor, clerk }] of homes.entries()) {
    const one = told[place]
    if (!one) continue
    const reported = at - one.hours * hour
    const day = dayOf(reported)
    const isSeen = one.state !== 'reported'
    const isGranted = one.state === 'granted' && line.fen !== null
    const { rows } = await sql<{ id: number }>`
      insert into app.quick_relief (household_id, cause, people, happened, reported_on, reported_by, state, seen, visited_on,
        visited_by, granted_fen, line_fen, line_source, line_stated, way, decided_on, decided_by)
      values (${householdId}, ${one.cause}, 1, ${one.happened}, ${day}, ${advisor},
        ${isSeen && !isGranted ? 'visited' : one.state}, ${isSeen ? '人在家中，三餐由邻居照应。' : null},
        ${isSeen ? day : null}, ${isSeen ? advisor : null}::uuid,
        ${isGranted ? line.fen : null}, ${isGranted ? line.fen : null},
        ${isGranted ? (line.document ?? '本系统所载标准') : null}, ${isGranted ? line.state !== 'known' : null},
        ${isGranted ? 'transfer' : null}, ${isGranted ? day : null}, ${isGranted ? clerk : null}::uuid)
      returning id`.execute(tx)
    const relief = rows[0]?.id
    if (relief === undefined) continue
    const steps = [
      { step: 'report', by: advisor },
      ...(isSeen ? [{ step: 'visit', by: advisor }] : []),
      ...(isGranted ? [{ step: 'grant', by: clerk }] : []),
    ]
    for (const { step, by } of steps)
      await sql`insert into app.quick_relief_event (relief_id, household_id, step, on_day, by)
        values (${relief}, ${householdId}, ${step}, ${day}, ${by})`.execute(tx)
    const owner = isGranted ? clerk : advisor
    begun.push({
      kind: isGranted ? 'relief-explanation' : 'application-urgent',
      started: { id: relief, householdId, sensitivity: 'plain', owner, startedAt: reported },
    })
  }
  return begun
}

function dayOf(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(at))
}
