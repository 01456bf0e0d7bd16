import { createHash } from 'node:crypto'
import type { Database } from '../../src/platform/db/database.ts'

/**
 * A small world for the probes: household 1 and 2 in two committees of one township, 3 in another
 * township, 4 beside household 1 but restricted to the township's clerk, with one row of everything for each, a second one where rows may be clinical, and
 * everybody who may ask.
 */

/** The number of what rests on clinical facts, by that of the same thing which does not. */
export const clinicalOf = (id: number): number => id + 100

export const areas = {
  district: '310118',
  township: '310118001',
  committee: '310118001001',
  nextDoor: '310118001002',
  otherTownship: '310118002',
  elsewhere: '310118002001',
} as const

/** The area of each household. */
const households = [areas.committee, areas.nextDoor, areas.elsewhere, areas.committee] as const

type Person = Readonly<{ number: number; role: string; areaId: string; active?: false }>

const staff = {
  /** With a duty for the own committee. */
  advisor: { number: 1, role: 'advisor', areaId: areas.committee },
  /** Whose duty there has ended. */
  advisorWithoutDuty: { number: 2, role: 'advisor', areaId: areas.committee },
  advisorNextDoor: { number: 3, role: 'advisor', areaId: areas.nextDoor },
  /** With a duty for the committee next door as well, which is outside the own area. */
  advisorElsewhere: { number: 4, role: 'advisor', areaId: areas.elsewhere },
  /** The role of a township, placed in one committee. */
  committeeClerk: { number: 5, role: 'township', areaId: areas.committee },
  township: { number: 6, role: 'township', areaId: areas.township },
  otherTownship: { number: 7, role: 'township', areaId: areas.otherTownship },
  district: { number: 8, role: 'district', areaId: areas.district },
  /** The role of the district, placed in one township. */
  seconded: { number: 13, role: 'district', areaId: areas.township },
  /** Of the district, appointed to approve policies; the one called district drafts them. */
  approver: { number: 14, role: 'district', areaId: areas.district },
  systemAdmin: { number: 9, role: 'system-admin', areaId: areas.district },
  securityAdmin: { number: 10, role: 'security-admin', areaId: areas.district },
  auditAdmin: { number: 11, role: 'audit-admin', areaId: areas.district },
  /** Has left; the session is still there. */
  dismissed: { number: 12, role: 'advisor', areaId: areas.committee, active: false },
} as const satisfies Record<string, Person>

/** Nobody at all: what they present is made up, over, too long unused, half of a sign-in, or not there. */
export const outsiders = ['dismissed', 'forged', 'expired', 'idle', 'halfway', 'nobody'] as const

export type Actor = keyof typeof staff | 'program' | 'pushKey' | (typeof outsiders)[number]

export const actors: readonly Actor[] = [
  ...(Object.keys(staff) as (keyof typeof staff)[]),
  'program',
  'pushKey',
  'forged',
  'expired',
  'idle',
  'halfway',
  'nobody',
]

/** Of a system of the source renshe. */
const pushKeyId = '00000000-0000-4000-8000-000000000090'
/** A place where files of renshe are fetched. */
export const dropPointId = '00000000-0000-4000-8000-000000000091'

/** What an actor presents as app.token; `undefined` for nothing. */
export function tokenOf(actor: Actor): string | undefined {
  return actor === 'nobody' ? undefined : `token of ${actor}`
}

export function staffIdOf(actor: keyof typeof staff): string {
  return `00000000-0000-4000-8000-${String(staff[actor].number).padStart(12, '0')}`
}

/** Lays everything out, as owner and past every policy. */
export async function layOutTwoTownships(owner: Database): Promise<void> {
  await owner.pool.query(staffRows())
  await owner.pool.query(pushKeyRow())
  await owner.pool.query(sessionRows())
  await owner.pool.query(sharedRows)
  await owner.pool.query(advisorRows())
  for (const [place, area] of households.entries()) {
    await owner.pool.query(householdRows(place + 1, area))
  }
  await owner.pool.query(restrictionRows())
  await owner.pool.query(visitRows())
  await owner.pool.query(deliveryRows())
  await owner.pool.query(sharingRows())
  await owner.pool.query(`select setval(pg_get_serial_sequence('app.clock', 'id'), 1000)`)
  await owner.pool.query(`select setval(pg_get_serial_sequence('app.quick_relief', 'id'), 1000)`)
  await owner.pool.query(`select setval(pg_get_serial_sequence('app.warning', 'id'), 1000)`)
  await owner.pool.query(pairRows)
  await owner.pool.query(retentionRows())
  await owner.pool.query(publishedNotice)
  await owner.pool.query(exportRows())
  await owner.pool.query(scaleRows())
}

