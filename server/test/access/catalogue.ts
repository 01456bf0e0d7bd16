/**
 * Who may see and write what in the database, said once more apart from the migrations: a new
 * table, view, function, grant or policy that is not written here fails the catalogue test.
 *
 * `area`: rows of one's own area and inside it. `case work`: anybody with cases, nothing personal in
 * it. `own`: one's own rows. `matching`: the program and the district, because a row holds every
 * class of fact. `program`: sessions of the program alone. `data stewards`: whoever is appointed to take in deliveries, and the program; `keepers of records`: staff of the whole district, and the program; `own, of the area, audit administrator`: one's own, of the area for its officials, all for the auditor; a key its own deliveries. `area, clinical rows walled`: as `area`, but what rests on clinical facts is for the
 * program and the district. `area, advisors by duty`: as `area`, advisors in committees of their duty; `area, for the trained
 * and the district`: of the area, for whoever is trained for the scale, or raised the task, and the district.
 */
export type TableAccess = Readonly<{
  seenBy:
    | 'area'
    | 'area, clinical rows walled'
    | 'case work'
    | 'own'
    | 'map'
    | 'colleagues'
    | 'matching'
    | 'program'
    | 'audit administrator'
    | 'security and audit administrators'
    | 'appointed for policies'
    | 'data stewards'
    | 'own, of the area, audit administrator'
    | 'keepers of records'
    | 'case work once published, keepers of records before'
    | 'everybody signed in'
    | 'own, of the area for its officials'
    | 'area, advisors by duty'
    | 'area, for the trained and the district'
    | 'own, keepers of records'
    | 'area, what is restricted by those named'
  /** What role app may do at all, beside what the policies then allow; columns where not all. */
  grants: string
}>

