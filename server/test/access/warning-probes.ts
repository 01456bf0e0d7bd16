import {
  administrators,
  all,
  allowed,
  caseWorkers,
  notGranted,
  type Probe,
  refused,
  refusedByFunction,
  seen,
  staffOnly,
} from './probing.ts'
import { areas, outsiders as outside, staffIdOf } from './two-townships.ts'

/** Of each household a warning on plain facts, on need signals, on clinical facts, and a restricted one; `advisor` is named for that of household 1. */
const byWall = {
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
const [needSignal, clinical, restricted] = [100, 200, 300]

const raise = (household: number, more = `'plain', false`) =>
  `insert into app.warning (household_id, topic, sensitivity, restricted, severity, source_group, raised_at, raised_on)
   values (${household}, 'study', ${more}, 'yellow', 'community', '2025-06-01', '2025-06-01')`
const take = (id: number) => `update app.warning set version = version + 1 where id = ${id}`
const evidence = (warning: number, household: number) =>
  `insert into app.warning_evidence (warning_id, household_id, signal, severity, content, text, on_day, channel, at)
   values (${warning}, ${household}, 'A04', 'yellow', 'new', '失业', '2025-06-01', 'rule', '2025-06-01')`
const eventOn = (warning: number, household: number) =>
  `insert into app.warning_event (warning_id, household_id, kind, at) values (${warning}, ${household}, 'note', '2025-06-02')`
const word = (household: number) =>
  `select app.take_word(${household}, '{"signal":"A25","group":"neighbours","channel":"neighbour","severity":"yellow","text":"反映","content":"x"}',
    sha256(''), '2025-06-01', '2025-06-01')`
const name = (warning: number) =>
  `select 1 where app.name_for_warning(${warning}, '${staffIdOf('advisor')}', '2025-06-01')`
const rule = `select 1 where app.state_warning_rule('A04',
  '{"on":true,"rule":"x","sensitivity":"plain","severity":"yellow","from":"2025-06-01","source":"来函","proposed":true}', 1) is not null`

/** Probes of warnings: the area, the class of facts, and for what is restricted the people named. */
export const warningProbes: Readonly<Record<string, readonly Probe[]>> = {
  warning: [
    ...seen('warning', byWall),
    allowed('program', 'raises a warning', raise(1)),
    ...refused([...staffOnly, ...outside], 'raises no warning', raise(1)),
    allowed('advisor', 'takes on a warning', take(1)),
    allowed('advisor', 'takes on what they are named for', take(1 + restricted)),
    allowed('advisorNextDoor', 'takes on no warning next door', take(1), 0),
    allowed('advisorWithoutDuty', 'takes on no warning on a need signal', take(1 + needSignal), 0),
    allowed('township', 'takes on no warning on a clinical fact', take(1 + clinical), 0),
    allowed('township', 'takes on no restricted warning', take(1 + restricted), 0),
    allowed('district', 'takes on no warning of a restricted household', take(4), 0),
    ...(['advisor', 'committeeClerk', 'township', 'district'] as const).map((actor) =>
      allowed(actor, 'writes down a word', word(1)),
    ),
    ...refusedByFunction(
      ['advisorNextDoor', 'otherTownship', 'program', 'pushKey', ...administrators],
      'writes down a word of a household out of sight',
      word(1),
    ),
    ...refusedByFunction(
      ['advisor', 'district'],
      'writes down a word of a restricted household',
      word(4),
    ),
    notGranted(
      'says where a warning lies',
      `update app.warning set area_id = '${areas.elsewhere}'`,
    ),
    notGranted('moves a warning behind another wall', `update app.warning set restricted = false`),
    notGranted('lets go of what must be reported', `update app.warning set must_report = false`),
    notGranted('forgets a warning', 'delete from app.warning'),
  ],
  warning_evidence: [
    ...seen('warning_evidence', byWall),
    allowed('program', 'puts evidence with a warning', evidence(1, 1)),
    ...refused(
      [...caseWorkers, ...administrators, ...outside],
      'puts no evidence with a warning',
      evidence(1, 1),
    ),
    notGranted('rewrites what a warning rests on', `update app.warning_evidence set text = '别的'`),
    notGranted('forgets what a warning rests on', 'delete from app.warning_evidence'),
  ],
  warning_event: [
    ...seen('warning_event', byWall),
    allowed('advisor', 'notes what happened', eventOn(1, 1)),
    ...refused(
      ['advisorNextDoor', 'otherTownship', ...administrators, ...outside],
      'notes nothing of a warning there',
      eventOn(1, 1),
    ),
    ...refused(
      ['advisorWithoutDuty'],
      'notes nothing of a need signal',
      eventOn(1 + needSignal, 1),
    ),
    ...refused(
      ['advisor', 'township'],
      'notes nothing of a clinical fact',
      eventOn(1 + clinical, 1),
    ),
    ...refused(
      ['township', 'committeeClerk'],
      'notes nothing of a restricted warning',
      eventOn(1 + restricted, 1),
    ),
    ...refused(['advisor', 'district'], 'notes nothing of a restricted household', eventOn(4, 4)),
    notGranted('rewrites what happened', `update app.warning_event set code = 'x'`),
    notGranted('forgets what happened', 'delete from app.warning_event'),
  ],
  warning_named: [
    ...seen('warning_named', { advisor: 1, district: 3, seconded: 2, program: 4 }),
    allowed('district', 'names somebody', name(1 + restricted)),
    allowed('district', 'names nobody who does not work there', name(2 + restricted), 0),
    ...refusedByFunction(
      ['advisor', 'township', 'otherTownship', 'program', 'pushKey', ...administrators],
      'names anybody',
      name(1 + restricted),
    ),
    ...refusedByFunction(['district'], 'names anybody for what is not restricted', name(1)),
    ...refusedByFunction(
      ['district'],
      'names anybody for a restricted household',
      name(4 + restricted),
    ),
    notGranted(
      'names somebody past the function',
      `insert into app.warning_named (warning_id, household_id, staff_id, name) values (1, 1, '${staffIdOf('township')}', '专干')`,
    ),
    notGranted('names somebody else', `update app.warning_named set name = ''`),
    notGranted('strikes out who is named', 'delete from app.warning_named'),
  ],
  warning_rule: [
    ...seen('warning_rule', all(1, [...caseWorkers, 'program'])),
    allowed('district', 'states a rule', rule),
    ...refusedByFunction(
      ['advisor', 'township', 'otherTownship', 'seconded', 'program', 'pushKey', ...administrators],
      'states a rule',
      rule,
    ),
    notGranted(
      'states a rule past the function',
      `insert into app.warning_rule (signal, switched_on, rule, sensitivity, severity, from_day, source, proposed)
       values ('A05', true, 'x', 'plain', 'yellow', '2025-06-01', '来函', true)`,
    ),
    notGranted('changes a rule', `update app.warning_rule set rule = 'y'`),
    notGranted('forgets a rule', 'delete from app.warning_rule'),
  ],
}
