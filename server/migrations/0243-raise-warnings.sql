-- A warning: that something may have happened to a household, with the evidence, what was done and what came of it. One that
-- lives per household and topic on each side of the wall of facts; more evidence is put with it.

create table app.warning (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  -- That of the household; whoever raises a warning has no say in it.
  area_id text collate "C" not null,
  topic text not null check (topic in ('health', 'work', 'family', 'study', 'home', 'safety', 'mind', 'aid', 'word')),
  sensitivity text not null default 'plain' check (sensitivity in ('plain', 'need-signal', 'clinical')),
  -- Seen by the district and the people named alone.
  restricted boolean not null default false,
  severity text not null check (severity in ('red', 'orange', 'yellow')),
  -- 家庭主动求助, 邻里守望相助, 社区重点关注: reported apart.
  source_group text not null check (source_group in ('household', 'neighbours', 'community')),
  state text not null default 'raised' check (state in ('raised', 'dispatched', 'acknowledged', 'visited', 'confirmed',
    'false_positive', 'already_covered', 'moved_or_deceased', 'disposed', 'fed_back', 'closed')),
  why text not null default '',
  assignee uuid references app.staff (id),
  lead_id bigint references app.lead (id) on delete set null,
  raised_at timestamptz not null,
  raised_on date not null,
  contacted_at timestamptz,
  visited_at timestamptz,
  outcome text check (outcome in ('confirmed', 'false_positive', 'already_covered', 'moved_or_deceased')),
  disposal text check (disposal in ('aid', 'emergency', 'service', 'referral', 'case', 'monitor', 'reported', 'none')),
  fed_back_at timestamptz,
  closed_on date,
  -- Nothing new is raised of the topic before this day, unless it is red.
  cools_until date,
  -- Harm to a child or violence: it is for the police or civil affairs to be told of.
  must_report boolean not null default false,
  reported_to text check (reported_to in ('police', 'civil-affairs')),
  reported_at timestamptz,
  report_receipt text check (length(report_receipt) between 2 and 60),
  version int not null default 1,
  constraint warning_in_household unique (id, household_id),
  constraint warning_outcome_stands check ((outcome is not null) = (state in ('confirmed', 'false_positive', 'already_covered',
    'moved_or_deceased', 'disposed', 'fed_back', 'closed'))),
  constraint warning_outcome_is_state check (state not in ('confirmed', 'false_positive', 'already_covered', 'moved_or_deceased')
    or state = outcome),
  constraint warning_disposal_stands check ((disposal is not null) = (state in ('disposed', 'fed_back', 'closed'))),
  constraint warning_closed_whole check ((state = 'closed') = (closed_on is not null) and (closed_on is null) = (cools_until is null)),
  constraint warning_report_whole check (num_nonnulls(reported_to, reported_at, report_receipt) in (0, 3)),
  constraint warning_report_is_restricted check (not must_report or restricted),
  -- What must be reported is reported before it is disposed of, and not merely watched.
  constraint warning_reported_first check (not must_report or disposal is null
    or (reported_at is not null and disposal not in ('monitor', 'none')))
);
comment on table app.warning is 'That something may have happened to a household, and what came of it; one that lives per household, topic and class of facts — 预警';
comment on column app.warning.state is 'raised 已提出, dispatched 已派发, acknowledged 已接收, visited 已走访, confirmed 属实, false_positive 误报, already_covered 已在帮扶, moved_or_deceased 已迁出或去世, disposed 已处置, fed_back 已反馈, closed 已办结 — 状态';
comment on column app.warning.lead_id is 'The open lead of the household that it was joined to — 并入的线索';
create unique index warning_one_live on app.warning (household_id, topic, sensitivity, restricted) where state <> 'closed';
create index warning_household on app.warning (household_id, id);
create index warning_live_area on app.warning (area_id, id) where state <> 'closed';
create index warning_closed_area on app.warning (area_id, closed_on, id) where state = 'closed';

create table app.warning_evidence (
  id bigint generated always as identity primary key,
  warning_id bigint not null,
  household_id bigint not null,
  person_id bigint references app.person (id),
  signal text not null,
  severity text not null check (severity in ('red', 'orange', 'yellow')),
  -- What it says in short: the same once more is no news.
  content text not null,
  text text not null,
  on_day date not null,
  -- How it came: a rule, or somebody's word.
  channel text not null check (channel in ('rule', 'visit', 'call', 'hotline', 'neighbour', 'station', 'event', 'self-help')),
  at timestamptz not null,
  foreign key (warning_id, household_id) references app.warning (id, household_id)
);
comment on table app.warning_evidence is 'What a warning rests on; it is added to and never changed — 预警依据';
create index warning_evidence_warning on app.warning_evidence (warning_id, id);
create index warning_evidence_signal on app.warning_evidence (signal, warning_id);
create unique index warning_evidence_once on app.warning_evidence (household_id, signal, coalesce(person_id, 0), content);

