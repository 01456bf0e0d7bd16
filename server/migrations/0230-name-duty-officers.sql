-- Whom a clock that runs out goes to: one person for a committee, a township, the district, from a day to a day.

create table app.duty_officer (
  id bigint generated always as identity primary key,
  area_id text collate "C" not null references app.area (id),
  staff_id uuid not null references app.staff (id),
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid default auth.staff_id() references app.staff (id),
  -- Another was named from the same day or before.
  superseded_at timestamptz,
  constraint duty_officer_days_in_order check (valid_to is null or valid_to >= valid_from),
  constraint duty_officer_one_at_a_time exclude using gist (
    area_id with =, daterange(valid_from, valid_to, '[]') with &&) where (superseded_at is null)
);
comment on table app.duty_officer is 'Who is told when a time limit of an area runs out, from a day to a day — 时限负责人';
create index duty_officer_area on app.duty_officer (area_id, id);

alter table app.duty_officer enable row level security;
alter table app.duty_officer force row level security;
create policy duty_officer_in_scope on app.duty_officer for select using (
  area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
grant select on app.duty_officer to app;
create trigger duty_officer_as_recorded before update on app.duty_officer for each row
  when (to_jsonb(old) - '{valid_to,superseded_at}'::text[] is distinct from to_jsonb(new) - '{valid_to,superseded_at}'::text[]
    or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger duty_officer_stays before delete on app.duty_officer for each row execute function app.keep_as_recorded();

-- Null for nobody any more.
create function app.name_duty_officer(of_area text, who uuid, from_day date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() is null or auth.role() not in ('township', 'district')
    or not (of_area >= auth.scope_from() and of_area < auth.scope_to()) then
    raise exception 'whoever answers for an area is not for % to name', auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  if who is not null and not exists (select from app.staff where id = who and active
    and role in ('advisor', 'township', 'district') and starts_with(of_area, area_id)) then
    raise exception 'whoever answers for area % works with its cases', of_area
      using errcode = 'check_violation', constraint = 'duty_officer_works_there';
  end if;
  perform pg_advisory_xact_lock(hashtext('duty officer ' || of_area));
  update app.duty_officer set superseded_at = clock_timestamp()
  where area_id = of_area and superseded_at is null and valid_from >= from_day;
  update app.duty_officer set valid_to = from_day - 1
  where area_id = of_area and superseded_at is null and (valid_to is null or valid_to >= from_day);
  insert into app.duty_officer (area_id, staff_id, valid_from) select of_area, who, from_day where who is not null;
end
$$;
comment on function app.name_duty_officer is 'Who is told of time limits of an area from a day on, by officials of the area — 指定时限负责人';
revoke execute on function app.name_duty_officer from public;
grant execute on function app.name_duty_officer to app;
