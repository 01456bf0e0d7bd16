import {
  administrators,
  all,
  allowed,
  byCaseWork,
  caseWorkers,
  notGranted,
  type Probe,
  refusedByFunction,
  seen,
} from './probing.ts'
import { areas, outsiders as outside, staffIdOf } from './two-townships.ts'

const nextDoor = staffIdOf('advisorNextDoor')
/** Whoever is no official of the committee next door. */
const others = [
  'advisor',
  'advisorWithoutDuty',
  'advisorNextDoor',
  'advisorElsewhere',
  'committeeClerk',
  'otherTownship',
  ...administrators,
  'program',
  'pushKey',
  ...outside,
] as const
const officials = ['township', 'district', 'approver', 'seconded'] as const
const content = (more: object) => `'${JSON.stringify(more)}'::jsonb`

/** One's own; of whoever is in the area for its officials; one row each of three advisors. */
const ownOrOfTheArea = {
  advisor: 1,
  advisorNextDoor: 1,
  advisorElsewhere: 1,
  committeeClerk: 1,
  township: 2,
  otherTownship: 1,
  district: 3,
  seconded: 2,
  program: 3,
}

const openStation = `select app.state_station(null, ${content({
  areaId: areas.nextDoor,
  name: '第二站',
  address: '二号',
  hours: '周二',
  from: '2025-01-01',
})}, null)`
const stateAdvisor = `select app.state_advisor('${nextDoor}', ${content({
  kind: 'volunteer',
  level: 'support',
  areas: [areas.nextDoor],
  grades: [],
  from: '2025-01-01',
})}, (select id from app.advisor where staff_id = '${nextDoor}'))`
const certify = `select app.issue_certificate('${nextDoor}', ${content({
  number: '另一张',
  from: '2025-01-01',
  to: '2026-01-01',
  because: '考试合格',
})}, 'a token that nobody guesses, of 32 letters')`
const end = `select app.end_certificate((select id from app.certificate where staff_id = '${nextDoor}'), '2025-06-01', '调离')`

const train = `select app.state_training(null, ${content({
  areaId: areas.nextDoor,
  course: '年度培训',
  kind: 'yearly',
  onDay: '2025-05-01',
  minutes: 60,
  place: '会议室',
  attendees: [nextDoor],
})}, null)`
const keepers = ['district', 'approver'] as const
const stateRule = `select app.state_exam_rule(10, 80, '会议纪要')`
const ask = `select app.add_exam_question('第二道考题', '{甲,乙}', 2, '文件')`
const retire = 'select app.retire_exam_question(1)'
const draw = `select app.draw_exam('2025-06-01')`
const paper = 'select * from app.exam_paper(1)'
const caseWorkersBut = (who: string) => caseWorkers.filter((actor) => actor !== who)

const giveDuty = `select app.give_duty('${staffIdOf('advisorWithoutDuty')}', '${areas.committee}', '2025-01-01', null)`
const endDuty = `select app.end_duty(1, '2030-01-01')`

