import { others } from './exchange-probes.ts'
import {
  administrators,
  all,
  allowed,
  caseWorkers,
  inCommittees,
  notGranted,
  type Probe,
  refused,
  refusedByFunction,
  seen,
  staffOnly,
} from './probing.ts'
import { areas, outsiders as outside, staffIdOf } from './two-townships.ts'

/**
 * Of each household a clock on a plain fact, on a need signal, and on a clinical fact; and one for somebody's safety, which
 * the advisor has in hand and sees where they work.
 */
const bySensitivity = {
  advisor: 3,
  advisorWithoutDuty: 1,
  advisorNextDoor: 2,
  advisorElsewhere: 2,
  committeeClerk: 2,
  township: 6,
  otherTownship: 2,
  district: 12,
  seconded: 8,
  program: 16,
}
const clockOf = (household: number, sensitivity = 'plain') =>
  `insert into app.clock (kind, subject, subject_id, household_id, sensitivity, started_at, amount, unit)
   values ('lead', 'lead', 999, ${household}, '${sensitivity}', '2025-06-01', 10, 'workday')`
const eventOn = (clock: number, household: number, sensitivity = 'plain') =>
  `insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, text)
   values (${clock}, ${household}, '${sensitivity}', 'paused', '2025-06-02', '等回话')`
const tellOf = (clock: number, household: number) =>
  `insert into app.clock_event (clock_id, household_id, kind, at, mark) values (${clock}, ${household}, 'escalated', '2025-06-02', 100)`
const pause = (clock: number) => `update app.clock set paused_at = now() where id = ${clock}`
const limit = `select 1 where app.state_clock_limit('lead', 5, 'workday', '来函', false,
  (select id from app.clock_limit where kind = 'lead' and superseded_at is null))`
const name = (area: string, who: string) =>
  `select app.name_duty_officer('${area}', '${who}', '2026-01-01')`
const own = name(areas.committee, staffIdOf('advisor'))
const everybody = all(26, [...staffOnly, 'program', 'pushKey'])

/** Probes of clocks: seen as the household and the class of fact are; that somebody was told is the program's to say. */
export const clockProbes: Readonly<Record<string, readonly Probe[]>> = {
  clock: [
    ...seen('clock', bySensitivity),
    allowed('advisor', 'starts a clock', clockOf(1)),
    allowed('advisor', 'pauses a clock', pause(1)),
    allowed('advisorNextDoor', 'pauses no clock next door', pause(1), 0),
    allowed('advisorWithoutDuty', 'pauses no clock on a need signal', pause(101), 0),
    allowed('township', 'pauses no clock on a clinical fact', pause(201), 0),
    allowed('advisorWithoutDuty', 'pauses no clock for somebody’s safety', pause(301), 0),
    allowed('district', 'pauses no clock of a restricted household', pause(4), 0),
    ...refused(
      ['advisorNextDoor', 'otherTownship', ...administrators, ...outside],
      'starts no clock there',
      clockOf(1),
    ),
    ...refused(
      ['advisorWithoutDuty'],
      'starts no clock on a need signal',
      clockOf(1, 'need-signal'),
    ),
    ...refused(
      ['advisor', 'township'],
      'starts no clock on a clinical fact',
      clockOf(1, 'clinical'),
    ),
    ...refused(['advisor', 'district'], 'starts no clock of a restricted household', clockOf(4)),
    notGranted('says where a clock lies', `update app.clock set area_id = '${areas.elsewhere}'`),
    notGranted('changes the limit of a clock', 'update app.clock set amount = 99'),
    notGranted('moves when a clock began', 'update app.clock set started_at = now()'),
    notGranted('forgets a clock', 'delete from app.clock'),
  ],
  clock_event: [
    ...seen('clock_event', bySensitivity),
    allowed('advisor', 'says why a clock stands still', eventOn(1, 1)),
    allowed('program', 'says that somebody was told', tellOf(1, 1)),
    ...refused(caseWorkers, 'says not that somebody was told', tellOf(1, 1)),
    ...refused(
      ['advisorNextDoor', ...administrators, ...outside],
      'writes nothing of a clock there',
      eventOn(1, 1),
    ),
    ...refused(
      ['advisorWithoutDuty'],
      'writes nothing of a need signal',
      eventOn(101, 1, 'need-signal'),
    ),
    ...refused(
      ['advisor', 'township'],
      'writes nothing of a clinical fact',
      eventOn(201, 1, 'clinical'),
    ),
    notGranted('rewrites what happened', `update app.clock_event set text = '别的'`),
    notGranted('forgets what happened', 'delete from app.clock_event'),
  ],
  clock_limit: [
    ...seen('clock_limit', everybody),
    allowed('district', 'states a limit', limit),
    allowed('approver', 'states a limit', limit),
    ...refusedByFunction(
      [...others.filter((one) => one !== 'approver'), 'program', 'pushKey'],
      'states a limit',
      limit,
    ),
    notGranted(
      'states a limit past the function',
      `insert into app.clock_limit (kind, amount, unit, source, proposed) values ('lead', 1, 'day', '来函', false)`,
    ),
    notGranted('changes a limit', 'update app.clock_limit set amount = 99'),
    notGranted('forgets a limit', 'delete from app.clock_limit'),
  ],
  duty_officer: [
    ...seen('duty_officer', {
      ...all(1, inCommittees),
      township: 3,
      otherTownship: 1,
      district: 4,
      seconded: 3,
      program: 4,
    }),
    ...(['committeeClerk', 'township', 'seconded', 'district'] as const).map((actor) =>
      allowed(actor, 'names who answers for a committee', own),
    ),
    ...refusedByFunction(
      ['advisor', 'advisorNextDoor', 'otherTownship', 'program', 'pushKey', ...administrators],
      'names who answers for a committee that is not theirs',
      own,
    ),
    ...refusedByFunction(
      ['township'],
      'names who answers for the district',
      name(areas.district, staffIdOf('district')),
    ),
    notGranted(
      'names somebody past the function',
      `insert into app.duty_officer (area_id, staff_id, valid_from) values ('${areas.committee}', '${staffIdOf('township')}', '2030-01-01')`,
    ),
    notGranted('ends a naming', `update app.duty_officer set valid_to = '2030-01-01'`),
    notGranted('forgets a naming', 'delete from app.duty_officer'),
  ],
}
