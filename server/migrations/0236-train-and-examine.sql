-- What advisors are trained in, who was there, and the examination: drawn from a bank, marked here, each attempt on record.

create table app.training (
  id bigint generated always as identity primary key,
  -- The session through all that was stated of it.
  number bigint not null check (number > 0),
  area_id text collate "C" not null references app.area (id),
  course text not null check (length(course) between 2 and 100),
  kind text not null check (kind in ('before-duty', 'yearly')),
  on_day date not null,
  minutes int not null check (minutes between 10 and 1440),
  place text not null check (length(place) between 2 and 200),
  attendees uuid[] not null,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.training is 'Sessions of courses: which day, for how long, and who attended — 培训场次';
create unique index training_current on app.training (number) where superseded_at is null;
create index training_attendees on app.training using gin (attendees) where superseded_at is null;

create table app.exam_rule (
  id bigint generated always as identity primary key,
  questions int not null check (questions between 1 and 200),
  pass_percent int not null check (pass_percent between 1 and 100),
  because text not null check (length(because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.exam_rule is 'How many questions are drawn and how many must be right, as the district states it — 考试规则';
create unique index exam_rule_current on app.exam_rule ((true)) where superseded_at is null;

create table app.exam_question (
  id bigint generated always as identity primary key,
  text text not null check (length(text) between 5 and 500),
  options text[] not null check (cardinality(options) between 2 and 6),
  -- From 1.
  answer int not null check (answer between 1 and cardinality(options)),
  -- The document and clause that the answer rests on.
  source text not null check (length(source) between 2 and 200),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  retired_at timestamptz
);
comment on table app.exam_question is 'Questions of the examination, one right answer each; those retired are drawn no more — 题库';

create table app.exam_attempt (
  id bigint generated always as identity primary key,
  staff_id uuid not null references app.staff (id),
  area_id text collate "C" not null references app.area (id),
  -- In the order in which they were put.
  questions bigint[] not null,
  pass_percent int not null,
  on_day date not null,
  drawn_at timestamptz not null default clock_timestamp(),
  answers int[],
  answered_at timestamptz,
  correct int,
  passed boolean,
  constraint exam_attempt_marked_whole check ((answered_at is null) = (answers is null) and (answered_at is null) = (correct is null)
    and (answered_at is null) = (passed is null) and cardinality(answers) = cardinality(questions))
);
comment on table app.exam_attempt is 'Each attempt at the examination: what was put, what was answered, how it was marked — 考试记录';
create unique index exam_attempt_one_open on app.exam_attempt (staff_id) where answered_at is null;
create index exam_attempt_of_staff on app.exam_attempt (staff_id, id);

do $$
declare
  name text;
begin
  foreach name in array array['training', 'exam_rule', 'exam_question', 'exam_attempt'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('grant select on app.%I to app', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
  end loop;
end
$$;
-- What the district holds for everybody, its townships see, too.
create policy training_own_or_of_the_area on app.training for select using (
  (select auth.role()) = 'job' or attendees @> array[(select auth.staff_id())]
  or (select auth.role()) in ('township', 'district')
    and (area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()) or starts_with((select auth.scope_from()), area_id)));
create policy exam_rule_for_case_work on app.exam_rule for select using ((select auth.scope_from()) is not null);
-- The right answers: of whoever keeps the bank, who does not sit the examination.
create policy exam_question_for_keepers on app.exam_question for select
  using ((select auth.role()) = 'job' or (select auth.keeps_records()));
create policy exam_attempt_own_or_of_the_area on app.exam_attempt for select using (
  (select auth.role()) = 'job' or staff_id = (select auth.staff_id())
  or (select auth.role()) in ('township', 'district')
    and area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
create trigger training_as_recorded before update on app.training for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger exam_rule_as_recorded before update on app.exam_rule for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger exam_question_as_recorded before update on app.exam_question for each row
  when (to_jsonb(old) - 'retired_at' is distinct from to_jsonb(new) - 'retired_at' or old.retired_at is not null)
  execute function app.keep_as_recorded();
create trigger exam_attempt_as_marked before update on app.exam_attempt for each row
  when (old.answered_at is not null) execute function app.keep_as_recorded();

-- What stands of a session from now on, a new one where no number is given. Null where somebody stated something since `seen`.
create function app.state_training(of_training bigint, content jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  stands app.training;
  present uuid[] := array(select jsonb_array_elements_text(content -> 'attendees'));
begin
  perform pg_advisory_xact_lock(hashtext('trainings'));
  perform app.refuse_all_but_officials(content ->> 'areaId');
  perform app.refuse_all_but_officials(staff.area_id) from unnest(present) one left join app.staff on staff.id = one;
  if of_training is not null then
    select * into stands from app.training where number = of_training and superseded_at is null;
    perform app.refuse_all_but_officials(stands.area_id);
    if stands.id is distinct from seen then
      return null;
    end if;
    update app.training set superseded_at = clock_timestamp() where id = stands.id;
  end if;
  insert into app.training (number, area_id, course, kind, on_day, minutes, place, attendees)
  values (coalesce(of_training, (select coalesce(max(number), 0) + 1 from app.training)), content ->> 'areaId', content ->> 'course',
    content ->> 'kind', (content ->> 'onDay')::date, (content ->> 'minutes')::int, content ->> 'place', present)
  returning number into of_training;
  return of_training;
end
$$;
comment on function app.state_training is 'What stands of a session and who attended, by an official of the area — 登记培训';

create function app.refuse_all_but_examiners() returns void
language plpgsql set search_path = '' as $$
begin
  if auth.keeps_records() is not true then
    raise exception 'the examination is not for % to set', auth.actor() using errcode = 'insufficient_privilege';
  end if;
end
$$;
comment on function app.refuse_all_but_examiners is 'Rule and bank are set by staff of the whole district — 仅限区级人员';

create function app.state_exam_rule(new_questions int, new_percent int, why text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_examiners();
  perform pg_advisory_xact_lock(hashtext('exam rule'));
  update app.exam_rule set superseded_at = clock_timestamp() where superseded_at is null;
  insert into app.exam_rule (questions, pass_percent, because) values (new_questions, new_percent, why);
end
$$;
comment on function app.state_exam_rule is 'How the examination is drawn and passed from now on, by staff of the district — 登记考试规则';

create function app.add_exam_question(new_text text, new_options text[], new_answer int, new_source text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  perform app.refuse_all_but_examiners();
  insert into app.exam_question (text, options, answer, source) values (new_text, new_options, new_answer, new_source)
  returning id into made;
  return made;
end
$$;
comment on function app.add_exam_question is 'Puts a question into the bank, by staff of the district — 录入试题';

-- False where there is none that is drawn.
create function app.retire_exam_question(of_question bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_examiners();
  update app.exam_question set retired_at = clock_timestamp() where id = of_question and retired_at is null;
  return found;
end
$$;
comment on function app.retire_exam_question is 'A question is drawn no more, by staff of the district — 停用试题';

-- The attempt that is open, or one drawn now. Null where no rule stands or the bank holds too few.
create function app.draw_exam(today date) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  rule app.exam_rule;
  drawn bigint[];
  attempt bigint;
begin
  if (auth.role() in ('advisor', 'township')) is not true then
    raise exception 'the examination is not for % to sit', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform from app.staff where id = auth.staff_id() for update;
  select id into attempt from app.exam_attempt where staff_id = auth.staff_id() and answered_at is null;
  if attempt is not null then
    return attempt;
  end if;
  select * into rule from app.exam_rule where superseded_at is null;
  drawn := array(select id from app.exam_question where retired_at is null order by gen_random_uuid() limit rule.questions);
  if rule.id is null or cardinality(drawn) < rule.questions then
    return null;
  end if;
  insert into app.exam_attempt (staff_id, area_id, questions, pass_percent, on_day)
  select id, area_id, drawn, rule.pass_percent, today from app.staff where id = auth.staff_id()
  returning id into attempt;
  return attempt;
end
$$;
comment on function app.draw_exam is 'Questions drawn for whoever sits the examination — 抽题';

-- What is put, without what is right; of one's own open attempt only.
create function app.exam_paper(of_attempt bigint) returns table (place int, text text, options text[])
language sql stable security definer set search_path = '' as $$
  select put.place::int, question.text, question.options
  from app.exam_attempt, unnest(questions) with ordinality put (question_id, place)
  join app.exam_question question on question.id = put.question_id
  where exam_attempt.id = of_attempt and staff_id = auth.staff_id() and answered_at is null
  order by put.place
$$;
comment on function app.exam_paper is 'The questions of one''s own open attempt — 试卷';

-- Marks one's own open attempt, once: right ones counted, passed by whole numbers. Null where none is open.
create function app.answer_exam(of_attempt bigint, given int[]) returns int
language plpgsql security definer set search_path = '' as $$
declare
  attempt app.exam_attempt;
  right_ones int;
begin
  select * into attempt from app.exam_attempt
  where id = of_attempt and staff_id = auth.staff_id() and answered_at is null for update;
  if attempt.id is null or cardinality(given) <> cardinality(attempt.questions) then
    return null;
  end if;
  select count(*) into right_ones from unnest(attempt.questions, given) one (question_id, answer)
  join app.exam_question question on question.id = question_id and question.answer = one.answer;
  update app.exam_attempt set answers = given, answered_at = clock_timestamp(), correct = right_ones,
    passed = right_ones * 100 >= pass_percent * cardinality(questions)
  where id = attempt.id;
  return right_ones;
end
$$;
comment on function app.answer_exam is 'Marks one''s own attempt at the examination — 判卷';

revoke execute on function app.state_training, app.refuse_all_but_examiners, app.state_exam_rule, app.add_exam_question,
  app.retire_exam_question, app.draw_exam, app.exam_paper, app.answer_exam from public;
grant execute on function app.state_training, app.state_exam_rule, app.add_exam_question, app.retire_exam_question, app.draw_exam,
  app.exam_paper, app.answer_exam to app;
