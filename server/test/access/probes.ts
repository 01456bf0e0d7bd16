import {
  administrators,
  all,
  allowed,
  byArea,
  byAreaWithClinical,
  byCaseWork,
  caseWorkers,
  forMatching,
  inCommittees,
  notGranted,
  onlyRead,
  type Probe,
  refused,
  refusedByFunction,
  seen,
  staffOnly,
} from './probing.ts'
import { advisorProbes } from './advisor-probes.ts'
import { assessmentProbes } from './assessment-probes.ts'
import { changeRequestProbes } from './change-request-probes.ts'
import { clockProbes } from './clock-probes.ts'
import { exportProbes } from './export-probes.ts'
import { exchangeProbes } from './exchange-probes.ts'
import { memberProbes } from './member-probes.ts'
import { noticeProbes } from './notice-probes.ts'
import { caseProbes } from './case-probes.ts'
import { reliefProbes } from './relief-probes.ts'
import { restrictionProbes } from './restriction-probes.ts'
import { retentionProbes } from './retention-probes.ts'
import { policyProbes } from './policy-probes.ts'
import { correctionProbes } from './correction-probes.ts'
import { serviceProbes } from './service-probes.ts'
import { sharingProbes } from './sharing-probes.ts'
import { warningProbes } from './warning-probes.ts'
import { wordProbes } from './word-probes.ts'
import { workdayProbes } from './workday-probes.ts'
import { areas, clinicalOf, outsiders as outside, staffIdOf } from './two-townships.ts'

const answerIn = (household: number, area: string) =>
  `insert into app.answer (id, household_id, area_id, programme, target, verdict, amount_kind, content_hash, pack_version, pack_hash, run_id)
   values (9, ${household}, '${area}', 'tekun', 'household', 'eligible', 'none', 1, '1', 'hash', 1)`
const nearLineIn = (household: number, area: string) =>
  `insert into app.near_line (id, household_id, area_id, programme, label, unit, value_fen, line_fen, gap_fen, permille, exact, since, sensitivity, run_id)
   values (9, ${household}, '${area}', 'tekun', '收入', '元', 105, 100, 5, 50, true, '2025-06-01', 'plain', 1)`
const closeNearLine = 'update app.near_line set superseded_at = now() where id = 1'
const undecidedIn = (household: number, area: string) =>
  `insert into app.undecided (id, household_id, area_id, kinds, person_ids, next_changes, content_hash, pack_version, pack_hash, run_id, superseded_at)
   values (9, ${household}, '${area}', '{1}', '{0}', array[null::date], 1, '1', 'hash', 1, now())`
const authorisationIn = (household: number, area: string) =>
  `insert into app.authorisation (household_id, area_id, basis, valid_from, valid_to, evidence, recorded_by)
   values (${household}, '${area}', 'check', '2025-01-01', '2025-12-31', '无', 'owner')`
const objectionIn = (household: number, area: string) =>
  `insert into app.objection (household_id, area_id, kind, told_on, recorded_by)
   values (${household}, '${area}', 'matching', '2025-01-01', 'owner')`
const awardIn = (household: number, area: string) =>
  `insert into app.award (household_id, area_id, programme, state, valid_from, source)
   values (${household}, '${area}', 'tekun', 'receiving', '2025-01-01', '无')`
const memberIn = (household: number, area: string) =>
  `insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to)
   values (${household}, '${area}', ${household}, '90', '2019-01-01', '2019-12-31')`
const personIn = (household: number, area: string) =>
  `insert into app.person (household_id, area_id, name) values (${household}, '${area}', '无')`
const householdIn = (area: string) =>
  `insert into app.household (area_id, register_no, address) values ('${area}', 'Q-9', '9号')`
const versionOf = (household: number) =>
  `update app.household set version = version + 1 where id = ${household}`
const closedLead = `insert into app.lead (household_id, area_id, raised_on, state, closed_on)
  values (1, '${areas.committee}', '2025-06-01', 'closed', '2025-06-01')`
const newLine = `insert into app.lead_line (lead_id, household_id, area_id, programme, verdict, amount_kind, answer_hash, roll_on, why, run_id, raised_on)
  values (1, 1, '${areas.committee}', 'tekun', 'eligible', 'none', 1, '2025-05-01', '无', 1, '2025-06-01')`
const eventOn = (lead: number, area: string) =>
  `insert into app.lead_event (lead_id, household_id, area_id, kind, text) values (${lead}, ${lead}, '${area}', 'note', '无')`
