-- A clock for what somebody has to do about a household, with everything that happened to it. Whoever sees the household,
-- and the class of fact it rests on, sees the clock. When it is due is counted by the program with the calendar of working
-- days (0205) and kept here to be searched by; events are what it is counted from.

create table app.clock (
  id bigint generated always as identity primary key,
  kind text not null,
  subject text not null check (subject in ('lead', 'correction')),
  subject_id bigint not null,
  household_id bigint not null references app.household (id),
  -- That of the household; whoever starts a clock has no say in it.
  area_id text collate "C" not null,
  sensitivity text not null default 'plain' check (sensitivity in ('plain', 'need-signal', 'clinical')),
  started_at timestamptz not null,
  -- As it was stated when the clock began.
  amount int not null check (amount > 0),
  unit text not null check (unit in ('workday', 'day', 'hour')),
  owner uuid references app.staff (id),
  paused_at timestamptz,
  -- Null while it is paused or not counted yet.
  due_at timestamptz,
  next_at timestamptz,
  reached int not null default 0 check (reached in (0, 50, 100, 150)),
  -- The version of the calendar it was counted by.
  counted_by bigint,
  ended_at timestamptz,
  ended_how text check (ended_how in ('handled', 'closed', 'withdrawn')),
  constraint clock_of_household unique (id, household_id, sensitivity),
  constraint clock_ended_whole check ((ended_at is null) = (ended_how is null)),
  constraint clock_ended_counts_no_more check (ended_at is null or num_nonnulls(paused_at, due_at, next_at) = 0)
);
comment on table app.clock is 'How long something about a household may still take — 时限';
comment on column app.clock.owner is 'Who has it in hand and is reminded first — 承办人';
comment on column app.clock.next_at is 'When somebody is to be told next: at half, all and one and a half of the limit — 下次提醒';
create unique index clock_one_running on app.clock (subject, subject_id, kind) where ended_at is null;
create index clock_subject on app.clock (subject, subject_id);
create index clock_household on app.clock (household_id);
create index clock_next on app.clock (next_at) where next_at is not null;
create index clock_due on app.clock (subject, due_at) where due_at is not null;

create table app.clock_event (
  id bigint generated always as identity primary key,
  clock_id bigint not null,
  household_id bigint not null,
  sensitivity text not null default 'plain',
  kind text not null check (kind in ('started', 'handed', 'paused', 'resumed', 'reminded', 'escalated', 'ended', 'reopened')),
  -- By the clock of the installation, which in a demonstration stands on one day.
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  by text not null default auth.actor(),
  text text check (length(text) between 2 and 300),
  mark int check (mark in (50, 100, 150)),
  level text check (level in ('committee', 'township', 'district')),
  -- Levels at which nobody was named who may see it.
  skipped text[] not null default '{}',
  to_staff uuid references app.staff (id),
  -- As on that day: an advisor does not see in app.staff who works above them.
  to_name text,
  foreign key (clock_id, household_id, sensitivity) references app.clock (id, household_id, sensitivity),
  constraint clock_event_told_whole check ((kind in ('reminded', 'escalated')) = (mark is not null)),
  constraint clock_event_paused_because check (kind <> 'paused' or text is not null)
);
comment on table app.clock_event is 'What happened to a clock: started, paused and why, told to whom, ended — 时限记录';
create index clock_event_clock on app.clock_event (clock_id, id);
create index clock_event_told on app.clock_event (to_staff, clock_id) where to_staff is not null;
create unique index clock_event_once on app.clock_event (clock_id, mark) where mark is not null;

-- By the area, as leads are: lists search by it.
alter table app.clock enable row level security;
alter table app.clock force row level security;
create policy clock_in_scope on app.clock
  using (area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
create policy clock_unrestricted on app.clock as restrictive
  using (household_id <> all ((select auth.hidden_households())::bigint[]));
alter table app.clock_event enable row level security;
alter table app.clock_event force row level security;
create policy clock_event_of_household_in_sight on app.clock_event using ((select auth.role()) = 'job'
  or (select auth.scope_from()) is not null and exists (select from app.household where household.id = household_id));
do $$
declare
  name text;
begin
  foreach name in array array['clock', 'clock_event'] loop
    execute format('create policy %I on app.%I as restrictive
      using (sensitivity <> ''clinical'' or (select auth.role()) in (''district'', ''job''))', name || '_clinical', name);
    execute format('create policy %I on app.%I as restrictive
      using (sensitivity <> ''need-signal'' or (select auth.role()) <> ''advisor'' or exists (
        select from app.household where household.id = household_id and area_id = any ((select auth.duty_areas())::text[])))',
      name || '_need_signal', name);
  end loop;
end
$$;
-- Nobody but the program says that somebody was told.
create policy clock_event_told_by_program on app.clock_event as restrictive for insert
  with check (kind not in ('reminded', 'escalated') or (select auth.role()) = 'job');

grant select on app.clock, app.clock_event to app;
grant insert (kind, subject, subject_id, household_id, sensitivity, started_at, amount, unit, owner, due_at, next_at, counted_by)
  on app.clock to app;
grant update (owner, paused_at, due_at, next_at, reached, counted_by, ended_at, ended_how) on app.clock to app;
grant insert (clock_id, household_id, sensitivity, kind, at, text, mark, level, skipped, to_staff, to_name)
  on app.clock_event to app;
create trigger clock_stays before delete on app.clock for each row execute function app.keep_as_recorded();
create trigger clock_event_stays before delete or update on app.clock_event for each row execute function app.keep_as_recorded();

create function app.place_clock() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select area_id into new.area_id from app.household where id = new.household_id;
  return new;
end
$$;
comment on function app.place_clock is 'A clock lies where its household lives — 所在辖区';
revoke execute on function app.place_clock from public;
create trigger clock_placed before insert on app.clock for each row execute function app.place_clock();

-- Clocks move with their household. Whoever has one in hand and does not work there lets go of it.
create function app.move_clocks() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update app.clock set area_id = new.area_id where household_id = new.id;
  with gone as (
    update app.clock set owner = null
    where household_id = new.id and ended_at is null and owner is not null
      and not exists (select from app.staff where id = owner and starts_with(new.area_id, area_id))
    returning *)
  insert into app.clock_event (clock_id, household_id, sensitivity, kind, at)
  select id, household_id, sensitivity, 'handed', clock_timestamp() from gone order by id;
  return null;
end
$$;
comment on function app.move_clocks is 'Moves clocks with their household, out of the hands of whoever does not work there — 迁居';
revoke execute on function app.move_clocks from public;
create trigger household_moves_clocks after update of area_id on app.household for each row
  when (old.area_id <> new.area_id) execute function app.move_clocks();

-- What lay on the worklist already begins now; the program counts it when it next looks.
with begun as (
  insert into app.clock (kind, subject, subject_id, household_id, sensitivity, started_at, amount, unit, owner)
  select 'lead', 'lead', lead.id, household_id, case when clinical then 'clinical' else 'plain' end, now(), amount, unit, assignee
  from app.lead join app.clock_limit on kind = 'lead' and superseded_at is null
  where state = 'open' and exists (select from app.lead_line line where line.lead_id = lead.id and line.state = 'open'
    and (disposition is null or disposition = 'unreachable'))
  returning *)
insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, by)
select id, household_id, sensitivity, 'started', started_at, 'owner' from begun;
