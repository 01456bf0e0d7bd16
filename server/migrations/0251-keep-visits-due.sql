-- When a household is to be contacted and visited next, worked out by the program. A day that passes stays until somebody
-- was there. What is due by a need signal alone is a row of its own, behind the wall of that fact.

create table app.visit_due (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  -- That of the household.
  area_id text collate "C" not null,
  kind text not null check (kind in ('contact', 'visit')),
  sensitivity text not null check (sensitivity in ('plain', 'need-signal')),
  -- Key of the rule that says so.
  reason text not null,
  season text check (season in ('heat', 'cold', 'holiday')),
  -- Since when it is to be kept at all, and when it was done last.
  since date not null,
  last_on date,
  due_on date not null,
  -- Recorded as done; the next day is being worked out.
  met_on date,
  kept_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  constraint visit_due_since check (due_on >= since)
);
comment on table app.visit_due is 'When a household is to be contacted or visited next, and by which rule — 应联系、应走访';
comment on column app.visit_due.since is 'Never due before this day — 起算日';
create unique index visit_due_one on app.visit_due (household_id, kind, sensitivity) where ended_at is null;
create index visit_due_day on app.visit_due (area_id, due_on) where ended_at is null;
create index visit_due_household on app.visit_due (household_id);

alter table app.visit_due enable row level security;
alter table app.visit_due force row level security;
grant select on app.visit_due to app;
create policy visit_due_in_scope on app.visit_due for select
  using (area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
create policy visit_due_unrestricted on app.visit_due as restrictive for select
  using (household_id <> all ((select auth.hidden_households())::bigint[]));
create policy visit_due_need_signal on app.visit_due as restrictive for select
  using (sensitivity <> 'need-signal' or (select auth.role()) <> 'advisor' or area_id = any ((select auth.duty_areas())::text[]));

-- Rows for these households from now on; what is not among them ends.
create function app.keep_visits_due(of_households bigint[], due jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() is distinct from 'job' then
    raise exception 'what is due is not for % to work out', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  update app.visit_due set ended_at = clock_timestamp()
  where household_id = any (of_households) and ended_at is null and not exists (
    select from jsonb_to_recordset(due) as row (household bigint, kind text, sensitivity text)
    where row.household = household_id and row.kind = visit_due.kind and row.sensitivity = visit_due.sensitivity);
  insert into app.visit_due (household_id, area_id, kind, sensitivity, reason, season, since, last_on, due_on)
  select row.household, household.area_id, row.kind, row.sensitivity, row.reason, row.season, row.since, row.last, row.due
  from jsonb_to_recordset(keep_visits_due.due)
    as row (household bigint, kind text, sensitivity text, reason text, season text, since date, last date, due date)
  join app.household on household.id = row.household and row.household = any (of_households)
  on conflict (household_id, kind, sensitivity) where ended_at is null do update
    set area_id = excluded.area_id, reason = excluded.reason, season = excluded.season, since = excluded.since,
      last_on = excluded.last_on, due_on = excluded.due_on, met_on = null, kept_at = clock_timestamp();
end
$$;
comment on function app.keep_visits_due is 'Keeps what is due of households as the program works it out — 更新应联系、应走访';
revoke execute on function app.keep_visits_due from public;
grant execute on function app.keep_visits_due to app;

create function app.move_visits_due() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update app.visit_due set area_id = new.area_id where household_id = new.id;
  return null;
end
$$;
comment on function app.move_visits_due is 'What is due moves with its household — 迁居';
create trigger household_moves_visits_due after update of area_id on app.household for each row
  when (old.area_id <> new.area_id) execute function app.move_visits_due();

-- Whoever was met is off the list at once.
create function app.meet_visits_due() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update app.visit_due set met_on = new.on_day
  where household_id = new.household_id and ended_at is null and (kind = 'contact' or new.method = 'visit')
    and new.on_day > coalesce(last_on, '-infinity');
  return null;
end
$$;
comment on function app.meet_visits_due is 'What was done is due no more until the next day is worked out — 已完成';
create trigger service_record_meets_visits_due after insert on app.service_record for each row
  when (new.outcome = 'met') execute function app.meet_visits_due();
revoke execute on function app.move_visits_due, app.meet_visits_due from public;

-- Where somebody means to go on a day, in order; one's own only.
create table app.day_stop (
  id bigint generated always as identity primary key,
  staff_id uuid not null default auth.staff_id() references app.staff (id),
  on_day date not null,
  household_id bigint not null references app.household (id),
  put_at timestamptz not null default clock_timestamp(),
  taken_off_at timestamptz
);
comment on table app.day_stop is 'Which households somebody means to see on a day — 今日安排';
create unique index day_stop_once on app.day_stop (staff_id, on_day, household_id) where taken_off_at is null;
create index day_stop_household on app.day_stop (household_id);

alter table app.day_stop enable row level security;
alter table app.day_stop force row level security;
grant select on app.day_stop to app;
create policy day_stop_own on app.day_stop for select using (staff_id = (select auth.staff_id())
  and exists (select from app.household where household.id = household_id));

create function app.plan_day(of_day date, of_households bigint[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if auth.staff_id() is null or auth.role() not in ('advisor', 'township', 'district') or exists (
    select from unnest(of_households) one left join app.household on household.id = one
    where (area_id >= auth.scope_from() and area_id < auth.scope_to() and id <> all (auth.hidden_households())) is not true) then
    raise exception 'a day with these households is not for % to plan', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('day of ' || auth.staff_id()));
  update app.day_stop set taken_off_at = clock_timestamp()
  where staff_id = auth.staff_id() and on_day = of_day and taken_off_at is null and household_id <> all (of_households);
  insert into app.day_stop (on_day, household_id) select distinct of_day, one from unnest(of_households) one
  on conflict (staff_id, on_day, household_id) where taken_off_at is null do nothing;
end
$$;
comment on function app.plan_day is 'Which households whoever asks means to see on a day — 安排今日走访';
revoke execute on function app.plan_day from public;
grant execute on function app.plan_day to app;
