import type { Database } from '../../src/platform/db/database.ts'
import { today } from '../running-qiao.ts'

type Things = Readonly<{
  /** Of the household, and of its lead and line; consents count on from ten times that. */
  id: number
  area: string
  run: number
  /** Whoever gave the feedback. */
  keeper: string
  /** What stands where people write. */
  words?: string
}>

/**
 * One of everything an address may name, for a household that is there; of consents one for each of
 * three who take them back.
 */
export async function putThings(
  owner: Database,
  { id, area, run, keeper, words = '名册上没有' }: Things,
): Promise<void> {
  const each = `generate_series(${id * 10}, ${id * 10 + 2})`
  const key = `${id}, '${area}'`
  await owner.pool.query(`
    insert into app.lead (id, household_id, area_id, raised_on) values (${id}, ${key}, '${today}');
    insert into app.lead_line (id, lead_id, household_id, area_id, programme, verdict, amount_kind, answer_hash,
      roll_on, why, run_id, raised_on)
      values (${id}, ${id}, ${key}, 'dibao', 'eligible', 'none', 1, '2025-05-01', '${words}', ${run}, '${today}');
    insert into app.clock (id, kind, subject, subject_id, household_id, started_at, amount, unit) overriding system value
      values (${id}, 'lead', 'lead', ${id}, ${id}, '${today}', 10, 'workday');
    insert into app.clock_event (clock_id, household_id, kind, at, by) values (${id}, ${id}, 'started', '${today}', 'owner');
    select setval(pg_get_serial_sequence('app.clock', 'id'), 1000);
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
    insert into app.policy_feedback (area_id, programme, works, because, by)
      values ('${area}', 'dibao', false, '${words}', '${keeper}')`)
}
