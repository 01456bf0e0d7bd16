import {
  administrators,
  all,
  allowed,
  byCaseWork,
  caseWorkers,
  inCommittees,
  notGranted,
  type Probe,
  refused,
  refusedByFunction,
  seen,
} from './probing.ts'
import { outsiders as outside, staffIdOf } from './two-townships.ts'

/** As by area, but no advisor without a duty. */
const byDuty = {
  ...all(1, ['advisor', 'advisorNextDoor', 'advisorElsewhere', 'committeeClerk', 'otherTownship']),
  township: 3,
  district: 3,
  seconded: 2,
  program: 4,
}
/** Staff of the whole district alone, who are these two. */
const notKeepers = [
  ...inCommittees,
  'township',
  'otherTownship',
  'seconded',
  ...administrators,
  'program',
  'pushKey',
  ...outside,
] as const

const assess = (household: number) =>
  `insert into app.needs_assessment (household_id, weights, answers, least, most, on_day)
   values (${household}, 1, '{}', 0, 0, '2025-06-02')`
const needOf = (household: number) =>
  `insert into app.need (assessment_id, household_id, dimension, urgency, outcome_enc)
   values (${household}, ${household}, 'health', 'now', '')`
const objectionOf = (household: number) =>
  `insert into app.assessment_objection (assessment_id, household_id, text_enc, told_on)
   values (${household}, ${household}, '', '2025-05-01')`
const reply = (household: number) =>
  `update app.assessment_objection set reply_enc = '', upheld = true where id = ${household}`
const resultOf = (household: number, instrument = 'phq-9') =>
  `insert into app.scale_result (household_id, person_id, instrument, scoring, answers_enc, total, mode, on_day)
   values (${household}, ${household}, '${instrument}', 1, '', 1, 'self', '2025-06-01')`
/** Of the second result of a household, which began none. */
const taskOf = (household: number) =>
  `insert into app.safety_task (scale_result_id, household_id, because, raised_at)
   values (${household + 100}, ${household}, '{severe-total}', '2025-06-01')`
const handle = (task: number) =>
  `update app.safety_task set handled_at = now(), handled_by = auth.staff_id(), outcome_enc = '' where id = ${task}`
const stateText = `select app.state_instrument_text('phq-9', 'zh-CN', '[]', '官方文本', 1)`
const train = `select app.state_scale_assessor('${staffIdOf('advisorNextDoor')}', 'phq-9',
  '{"credential": "社工证", "from": "2025-01-01", "to": "2099-01-01"}')`
const propose = `select app.propose_weights('{"weights": [1000,1000,1000,1000,1000,1000,1000,1000,1000,1000],
  "cuts": [2000,3000,5000], "line": 3000, "source": "会议", "confirmed": false, "method": "stated"}')`
const decide = 'select app.decide_weights(2, null)'
const keepers = ['district', 'approver'] as const