const clinicalEventOn = (household: number, area: string) =>
  `insert into app.lead_event (lead_id, household_id, area_id, clinical, kind, text)
   values (${clinicalOf(household)}, ${household}, '${area}', true, 'note', '无')`
const rollBefore = `insert into app.roll_before (programme, area_id, on_day, complete, source, loaded_at, superseded_at)
  values ('tekun', '${areas.committee}', '2025-05-01', true, '无', now(), now())`
const rollOf = `insert into app.roll (programme, area_id, on_day, complete, source)
  values ('tekun', '${areas.committee}', '2025-05-01', true, '无')`
const run = `insert into app.match_run (cause, on_day, pack_version, pack_hash, engine_version)
  values ('by hand', '2025-06-01', '1', 'hash', '1')`
const shard = `insert into app.match_shard (run_id, number, household_ids, expected) values (1, 1, '{2}', 1)`
const endOfShard = 'update app.match_shard set staged_at = now()'
const claim = 'update app.change_marker set run_id = 1 where household_id = 1'
const endOfRun = `update app.match_run set state = 'done'`
const kind = `insert into app.undecided_kind (id, programme, target, amount_kind, missing, reasons)
  values (2, 'tekun', 'household', 'unknown', '{}', '{}')`
const questionOf = (household: number, area: string) =>
  `insert into app.question (household_id, area_id, place, fact, way, decided, worth, basis, programmes, because, version, run_id)
   values (${household}, '${area}', 2, 'assets', 'department', 1, 1, 'uniform', '{}', 'lead', 1, 1)`
const keptQuestion = `select app.keep_questions(1, '{3}', '[]')`
const questionSearch = `insert into app.question_run (cause, on_day, pack_version, pack_hash, among)
  values ('by hand', '2025-06-01', '1', 'hash', 'all')`
const endOfSearch = `update app.question_run set state = 'done'`
const seal = (number: number) =>
  `insert into app.audit_seal (number, at, snapshot, after_id, entries, digests, previous, hash)
   values (${number}, now(), '1:1:', 0, '{}', '', sha256(''), sha256(''))`
const ownSearch = `insert into app.household_search (covers) values ('')`
const keyOf = (staffId: string) =>
  `insert into app.idempotency (staff_id, key, request_hash, answer) values ('${staffId}', 'two', '', '{}')`

/** What arrives by a load or a function of the owner, and in no other way. */
/** What the program finds: nobody else writes it or closes it, not even in their own area. */
function onlyFound(table: string, insert: (household: number, area: string) => string): Probe[] {
  const closeFirst = `update app.${table} set superseded_at = now() where id = 1`
  return [
    allowed('program', `writes a row of ${table}`, insert(3, areas.elsewhere)),
    allowed('program', `closes a row of ${table}`, closeFirst),
    ...refused([...staffOnly, ...outside], `writes no row of ${table}`, insert(1, areas.committee)),
    ...[...staffOnly, ...outside].map((actor) =>
      allowed(actor, `closes no row of ${table}`, closeFirst, 0),
    ),
    notGranted(`edits a row of ${table}`, `update app.${table} set content_hash = 0`),
    notGranted(`removes a row of ${table}`, `delete from app.${table}`),
  ]
}

const sixAreas = `id in (${Object.values(areas)
  .map((id) => `'${id}'`)
  .join(', ')})`

/**
 * What each actor may see and write in each table, as statements with what must come of them. They
 * hold on the database as it is; widening any policy must make at least one of them fail.
 */
