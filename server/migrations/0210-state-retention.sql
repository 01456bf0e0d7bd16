-- How long each class of record is kept, as the district states it and on what; and what is kept in spite of it.

-- Written at each start by the owner, from the lists of the features: which table holds records of which class, by
-- which columns they name persons and households. Names of columns only, no statements.
create table meta.retention_class (
  id text primary key,
  starts text not null check (starts in ('aid-ended', 'care-ended', 'last-entry', 'closed', 'delivered')),
  -- No term may be shorter, and nobody's request comes before: what the law says.
  least interval,
  -- Stays while something is received or a lead is open.
  waits boolean not null
);
comment on table meta.retention_class is 'Classes of records and what starts their clocks; brought in at each start — 档案类别';
create table meta.retention_rule (
  place int primary key,
  table_name text not null unique,
  class text not null references meta.retention_class (id),
  persons text[] not null,
  households text[] not null,
  begins text,
  closes text,
  ends text not null check (ends in ('deleted', 'reduced')),
  blanks text[] not null,
  whole boolean not null,
  rests boolean not null
);
comment on table meta.retention_rule is 'Which table holds records of which class, in the order in which they go; brought in at each start — 各表保存规则';

create table app.retention_terms (
  id bigint generated always as identity primary key,
  class text not null check (length(class) between 1 and 40),
  years int not null default 0 check (years between 0 and 100),
  months int not null default 0 check (months between 0 and 1200),
  days int not null default 0 check (days between 0 and 36500),
  basis text not null check (length(basis) between 2 and 300),
  because text not null check (length(because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  constraint retention_some_time check (years + months + days > 0)
);
comment on table app.retention_terms is 'For how long records of a class are kept, confirmed by whom and on what — 保存期限';
comment on column app.retention_terms.basis is 'Document and clause that set the term — 依据';
comment on column app.retention_terms.because is 'How the district came to confirm it: a reply, a meeting — 确认经过';
create unique index retention_terms_current on app.retention_terms (class) where superseded_at is null;

-- A household of which everything is kept, whatever has run out.
create table app.legal_hold (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  kind text not null check (kind in ('dispute', 'litigation', 'inspection', 'other')),
  because text not null check (length(because) between 5 and 500),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  lifted_at timestamptz,
  lifted_by uuid references app.staff (id),
  lifted_because text check (length(lifted_because) between 5 and 500),
  constraint legal_hold_lifted_whole check (
    (lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_because is null))
);
comment on table app.legal_hold is 'That everything of a household is kept, because of a dispute, a suit or an inspection — 保全';
create unique index legal_hold_one_current on app.legal_hold (household_id) where lifted_at is null;

-- Whoever looks after the records: staff of the whole district, not those lent to a township.
create function auth.keeps_records() returns boolean
language sql stable security definer set search_path = '' as $$
  select auth.role() = 'district' and length(auth.scope_from()) = 6
$$;
comment on function auth.keeps_records() is 'Whether the session is of staff of the whole district, who look after what is kept';
revoke execute on function auth.keeps_records() from public;
grant execute on function auth.keeps_records() to app, reports;

do $$
declare
  name text;
begin
  foreach name in array array['retention_terms', 'legal_hold'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('grant select on app.%I to app', name);
    execute format('create policy %I on app.%I for select using (
      (select auth.role()) = ''job'' or (select auth.keeps_records()))', name || '_for_keepers', name);
  end loop;
end
$$;
create policy legal_hold_unrestricted on app.legal_hold as restrictive for select
  using (household_id <> all ((select auth.hidden_households())::bigint[]));
create trigger retention_terms_as_recorded before update on app.retention_terms for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger retention_terms_stay before delete on app.retention_terms for each row execute function app.keep_as_recorded();

-- The number of what stands from now on; null where somebody else stated other terms since `seen`.
create function app.state_retention(of_class text, terms jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
  shortest interval;
  stated interval := make_interval(years => (terms ->> 'years')::int, months => (terms ->> 'months')::int, days => (terms ->> 'days')::int);
begin
  if auth.keeps_records() is not true then
    raise exception 'retention is not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  select least into shortest from meta.retention_class where id = of_class;
  if not found then
    raise exception 'no class % is kept', of_class using errcode = 'foreign_key_violation';
  end if;
  -- By days, not by the average month of intervals: 36 months are never less than three years.
  if date '2024-03-01' + stated < date '2024-03-01' + shortest then
    raise exception 'class % is kept for % at least', of_class, shortest
      using errcode = 'check_violation', constraint = 'retention_at_least';
  end if;
  perform pg_advisory_xact_lock(hashtext('retention ' || of_class));
  if seen is distinct from (select id from app.retention_terms where class = of_class and superseded_at is null) then
    return null;
  end if;
  update app.retention_terms set superseded_at = clock_timestamp() where class = of_class and superseded_at is null;
  insert into app.retention_terms (class, years, months, days, basis, because)
  values (of_class, (terms ->> 'years')::int, (terms ->> 'months')::int, (terms ->> 'days')::int, terms ->> 'basis', terms ->> 'because')
  returning id into made;
  return made;
end
$$;
comment on function app.state_retention is 'For how long a class is kept from now on, by staff of the district — 登记保存期限';

create function app.hold_household(of_household bigint, of_kind text, why text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  if auth.keeps_records() is not true then
    raise exception 'holds are not for % to place', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform app.lock_for_staff(of_household, null);
  insert into app.legal_hold (household_id, kind, because) values (of_household, of_kind, why)
  returning id into made;
  return made;
end
$$;
comment on function app.hold_household is 'Keeps everything of a household from now on, by staff of the district — 登记保全';

-- The household it was of; null where there is none that stands.
create function app.lift_hold(of_hold bigint, why text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  home bigint;
begin
  if auth.keeps_records() is not true then
    raise exception 'holds are not for % to lift', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  update app.legal_hold set lifted_at = clock_timestamp(), lifted_by = auth.staff_id(), lifted_because = why
  where id = of_hold and lifted_at is null and household_id <> all (auth.hidden_households())
  returning household_id into home;
  return home;
end
$$;
comment on function app.lift_hold is 'A household is kept no longer than others, by staff of the district — 解除保全';
revoke execute on function app.state_retention, app.hold_household, app.lift_hold from public;
grant execute on function app.state_retention, app.hold_household, app.lift_hold to app;