/** One that stands and one that was lifted; a look that is over, and one that nobody reviewed in time. */
function restrictionRows(): string {
  const [clerk, other] = [staffIdOf('township'), staffIdOf('advisorElsewhere')]
  const glass = (id: number, area: string, by: string, owner: string, due: string) =>
    `(${id}, '${area}', ${id === 4 ? 1 : 2}, '${by}', '看见的人', '有人呼救，须马上联系', now() - interval '1 hour',
      now() - interval '30 minutes', '${owner}', '负责的人', current_date + ${due})`
  return `
    insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by,
      lifted_at, lifted_by, lifted_because) values
      (4, '${areas.committee}', 'violence', '住址须保密', '2025-01-01', '${clerk}', '${clerk}', null, null, null),
      (3, '${areas.elsewhere}', 'other', '住址须保密', '2025-01-01', '${other}', '${other}', now(), '${other}', '已经结束了');
    insert into app.restriction_viewer (restriction_id, household_id, area_id, staff_id, name) values
      (1, 4, '${areas.committee}', '${clerk}', '专干'), (2, 3, '${areas.elsewhere}', '${other}', '顾问');
    insert into app.glass_break (household_id, area_id, restriction_id, staff_id, name, because, opened_at,
      expires_at, owner, owner_name, review_due) values
      ${glass(4, areas.committee, staffIdOf('advisor'), clerk, '3')},
      ${glass(3, areas.elsewhere, other, staffIdOf('advisorWithoutDuty'), '-9')}`
}

/** Of each household a record with a note, a tier and what is due; the one called advisorElsewhere is a social worker. */
function visitRows(): string {
  const [own, elsewhere, clerk] = [
    staffIdOf('advisor'),
    staffIdOf('advisorElsewhere'),
    staffIdOf('township'),
  ]
  return `
    insert into app.service_record (id, number, version, household_id, person_ids, on_day, method, outcome, services, programmes,
      materials, flags, words_enc, made_by) overriding system value
      select id, id, 1, id, '{}', '2025-05-01', 'visit', 'met', '{counselling}', '{}', '[]', '{}', '',
        case when id = 3 then '${elsewhere}'::uuid else '${own}'::uuid end from app.household;
    select setval(pg_get_serial_sequence('app.service_record', 'id'), 1000);
    insert into app.counselling_note (record, household_id, note_enc, made_by)
      select id, id, '', '${elsewhere}' from app.household;
    insert into app.visit_tier (household_id, tier, because, from_day, recorded_by)
      select id, 'high', '独居', '2025-01-01', null from app.household;
    insert into app.visit_due (household_id, area_id, kind, sensitivity, reason, since, due_on)
      select id, area_id, 'visit', class, 'tier-high', '2025-01-01', '2025-06-01'
      from app.household, unnest('{plain,need-signal}'::text[]) class;
    insert into app.visit_season (kind, from_day, to_day, percent, because, recorded_by)
      values ('heat', '2025-07-01', '2025-08-31', 50, '高温', '${staffIdOf('district')}');
    insert into app.day_stop (staff_id, on_day, household_id) values
      ('${own}', '2025-06-01', 1), ('${own}', '2025-06-01', 4), ('${elsewhere}', '2025-06-01', 3), ('${clerk}', '2025-06-01', 1)`
}

/** In one township; across townships; and with somebody who is restricted. */
const pairRows = `insert into app.duplicate_pair (first_id, second_id, score, reasons) values
  (1, 2, 60, '{same-name}'), (1, 3, 60, '{same-name}'), (1, 4, 60, '{same-name}');
  insert into app.merge (pair_id, kept_id, merged_id, kept_household, merged_household, because, merged_at,
    merged_by, undo_until) values
    (1, 1, 2, 1, 2, '同一个人', now(), 'owner', '2025-07-01'), (2, 3, 1, 3, 1, '同一个人', now(), 'owner', '2025-07-01'),
    (3, 4, 3, 4, 3, '同一个人', now(), 'owner', '2025-07-01')`

