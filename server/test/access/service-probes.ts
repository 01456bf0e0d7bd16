import { others } from './exchange-probes.ts'
import {
  administrators,
  all,
  allowed,
  byArea,
  forMatching,
  inCommittees,
  notGranted,
  type Probe,
  refusedByFunction,
  seen,
  staffOnly,
} from './probing.ts'
import { outsiders } from './two-townships.ts'

const content = `{"personIds":[],"day":"2025-06-01","method":"visit","outcome":"met","services":["counselling"],
  "programmes":[],"materials":[],"flags":[]}`
const record = (household: number, of: number | null = null, because: string | null = null) =>
  `select app.record_service(${household}, ${of}, ${of && 1}, '${content}', '', ${because === null ? 'null' : `'${because}'`})`
const note = (household: number) => `select app.note_counselling(${household}, ${household}, '')`
const tier = (household: number) =>
  `select app.set_visit_tier(${household}, 'low', '情况好转', '2025-06-01',
    (select id from app.visit_tier where household_id = ${household} and superseded_at is null))`
const rule = `select app.state_visit_rule('tier-high',
  '{"contact":{"amount":3,"unit":"day"},"from":"2025-06-01","source":"来函","proposed":false}',
  (select id from app.visit_rule where key = 'tier-high'))`
const season = `select app.state_visit_season('{"kind":"heat","from":"2025-07-01","to":"2025-08-31","percent":50,"because":"高温"}')`
const due = `select app.keep_visits_due('{1}', '[{"household":1,"kind":"contact","sensitivity":"plain","reason":"tier-high",
  "since":"2025-01-01","due":"2025-06-08"}]')`
const plan = (...households: number[]) =>
  `select app.plan_day('2025-06-01', '{${households.join(',')}}')`
const everybody = (n: number) => all(n, [...staffOnly, 'program', 'pushKey'])
const notInCharge = ['program', 'pushKey', ...administrators, ...outsiders] as const

