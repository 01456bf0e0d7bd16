-- What somebody answered to a scale is clinical: whoever is trained for that scale sees it where they work, and the
-- district. An answer that must not wait starts a clock of hours for whoever asked, and nobody else is told.

create table app.scale_result (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  person_id bigint not null references app.person (id),
  instrument text not null,
  -- Of the scoring, as the program has it.
  scoring int not null,
  -- Null: entered by number, while the wording was 待核.
  text_id bigint references app.instrument_text (id),
  answers_enc bytea not null,
  total int not null,
  parts jsonb not null default '{}',
  band text,
  lines text[] not null default '{}',
  prorated boolean not null default false,
  mode text not null check (mode in ('self', 'interview', 'observation')),
  on_day date not null,
  assessor uuid not null default auth.staff_id() references app.staff (id),
  recorded_at timestamptz not null default clock_timestamp(),
  constraint scale_result_of_household unique (id, household_id)
);
comment on table app.scale_result is 'What a person answered to a scale, and its score — 量表结果';
comment on column app.scale_result.answers_enc is 'Places of the options chosen, sealed — 作答';
create index scale_result_household on app.scale_result (household_id, id);
create index scale_result_person on app.scale_result (person_id);

create table app.safety_task (
  id bigint generated always as identity primary key,
  scale_result_id bigint not null,
  household_id bigint not null,
  because text[] not null check (cardinality(because) > 0 and because <@ '{self-harm-item,severe-total}'),
  raised_at timestamptz not null,
  owner uuid not null default auth.staff_id() references app.staff (id),
  handled_at timestamptz,
  handled_by uuid references app.staff (id),
  outcome_enc bytea,
  foreign key (scale_result_id, household_id) references app.scale_result (id, household_id),
  constraint safety_task_handled_whole check (
    (handled_at is null) = (handled_by is null) and (handled_at is null) = (outcome_enc is null))
);
comment on table app.safety_task is 'Somebody has to be spoken with at once for what they answered — 安全联系任务';
comment on column app.safety_task.outcome_enc is 'What came of it, sealed — 联系结果';
create unique index safety_task_once on app.safety_task (scale_result_id);
create index safety_task_household on app.safety_task (household_id);
create index safety_task_open on app.safety_task (owner) where handled_at is null;

alter table app.scale_result enable row level security;
alter table app.scale_result force row level security;
create policy scale_result_of_household_in_sight on app.scale_result using ((select auth.scope_from()) is not null
  and exists (select from app.household where household.id = household_id));
create policy scale_result_clinical on app.scale_result as restrictive for select using (
  (select auth.role()) = 'district' or instrument = any ((select auth.scales())::text[]));
create policy scale_result_by_the_trained on app.scale_result as restrictive for insert with check (
  instrument = any ((select auth.scales())::text[]));
alter table app.safety_task enable row level security;
alter table app.safety_task force row level security;
create policy safety_task_of_household_in_sight on app.safety_task using ((select auth.scope_from()) is not null
  and exists (select from app.household where household.id = household_id));
create policy safety_task_clinical on app.safety_task as restrictive using (
  (select auth.role()) = 'district' or owner = (select auth.staff_id()));
create policy safety_task_of_result_in_sight on app.safety_task as restrictive for insert with check (
  (select auth.scope_from()) is not null and exists (select from app.scale_result where scale_result.id = scale_result_id));
grant select on app.scale_result, app.safety_task to app;
grant insert (household_id, person_id, instrument, scoring, text_id, answers_enc, total, parts, band, lines, prorated, mode, on_day)
  on app.scale_result to app;
grant insert (scale_result_id, household_id, because, raised_at) on app.safety_task to app;
grant update (handled_at, handled_by, outcome_enc) on app.safety_task to app;
create trigger scale_result_stays before delete or update on app.scale_result for each row execute function app.keep_as_recorded();
create trigger safety_task_stays before delete on app.safety_task for each row execute function app.keep_as_recorded();
create trigger safety_task_as_recorded before update on app.safety_task for each row
  when (to_jsonb(old) - '{handled_at,handled_by,outcome_enc}'::text[] is distinct from
      to_jsonb(new) - '{handled_at,handled_by,outcome_enc}'::text[]
    or old.handled_at is not null or new.handled_by is distinct from auth.staff_id())
  execute function app.keep_as_recorded();

-- What a clock may be for is said once, in the program; here that it is a word.
alter table app.clock drop constraint clock_subject_check,
  add constraint clock_subject_check check (subject ~ '^[a-z]+(-[a-z]+)*$');
-- Beside the district, a clock for somebody's safety is seen by whoever has it in hand.
alter policy clock_clinical on app.clock using (sensitivity <> 'clinical' or (select auth.role()) in ('district', 'job')
  or subject = 'safety' and owner = (select auth.staff_id()));
alter policy clock_event_clinical on app.clock_event using (sensitivity <> 'clinical' or (select auth.role()) in ('district', 'job')
  or exists (select from app.clock where clock.id = clock_id and subject = 'safety'));

alter table app.clock_limit drop constraint clock_limit_kind_check,
  add constraint clock_limit_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
insert into app.clock_limit (kind, amount, unit, source, proposed) values
  ('safety-contact', 2, 'hour', '未见文件规定，比照红色预警联系时限提出', true);