/** One that was checked, with a row of nobody, one of household 1 and one of the restricted; one still coming, one that a key pushes, and one that is fetched. */
function deliveryRows(): string {
  const by = staffIdOf('district')
  return `
    insert into app.delivery (source, file_name, bytes, on_day, state, received_by) values
      ('renshe', '一.csv', 3, '2025-06-01', 'checked', '${by}'), ('renshe', '二.csv', 3, '2025-06-01', 'receiving', '${by}');
    insert into app.source_terms (source, owner, because, recorded_by) values ('renshe', '人社局', '来函', '${by}');
    insert into app.delivery (source, file_name, bytes, on_day, push_key, push_id, push_hash) values
      ('renshe', '三.csv', 3, '2025-06-01', '${pushKeyId}', 'one', sha256(''));
    insert into app.drop_point (id, source, kind, host, port, path, every, made_by) values
      ('${dropPointId}', 'renshe', 'https', 'files.example', 443, '/a.csv', 'daily', '${by}');
    insert into app.delivery (source, file_name, bytes, on_day, drop_point_id) values
      ('renshe', '四.csv', 3, '2025-06-01', '${dropPointId}');
    insert into app.drop_point_file (drop_point_id, name, bytes, modified_at, delivery_id) values
      ('${dropPointId}', '四.csv', 3, '2025-06-01', 4);
    insert into app.delivery_piece (delivery_id, number, bytes, piece_enc) values (2, 0, 3, ''), (3, 0, 3, '');
    insert into app.delivery_row (delivery_id, row, outcome, reason, household_id) values
      (1, 2, 'refused', '校验位不对', null), (1, 3, 'held', 'name-differs', 1), (1, 4, 'held', 'name-differs', 4);
    insert into app.correction_file (source, number, made_by) values ('renshe', 1, '${by}');
    insert into app.correction (id, source, delivery_id, household_id, person_id, fact, sensitivity, their_value, their_day,
      our_value, our_day, evidence, found_by, state, sent_at)
      select household.id + place, 'renshe', 1, household.id, household.id, fact, class, '1', '2025-06-01', '2', '2025-06-02',
        '入户', '${by}', case place when 0 then 'sent' else 'waiting' end, case place when 0 then now() end
      from app.household, (values (0, 'labour_income', 'plain'), (100, 'disability_level', 'need-signal'),
        (200, 'major_disease', 'clinical')) one (place, fact, class)`
}

/** Of one purpose; the others are drafts. */
const publishedNotice = `update app.notice set from_day = '2025-01-01', published_at = now(),
  published_by = '${staffIdOf('district')}', written_by = '{${staffIdOf('approver')}}' where purpose = 'referral'`

/** One that is in use, with a use and something asked to be corrected. */
function sharingRows(): string {
  const by = staffIdOf('district')
  return `
    insert into app.sharing_request (source, made_by) values ('renshe', '${by}');
    insert into app.sharing_content (request_id, data, sharing, legal_basis, scenario, scope, method, use_from, use_to,
      flows_back, recorded_by)
      values (1, '养老金', 'conditional', '办法', '复核', '在册家庭', 'table', '2025-01-01', '2099-12-31', false, '${by}');
    insert into app.sharing_step (request_id, number, kind, on_day, recorded_by) values (1, 1, 'sent', '2025-01-02', '${by}');
    insert into app.sharing_use (request_id, on_day, scene, process, recorded_by)
      values (1, '2025-03-01', '复核', '比对', '${by}');
    insert into app.sharing_correction (request_id, on_day, text, recorded_by) values (1, '2025-03-01', '月份有误', '${by}')`
}

/** A term, a hold of household 1 and one of the restricted, and what the one called district asked to erase. */
function retentionRows(): string {
  const by = staffIdOf('district')
  return `
    insert into app.retention_terms (class, years, basis, because, recorded_by) values ('facts', 3, '办法', '来函', '${by}');
    insert into app.legal_hold (household_id, kind, because, recorded_by) values
      (1, 'dispute', '正在行政复议', '${by}'), (4, 'litigation', '正在行政诉讼', '${by}');
    insert into app.erasure (kind, on_day, basis, terms, asked_by) values
      ('terms', '2025-06-01', '到期清理', (select jsonb_object_agg(class, jsonb_build_object('id', id, 'years', years,
        'months', months, 'days', days, 'basis', basis)) from app.retention_terms), '${by}');
    insert into app.erasure_stub (erasure_id, household_id, class, table_name, records, erased_on, basis)
      values (1, 99, 'facts', 'app.fact', 1, '2025-06-01', '到期清理')`
}