create table app.warning_event (
  id bigint generated always as identity primary key,
  warning_id bigint not null,
  household_id bigint not null,
  kind text not null check (kind in ('raised', 'evidence', 'joined', 'dispatched', 'acknowledged', 'contacted', 'visited', 'found',
    'disposed', 'fed-back', 'closed', 'reported', 'named', 'note')),
  -- What the step says in a code: the way of a visit, an outcome, a disposal, an authority.
  code text check (length(code) <= 40),
  -- To whom: as on that day, an advisor does not see in app.staff who works above them.
  to_name text,
  -- What people say of it, sealed.
  words_enc bytea,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  by text not null default auth.actor(),
  foreign key (warning_id, household_id) references app.warning (id, household_id),
  constraint warning_event_disposed_because check (kind <> 'disposed' or words_enc is not null)
);
comment on table app.warning_event is 'What happened to a warning; rows are never changed — 预警记录';
comment on column app.warning_event.words_enc is 'What somebody said or wrote of it, sealed — 文字记录';
create index warning_event_warning on app.warning_event (warning_id, id);

create table app.warning_named (
  warning_id bigint not null,
  household_id bigint not null,
  staff_id uuid not null references app.staff (id),
  name text not null,
  named_at timestamptz not null default clock_timestamp(),
  -- Null: whoever said it first.
  named_by uuid references app.staff (id),
  primary key (warning_id, staff_id),
  foreign key (warning_id, household_id) references app.warning (id, household_id)
);
comment on table app.warning_named is 'Who is named to see a restricted warning beside the district — 可查阅人员';
create index warning_named_staff on app.warning_named (staff_id, warning_id);

do $$
declare
  name text;
begin
  foreach name in array array['warning', 'warning_evidence', 'warning_event', 'warning_named'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
  end loop;
  foreach name in array array['warning_evidence', 'warning_event', 'warning_named'] loop
    execute format('create trigger %I before update on app.%I for each row execute function app.keep_as_recorded()',
      name || '_as_recorded', name);
  end loop;
end
$$;

create policy warning_in_scope on app.warning
  using (area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
create policy warning_unrestricted on app.warning as restrictive
  using (household_id <> all ((select auth.hidden_households())::bigint[]));
create policy warning_clinical on app.warning as restrictive
  using (sensitivity <> 'clinical' or (select auth.role()) in ('district', 'job'));
create policy warning_need_signal on app.warning as restrictive
  using (sensitivity <> 'need-signal' or (select auth.role()) <> 'advisor'
    or area_id = any ((select auth.duty_areas())::text[]));
create policy warning_for_people_named on app.warning as restrictive
  using (not restricted or (select auth.role()) in ('district', 'job')
    or exists (select from app.warning_named where warning_id = warning.id and staff_id = (select auth.staff_id())));
-- Nobody but the program, or a function of the owner, raises a warning.
create policy warning_raised_by_program on app.warning as restrictive for insert with check ((select auth.role()) = 'job');
-- Asks the household and not the warning, which asks here.
create policy warning_named_oneself_or_district on app.warning_named for select using ((select auth.role()) = 'job'
  or (staff_id = (select auth.staff_id()) or (select auth.role()) = 'district')
    and exists (select from app.household where household.id = household_id));
create policy warning_evidence_of_warning_in_sight on app.warning_evidence using ((select auth.role()) = 'job'
  or (select auth.scope_from()) is not null and exists (select from app.warning where warning.id = warning_id));
create policy warning_evidence_by_program on app.warning_evidence as restrictive for insert
  with check ((select auth.role()) = 'job');
create policy warning_event_of_warning_in_sight on app.warning_event using ((select auth.role()) = 'job'
  or (select auth.scope_from()) is not null and exists (select from app.warning where warning.id = warning_id));

grant select, insert (household_id, topic, sensitivity, restricted, severity, source_group, state, why, assignee, lead_id, raised_at,
  raised_on) on app.warning to app;
grant update (severity, state, assignee, lead_id, contacted_at, visited_at, outcome, disposal, fed_back_at, closed_on, cools_until,
  reported_to, reported_at, report_receipt, version) on app.warning to app;
grant select, insert (warning_id, household_id, person_id, signal, severity, content, text, on_day, channel, at)
  on app.warning_evidence to app;
grant select, insert (warning_id, household_id, kind, code, to_name, words_enc, at) on app.warning_event to app;
grant select on app.warning_named to app;

create function app.place_warning() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select area_id into new.area_id from app.household where id = new.household_id;
  return new;
end
$$;
comment on function app.place_warning is 'A warning lies where its household lives — 所在辖区';
revoke execute on function app.place_warning from public;
create trigger warning_placed before insert on app.warning for each row execute function app.place_warning();

-- Warnings move with their household. Whoever has one in hand and does not work there lets go of it.
create function app.move_warnings() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update app.warning set area_id = new.area_id,
    assignee = case when exists (select from app.staff where id = assignee and starts_with(new.area_id, area_id)) then assignee end,
    version = version + 1
  where household_id = new.id;
  return null;
end
$$;
comment on function app.move_warnings is 'Moves warnings with their household, out of the hands of whoever does not work there — 迁居';
revoke execute on function app.move_warnings from public;
create trigger household_moves_warnings after update of area_id on app.household for each row
  when (old.area_id <> new.area_id) execute function app.move_warnings();