/** Probes of assessments by duty, of scales by training, and of weights, which two of the district put into force. */
export const assessmentProbes: Readonly<Record<string, readonly Probe[]>> = {
  assessment_objection: [
    ...seen('assessment_objection', byDuty),
    allowed('advisor', 'records an objection', objectionOf(1)),
    allowed('township', 'answers an objection', reply(1)),
    allowed('otherTownship', 'answers no objection there', reply(1), 0),
    ...refusedByFunction(['advisor', 'program'], 'answers an objection', reply(1)),
    ...refused(
      ['otherTownship', ...administrators, ...outside],
      'records no objection there',
      objectionOf(1),
    ),
    ...refused(['advisorWithoutDuty'], 'records no objection without a duty', objectionOf(1)),
    ...refused(['district'], 'records no objection of a restricted household', objectionOf(4)),
    notGranted('says who answered', `update app.assessment_objection set replied_by = recorded_by`),
    notGranted('rewrites an objection', `update app.assessment_objection set text_enc = ''`),
    notGranted('forgets an objection', 'delete from app.assessment_objection'),
  ],
  need: [
    ...seen('need', byDuty),
    allowed('advisor', 'puts a need on the list', needOf(1)),
    allowed('advisor', 'says that a need is met', `update app.need set state = 'met' where id = 1`),
    allowed(
      'otherTownship',
      'meets no need there',
      `update app.need set state = 'met' where id = 1`,
      0,
    ),
    ...refused(
      ['otherTownship', ...administrators, ...outside],
      'puts no need on the list there',
      needOf(1),
    ),
    ...refused(['advisorWithoutDuty'], 'puts no need on the list without a duty', needOf(1)),
    ...refused(['district'], 'puts no need of a restricted household on the list', needOf(4)),
    notGranted('rewrites a need', `update app.need set outcome_enc = ''`),
    notGranted('says who changed a need', `update app.need set changed_by = null`),
    notGranted('forgets a need', 'delete from app.need'),
  ],
  needs_assessment: [
    ...seen('needs_assessment', byDuty),
    allowed('advisor', 'begins an assessment', assess(1)),
    ...refused(
      ['otherTownship', ...administrators, ...outside],
      'begins no assessment there',
      assess(1),
    ),
    ...refused(['advisorWithoutDuty'], 'begins no assessment without a duty', assess(1)),
    ...refused(['district'], 'assesses no restricted household', assess(4)),
    allowed(
      'otherTownship',
      'supersedes none there',
      `update app.needs_assessment set state = 'superseded', superseded_at = now() where id = 1`,
      0,
    ),
    notGranted('says who assessed', 'update app.needs_assessment set assessor = null'),
    notGranted('says who wrote in it', `update app.needs_assessment set written_by = '{}'`),
    notGranted('says who approved', 'update app.needs_assessment set approved_by = assessor'),
    notGranted(
      'says when it was confirmed',
      'update app.needs_assessment set confirmed_at = now()',
    ),
    notGranted('moves an assessment', 'update app.needs_assessment set household_id = 2'),
    notGranted('forgets an assessment', 'delete from app.needs_assessment'),
  ],
  scale_result: [
    ...seen('scale_result', { advisor: 2, advisorElsewhere: 2, district: 6, seconded: 4 }),
    allowed('advisor', 'records what somebody answered', resultOf(1)),
    ...refused(['advisor'], 'uses no scale they are not trained for', resultOf(1, 'gad-7')),
    ...refused(
      ['advisorWithoutDuty', 'committeeClerk', 'township', 'district', 'seconded', 'program'],
      'records nothing without being trained',
      resultOf(1),
    ),
    ...refused(
      ['advisorElsewhere', ...administrators, ...outside],
      'records nothing there',
      resultOf(1),
    ),
    ...refused(['advisor'], 'records nothing of a restricted household', resultOf(4)),
    notGranted(
      'says who asked',
      `insert into app.scale_result (household_id, person_id, instrument, scoring, answers_enc, total, mode,
      on_day, assessor) values (1, 1, 'phq-9', 1, '', 1, 'self', '2025-06-01', '${staffIdOf('township')}')`,
    ),
    notGranted('changes a score', 'update app.scale_result set total = 0'),
    notGranted('forgets a result', 'delete from app.scale_result'),
  ],
  safety_task: [
    ...seen('safety_task', { advisor: 1, district: 3, seconded: 2 }),
    allowed('advisor', 'raises a task', taskOf(1)),
    allowed('advisor', 'says what came of it', handle(1)),
    allowed('committeeClerk', 'handles none of another', handle(1), 0),
    allowed('advisorElsewhere', 'handles none out of sight', handle(3), 0),
    allowed('district', 'handles none of a restricted household', handle(4), 0),
    ...refused(
      ['advisorWithoutDuty', 'committeeClerk', 'township'],
      'raises none of a result they do not see',
      taskOf(1),
    ),
    ...refused(['advisorElsewhere', ...administrators, ...outside], 'raises none there', taskOf(1)),
    notGranted('hands a task on', 'update app.safety_task set owner = handled_by'),
    notGranted('moves when it was raised', 'update app.safety_task set raised_at = now()'),
    notGranted('forgets a task', 'delete from app.safety_task'),
  ],
  instrument_text: [
    ...seen('instrument_text', byCaseWork),
    ...keepers.map((actor) => allowed(actor, 'states the wording of a scale', stateText)),
    ...refusedByFunction(notKeepers, 'states the wording of a scale', stateText),
    notGranted(
      'states a wording past the function',
      `insert into app.instrument_text (instrument, language, version, items, source, text_hash)
      values ('phq-9', 'zh-CN', 2, '[]', '官方文本', '')`,
    ),
    notGranted('changes a wording', `update app.instrument_text set items = '[]'`),
    notGranted('forgets a wording', 'delete from app.instrument_text'),
  ],
  scale_assessor: [
    ...seen('scale_assessor', { advisor: 1, advisorElsewhere: 1, district: 2 }),
    ...keepers.map((actor) => allowed(actor, 'states who may use a scale', train)),
    ...refusedByFunction(notKeepers, 'states who may use a scale', train),
    notGranted(
      'trains somebody past the function',
      `insert into app.scale_assessor (staff_id, instrument, credential, from_day, to_day)
      values ('${staffIdOf('township')}', 'phq-9', '社工证', '2025-01-01', '2099-01-01')`,
    ),
    notGranted('lengthens a training', `update app.scale_assessor set to_day = '2199-01-01'`),
    notGranted('forgets who was trained', 'delete from app.scale_assessor'),
  ],
  weight_version: [
    ...seen('weight_version', all(2, [...caseWorkers, 'program'])),
    ...keepers.map((actor) => allowed(actor, 'proposes weights', propose)),
    ...keepers.map((actor) => allowed(actor, 'puts weights into force', decide)),
    ...refusedByFunction(notKeepers, 'proposes weights', propose),
    ...refusedByFunction(notKeepers, 'puts weights into force', decide),
    notGranted(
      'proposes weights past the function',
      `insert into app.weight_version (weights, cuts, line, source, confirmed, method)
      values ('{1000,1000,1000,1000,1000,1000,1000,1000,1000,1000}', '{2000,3000,5000}', 3000, '会议', true, 'stated')`,
    ),
    notGranted(
      'puts weights into force past the function',
      'update app.weight_version set decided_at = now()',
    ),
    notGranted('forgets weights', 'delete from app.weight_version'),
  ],
}