/** A station, and three advisors who are certified. */
function advisorRows(): string {
  const by = staffIdOf('district')
  const rows = (['advisor', 'advisorNextDoor', 'advisorElsewhere'] as const).map((name) => {
    const [id, area] = [staffIdOf(name), staff[name].areaId]
    return `insert into app.advisor (staff_id, area_id, kind, level, areas, from_day, recorded_by)
        values ('${id}', '${area}', '${name === 'advisorElsewhere' ? 'social-worker' : 'community-cadre'}', 'committee', '{${area}}', '2024-01-01', '${by}');
      insert into app.certificate (staff_id, area_id, number, from_day, to_day, because, badge, issued_by)
        values ('${id}', '${area}', '${name}', '2024-01-01', '2099-12-31', '培训合格', 'the badge of ${name}, not to be guessed', '${by}')`
  })
  const sat = staffIdOf('advisor')
  return `insert into app.training (number, area_id, course, kind, on_day, minutes, place, attendees, recorded_by)
      values (1, '${areas.township}', '岗前培训', 'before-duty', '2025-05-01', 240, '会议室', '{${sat}}', '${by}');
    insert into app.exam_rule (questions, pass_percent, because, recorded_by) values (1, 60, '会议纪要', '${by}');
    insert into app.exam_question (text, options, answer, source, recorded_by)
      values ('第一道考题', '{甲,乙}', 1, '文件', '${by}');
    insert into app.exam_attempt (staff_id, area_id, questions, pass_percent, on_day)
      values ('${sat}', '${areas.committee}', '{1}', 60, '2025-05-02');
    insert into app.station (number, area_id, name, address, hours, from_day, recorded_by)
    values (1, '${areas.committee}', '一站', '一号', '周一至周五', '2024-01-01', '${by}'); ${rows.join(';')}`
}

/** What the advisor may fetch and fetched, and what they and the township wait for. */
function exportRows(): string {
  const row = (area: string, by: keyof typeof staff, counted: number) =>
    `('borderline', '{}', '{}', 'visit', '[]', ${counted}, 10, 72, '${area}', '${staffIdOf(by)}')`
  return `
    insert into app.export (list, filters, scope, purpose, columns, counted, limit_rows, hours, area_id, asked_by) values
      ${row(areas.committee, 'advisor', 5)}, ${row(areas.committee, 'advisor', 50)},
      ${row(areas.township, 'township', 50)};
    insert into app.export_file (export_id, rows, columns, content_hash) values (1, 5, '[]', sha256(''))`
}

/** Two who are trained for the PHQ-9, its wording, and of each household an assessment, and two results of which one began a task. */
function scaleRows(): string {
  const by = staffIdOf('district')
  const trained = (['advisor', 'advisorElsewhere'] as const).map(
    (name) => `('${staffIdOf(name)}', 'phq-9', '社工证', '2024-01-01', '2099-12-31', '${by}')`,
  )
  return `
    insert into app.scale_assessor (staff_id, instrument, credential, from_day, to_day, recorded_by) values ${trained.join(', ')};
    insert into app.instrument_text (instrument, language, version, items, source, text_hash, stated_by)
      values ('phq-9', 'zh-CN', 1, '[]', '官方文本', sha256(''), '${by}');
    insert into app.weight_version (weights, cuts, line, source, confirmed, method, proposed_by)
      values ('{1000,1000,1000,1000,1000,1000,1000,1000,1000,1000}', '{2000,3000,5000}', 3000, '会议', false, 'stated', '${staffIdOf('seconded')}');
    insert into app.scale_result (id, household_id, person_id, instrument, scoring, answers_enc, total, mode, on_day, assessor)
      overriding system value
      select household.id + place, household.id, household.id, 'phq-9', 1, '', 1, 'self', '2025-06-01', '${staffIdOf('advisor')}'
      from app.household, (values (0), (100)) one (place);
    insert into app.safety_task (id, scale_result_id, household_id, because, raised_at, owner) overriding system value
      select id, id, id, '{self-harm-item}', '2025-06-01', '${staffIdOf('advisor')}' from app.household;
    select setval(pg_get_serial_sequence('app.safety_task', 'id'), 1000), setval(pg_get_serial_sequence('app.scale_result', 'id'), 1000);
    insert into app.needs_assessment (id, household_id, weights, answers, least, most, grade, proposed, on_day, state, valid_until, confirmed_at)
      overriding system value
      select id, id, 1, '{}', 0, 0, 'none', 'support', '2025-06-01', 'confirmed', '2027-06-01', now() from app.household;
    select setval(pg_get_serial_sequence('app.needs_assessment', 'id'), 1000);
    insert into app.need (id, assessment_id, household_id, dimension, urgency, outcome_enc) overriding system value
      select id, id, id, 'health', 'now', '' from app.household;
    insert into app.assessment_objection (id, assessment_id, household_id, text_enc, told_on) overriding system value
      select id, id, id, '', '2025-05-01' from app.household;
    select setval(pg_get_serial_sequence('app.need', 'id'), 1000), setval(pg_get_serial_sequence('app.assessment_objection', 'id'), 1000);
    insert into app.household_case (id, household_id, cause, opened_on, opened_by, owner, state) overriding system value
      select id, id, 'request', '2025-06-01', '${staffIdOf('advisor')}', '${staffIdOf('advisor')}', 'archived' from app.household;
    insert into app.case_goal (id, case_id, household_id, text_enc, measure_enc, means, owner, due_on) overriding system value
      select id, id, id, '', '', 'own', 'household', '2025-12-31' from app.household;
    insert into app.case_event (case_id, household_id, step, on_day, by)
      select id, id, 'open', '2025-06-01', '${staffIdOf('advisor')}' from app.household;
    select setval(pg_get_serial_sequence('app.household_case', 'id'), 1000), setval(pg_get_serial_sequence('app.case_goal', 'id'), 1000);
    insert into app.clock (id, kind, subject, subject_id, household_id, sensitivity, started_at, amount, unit, owner) overriding system value
      select id + 300, 'safety-contact', 'safety', id, id, 'clinical', '2025-06-01', 2, 'hour', '${staffIdOf('advisor')}' from app.household;
    insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, by)
      select id, household_id, sensitivity, 'started', started_at, 'owner' from app.clock where subject = 'safety'`
}

