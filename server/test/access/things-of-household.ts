import type { Database } from '../../src/platform/db/database.ts'
import type { FieldCipher } from '../../src/platform/crypto/field-cipher.ts'
import { today } from '../running-qiao.ts'

type Things = Readonly<{
  /** Of the household, and of its lead and line; consents count on from ten times that. */
  id: number
  area: string
  run: number
  /** Whoever gave the feedback. */
  keeper: string
  /** What people write of health lies sealed. */
  cipher: FieldCipher
  /** What stands where people write. */
  words?: string
}>

/**
 * One of everything an address may name, for a household that is there; of consents one for each of
 * three who take them back.
 */
export async function putThings(
  owner: Database,
  { id, area, run, keeper, words = '名册上没有', cipher }: Things,
): Promise<void> {
  const each = `generate_series(${id * 10}, ${id * 10 + 2})`
  const key = `${id}, '${area}'`
  const { sealed } = cipher.seal('service', JSON.stringify({ said: words }))
  await owner.pool.query(`
    insert into app.lead (id, household_id, area_id, raised_on) values (${id}, ${key}, '${today}');
    insert into app.lead_line (id, lead_id, household_id, area_id, programme, verdict, amount_kind, answer_hash,
      roll_on, why, run_id, raised_on)
      values (${id}, ${id}, ${key}, 'dibao', 'eligible', 'none', 1, '2025-05-01', '${words}', ${run}, '${today}');
    insert into app.clock (id, kind, subject, subject_id, household_id, started_at, amount, unit) overriding system value
      values (${id}, 'lead', 'lead', ${id}, ${id}, '${today}', 10, 'workday');
    insert into app.clock_event (clock_id, household_id, kind, at, by) values (${id}, ${id}, 'started', '${today}', 'owner');
    select setval(pg_get_serial_sequence('app.clock', 'id'), 1000);
    insert into app.quick_relief (id, household_id, cause, people, happened, reported_on, reported_by) overriding system value
      values (${id}, ${id}, 'illness', 1, '${words}', '${today}', '${keeper}');
    insert into app.quick_relief_event (relief_id, household_id, step, on_day, by, text)
      values (${id}, ${id}, 'report', '${today}', '${keeper}', '${words}');
    select setval(pg_get_serial_sequence('app.quick_relief', 'id'), 1000);
    insert into app.warning (id, household_id, topic, severity, source_group, why, raised_at, raised_on) overriding system value
      values (${id}, ${id}, 'word', 'yellow', 'neighbours', '${words}', '${today}', '${today}');
    insert into app.warning_evidence (warning_id, household_id, signal, severity, content, text, on_day, channel, at)
      values (${id}, ${id}, 'A25', 'yellow', 'x', '${words}', '${today}', 'neighbour', '${today}');
    insert into app.warning_event (warning_id, household_id, kind, at, by) values (${id}, ${id}, 'raised', '${today}', 'job:warnings');
    select setval(pg_get_serial_sequence('app.warning', 'id'), 1000);
    insert into app.authorisation (id, household_id, area_id, basis, valid_from, valid_to, evidence, recorded_by)
      select n, ${key}, 'check', '2025-01-01', '2099-12-31', '${words}', 'owner' from ${each} n;
    insert into app.person (id, household_id, area_id, name) values (${id + 100}, ${key}, '同住的人');
    insert into app.member (household_id, area_id, person_id, relation, valid_from)
      values (${key}, ${id + 100}, '10', '2020-01-01');
    insert into app.duplicate_pair (id, first_id, second_id, score, reasons, state, decided_at, decided_by, note)
      values (${id}, ${id}, ${id + 100}, 60, '{same-name}', 'not-same', now(), 'owner', '${words}');
    insert into app.supporter (id, person_id, kind, relation, name, valid_from, source, recorded_at, recorded_by)
      overriding system value values (${id}, ${id}, 'of-parent', '20', '${words}', '2020-01-01', '户口簿', now(), 'owner');
    select setval(pg_get_serial_sequence('app.supporter', 'id'), 1000);
    insert into app.other_word (id, household_id, fact, value, valid_from, source, basis, verified_on, sensitivity, recorded_by,
      kind, voice, recorded_at) overriding system value
      values (${id}, ${id}, 'assets', '1', '2025-01-01', '${words}', 'visit', '2025-01-01', 'plain', 'owner', 'visit', 'visit', now());
    select setval(pg_get_serial_sequence('app.other_word', 'id'), 1000);
    insert into app.registered_place (person_id, outside, words, valid_from, verified_on, source, recorded_at, recorded_by)
      values (${id}, 'elsewhere', '${words}', '2020-01-01', '2020-01-01', '户口簿', now(), 'owner');
    insert into app.change_request (id, household_id, reason, evidence_kind, evidence, seen_on, made_by)
      values (${id}, ${id}, '${words}', 'id-card', '${words}', '${today}', '${keeper}');
    insert into app.change_item (request_id, household_id, person_id, field, sensitivity, before, after, recorded_at)
      values (${id}, ${id}, ${id}, 'name', 'plain', '"${words}"', '"钱三"', now());
    select setval(pg_get_serial_sequence('app.change_request', 'id'), 1000);
    insert into app.objection (id, household_id, area_id, person_id, kind, told_on, recorded_by) values
      (${id * 10}, ${key}, null, 'push', '2025-01-01', 'owner'),
      (${id * 10 + 1}, ${key}, ${id}, 'push', '2025-01-01', 'owner'),
      (${id * 10 + 2}, ${key}, ${id + 100}, 'push', '2025-01-01', 'owner');
    insert into app.service_record (id, number, version, household_id, person_ids, on_day, method, outcome, services, programmes,
      materials, flags, words_enc, made_by) overriding system value
      values (${id}, ${id}, 1, ${id}, '{}', '2025-05-01', 'visit', 'met', '{}', '{}', '[]', '{}',
        decode('${Buffer.from(sealed).toString('hex')}', 'hex'), '${keeper}');
    select setval(pg_get_serial_sequence('app.service_record', 'id'), 1000);
    insert into app.visit_due (household_id, area_id, kind, sensitivity, reason, since, due_on)
      values (${key}, 'visit', 'plain', 'tier-low', '2025-01-01', '${today}');
    insert into app.policy_feedback (area_id, programme, works, because, by)
      values ('${area}', 'dibao', false, '${words}', '${keeper}')`)
  const wished = cipher.seal('assessment', words).sealed
  await owner.pool.query(`
    insert into app.needs_assessment (id, household_id, weights, answers, least, most, grade, proposed, on_day, state, valid_until, confirmed_at)
      overriding system value
      select ${id}, ${id}, 1, jsonb_object_agg(indicator, 'no'), 0, 0, 'none', 'support', '${today}', 'confirmed', '2027-06-01', now()
      from unnest('{income,housing,illness,disability,education,employment,insurance,participation,child-burden,child-environment}'::text[]) indicator;
    select setval(pg_get_serial_sequence('app.needs_assessment', 'id'), 1000)`)
  await owner.pool.query(
    `insert into app.need (id, assessment_id, household_id, dimension, urgency, outcome_enc) overriding system value
     values ($1, $1, $1, 'health', 'now', $2)`,
    [id, wished],
  )
  await owner.pool.query(
    `insert into app.assessment_objection (id, assessment_id, household_id, text_enc, told_on) overriding system value
     values ($1, $1, $1, $2, '2025-05-01')`,
    [id, wished],
  )
  const said = cipher.seal('case', words).sealed
  await owner.pool.query(
    `insert into app.household_case (id, household_id, cause, opened_on, opened_by, owner, household_word_enc)
       overriding system value values ($1, $1, 'request', $2, $3, $3, $4)`,
    [id, today, keeper, said],
  )
  await owner.pool.query(
    `insert into app.case_goal (id, case_id, household_id, person_id, text_enc, measure_enc, means, owner, due_on)
       overriding system value values ($1, $1, $1, $1, $2, $2, 'own', 'household', $3)`,
    [id, said, today],
  )
  await owner.pool.query(
    `insert into app.case_event (case_id, household_id, step, on_day, by, text_enc) values ($1, $1, 'open', $2, $3, $4)`,
    [id, today, keeper, said],
  )
  await owner.pool.query(`select setval(pg_get_serial_sequence('app.household_case', 'id'), 1000),
    setval(pg_get_serial_sequence('app.case_goal', 'id'), 1000)`)
  await owner.pool.query(`select setval(pg_get_serial_sequence('app.need', 'id'), 1000),
    setval(pg_get_serial_sequence('app.assessment_objection', 'id'), 1000)`)
}
