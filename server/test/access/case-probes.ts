import {
  administrators,
  allowed,
  byArea,
  notGranted,
  type Probe,
  refused,
  refusedByFunction,
  seen,
} from './probing.ts'
import { outsiders, staffIdOf } from './two-townships.ts'

/** As households are, but for the advisor whose duty has ended. */
const byDuty = { ...byArea, advisorWithoutDuty: 0 }
const open = (household: number) =>
  `insert into app.household_case (household_id, cause, opened_on) values (${household}, 'request', '2025-06-02')`
const step = (id: number, set: string) => `update app.household_case set ${set} where id = ${id}`
const goalOn = (id: number) =>
  `insert into app.case_goal (case_id, household_id, text_enc, measure_enc, means, owner, due_on)
   values (${id}, ${id}, '', '', 'own', 'household', '2025-12-31')`
const eventOn = (id: number) =>
  `insert into app.case_event (case_id, household_id, step, on_day) values (${id}, ${id}, 'plan', '2025-06-02')`
const strangers = [
  'advisorWithoutDuty',
  'advisorNextDoor',
  'otherTownship',
  ...administrators,
  ...outsiders,
] as const

/** Probes of cases: seen where the household is, by advisors with a duty; who takes which step is guarded. */
export const caseProbes: Readonly<Record<string, readonly Probe[]>> = {
  household_case: [
    ...seen('household_case', byDuty),
    ...(['advisor', 'township', 'district'] as const).map((actor) =>
      allowed(actor, 'opens a case', open(1)),
    ),
    allowed('advisor', 'places a household under urgent protection', step(1, 'urgent = true')),
    allowed('advisorNextDoor', 'steps into none next door', step(1, 'urgent = true'), 0),
    allowed('advisorWithoutDuty', 'steps into none without a duty', step(1, 'urgent = true'), 0),
    allowed('district', 'steps into none of a restricted household', step(4, 'urgent = true'), 0),
    ...refusedByFunction(['program'], 'takes a step', step(1, 'urgent = true')),
    ...refusedByFunction(
      ['advisor', 'township'],
      'takes a case that was not handed over',
      step(1, `owner = '${staffIdOf('township')}'`),
    ),
    ...refused(strangers, 'opens no case there', open(1)),
    ...refused(['advisor', 'district'], 'opens none of a restricted household', open(4)),
    notGranted('says who approved', `update app.household_case set approved_by = null`),
    notGranted('forgets a case', 'delete from app.household_case'),
  ],
  case_goal: [
    ...seen('case_goal', byDuty),
    ...refused(strangers, 'plans nothing there', goalOn(1)),
    ...refused(['advisor', 'district'], 'plans nothing for a restricted household', goalOn(4)),
    notGranted('says who settled', `update app.case_goal set settled_by = null`),
    notGranted('forgets a goal', 'delete from app.case_goal'),
  ],
  case_event: [
    ...seen('case_event', byDuty),
    allowed('advisor', 'notes a step', eventOn(1)),
    ...refused(strangers, 'notes no step there', eventOn(1)),
    ...refused(['advisor', 'district'], 'notes no step of a restricted household', eventOn(4)),
    notGranted('rewrites a step', `update app.case_event set step = 'other'`),
    notGranted('forgets a step', 'delete from app.case_event'),
  ],
}