function staffRows(): string {
  const rows = Object.entries(staff).map(([name, person]: [string, Person]) => {
    const id = staffIdOf(name as keyof typeof staff)
    return `('${id}', '${name}', '${person.role}', '${person.areaId}', ${person.active ?? true})`
  })
  return `insert into app.staff (id, name, role, area_id, active) values ${rows.join(', ')};
    insert into app.duty (staff_id, area_id, kind, valid_from, valid_to) values
      ('${staffIdOf('advisor')}', '${areas.committee}', 'advisor-of-area', '2024-01-01', null),
      ('${staffIdOf('advisorWithoutDuty')}', '${areas.committee}', 'advisor-of-area', '2020-01-01', '2021-01-01'),
      ('${staffIdOf('advisorNextDoor')}', '${areas.nextDoor}', 'advisor-of-area', '2024-01-01', null),
      ('${staffIdOf('advisorElsewhere')}', '${areas.elsewhere}', 'advisor-of-area', '2024-01-01', null),
      ('${staffIdOf('advisorElsewhere')}', '${areas.nextDoor}', 'advisor-of-area', '2024-01-01', null);
    insert into app.appointment (staff_id, capability, valid_from, valid_to) values
      ('${staffIdOf('district')}', 'policy-author', '2024-01-01', null),
      ('${staffIdOf('approver')}', 'policy-author', '2020-01-01', '2021-01-01'),
      ('${staffIdOf('approver')}', 'policy-approver', '2024-01-01', null),
      ('${staffIdOf('seconded')}', 'policy-author', '2024-01-01', null),
      ('${staffIdOf('township')}', 'policy-approver', '2024-01-01', null),
      ('${staffIdOf('district')}', 'data-steward', '2024-01-01', null),
      ('${staffIdOf('seconded')}', 'data-steward', '2024-01-01', null);
    insert into app.duty_officer (area_id, staff_id, valid_from, recorded_by) values
      ('${areas.committee}', '${staffIdOf('advisor')}', '2025-01-01', null),
      ('${areas.nextDoor}', '${staffIdOf('advisorNextDoor')}', '2025-01-01', null),
      ('${areas.elsewhere}', '${staffIdOf('advisorElsewhere')}', '2025-01-01', null),
      ('${areas.township}', '${staffIdOf('township')}', '2025-01-01', null);
    insert into app.household_search (staff_id, covers) values
      ('${staffIdOf('advisor')}', ''), ('${staffIdOf('advisorElsewhere')}', '');
    insert into app.idempotency (staff_id, key, request_hash, answer) values
      ('${staffIdOf('advisor')}', 'one', '', '{}'), ('${staffIdOf('advisorElsewhere')}', 'one', '', '{}')`
}

