-- Which days are worked: a table a year, shipped where the State Council's arrangement was known, else stated by the
-- administrator of the system. A year that nobody stated is not known, and whoever counts in it says so.

create table app.workday_year (
  id bigint generated always as identity primary key,
  year int not null check (year between 2000 and 2100),
  -- Whether its exceptions are all there.
  known boolean not null,
  because text not null check (length(because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: shipped with the program.
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.workday_year is 'Years whose holidays and make-up working days are known, and on what — 工作日历年度';
create unique index workday_year_current on app.workday_year (year) where superseded_at is null;

create table app.workday_exception (
  id bigint generated always as identity primary key,
  day date not null check (day between '2000-01-01' and '2100-12-31'),
  -- By its weekday: what stood before no longer holds.
  kind text not null check (kind in ('holiday', 'make-up', 'by-weekday')),
  name text check (length(name) between 1 and 30),
  because text not null check (length(because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.workday_exception is 'Days that are not what their weekday says: holidays, make-up working days — 放假与调休';
create unique index workday_exception_current on app.workday_exception (day) where superseded_at is null;
create index workday_exception_of_day on app.workday_exception (day, id);

do $$
declare
  name text;
begin
  foreach name in array array['workday_year', 'workday_exception'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create policy %I on app.%I for select using ((select auth.role()) is not null)',
      name || '_for_whoever_is_signed_in', name);
    execute format('grant select on app.%I to app', name);
    execute format('create trigger %I before update on app.%I for each row
        when (to_jsonb(old) - ''superseded_at'' is distinct from to_jsonb(new) - ''superseded_at'' or old.superseded_at is not null)
        execute function app.keep_as_recorded()', name || '_as_recorded', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()',
      name || '_stays', name);
  end loop;
end
$$;

-- How often anything was stated of a year: nothing is removed, so whoever has seen this many has seen everything.
create function app.workdays_version(of_year int) returns int
language sql stable set search_path = '' as $$
  select (select count(*) from app.workday_year where year = of_year)::int
    + (select count(*) from app.workday_exception
        where day between make_date(of_year, 1, 1) and make_date(of_year, 12, 31))::int
$$;
comment on function app.workdays_version is 'Number of statements of a year so far — 工作日历版本';

create function app.guard_workdays(of_year int, seen int) returns boolean
language plpgsql set search_path = '' as $$
begin
  if auth.role() is distinct from 'system-admin' then
    raise exception 'working days are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('workdays ' || of_year));
  return app.workdays_version(of_year) = seen;
end
$$;
comment on function app.guard_workdays is 'Whether the administrator of the system has seen what stands of a year; nobody else passes';

create function app.state_workday_year(of_year int, is_known boolean, why text, seen int) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not app.guard_workdays(of_year, seen) then
    return false;
  end if;
  update app.workday_year set superseded_at = clock_timestamp() where year = of_year and superseded_at is null;
  insert into app.workday_year (year, known, because) values (of_year, is_known, why);
  return true;
end
$$;
comment on function app.state_workday_year is 'Says whether the exceptions of a year are all there; false where somebody stated something meanwhile — 登记年度';

create function app.state_workdays(first_day date, last_day date, of_kind text, called text, why text, seen int)
returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if last_day < first_day or last_day - first_day > 30
    or extract(year from first_day) <> extract(year from last_day) then
    raise invalid_parameter_value using message = 'not a few days of one year';
  end if;
  if not app.guard_workdays(extract(year from first_day)::int, seen) then
    return false;
  end if;
  update app.workday_exception set superseded_at = clock_timestamp()
  where day between first_day and last_day and superseded_at is null;
  insert into app.workday_exception (day, kind, name, because)
  select first_day + n, of_kind, called, why from generate_series(0, last_day - first_day) n;
  return true;
end
$$;
comment on function app.state_workdays is 'Makes days of one year holidays, working days or what their weekday says; false where somebody stated something meanwhile — 登记放假与调休';
revoke execute on function app.workdays_version, app.guard_workdays, app.state_workday_year, app.state_workdays from public;
grant execute on function app.workdays_version, app.state_workday_year, app.state_workdays to app;
