-- One household, one case; goals for the household and for each of its members (一户一案，一人一策): planned, approved by another
-- than handed the plan in, served, looked at again, closed by another than asked for it, and followed up.

insert into app.clock_limit (kind, amount, unit, source, proposed, recorded_by) values
  ('case-plan', 10, 'workday', '未见文件规定，本系统提出', true, null),
  ('case-approval', 5, 'workday', '未见文件规定，本系统提出', true, null),
  ('case-follow-up-soon', 30, 'day', '未见文件规定，本系统提出', true, null),
  ('case-follow-up', 90, 'day', '未见文件规定，本系统提出', true, null);

create table app.household_case (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  cause text not null check (cause in ('assessment', 'lead', 'request', 'relief', 'other')),
  opened_on date not null,
  opened_by uuid not null default auth.staff_id() references app.staff (id),
  owner uuid not null default auth.staff_id() references app.staff (id),
  state text not null default 'open' check (state in ('open', 'assessing', 'planning', 'submitted', 'in-service', 'reviewing',
    'closing', 'follow-up', 'archived', 'suspended')),
  -- Where it goes on once it is suspended no more.
  resumes_to text check (resumes_to in ('open', 'assessing', 'planning', 'in-service', 'reviewing')),
  urgent boolean not null default false,
  -- To whom it is handed, as long as they have not answered; the owner keeps it until then.
  handed_to uuid references app.staff (id),
  agreed_how text check (agreed_how in ('signed', 'spoken')),
  agreed_on date,
  submitted_by uuid references app.staff (id),
  approved_by uuid references app.staff (id),
  closing_reason text check (closing_reason in ('goals-met', 'self-reliant', 'transferred', 'moved', 'deceased', 'withdrew',
    'refused', 'unreachable', 'no-longer-in-need')),
  household_word_enc bytea,
  closing_asked_by uuid references app.staff (id),
  closed_on date,
  closed_by uuid references app.staff (id),
  version int not null default 1,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint household_case_of_household unique (id, household_id),
  constraint household_case_suspended_whole check ((state = 'suspended') = (resumes_to is not null)),
  constraint household_case_agreed_whole check ((agreed_how is null) = (agreed_on is null)),
  constraint household_case_plan_by_two check (approved_by is null or approved_by <> submitted_by),
  constraint household_case_closed_by_two check (closed_by is null or closed_by <> closing_asked_by)
);
comment on table app.household_case is 'The case of a household, from opening to the last follow-up — 一户一案';
comment on column app.household_case.owner is 'Who has it in hand — 责任人';
comment on column app.household_case.household_word_enc is 'What the household says to its being closed, sealed — 家庭意见';
create unique index household_case_one_open on app.household_case (household_id) where state <> 'archived';
create index household_case_household on app.household_case (household_id, id);
create index household_case_state on app.household_case (state, id);
create index household_case_owner on app.household_case (owner) where state <> 'archived';

create table app.case_goal (
  id bigint generated always as identity primary key,
  case_id bigint not null,
  household_id bigint not null,
  -- 一人一策: whose goal it is; null of the whole household.
  person_id bigint references app.person (id),
  need_id bigint references app.need (id),
  text_enc bytea not null,
  -- By what one sees that it is reached.
  measure_enc bytea not null,
  -- A policy by its programme, a service by its kind, a resource in words, or what they do themselves.
  means text not null check (means in ('policy', 'service', 'resource', 'own')),
  means_ref text check (length(means_ref) between 1 and 100),
  owner text not null check (owner in ('worker', 'household', 'both')),
  due_on date not null,
  state text not null default 'proposed' check (state in ('proposed', 'in-progress', 'done', 'not-achieved', 'withdrawn')),
  outcome_enc bytea,
  settled_on date,
  settled_by uuid references app.staff (id),
  recorded_at timestamptz not null default clock_timestamp(),
  foreign key (case_id, household_id) references app.household_case (id, household_id),
  constraint case_goal_settled_whole check (
    num_nonnulls(outcome_enc, settled_on, settled_by) = case when state in ('done', 'not-achieved', 'withdrawn') then 3 else 0 end),
  constraint case_goal_means_named check (means = 'own' or means_ref is not null)
);
comment on table app.case_goal is 'What a case is to reach, for whom, by when, by what means — 目标';
create index case_goal_case on app.case_goal (case_id, id);
create index case_goal_household on app.case_goal (household_id);
create index case_goal_person on app.case_goal (person_id) where person_id is not null;

create table app.case_event (
  id bigint generated always as identity primary key,
  case_id bigint not null,
  household_id bigint not null,
  step text not null check (length(step) between 2 and 30),
  on_day date not null,
  by uuid not null default auth.staff_id() references app.staff (id),
  at timestamptz not null default clock_timestamp(),
  text_enc bytea,
  foreign key (case_id, household_id) references app.household_case (id, household_id)
);
comment on table app.case_event is 'What was done in a case, by whom, and why — 办理记录';
create index case_event_case on app.case_event (case_id, id);
create index case_event_household on app.case_event (household_id);

-- A case tells of illness and disability: an advisor sees it where they have a duty.
do $$
declare
  name text;