function pushKeyRow(): string {
  return `insert into app.push_key (id, source, name, public_key, valid_to, made_by)
    values ('${pushKeyId}', 'renshe', '前置机', sha256(''), '2999-12-31', '${staffIdOf('district')}')`
}

function sessionRows(): string {
  const row = (actor: Actor, columns: string) => {
    const hash = createHash('sha256')
      .update(tokenOf(actor) ?? '')
      .digest('hex')
    const awaits = actor === 'halfway' ? `'code'` : 'null'
    const key = actor === 'pushKey' ? `'${pushKeyId}'` : 'null'
    return `(decode('${hash}', 'hex'), ${columns}, interval '1 hour', ${awaits}, ${key}::uuid)`
  }
  const soon = `now() + interval '1 hour'`
  const advisor = `'${staffIdOf('advisor')}', null`
  const rows = [
    ...(Object.keys(staff) as (keyof typeof staff)[]).map((name) =>
      row(name, `'${staffIdOf(name)}', null, now(), ${soon}`),
    ),
    row('program', `null, 'match', now(), ${soon}`),
    row('pushKey', `null, null, now(), ${soon}`),
    row('expired', `${advisor}, now(), now() - interval '1 second'`),
    row('idle', `${advisor}, now() - interval '61 minutes', ${soon}`),
    row('halfway', `${advisor}, now(), ${soon}`),
  ]
  return `insert into auth.session (token_hash, staff_id, job, seen_at, expires_at, idle_limit, awaits, push_key)
    values ${rows.join(', ')}`
}

const sharedRows = `
  insert into meta.fact_class (fact, sensitivity) values ('labour_income', 'plain') on conflict do nothing;
  insert into app.fact_trust (fact, kinds, because, recorded_by)
    values ('labour_income', '{visit,owner,department,resident,load}', '会议纪要', '${staffIdOf('district')}');
  insert into app.warning_rule (signal, switched_on, rule, sensitivity, severity, from_day, source, proposed)
    values ('A04', true, '连续失业月数 >= 6', 'plain', 'yellow', '2025-06-01', '来函', true);
  insert into app.audit (actor, action) values ('job:match', 'run.finished'), ('job:match', 'run.finished');
  insert into app.alert (pattern, evidence, last_entry) values ('accounts-refused', '[]', 1);
  insert into app.audit_seal (number, at, snapshot, after_id, entries, digests, previous, hash)
    values (1, now(), '1:1:', 0, '{}', '', sha256(''), sha256(''));
  insert into app.roll (programme, area_id, on_day, complete, source)
    values ('dibao', '${areas.district}', '2025-05-01', false, '民政');
  -- Delivered again: what it said before is kept beside it.
  update app.roll set complete = true;
  insert into app.pack_release (version, hash, files, contained) values ('1', 'hash', '{}', true);
  insert into app.pack (version, hash, files) values ('1', 'hash', '{}');
  insert into app.parameter_entry (parameter, from_day, value, document, source, entered_by)
    values ('dibao-standard', '2025-07-01', 1, '文件', '民政', 'owner');
  -- As if it were entered in the transaction of whoever asks.
  insert into app.parameter_entry (parameter, from_day, value, document, source, entered_by, entered_at)
    values ('dibao-standard', '2025-07-01', 1, '文件', '民政', 'staff:${staffIdOf('systemAdmin')}', 'infinity');
  insert into app.policy_draft (title, base_hash, content_hash, version, state, author)
    values ('审好的', 'hash', 'approved', '2', 'approved', '${staffIdOf('district')}'),
      ('在写的', 'hash', 'draft', '2', 'draft', '${staffIdOf('district')}');
  insert into app.policy_draft_event (draft_id, kind, revision, content_hash, by)
    values (1, 'begun', 1, 'approved', '${staffIdOf('district')}');
  insert into app.policy_draft_impact (draft_id, revision, content_hash, impact, second_approver, by)
    values (1, 1, 'approved', '{}', false, '${staffIdOf('approver')}');
  insert into app.experiment (area_id, name, parameters, rules, by) values
    ('${areas.district}', '区里的', '[]', '[]', '${staffIdOf('district')}'),
    ('${areas.township}', '镇里的', '[]', '[]', '${staffIdOf('township')}'),
    ('${areas.otherTownship}', '邻镇的', '[]', '[]', '${staffIdOf('otherTownship')}');
  insert into app.basis_before (basis, discovery, authorised, stated_at, superseded_at)
    values ('visit', false, false, now(), now());
  insert into app.match_run (cause, on_day, pack_version, pack_hash, engine_version)
    values ('start', '2025-06-01', '1', 'hash', '1');
  insert into app.match_shard (run_id, number, household_ids, expected) values (1, 0, '{1}', 1);
  insert into app.question_run (cause, on_day, pack_version, pack_hash, among)
    values ('start', '2025-06-01', '1', 'hash', 'all');
  insert into app.undecided_kind (id, programme, target, amount_kind, missing, reasons)
    values (1, 'tekun', 'household', 'unknown', '{}', '{}')`

