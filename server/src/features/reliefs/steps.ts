import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { endClocks, startClocks } from '../duties/clock-queries.ts'
import { reliefProblems } from './problems.ts'
import {
  afterStep,
  type Cause,
  type Grant,
  type Line,
  measure,
  type ReliefState,
  type ReliefStep,
} from './relief.ts'

export type Report = Readonly<{ cause: Cause; people: number; happened: string }>
export type Acting = Readonly<{ staffId: string; today: string; at: number; line: Line }>

/**
 * Puts an emergency on record; the three days begin now.
 *
 * @returns its id
 * @throws Problem `relief-open` where the household has one that is not closed
 */
export async function reportRelief(
  tx: Tx,
  householdId: number,
  { cause, people, happened }: Report,
  { staffId, today, at }: Acting,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.quick_relief (household_id, cause, people, happened, reported_on)
    values (${householdId}, ${cause}, ${people}, ${happened.trim()}, ${today}::date)
    on conflict (household_id) where state in ('reported', 'visited', 'granted', 'explained') do nothing
    returning id`.execute(tx)
  const id = rows[0]?.id
  if (id === undefined) throw problem(reliefProblems, 'relief-open')
  await note(tx, { id, householdId }, { step: 'report', today, text: happened.trim() })
  const started = { id, householdId, sensitivity: 'plain', owner: staffId, startedAt: at } as const
  await startClocks(tx, { kind: 'application-urgent', subject: 'relief' }, [started])
  return id
}

/** A step with what it writes. */
export type Taken =
  | Readonly<{ step: 'visit'; seen: string }>
  | Readonly<{ step: 'grant' } & Grant>
  | Readonly<{ step: 'refuse' | 'withdraw' | 'return'; because: string }>
  | Readonly<{ step: 'explain'; explanation: string }>
  | Readonly<{ step: 'close' }>

type Standing = Readonly<{
  id: number
  householdId: number
  state: ReliefState
  people: number
  version: number
  decidedBy: string | null
}>

/**
 * Takes a step of a quick relief.
 *
 * @throws Problem `not-found`, `relief-changed`, `relief-step-wrong`, `relief-closed-by-another`, and of a grant
 *   `relief-line-needed`, `relief-line-known`, `relief-over-cap`
 */
export async function takeStep(
  tx: Tx,
  id: number,
  taken: Taken & Readonly<{ version: number }>,
  acting: Acting,
): Promise<void> {
  const { rows } = await sql<Standing>`
    select id, household_id as "householdId", state, people, version, decided_by as "decidedBy"
    from app.quick_relief where id = ${id} for update`.execute(tx)
  const relief = rows[0]
  if (!relief) throw problem(platformProblems, 'not-found')
  if (relief.version !== taken.version) throw problem(reliefProblems, 'relief-changed')
  const state = afterStep(relief.state, taken.step)
  if (!state) throw problem(reliefProblems, 'relief-step-wrong')
  if (taken.step === 'close' && relief.decidedBy === acting.staffId)
    throw problem(reliefProblems, 'relief-closed-by-another')
  const text = await write(tx, { ...relief, state }, taken, acting)
  await note(tx, relief, { step: taken.step, today: acting.today, text })
  await keepClocks(tx, relief, taken.step, acting)
}

/** Writes what a step says. @returns it in words, for the record of steps */
async function write(
  tx: Tx,
  { id, state, people }: Standing,
  taken: Taken,
  { today, line }: Acting,
): Promise<string | null> {
  switch (taken.step) {
    case 'visit':
      await sql`update app.quick_relief set state = ${state}, seen = ${taken.seen.trim()}, visited_on = ${today}::date
        where id = ${id}`.execute(tx)
      return taken.seen.trim()
    case 'grant': {
      const { fen, source, stated } = within(taken, people, line)
      await sql`update app.quick_relief set state = ${state}, granted_fen = ${taken.fen}, way = ${taken.way},
          line_fen = ${fen}, line_source = ${source}, line_stated = ${stated}, decided_on = ${today}::date
        where id = ${id}`.execute(tx)
      return `救助 ${yuan(taken.fen)} 元；按每人每月 ${yuan(fen)} 元计，出处：${source}`
    }
    case 'refuse':
    case 'withdraw':
      await sql`update app.quick_relief set state = ${state}, because = ${taken.because.trim()}, decided_on = ${today}::date
        where id = ${id}`.execute(tx)
      return taken.because.trim()
    case 'return':
      await sql`update app.quick_relief set state = ${state} where id = ${id}`.execute(tx)
      return taken.because.trim()
    case 'explain':
      await sql`update app.quick_relief set state = ${state}, explanation = ${taken.explanation.trim()},
          explained_on = ${today}::date where id = ${id}`.execute(tx)
      return taken.explanation.trim()
    case 'close':
      await sql`update app.quick_relief set state = ${state}, closed_on = ${today}::date where id = ${id}`.execute(
        tx,
      )
      return null
  }
}

function within(grant: Grant, people: number, line: Line) {
  const measured = measure(grant, people, line)
  if (measured === 'line-needed') {
    const missing = [{ path: '/body/line', message: '请填写现行标准和出处' }]
    throw problem(reliefProblems, 'relief-line-needed', undefined, missing)
  }
  if (measured === 'line-known') throw problem(reliefProblems, 'relief-line-known')
  if ('over' in measured) {
    const most = [{ path: '/body/fen', message: `${people} 人最多 ${yuan(measured.over)} 元` }]
    const detail = `${people} 人最多 ${yuan(measured.over)} 元，还需要更多的，请按一般程序申请临时救助。`
    throw problem(reliefProblems, 'relief-over-cap', detail, most)
  }
  return measured
}

type Of = Readonly<{ id: number; householdId: number }>

async function note(
  tx: Tx,
  { id, householdId }: Of,
  {
    step,
    today,
    text,
  }: Readonly<{ step: ReliefStep | 'report'; today: string; text: string | null }>,
): Promise<void> {
  await sql`insert into app.quick_relief_event (relief_id, household_id, step, on_day, text)
    values (${id}, ${householdId}, ${step}, ${today}::date, ${text})`.execute(tx)
}

/** The three days end with the decision; what is granted then waits for its explanation, and again if that is returned. */
async function keepClocks(
  tx: Tx,
  { id, householdId }: Of,
  step: ReliefStep,
  { staffId, at }: Acting,
): Promise<void> {
  const over = { subject: 'relief', ids: [id], at } as const
  if (step === 'withdraw') await endClocks(tx, { ...over, how: 'withdrawn' })
  if (step === 'grant' || step === 'refuse' || step === 'explain')
    await endClocks(tx, { ...over, how: 'handled' })
  if (step !== 'grant' && step !== 'return') return
  const started = { id, householdId, sensitivity: 'plain', owner: staffId, startedAt: at } as const
  await startClocks(tx, { kind: 'relief-explanation', subject: 'relief' }, [started])
}

/** Fen as people write money. */
function yuan(fen: number): string {
  return (fen / 100).toFixed(2).replace(/\.00$/, '')
}