begin
  foreach name in array array['household_case', 'case_goal', 'case_event'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create policy %I on app.%I using ((select auth.scope_from()) is not null
      and exists (select from app.household where household.id = household_id))', name || '_of_household_in_sight', name);
    execute format('create policy %I on app.%I as restrictive using ((select auth.role()) <> ''advisor'' or exists (
        select from app.household where household.id = household_id and area_id = any ((select auth.duty_areas())::text[])))',
      name || '_need_signal', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
    execute format('grant select on app.%I to app', name);
  end loop;
end
$$;
create trigger case_event_as_recorded before update on app.case_event for each row execute function app.keep_as_recorded();
grant insert (household_id, cause, opened_on) on app.household_case to app;
grant update (state, resumes_to, urgent, owner, handed_to, agreed_how, agreed_on, closing_reason, household_word_enc, closed_on)
  on app.household_case to app;
grant insert (case_id, household_id, person_id, need_id, text_enc, measure_enc, means, means_ref, owner, due_on),
  update (person_id, need_id, text_enc, measure_enc, means, means_ref, owner, due_on, state, outcome_enc, settled_on)
  on app.case_goal to app;
grant insert (case_id, household_id, step, on_day, text_enc) on app.case_event to app;

-- Which state follows which, and who may decide: a plan is approved and a case closed by an official who did not ask for it,
-- and a case changes hands only by whoever takes it.
create function app.guard_case_step() returns trigger
language plpgsql set search_path = '' as $$
declare
  me uuid := auth.staff_id();
  step text := old.state || ' ' || new.state;
begin
  -- The owner, whom policies do not bind.
  if not row_security_active('app.household_case') then
    return new;
  end if;
  if coalesce(auth.role(), '') not in ('advisor', 'township', 'district') then
    raise exception 'a step of a case is not for % to take', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  if auth.role() = 'advisor' and (step in ('submitted in-service', 'submitted planning', 'closing follow-up', 'closing archived',
      'closing in-service') or old.urgent and not new.urgent) then
    raise exception 'a decision on a case is not for % to take', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  if old.state <> new.state and step <> all (array['open assessing', 'open planning', 'assessing planning', 'planning submitted',
      'submitted planning', 'submitted in-service', 'in-service reviewing', 'reviewing in-service', 'reviewing planning',
      'in-service closing', 'reviewing closing', 'closing in-service', 'closing follow-up', 'closing archived',
      'follow-up archived', 'follow-up planning'])
    and not (new.state = 'suspended' and old.state in ('open', 'assessing', 'planning', 'in-service', 'reviewing')
      and new.resumes_to = old.state)
    and not (old.state = 'suspended' and new.state = old.resumes_to) then
    raise exception 'a case that is % does not become %', old.state, new.state
      using errcode = 'check_violation', constraint = 'household_case_step';
  end if;
  if new.owner is distinct from old.owner and (new.owner is distinct from me or old.handed_to is distinct from me) then
    raise exception 'a case that was not handed over is not for % to take', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'submitted' and old.state = 'planning' then
    new.submitted_by := me;
    new.approved_by := null;
  end if;
  if step = 'submitted in-service' then
    new.approved_by := me;
  end if;
  if new.state = 'closing' and old.state <> 'closing' then
    new.closing_asked_by := me;
    new.closed_by := null;
  end if;
  if step in ('closing follow-up', 'closing archived') then
    new.closed_by := me;
  end if;
  new.version := old.version + 1;
  return new;
end
$$;
comment on function app.guard_case_step is 'Which step of a case follows which, and who takes it — 办理步骤';
create trigger household_case_in_steps before update on app.household_case for each row execute function app.guard_case_step();

-- What was agreed is not rewritten: goals change while the case is planned, and are settled while it is served.
create function app.guard_case_goal() returns trigger
language plpgsql set search_path = '' as $$
declare
  stands text := (select state from app.household_case where id = new.case_id);
  settling text[] := '{state,outcome_enc,settled_on,settled_by}';
begin
  if not row_security_active('app.case_goal') then
    return new;
  end if;
  if tg_op = 'INSERT' or to_jsonb(old) - settling is distinct from to_jsonb(new) - settling then
    if stands is distinct from 'planning' or tg_op = 'UPDATE' and old.state not in ('proposed', 'in-progress') then
      raise exception 'goals are written while a case is planned'
        using errcode = 'check_violation', constraint = 'case_goal_while_planned';
    end if;
  elsif old.state in ('done', 'not-achieved', 'withdrawn') or stands not in ('planning', 'submitted', 'in-service', 'reviewing') then
    raise exception 'goal % stays as it was settled', old.id using errcode = 'check_violation', constraint = 'case_goal_while_served';
  end if;
  if tg_op = 'UPDATE' and new.state in ('done', 'not-achieved', 'withdrawn') then
    new.settled_by := auth.staff_id();
  end if;
  return new;
end
$$;
comment on function app.guard_case_goal is 'When goals may be written and when settled — 目标的改动';
create trigger case_goal_in_time before update on app.case_goal for each row execute function app.guard_case_goal();
-- After policies have spoken: whoever may not see the case is told nothing of it.
create trigger case_goal_planned_in_time after insert on app.case_goal for each row execute function app.guard_case_goal();
revoke execute on function app.guard_case_step, app.guard_case_goal from public;