/** Household, its one person and every other row bear the same number. */
function householdRows(id: number, area: string): string {
  const key = `${id}, '${area}'`
  const plainAndClinical = `from (values (${id}, false), (${clinicalOf(id)}, true)) one (id, clinical)`
  return `
    insert into app.household (id, area_id, register_no, address) values (${key}, 'Q-${id}', '${id}号');
    insert into app.change_marker (household_id, version) values (${id}, 1);
    insert into app.person (id, household_id, area_id, name) values (${id}, ${key}, '住户');
    insert into app.member (id, household_id, area_id, person_id, relation, valid_from)
      values (${id}, ${key}, ${id}, '02', '2020-01-01');
    insert into app.supporter (person_id, kind, relation, name, valid_from, source, recorded_at, recorded_by)
      values (${id}, 'of-parent', '20', '钱三', '2020-01-01', '户口簿', now(), 'owner');
    insert into app.registered_place (person_id, registered_in, valid_from, verified_on, source, recorded_at, recorded_by)
      values (${id}, '${areas.otherTownship}', '2020-01-01', '2020-01-01', '户口簿', now(), 'owner');
    insert into app.collector (household_id, area_id, person_id, valid_from, recorded_at, recorded_by)
      values (${key}, ${id}, '2025-01-01', now(), 'owner');
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_by, source, verified_on, sensitivity)
      select ${key}, ${id}, fact, '1', '2025-01-01', 'owner', '入户', '2025-01-01', class
      from (values ('labour_income', 'plain'), ('disability_level', 'need-signal'), ('major_disease', 'clinical')) one (fact, class);
    insert into app.other_word (household_id, person_id, fact, value, valid_from, source, basis, verified_on, sensitivity, recorded_by,
      kind, voice, recorded_at)
      select household_id, person_id, fact, '2', valid_from, '人社', 'sharing', verified_on, sensitivity, 'job:load', 'department',
        'department 人社', now() from app.fact where household_id = ${id} order by id;
    insert into app.change_request (id, household_id, reason, evidence_kind, evidence, seen_on, made_by)
      values (${id}, ${id}, '金额有误', 'certificate', '原件在村里', '2025-06-01', '${staffIdOf('advisor')}');
    insert into app.change_request_event (request_id, household_id, kind, staff_id)
      values (${id}, ${id}, 'asked', '${staffIdOf('advisor')}');
    insert into app.change_item (request_id, household_id, person_id, field, sensitivity, before, after, recorded_at)
      select ${id}, household_id, person_id, 'fact:' || fact, sensitivity, value, '2', now() from app.fact where household_id = ${id};
    insert into app.award (id, household_id, area_id, programme, state, valid_from, source)
      values (${id}, ${key}, 'dibao', 'receiving', '2024-01-01', '民政');
    insert into app.authorisation (id, household_id, area_id, basis, valid_from, valid_to, evidence, recorded_by)
      values (${id}, ${key}, 'check', '2025-01-01', '2099-12-31', '授权书', 'owner');
    insert into app.objection (id, household_id, area_id, kind, told_on, recorded_by)
      values (${id}, ${key}, 'push', '2025-01-01', 'owner');
    insert into app.household_current (household_id, area_id, version, size) values (${key}, 1, 1);
    insert into app.person_current (person_id, household_id, area_id) values (${id}, ${key});
    insert into app.answer (id, household_id, area_id, programme, target, verdict, amount_kind, content_hash, pack_version, pack_hash, run_id, clinical)
      select one.id, ${key}, programme, 'household', 'eligible', 'none', 1, '1', 'hash', 1, clinical
      from (values (${id}, 'dibao', false), (${clinicalOf(id)}, 'dabing', true)) one (id, programme, clinical);
    insert into app.undecided (id, household_id, area_id, kinds, person_ids, next_changes, content_hash, pack_version, pack_hash, run_id, clinical)
      select one.id, ${key}, '{1}', '{0}', array[null::date], 1, '1', 'hash', 1, clinical ${plainAndClinical};
    insert into app.question (household_id, area_id, place, fact, way, decided, worth, basis, programmes, because, version, run_id)
      values (${key}, 1, 'assets', 'department', 1, 1, 'uniform', '{}', 'lead', 1, 1);
    insert into app.near_line (id, household_id, area_id, programme, label, unit, value_fen, line_fen, gap_fen, permille, exact, since, sensitivity, run_id)
      select ${id} + place, ${key}, class, '收入', '元', 105, 100, 5, 50, true, '2025-06-01', class, 1
      from (values (0, 'plain'), (100, 'need-signal'), (200, 'clinical')) one (place, class);
    ${feedbackRows(id, area)}
    insert into app.lead (id, household_id, area_id, raised_on, clinical)
      select one.id, ${key}, '2025-06-01', clinical ${plainAndClinical};
    insert into app.clock (id, kind, subject, subject_id, household_id, sensitivity, started_at, amount, unit)
      overriding system value
      select ${id} + place, 'lead', 'lead', ${id} + place, ${id}, class, '2025-06-01', 10, 'workday'
      from (values (0, 'plain'), (100, 'need-signal'), (200, 'clinical')) one (place, class);
    insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, by)
      select id, household_id, sensitivity, 'started', started_at, 'owner' from app.clock where household_id = ${id} order by id;
    insert into app.quick_relief (id, household_id, cause, people, happened, reported_on, reported_by, state, because, decided_on)
      overriding system value
      values (${id}, ${id}, 'illness', 1, '半夜送医', '2025-06-01', '${staffIdOf('advisor')}', 'withdrawn', '登记错了', '2025-06-01');
    insert into app.quick_relief_event (relief_id, household_id, step, on_day, by)
      values (${id}, ${id}, 'report', '2025-06-01', '${staffIdOf('advisor')}');
    ${warningRows(id)}
    insert into app.lead_line (id, lead_id, household_id, area_id, programme, verdict, amount_kind, answer_hash, roll_on, why, run_id, raised_on, clinical)
      select one.id, one.id, ${key}, case when clinical then 'dabing' else 'dibao' end, 'eligible', 'none', 1, '2025-05-01', '名册上没有', 1, '2025-06-01', clinical ${plainAndClinical};
    insert into app.lead_event (lead_id, household_id, area_id, line_id, by, kind, text, clinical)
      select one.id, ${key}, one.id, 'job:match', 'raised', '提出', clinical ${plainAndClinical}`
}