/** Probes of stations, advisors and certificates: officials of the area look after them by functions, nobody past them. */
export const advisorProbes: Readonly<Record<string, readonly Probe[]>> = {
  duty: [
    ...seen('duty', {
      advisor: 2,
      advisorWithoutDuty: 2,
      advisorNextDoor: 2,
      // One for the own committee, one held outside it.
      advisorElsewhere: 2,
      committeeClerk: 2,
      township: 4,
      otherTownship: 1,
      district: 5,
      seconded: 4,
      securityAdmin: 5,
      program: 5,
    }),
    ...(['committeeClerk', 'township', 'district'] as const).map((actor) =>
      allowed(actor, 'ends the duty of an advisor', endDuty),
    ),
    ...refusedByFunction(
      ['advisor', 'advisorNextDoor', 'otherTownship', 'program', 'pushKey', ...administrators],
      'ends the duty of an advisor',
      endDuty,
    ),
    ...refusedByFunction(
      ['advisor', 'advisorNextDoor', 'otherTownship', 'program', 'pushKey', ...administrators],
      'names the advisor of a committee',
      giveDuty,
    ),
    notGranted('appoints anybody', `update app.duty set valid_to = null`),
  ],
  station: [
    ...seen('station', {
      ...all(1, ['advisor', 'advisorWithoutDuty', 'committeeClerk', 'township']),
      ...all(1, ['district', 'seconded', 'program']),
    }),
    ...officials.map((actor) => allowed(actor, 'records a station next door', openStation)),
    ...refusedByFunction(others, 'records a station next door', openStation),
    notGranted('changes a station', `update app.station set hours = '周三'`),
    notGranted('removes a station', 'delete from app.station'),
  ],
  advisor: [
    ...seen('advisor', ownOrOfTheArea),
    ...officials.map((actor) => allowed(actor, 'states an advisor next door', stateAdvisor)),
    ...refusedByFunction(others, 'states an advisor next door', stateAdvisor),
    notGranted('changes an advisor', `update app.advisor set kind = 'expert'`),
    notGranted('removes an advisor', 'delete from app.advisor'),
  ],
  certificate: [
    ...seen('certificate', ownOrOfTheArea),
    ...officials.map((actor) => allowed(actor, 'certifies an advisor next door', certify)),
    ...refusedByFunction(others, 'certifies an advisor next door', certify),
    ...officials.map((actor) => allowed(actor, 'ends a certificate next door', end)),
    notGranted('reads where badges lead to', 'select badge from app.certificate'),
    notGranted('lengthens a certificate', `update app.certificate set to_day = '2099-01-01'`),
    notGranted('removes a certificate', 'delete from app.certificate'),
  ],
  training: [
    ...seen('training', {
      ...all(1, ['advisor', 'committeeClerk', 'township', 'district', 'seconded', 'program']),
    }),
    ...officials.map((actor) => allowed(actor, 'records a training next door', train)),
    ...refusedByFunction(others, 'records a training next door', train),
    notGranted('changes a training', 'update app.training set minutes = 900'),
    notGranted('removes a training', 'delete from app.training'),
  ],
  exam_rule: [
    ...seen('exam_rule', byCaseWork),
    ...keepers.map((actor) => allowed(actor, 'states the rule', stateRule)),
    ...refusedByFunction([...others, 'township', 'seconded'], 'states the rule', stateRule),
    notGranted('changes the rule', 'update app.exam_rule set pass_percent = 1'),
    notGranted('removes the rule', 'delete from app.exam_rule'),
  ],
  exam_question: [
    ...seen('exam_question', { district: 1, program: 1 }),
    ...keepers.map((actor) => allowed(actor, 'adds a question', ask)),
    ...refusedByFunction([...others, 'township', 'seconded'], 'adds a question', ask),
    ...refusedByFunction([...others, 'township', 'seconded'], 'retires a question', retire),
    notGranted('changes a question', 'update app.exam_question set answer = 2'),
    notGranted('removes a question', 'delete from app.exam_question'),
  ],
  exam_attempt: [
    ...seen('exam_attempt', {
      ...all(1, ['advisor', 'committeeClerk', 'township', 'district', 'seconded', 'program']),
    }),
    allowed('township', 'draws an examination', draw),
    ...refusedByFunction(
      ['district', 'approver', 'seconded', ...administrators, 'program', 'pushKey', ...outside],
      'draws an examination',
      draw,
    ),
    allowed('advisor', 'reads their own paper', paper),
    ...[...caseWorkersBut('advisor'), 'program' as const].map((actor) =>
      allowed(actor, 'reads no paper of another', paper, 0),
    ),
    notGranted('marks past the function', 'update app.exam_attempt set passed = true'),
    notGranted('removes an attempt', 'delete from app.exam_attempt'),
  ],
}
