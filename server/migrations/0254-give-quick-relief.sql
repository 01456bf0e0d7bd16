-- Urgent help before papers: reported, seen on the spot, granted by an official within three days, explained afterwards and
-- closed by another official. No means check, and nothing of it is published (民政部、财政部临时救助意见 2026-01-29).

-- What a clock may be for is said once, in the program; here that it is a word.
alter table app.clock_limit drop constraint clock_limit_kind_check,
  add constraint clock_limit_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
alter table app.clock drop constraint clock_subject_check,
  add constraint clock_subject_check check (subject ~ '^[a-z]+(-[a-z]+)*$');
insert into app.clock_limit (kind, amount, unit, source, proposed, recorded_by) values
  ('relief-explanation', 5, 'workday', '比照外地规定：紧急临时救助后五个工作日内补齐材料', true, null);

create table app.quick_relief (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  cause text not null check (cause in ('accident', 'illness', 'expenses', 'other')),
  people int not null check (people between 1 and 20),
  happened text not null check (length(happened) between 2 and 1000),
  reported_on date not null,
  reported_by uuid not null default auth.staff_id() references app.staff (id),
  state text not null default 'reported'
    check (state in ('reported', 'visited', 'granted', 'explained', 'closed', 'refused', 'withdrawn')),
  seen text check (length(seen) between 2 and 1000),
  visited_on date,
  visited_by uuid references app.staff (id),
  granted_fen bigint check (granted_fen > 0),
  -- One month of the standard for one person, by which it was granted, and where it stands.
  line_fen bigint check (line_fen > 0),
  line_source text check (length(line_source) between 2 and 200),
  line_stated boolean,
  way text check (way in ('cash', 'transfer', 'goods')),
  because text check (length(because) between 2 and 500),
  decided_on date,
  decided_by uuid references app.staff (id),
  explanation text check (length(explanation) between 2 and 2000),
  explained_on date,
  explained_by uuid references app.staff (id),
  closed_on date,
  closed_by uuid references app.staff (id),
  version int not null default 1,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint quick_relief_of_household unique (id, household_id),
  constraint quick_relief_visited_whole check (num_nonnulls(seen, visited_on, visited_by) in (0, 3)),
  constraint quick_relief_granted_whole check (
    num_nonnulls(granted_fen, line_fen, line_source, line_stated, way) = case when state in ('granted', 'explained', 'closed') then 5 else 0 end),
  constraint quick_relief_within_cap check (granted_fen <= line_fen * people),
  constraint quick_relief_refused_because check ((state in ('refused', 'withdrawn')) = (because is not null))
);
comment on table app.quick_relief is 'Small urgent help given first and explained afterwards — 小额快救';
comment on column app.quick_relief.people is 'How many of the household it is for — 救助人数';
comment on column app.quick_relief.line_stated is 'The official stated the standard, since the one on record has run out — 标准由经办人填写';
create unique index quick_relief_one_open on app.quick_relief (household_id) where state in ('reported', 'visited', 'granted', 'explained');
create index quick_relief_household on app.quick_relief (household_id, id);
create index quick_relief_state on app.quick_relief (state, id);

create table app.quick_relief_event (
  id bigint generated always as identity primary key,
  relief_id bigint not null,
  household_id bigint not null,
  step text not null check (step in ('report', 'visit', 'grant', 'refuse', 'withdraw', 'explain', 'return', 'close')),
  on_day date not null,
  by uuid not null default auth.staff_id() references app.staff (id),
  at timestamptz not null default clock_timestamp(),
  text text check (length(text) between 2 and 2000),
  foreign key (relief_id, household_id) references app.quick_relief (id, household_id)
);
comment on table app.quick_relief_event is 'What was done for a quick relief, by whom, and every wording — 办理记录';
create index quick_relief_event_relief on app.quick_relief_event (relief_id, id);
create index quick_relief_event_household on app.quick_relief_event (household_id);

do $$
declare
  name text;
begin
  foreach name in array array['quick_relief', 'quick_relief_event'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create policy %I on app.%I using ((select auth.scope_from()) is not null
      and exists (select from app.household where household.id = household_id))', name || '_of_household_in_sight', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
  end loop;
end
$$;
create trigger quick_relief_event_as_recorded before update on app.quick_relief_event for each row
  execute function app.keep_as_recorded();
grant select, insert (household_id, cause, people, happened, reported_on),
  update (state, seen, visited_on, granted_fen, line_fen, line_source, line_stated, way, because, decided_on, explanation,
    explained_on, closed_on) on app.quick_relief to app;
grant select, insert (relief_id, household_id, step, on_day, text) on app.quick_relief_event to app;

-- Which step follows which, who takes it, and that a step writes what is its own and nothing of another.
create function app.guard_relief_step() returns trigger
language plpgsql set search_path = '' as $$
declare
  step text := old.state || ' ' || new.state;
  own text[];
begin
  -- The owner, whom policies do not bind.
  if not row_security_active('app.quick_relief') then
    return new;
  end if;
  if coalesce(auth.role(), '') not in ('advisor', 'township', 'district') then
    raise exception 'a step of quick relief is not for % to take', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  if auth.role() = 'advisor' and new.state in ('granted', 'refused', 'closed') then
    raise exception 'a decision on quick relief is not for % to take', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  own := case step
    when 'reported visited' then array['seen', 'visited_on', 'visited_by']
    when 'visited granted' then array['granted_fen', 'line_fen', 'line_source', 'line_stated', 'way', 'decided_on', 'decided_by']
    when 'reported refused' then array['because', 'decided_on', 'decided_by']
    when 'visited refused' then array['because', 'decided_on', 'decided_by']
    when 'reported withdrawn' then array['because', 'decided_on', 'decided_by']
    when 'visited withdrawn' then array['because', 'decided_on', 'decided_by']
    when 'granted explained' then array['explanation', 'explained_on', 'explained_by']
    when 'explained granted' then array[]::text[]
    when 'explained closed' then array['closed_on', 'closed_by']
  end;
  if own is null then
    raise exception 'a quick relief that is % does not become %', old.state, new.state
      using errcode = 'check_violation', constraint = 'quick_relief_step';
  end if;
  if step = 'explained closed' and old.decided_by = auth.staff_id() then
    raise exception 'whoever granted does not close' using errcode = 'check_violation', constraint = 'quick_relief_closed_by_another';
  end if;
  case new.state
    when 'visited' then new.visited_by := auth.staff_id();
    when 'explained' then new.explained_by := auth.staff_id();
    when 'closed' then new.closed_by := auth.staff_id();
    when 'granted' then if old.state = 'visited' then new.decided_by := auth.staff_id(); end if;
    else new.decided_by := auth.staff_id();
  end case;
  if to_jsonb(old) - own - array['state', 'version'] is distinct from to_jsonb(new) - own - array['state', 'version'] then
    raise exception 'a step to % writes nothing else', new.state using errcode = 'check_violation', constraint = 'quick_relief_step';
  end if;
  new.version := old.version + 1;
  return new;
end
$$;
comment on function app.guard_relief_step is 'Which step of a quick relief follows which, and who takes it — 办理步骤';
revoke execute on function app.guard_relief_step from public;
create trigger quick_relief_in_steps before update on app.quick_relief for each row execute function app.guard_relief_step();