/** A warning on facts of each class, and one that is restricted, for which somebody is named. */
function warningRows(id: number): string {
  return `insert into app.warning (id, household_id, topic, sensitivity, restricted, severity, source_group, raised_at, raised_on)
      overriding system value
      select ${id} + place, ${id}, topic, class, restricted, 'yellow', 'community', '2025-06-01', '2025-06-01'
      from (values (0, 'work', 'plain', false), (100, 'health', 'need-signal', false), (200, 'mind', 'clinical', false),
        (300, 'safety', 'plain', true)) one (place, topic, class, restricted);
    insert into app.warning_evidence (warning_id, household_id, person_id, signal, severity, content, text, on_day, channel, at)
      select id, household_id, ${id}, 'A04', 'yellow', id::text, '失业', '2025-06-01', 'rule', '2025-06-01'
      from app.warning where household_id = ${id} order by warning.id;
    insert into app.warning_event (warning_id, household_id, kind, at, by)
      select id, household_id, 'raised', '2025-06-01', 'job:warnings' from app.warning where household_id = ${id} order by id;
    insert into app.warning_named (warning_id, household_id, staff_id, name)
      values (${id} + 300, ${id}, '${staffIdOf('advisor')}', '顾问');`
}

/** The restricted household is attached to what was said next door: feedback itself is of no household. */
function feedbackRows(id: number, area: string): string {
  const attach = (feedback: number) =>
    `insert into app.policy_feedback_household (feedback_id, household_id, area_id)
      values (${feedback}, ${id}, '${area}');`
  if (id === 4) return attach(2)
  return `insert into app.policy_feedback (area_id, programme, works, because, by)
      values ('${area}', 'dibao', false, '要交的材料太多', '${staffIdOf('advisor')}');
    ${attach(id)}`
}