/** Probes of services and visits: functions of the owner write them, each asking whose they are. */
export const serviceProbes: Readonly<Record<string, readonly Probe[]>> = {
  service_record: [
    ...seen('service_record', byArea),
    ...(['advisor', 'advisorWithoutDuty', 'committeeClerk', 'township'] as const).map((actor) =>
      allowed(actor, 'records a service', record(1)),
    ),
    allowed('township', 'records a service of whom it is named to see', record(4)),
    allowed('advisor', 'edits an own record', record(1, 1)),
    allowed('committeeClerk', 'amends a record of a colleague', record(1, 1, '核对后更正')),
    ...refusedByFunction(
      [
        'advisorNextDoor',
        'advisorElsewhere',
        'otherTownship',
        'district',
        'approver',
        'seconded',
        ...notInCharge,
      ],
      'records a service that is not theirs',
      record(1),
    ),
    ...refusedByFunction(
      ['advisor', 'committeeClerk'],
      'records a service of a restricted household',
      record(4),
    ),
    ...refusedByFunction(
      ['advisorWithoutDuty', 'township'],
      'edits a record of a colleague without a reason',
      record(1, 1),
    ),
    // Neither a record of another household nor one that there is not.
    allowed(
      'township',
      'writes no version of a record that is not of the household',
      `select 1 where app.record_service(1, 2, null, '${content}', '', '更正') is not null
        or app.record_service(1, 999, null, '${content}', '', '更正') is not null`,
      0,
    ),
    notGranted(
      'records past the function',
      `insert into app.service_record (number, version, household_id, person_ids, on_day, method, outcome, services, programmes, materials, flags, words_enc)
       values (1, 9, 1, '{}', '2025-06-01', 'visit', 'met', '{}', '{}', '[]', '{}', '')`,
    ),
    notGranted('rewrites a record', `update app.service_record set outcome = 'met'`),
    notGranted('forgets a record', 'delete from app.service_record'),
  ],
  counselling_note: [
    ...seen('counselling_note', forMatching),
    // The one on record as a social worker, who wrote the record.
    allowed('advisorElsewhere', 'keeps a note with an own record', note(3)),
    ...refusedByFunction(
      ['advisor', 'advisorElsewhere', 'committeeClerk', 'township', 'district', ...notInCharge],
      'keeps a note with a record that is not theirs, or without being a social worker',
      note(1),
    ),
    notGranted(
      'keeps a note past the function',
      `insert into app.counselling_note (record, household_id, note_enc) values (1, 1, '')`,
    ),
    notGranted('rewrites a note', `update app.counselling_note set note_enc = ''`),
    notGranted('forgets a note', 'delete from app.counselling_note'),
  ],
  visit_tier: [
    ...seen('visit_tier', byArea),
    ...(['committeeClerk', 'township', 'district', 'approver', 'seconded'] as const).map((actor) =>
      allowed(actor, 'sets a tier', tier(1)),
    ),
    ...refusedByFunction(
      ['advisor', 'advisorNextDoor', 'otherTownship', ...notInCharge],
      'sets a tier that is not theirs',
      tier(1),
    ),
    ...refusedByFunction(['committeeClerk', 'district'], 'sets a tier of the restricted', tier(4)),
    notGranted(
      'sets a tier past the function',
      `insert into app.visit_tier (household_id, tier, because, from_day) values (1, 'low', '好转', '2025-06-01')`,
    ),
    notGranted('changes a tier', `update app.visit_tier set tier = 'low'`),
    notGranted('forgets a tier', 'delete from app.visit_tier'),
  ],
  visit_rule: [
    ...seen('visit_rule', everybody(7)),
    allowed('district', 'states how often', rule),
    allowed('approver', 'states how often', rule),
    ...refusedByFunction(
      [
        ...others.filter((one) => one !== 'approver'),
        'seconded',
        'program',
        'pushKey',
        ...outsiders,
      ],
      'states how often',
      rule,
    ),
    notGranted(
      'states how often past the function',
      `insert into app.visit_rule (key, from_day, source, proposed) values ('tier-low', '2025-06-01', '来函', false)`,
    ),
    notGranted('changes a rule', 'update app.visit_rule set contact_amount = 1'),
    notGranted('forgets a rule', 'delete from app.visit_rule'),
  ],
  visit_season: [
    ...seen('visit_season', everybody(1)),
    allowed('district', 'states a season', season),
    allowed('approver', 'takes a season back', 'select app.end_visit_season(1)'),
    ...refusedByFunction(
      [
        ...others.filter((one) => one !== 'approver'),
        'seconded',
        'program',
        'pushKey',
        ...outsiders,
      ],
      'states a season',
      season,
    ),
    ...refusedByFunction(
      ['advisor', 'township', 'seconded', 'program', ...administrators],
      'takes a season back',
      'select app.end_visit_season(1)',
    ),
    notGranted(
      'states a season past the function',
      `insert into app.visit_season (kind, from_day, to_day, percent, because) values ('cold', '2025-12-01', '2025-12-31', 50, '寒潮')`,
    ),
    notGranted('changes a season', 'update app.visit_season set percent = 10'),
    notGranted('forgets a season', 'delete from app.visit_season'),
  ],
  // Of each household one by what everybody knows and one by a need signal.
  visit_due: [
    ...seen('visit_due', {
      ...all(2, inCommittees),
      advisorWithoutDuty: 1,
      township: 6,
      otherTownship: 2,
      district: 6,
      seconded: 4,
      program: 8,
    }),
    allowed('program', 'works out what is due', due),
    ...refusedByFunction([...staffOnly, 'pushKey', ...outsiders], 'works out what is due', due),
    notGranted(
      'says what is due past the function',
      `insert into app.visit_due (household_id, area_id, kind, sensitivity, reason, since, due_on)
       values (1, '310118001001', 'visit', 'plain', 'tier-low', '2025-01-01', '2025-06-01')`,
    ),
    notGranted('puts off what is due', `update app.visit_due set due_on = '2030-01-01'`),
    notGranted('forgets what is due', 'delete from app.visit_due'),
  ],
  // Two of the advisor, one of them of the restricted household.
  day_stop: [
    ...seen('day_stop', { advisor: 1, advisorElsewhere: 1, township: 1 }),
    allowed('advisor', 'plans an own day', plan(1)),
    allowed('township', 'plans an own day', plan(1, 2, 4)),
    ...refusedByFunction(
      ['advisor', 'advisorNextDoor'],
      'plans to see whom they do not see',
      plan(3),
    ),
    ...refusedByFunction(['advisor', 'district'], 'plans to see the restricted', plan(1, 4)),
    ...refusedByFunction(notInCharge, 'plans a day', plan()),
    notGranted(
      'plans the day of somebody else',
      `insert into app.day_stop (staff_id, on_day, household_id) values ('00000000-0000-4000-8000-000000000001', '2025-06-02', 1)`,
    ),
    notGranted('takes a stop off', 'update app.day_stop set taken_off_at = now()'),
    notGranted('forgets a stop', 'delete from app.day_stop'),
  ],
}