export const tables: Readonly<Record<string, TableAccess>> = {
  advisor: { seenBy: 'own, of the area for its officials', grants: 'SELECT' },
  alert: { seenBy: 'security and audit administrators', grants: 'SELECT' },
  answer: {
    seenBy: 'area, clinical rows walled',
    grants: 'INSERT, SELECT, UPDATE (superseded_at)',
  },
  appointment: { seenBy: 'own', grants: 'SELECT' },
  area: { seenBy: 'map', grants: 'SELECT' },
  assessment_objection: {
    seenBy: 'area, advisors by duty',
    grants:
      'INSERT (assessment_id, household_id, text_enc, told_on), SELECT, UPDATE (reply_enc, upheld)',
  },
  audit: {
    seenBy: 'audit administrator',
    grants:
      'INSERT (action, subject, household_id, area_id, reason, request_id, address, detail, fields), SELECT',
  },
  audit_seal: { seenBy: 'audit administrator', grants: 'INSERT, SELECT' },
  authorisation: { seenBy: 'area', grants: 'SELECT' },
  award: { seenBy: 'area', grants: 'SELECT' },
  basis: { seenBy: 'case work', grants: 'SELECT' },
  basis_before: { seenBy: 'case work', grants: 'SELECT' },
  case_event: {
    seenBy: 'area, advisors by duty',
    grants: 'INSERT (case_id, household_id, step, on_day, text_enc), SELECT',
  },
  case_goal: {
    seenBy: 'area, advisors by duty',
    grants:
      'INSERT (case_id, household_id, person_id, need_id, text_enc, measure_enc, means, means_ref, owner, due_on), SELECT, UPDATE (person_id, need_id, text_enc, measure_enc, means, means_ref, owner, due_on, state, outcome_enc, settled_on)',
  },
  certificate: {
    seenBy: 'own, of the area for its officials',
    grants:
      'SELECT (id, staff_id, area_id, number, from_day, to_day, because, demonstration, issued_at, issued_by, ended_on, ended_by, ended_because)',
  },
  change_item: { seenBy: 'area', grants: 'SELECT' },
  change_marker: { seenBy: 'program', grants: 'SELECT, UPDATE (run_id)' },
  change_request: { seenBy: 'area', grants: 'SELECT' },
  change_request_event: { seenBy: 'area', grants: 'SELECT' },
  clock: {
    seenBy: 'area',
    grants:
      'INSERT (kind, subject, subject_id, household_id, sensitivity, started_at, amount, unit, owner, due_at, next_at, counted_by), SELECT, UPDATE (owner, paused_at, due_at, next_at, reached, counted_by, ended_at, ended_how)',
  },
  clock_event: {
    seenBy: 'area',
    grants:
      'INSERT (clock_id, household_id, sensitivity, kind, at, text, mark, level, skipped, to_staff, to_name), SELECT',
  },
  clock_limit: { seenBy: 'everybody signed in', grants: 'SELECT' },
  collector: { seenBy: 'area', grants: 'SELECT' },
  correction: { seenBy: 'area', grants: 'SELECT' },
  correction_file: { seenBy: 'data stewards', grants: 'SELECT' },
  counselling_note: { seenBy: 'matching', grants: 'SELECT' },
  day_stop: { seenBy: 'own', grants: 'SELECT' },
  delivery: {
    seenBy: 'data stewards',
    grants:
      'INSERT (source, file_name, bytes, on_day, push_id, push_hash, programme, roll_area, roll_complete, roll_holder, drop_point_id), SELECT',
  },
  delivery_piece: {
    seenBy: 'data stewards',
    grants: 'INSERT (delivery_id, number, bytes, piece_enc), SELECT',
  },
  delivery_row: { seenBy: 'data stewards', grants: 'SELECT' },
  drop_point: {
    seenBy: 'data stewards',
    grants:
      'INSERT (source, kind, host, port, path, pattern, user_name, server_key, login_key, secret_enc, every, programme, roll_area, roll_complete), SELECT (id, source, kind, host, port, path, pattern, user_name, server_key, login_key, every, programme, roll_area, roll_complete, made_by, made_at, ended_by, ended_at, looked_at, problem)',
  },
  drop_point_file: {
    seenBy: 'data stewards',
    grants: 'INSERT (drop_point_id, name, bytes, modified_at, delivery_id), SELECT',
  },
  duplicate_pair: { seenBy: 'area', grants: 'SELECT' },
  duty: { seenBy: 'area', grants: 'SELECT' },
  duty_officer: { seenBy: 'area', grants: 'SELECT' },
  erasure: { seenBy: 'keepers of records', grants: 'SELECT' },
  erasure_stub: { seenBy: 'keepers of records', grants: 'SELECT' },
  experiment: {
    seenBy: 'area',
    grants: 'INSERT (name, parameters, rules), SELECT, UPDATE (removed_at)',
  },
  exam_attempt: { seenBy: 'own, of the area for its officials', grants: 'SELECT' },
  exam_question: { seenBy: 'keepers of records', grants: 'SELECT' },
  exam_rule: { seenBy: 'case work', grants: 'SELECT' },
  export: {
    seenBy: 'own, of the area, audit administrator',
    grants:
      'INSERT (list, filters, scope, purpose, purpose_note, columns, counted, limit_rows, hours), SELECT',
  },
  export_file: { seenBy: 'own, of the area, audit administrator', grants: 'SELECT' },
  fact: { seenBy: 'area', grants: 'SELECT' },
  fact_trust: { seenBy: 'case work', grants: 'SELECT' },
  glass_break: { seenBy: 'own', grants: 'SELECT' },
  household: { seenBy: 'area', grants: 'SELECT, UPDATE (version)' },
  household_case: {
    seenBy: 'area, advisors by duty',
    grants:
      'INSERT (household_id, cause, opened_on), SELECT, UPDATE (owner, state, resumes_to, urgent, handed_to, agreed_how, agreed_on, closing_reason, household_word_enc, closed_on)',
  },
  household_current: { seenBy: 'matching', grants: 'SELECT' },
  household_search: { seenBy: 'own', grants: 'INSERT (covers), SELECT' },
  idempotency: { seenBy: 'own', grants: 'INSERT, SELECT' },
  instrument_text: { seenBy: 'case work', grants: 'SELECT' },
  lead: {
    seenBy: 'area, clinical rows walled',
    grants: `INSERT, SELECT, UPDATE (state, assignee, snoozed_until, raised_on, closed_on, version, programme, monthly_min, monthly_max, why)`,
  },
  lead_event: {
    seenBy: 'area, clinical rows walled',
    grants:
      'INSERT (lead_id, household_id, area_id, line_id, kind, text, before, undoes, on_day, clinical), SELECT',
  },
  lead_line: {
    seenBy: 'area, clinical rows walled',
    grants: `INSERT, SELECT, UPDATE (state, verdict, amount_kind, amount_min, amount_max, per, answer_hash, roll_on, why, run_id, disposition, reason, note, cools_until, closed_on, close_reason)`,
  },
  legal_hold: { seenBy: 'keepers of records', grants: 'SELECT' },
  match_run: { seenBy: 'case work', grants: 'INSERT, SELECT, UPDATE' },
  match_shard: {
    seenBy: 'program',
    grants:
      'INSERT, SELECT, UPDATE (households, persons, unchanged, undecided, staged_at, attempts, problem)',
  },
  member: { seenBy: 'area', grants: 'SELECT' },
  merge: { seenBy: 'area', grants: 'SELECT' },
  near_line: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE (superseded_at)' },
  need: {
    seenBy: 'area, advisors by duty',
    grants:
      'INSERT (assessment_id, household_id, dimension, urgency, outcome_enc), SELECT, UPDATE (state)',
  },
  needs_assessment: {
    seenBy: 'area, advisors by duty',
    grants:
      'INSERT (household_id, weights, answers, red_lines, needs, words_enc, least, most, grade, proposed, changed_to, on_day), SELECT, UPDATE (weights, answers, red_lines, needs, words_enc, least, most, grade, proposed, changed_to, on_day, state, valid_until, returned_because, superseded_at)',
  },
  notice: {
    seenBy: 'case work once published, keepers of records before',
    grants: 'SELECT',
  },
  objection: { seenBy: 'area', grants: 'SELECT' },
  other_word: { seenBy: 'area', grants: 'SELECT' },
  pack: {
    seenBy: 'everybody signed in',
    grants: 'INSERT (version, hash, files, in_force_from, cases, release_hash), SELECT',
  },
  pack_release: { seenBy: 'everybody signed in', grants: 'SELECT' },
  parameter_entry: {
    seenBy: 'everybody signed in',
    grants: 'INSERT (parameter, from_day, value, document, source, to_day), SELECT',
  },
  person: { seenBy: 'area', grants: 'SELECT' },
  person_current: { seenBy: 'matching', grants: 'SELECT' },
  policy_draft: {
    seenBy: 'appointed for policies',
    grants: `INSERT (title, note, base_hash, files, cases, in_force_from, content_hash, version, release_hash, undecided), SELECT, UPDATE (title, note, base_hash, files, cases, in_force_from, content_hash, version, state, revision, author, changed_at, undecided)`,
  },
  policy_draft_event: {
    seenBy: 'appointed for policies',
    grants: 'INSERT (draft_id, kind, revision, content_hash, text), SELECT',
  },
  policy_draft_impact: {
    seenBy: 'appointed for policies',
    grants: 'INSERT (draft_id, revision, content_hash, impact, second_approver), SELECT',
  },
  policy_feedback: {
    seenBy: 'area',
    grants: 'INSERT (programme, works, because), SELECT, UPDATE (answer, answered_by, answered_at)',
  },
  policy_feedback_household: { seenBy: 'area', grants: 'INSERT, SELECT' },
  push_key: {
    seenBy: 'data stewards',
    grants: 'INSERT (source, name, public_key, valid_to), SELECT',
  },
  purpose: { seenBy: 'case work', grants: 'SELECT' },
  question: { seenBy: 'area', grants: 'SELECT' },
  question_run: { seenBy: 'case work', grants: 'INSERT, SELECT, UPDATE' },
  registered_place: { seenBy: 'area', grants: 'SELECT' },
  quick_relief: {
    seenBy: 'area',
    grants:
      'INSERT (household_id, cause, people, happened, reported_on), SELECT, UPDATE (state, seen, visited_on, granted_fen, line_fen, line_source, line_stated, way, because, decided_on, explanation, explained_on, closed_on)',
  },
  quick_relief_event: {
    seenBy: 'area',
    grants: 'INSERT (relief_id, household_id, step, on_day, text), SELECT',
  },
  restriction: { seenBy: 'area', grants: 'SELECT' },
  restriction_viewer: { seenBy: 'area', grants: 'SELECT' },
  retention_terms: { seenBy: 'keepers of records', grants: 'SELECT' },
  roll: { seenBy: 'case work', grants: 'SELECT' },
  roll_before: { seenBy: 'case work', grants: 'SELECT' },
  safety_task: {
    seenBy: 'area, for the trained and the district',
    grants:
      'INSERT (scale_result_id, household_id, because, raised_at), SELECT, UPDATE (handled_at, handled_by, outcome_enc)',
  },
  scale_assessor: { seenBy: 'own, keepers of records', grants: 'SELECT' },
  scale_result: {
    seenBy: 'area, for the trained and the district',
    grants:
      'INSERT (household_id, person_id, instrument, scoring, text_id, answers_enc, total, parts, band, lines, prorated, mode, on_day), SELECT',
  },
  service_record: { seenBy: 'area', grants: 'SELECT' },
  sharing_content: { seenBy: 'data stewards', grants: 'SELECT' },
  sharing_correction: {
    seenBy: 'data stewards',
    grants: 'INSERT (request_id, answers, on_day, text, corrected), SELECT',
  },
  sharing_request: { seenBy: 'data stewards', grants: 'INSERT (source), SELECT' },
  sharing_step: {
    seenBy: 'data stewards',
    grants: 'INSERT (request_id, number, kind, on_day, text), SELECT',
  },
  sharing_use: {
    seenBy: 'data stewards',
    grants: 'INSERT (request_id, on_day, scene, process, effect, storage, destruction), SELECT',
  },
  source_terms: { seenBy: 'data stewards', grants: 'SELECT' },
  staff: { seenBy: 'colleagues', grants: 'SELECT' },
  station: { seenBy: 'map', grants: 'SELECT' },
  supporter: { seenBy: 'area', grants: 'SELECT' },
  training: { seenBy: 'own, of the area for its officials', grants: 'SELECT' },
  undecided: {
    seenBy: 'area, clinical rows walled',
    grants: 'INSERT, SELECT, UPDATE (superseded_at)',
  },
  undecided_kind: { seenBy: 'case work', grants: 'INSERT, SELECT' },
  weight_version: { seenBy: 'case work', grants: 'SELECT' },
  visit_due: { seenBy: 'area', grants: 'SELECT' },
  visit_rule: { seenBy: 'everybody signed in', grants: 'SELECT' },
  visit_season: { seenBy: 'everybody signed in', grants: 'SELECT' },
  visit_tier: { seenBy: 'area', grants: 'SELECT' },
  warning: {
    seenBy: 'area, what is restricted by those named',
    grants:
      'INSERT (household_id, topic, sensitivity, restricted, severity, source_group, state, why, assignee, lead_id, raised_at, raised_on), SELECT, UPDATE (severity, state, assignee, lead_id, contacted_at, visited_at, outcome, disposal, fed_back_at, closed_on, cools_until, reported_to, reported_at, report_receipt, version)',
  },
  warning_event: {
    seenBy: 'area, what is restricted by those named',
    grants: 'INSERT (warning_id, household_id, kind, code, to_name, words_enc, at), SELECT',
  },
  warning_evidence: {
    seenBy: 'area, what is restricted by those named',
    grants:
      'INSERT (warning_id, household_id, person_id, signal, severity, content, text, on_day, channel, at), SELECT',
  },
  warning_named: { seenBy: 'area, what is restricted by those named', grants: 'SELECT' },
  warning_rule: { seenBy: 'case work', grants: 'SELECT' },
  workday_exception: { seenBy: 'everybody signed in', grants: 'SELECT' },
  workday_year: { seenBy: 'everybody signed in', grants: 'SELECT' },
}

/** What a run of the program adds to and nobody but the owner reads (staged-answers.test.ts). */
export const staged: Readonly<Record<string, string>> = {
  'staging.delivered': 'INSERT',
  'staging.match_answer': 'INSERT',
  'staging.match_gone': 'INSERT',
  'staging.match_undecided': 'INSERT',
}

/** Views ask as their reader, so that the policies of what they read hold for them, too. */
export const views: Readonly<Record<string, string>> = {
  'app.every_answer': 'SELECT',
  // Read inside functions of the owner only.
  'auth.live_session': '',
  'meta.trust': '',
}

/** Which schemas each role may look into at all. */
export const openSchemas: Readonly<Record<'app' | 'signin' | 'reports', readonly string[]>> = {
  app: ['app', 'auth', 'jobs', 'public', 'staging'],
  signin: ['auth'],
  reports: ['app', 'auth', 'public'],
}