export const probes: Readonly<Record<string, readonly Probe[]>> = {
  answer: [...seen('answer', byAreaWithClinical), ...onlyFound('answer', answerIn)],
  change_marker: [
    ...seen('change_marker', { program: 4 }),
    allowed('program', 'takes on a change', claim),
    ...[...staffOnly, ...outside].map((actor) => allowed(actor, 'takes on no change', claim, 0)),
    notGranted(
      'marks a household itself',
      'insert into app.change_marker (household_id, version) values (1, 2)',
    ),
    notGranted('forgets a change', 'delete from app.change_marker'),
  ],
  area: [
    ...seen(
      'area',
      {
        ...all(3, inCommittees),
        township: 4,
        otherTownship: 3,
        district: 6,
        seconded: 4,
        ...all(6, administrators),
        program: 6,
        pushKey: 6,
      },
      sixAreas,
    ),
    notGranted(
      'makes an area',
      `insert into app.area (id, level, name) values ('310118999', 'township', '无')`,
    ),
  ],
  alert: [
    ...seen('alert', { securityAdmin: 1, auditAdmin: 1 }),
    allowed('securityAdmin', 'settles an alert', `select app.settle_alert(1, '核实过了')`),
    ...refusedByFunction(
      [...caseWorkers, 'systemAdmin', 'auditAdmin', 'program', ...outside],
      'settles an alert',
      `select app.settle_alert(1, '没事')`,
    ),
    // Its own session of the program alone may; access.test.ts of alerts shows it.
    ...refusedByFunction(
      [...staffOnly, 'program', ...outside],
      'raises an alert',
      `select app.raise_alert('glass-broken', null, '{}', 9)`,
    ),
    notGranted(
      'raises an alert itself',
      `insert into app.alert (pattern, evidence, last_entry) values ('glass-broken', '[]', 9)`,
    ),
    notGranted('settles an alert itself', `update app.alert set note = '没事'`),
    notGranted('forgets an alert', 'delete from app.alert'),
  ],
  audit: [
    ...seen('audit', { auditAdmin: 2 }),
    ...refused(
      outside,
      'leaves no trace in another name',
      `insert into app.audit (action) values ('none.done')`,
    ),
    ...[...staffOnly, 'program' as const].map((actor) =>
      allowed(
        actor,
        'is noted in the own name',
        `insert into app.audit (action) values ('probe.done')`,
      ),
    ),
    notGranted(
      'says in whose name',
      `insert into app.audit (actor, action) values ('job:match', 'none.done')`,
    ),
    notGranted('changes what was noted', `update app.audit set reason = ''`),
    notGranted('removes what was noted', 'delete from app.audit'),
    notGranted('empties what was noted', 'truncate app.audit'),
  ],
  audit_seal: [
    ...seen('audit_seal', { auditAdmin: 1 }),
    // Its own session of the program alone may; sealer.test.ts shows it.
    ...refused([...staffOnly, 'program', ...outside], 'seals nothing', seal(2)),
    notGranted('changes a seal', `update app.audit_seal set hash = ''`),
    notGranted('removes a seal', 'delete from app.audit_seal'),
    notGranted('empties the seals', 'truncate app.audit_seal'),
  ],
  authorisation: [
    ...seen('authorisation', byArea),
    ...onlyRead('authorisation', authorisationIn(3, areas.elsewhere)),
  ],
  award: [...seen('award', byArea), ...onlyRead('award', awardIn(3, areas.elsewhere))],
  basis: [
    ...seen('basis', all(6, [...caseWorkers, 'program'])),
    notGranted(
      'states a basis',
      `insert into app.basis (place, id, name, law_confirmed, discovery, authorised) values (9, 'x', '无', true, true, false)`,
    ),
    notGranted('changes what a basis covers', `update app.basis set discovery = true`),
    notGranted('removes a basis', 'delete from app.basis'),
  ],
  basis_before: [
    ...seen('basis_before', byCaseWork),
    notGranted('changes what a basis covered', `update app.basis_before set discovery = true`),
    notGranted('removes what a basis covered', 'delete from app.basis_before'),
  ],
  fact: [
    ...seen('fact', {
      advisor: 2,
      advisorWithoutDuty: 1,
      advisorNextDoor: 2,
      advisorElsewhere: 2,
      committeeClerk: 2,
      township: 6,
      otherTownship: 2,
      district: 9,
      seconded: 6,
      program: 12,
    }),
    notGranted('edits a fact', `update app.fact set value = '0'`),
  ],
  household: [
    ...seen('household', byArea),
    allowed('advisor', 'counts up the version of an own household', versionOf(1)),
    ...(['advisor', 'committeeClerk', 'township', ...administrators, ...outside] as const).map(
      (actor) => allowed(actor, 'counts up no version out of sight', versionOf(3), 0),
    ),
    ...onlyRead('household', householdIn(areas.elsewhere)),
  ],
  household_current: [
    ...seen('household_current', forMatching),
    notGranted('edits a wide row', 'update app.household_current set size = 9'),
  ],
  // Whoever sees both persons; the third pair is with somebody restricted to the township's clerk.
  duplicate_pair: [
    ...seen('duplicate_pair', { township: 2, district: 2, seconded: 1, program: 3 }),
    notGranted(
      'writes a pair itself',
      `insert into app.duplicate_pair (first_id, second_id, score, reasons) values (2, 3, 60, '{}')`,
    ),
    notGranted('decides a pair itself', `update app.duplicate_pair set state = 'open'`),
    notGranted('forgets a pair', 'delete from app.duplicate_pair'),
  ],
  // As the pairs: whoever sees the one that is kept.
  merge: [
    ...seen('merge', {
      advisor: 1,
      advisorWithoutDuty: 1,
      advisorElsewhere: 1,
      committeeClerk: 1,
      township: 2,
      otherTownship: 1,
      district: 2,
      seconded: 1,
      program: 3,
    }),
    notGranted('says that a merge was undone', `update app.merge set undone_at = now()`),
    notGranted('forgets a merge', 'delete from app.merge'),
  ],
  household_search: [
    ...seen('household_search', { advisor: 1, advisorElsewhere: 1 }),
    ...caseWorkers.map((actor) => allowed(actor, 'keeps an own search', ownSearch)),
    ...refused([...administrators, 'program', ...outside], 'keeps no search', ownSearch),
    notGranted(
      'keeps a search in the name of somebody else',
      `insert into app.household_search (staff_id, covers) values ('${staffIdOf('advisor')}', '')`,
    ),
    notGranted('makes a search newer', 'update app.household_search set searched_at = now()'),
    notGranted('removes a search', 'delete from app.household_search'),
  ],
  idempotency: [
    ...seen('idempotency', { advisor: 1, advisorElsewhere: 1 }),
    allowed('advisor', 'keeps the answer to an own key', keyOf(staffIdOf('advisor'))),
    ...refused(
      ['advisor', 'district', 'systemAdmin', 'program', ...outside],
      'keeps nothing under the key of somebody else',
      keyOf(staffIdOf('advisorElsewhere')),
    ),
    notGranted('changes an answer kept', `update app.idempotency set answer = '{}'`),
  ],
  lead: [
    ...seen('lead', byAreaWithClinical),
    ...refused([...staffOnly, ...outside], 'raises no lead', closedLead),
    allowed('program', 'raises a lead', closedLead),
    allowed(
      'advisor',
      'changes no lead out of sight',
      `update app.lead set snoozed_until = null where id = 3`,
      0,
    ),
    ...(['advisor', 'township'] as const).map((actor) =>
      allowed(
        actor,
        'changes no clinical lead of the own area',
        `update app.lead set snoozed_until = null where id = ${clinicalOf(1)}`,
        0,
      ),
    ),
    notGranted('moves a lead', `update app.lead set area_id = area_id`),
    notGranted('removes a lead', 'delete from app.lead'),
  ],
  lead_event: [
    ...seen('lead_event', byAreaWithClinical),
    allowed('advisor', 'notes what happened to an own lead', eventOn(1, areas.committee)),
    ...refused(
      ['advisor', 'advisorNextDoor', 'township', ...administrators, ...outside],
      'notes nothing on a lead of another township',
      eventOn(3, areas.elsewhere),
    ),
    allowed(
      'district',
      'notes what happened to a clinical lead',
      clinicalEventOn(1, areas.committee),
    ),
    ...refused(
      ['advisor', 'committeeClerk', 'township'],
      'notes nothing on a clinical lead of the own area',
      clinicalEventOn(1, areas.committee),
    ),
    ...refused(
      ['advisor', 'committeeClerk', 'district', 'seconded'],
      'notes nothing on a lead of a restricted household',
      eventOn(4, areas.committee),
    ),
    notGranted('changes what happened', `update app.lead_event set text = ''`),
  ],
  lead_line: [
    ...seen('lead_line', byAreaWithClinical),
    ...refused([...staffOnly, ...outside], 'raises no line', newLine),
    allowed('program', 'raises a line', newLine),
    allowed(
      'advisor',
      'changes no line out of sight',
      `update app.lead_line set note = '无' where id = 3`,
      0,
    ),
    ...(['advisor', 'township'] as const).map((actor) =>
      allowed(
        actor,
        'changes no clinical line of the own area',
        `update app.lead_line set note = '无' where id = ${clinicalOf(1)}`,
        0,
      ),
    ),
    notGranted('moves a line', `update app.lead_line set area_id = area_id`),
  ],
  match_run: [
    ...seen('match_run', byCaseWork),
    allowed('program', 'opens a run', run),
    ...refused([...staffOnly, ...outside], 'opens no run', run),
    allowed('program', 'ends a run', endOfRun),
    ...[...staffOnly, ...outside].map((actor) => allowed(actor, 'ends no run', endOfRun, 0)),
    notGranted('removes a run', 'delete from app.match_run'),
  ],
  match_shard: [
    ...seen('match_shard', { program: 1 }),
    allowed('program', 'cuts a run into shards', shard),
    ...refused([...staffOnly, ...outside], 'adds no shard', shard),
    allowed('program', 'stages a shard', endOfShard),
    ...[...staffOnly, ...outside].map((actor) => allowed(actor, 'ends no shard', endOfShard, 0)),
    notGranted('names other households', `update app.match_shard set household_ids = '{2}'`),
    notGranted('removes a shard', 'delete from app.match_shard'),
  ],
  member: [...seen('member', byArea), ...onlyRead('member', memberIn(3, areas.elsewhere))],
  near_line: [
    // As of facts: two rows of each household stand on facts that not everybody may read.
    ...seen('near_line', {
      advisor: 2,
      advisorWithoutDuty: 1,
      advisorNextDoor: 2,
      advisorElsewhere: 2,
      committeeClerk: 2,
      township: 6,
      otherTownship: 2,
      district: 9,
      seconded: 6,
      program: 12,
    }),
    allowed('program', 'notes a near line', nearLineIn(3, areas.elsewhere)),
    allowed('program', 'closes a near line', closeNearLine),
    ...refused([...staffOnly, ...outside], 'notes no near line', nearLineIn(1, areas.committee)),
    ...[...staffOnly, ...outside].map((actor) =>
      allowed(actor, 'closes no near line', closeNearLine, 0),
    ),
    notGranted('edits a near line', 'update app.near_line set gap_fen = 0'),
    notGranted('removes a near line', 'delete from app.near_line'),
  ],
  objection: [
    ...seen('objection', byArea),
    ...onlyRead('objection', objectionIn(3, areas.elsewhere)),
  ],
  person: [...seen('person', byArea), ...onlyRead('person', personIn(3, areas.elsewhere))],
  person_current: [
    ...seen('person_current', forMatching),
    notGranted('edits a wide row', 'update app.person_current set f_pension = 9'),
  ],
  question: [
    ...seen('question', byArea),
    allowed('program', 'has questions kept', keptQuestion, 1),
    ...onlyRead('question', questionOf(3, areas.elsewhere)),
  ],
  question_run: [
    ...seen('question_run', byCaseWork),
    allowed('program', 'opens a search', questionSearch),
    ...refused([...staffOnly, ...outside], 'opens no search', questionSearch),
    allowed('program', 'ends a search', endOfSearch),
    ...[...staffOnly, ...outside].map((actor) => allowed(actor, 'ends no search', endOfSearch, 0)),
    notGranted('removes a search', 'delete from app.question_run'),
  ],
  roll: [...seen('roll', byCaseWork), ...onlyRead('roll', rollOf)],
  roll_before: [...seen('roll_before', byCaseWork), ...onlyRead('roll_before', rollBefore)],
  staff: [
    ...seen('staff', {
      // Four of the committee work on cases, one of them dismissed; administrators are not listed.
      advisor: 4,
      advisorWithoutDuty: 4,
      advisorNextDoor: 1,
      advisorElsewhere: 1,
      committeeClerk: 4,
      township: 7,
      otherTownship: 2,
      district: 11,
      seconded: 7,
      ...all(14, administrators),
      program: 14,
    }),
    notGranted('changes a role', `update app.staff set role = 'district'`),
  ],
  undecided: [...seen('undecided', byAreaWithClinical), ...onlyFound('undecided', undecidedIn)],
  undecided_kind: [
    ...seen('undecided_kind', byCaseWork),
    allowed('program', 'writes a kind', kind),
    ...refused([...staffOnly, ...outside], 'writes no kind', kind),
    notGranted('changes a kind', `update app.undecided_kind set missing = '{}'`),
  ],
  ...advisorProbes,
  ...assessmentProbes,
  ...changeRequestProbes,
  ...clockProbes,
  ...reliefProbes,
  ...caseProbes,
  ...correctionProbes,
  ...exchangeProbes,
  ...policyProbes,
  ...memberProbes,
  ...restrictionProbes,
  ...noticeProbes,
  ...serviceProbes,
  ...sharingProbes,
  ...warningProbes,
  ...wordProbes,
  ...workdayProbes,
  ...retentionProbes,
  ...exportProbes,
}
