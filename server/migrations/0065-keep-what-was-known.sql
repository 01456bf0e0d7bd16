-- Every answer can be replayed: what was known when it was given is found again by one instant.
--
-- Writers of one household follow one another under its lock, say when they wrote only once they
-- hold it, and rewrite the wide row at the end of the same transaction. So the instant at which a
-- wide row was made parts what stands in it from what came later, however commits fall; an answer
-- keeps the instant of the very row it was read from.

alter table app.household_current add column known_at timestamptz not null default now();
alter table app.household_current alter column known_at set default clock_timestamp();
alter table app.household_current add column known_on date;
comment on column app.household_current.known_at is 'When this row was made of what was on record; nothing recorded later stands in it — 取数时刻';
comment on column app.household_current.known_on is 'Day as of which it was made — 取数日期';

alter table app.answer add column known_at timestamptz, add column known_on date;
alter table app.undecided add column known_at timestamptz, add column known_on date;
comment on column app.answer.known_at is 'Everything on record by then was counted, and nothing later; null for answers older than this column — 取数时刻';
comment on column app.answer.known_on is 'Day as of which facts, awards and rolls were counted — 取数日期';
comment on column app.undecided.known_at is 'As for answers — 取数时刻';
comment on column app.undecided.known_on is 'As for answers — 取数日期';
create index answer_closed on app.answer (household_id, id) where superseded_at is not null;

-- The beginning of a transaction may lie before the lock, and before what another has written since.
alter table app.fact alter column recorded_at set default clock_timestamp();
alter table app.award alter column recorded_at set default clock_timestamp();
alter table app.member alter column recorded_at set default clock_timestamp();
alter table app.roll alter column loaded_at set default clock_timestamp();

create function app.next_instant(of_household bigint) returns timestamptz
language sql volatile set search_path = '' as $$
  select greatest(clock_timestamp(), (select known_at + interval '1 microsecond'
    from app.household_current where household_id = of_household))
$$;
comment on function app.next_instant is 'Now, and later than what matching reads of the household, also where the clock was set back; for functions of the owner — 登记时刻';

create or replace function app.record_fact(
  of_household bigint, of_person bigint, of_fact text, new_value jsonb, holds_from date,
  said_by text, new_evidence text, verified date, lasts_until date, basis text default null
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  place text;
  class text;
  last_recorded timestamptz;
  last_class text;
  at timestamptz;
begin
  -- The lock puts the records of one household in one order.
  select area_id into place from app.household
  where id = of_household and area_id >= auth.scope_from() and area_id < auth.scope_to()
  for update;
  if place is null then
    raise exception 'household % is not in the scope of %', of_household, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  if of_person is not null and not exists (
    select from app.member
    where household_id = of_household and person_id = of_person
      and superseded_at is null and valid_to is null
  ) then
    raise exception 'person % is no member of household %', of_person, of_household
      using errcode = 'foreign_key_violation';
  end if;
  select sensitivity into class from meta.fact_class where fact = of_fact;
  if class is null then
    raise exception 'no fact % is declared', of_fact using errcode = 'foreign_key_violation';
  end if;
  select recorded_at, sensitivity into last_recorded, last_class from app.fact
  where household_id = of_household and person_id is not distinct from of_person and fact = of_fact
    and superseded_at is null;
  if ('clinical' in (class, last_class) and auth.role() not in ('district', 'job'))
    or ('need-signal' in (class, last_class) and auth.role() = 'advisor'
      and place <> all (auth.duty_areas())) then
    raise exception '% facts are not for % to record', class, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  -- Strictly later than the last one and than what matching has read, whatever the machine's clock does.
  at := greatest(app.next_instant(of_household), last_recorded + interval '1 microsecond');
  update app.fact set superseded_at = at
  where household_id = of_household and person_id is not distinct from of_person
    and fact = of_fact and superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at,
    recorded_by, source, evidence, legal_basis, verified_on, shelf_until, sensitivity)
  values (of_household, place, of_person, of_fact, new_value, holds_from, at,
    auth.actor(), said_by, new_evidence, basis, verified, lasts_until, class);
end
$$;

create or replace function app.record_award(
  of_household bigint, of_person bigint, of_programme text, new_state text, from_day date,
  to_day date, said_by text
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  place text;
  at timestamptz;
begin
  -- The lock puts the records of one household in one order.
  select area_id into place from app.household
  where id = of_household and area_id >= auth.scope_from() and area_id < auth.scope_to()
  for update;
  -- Officials decide: an advisor learns of an award from them.
  if place is null or auth.role() not in ('township', 'district', 'job') then
    raise exception 'awards of household % are not for % to record', of_household, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  if of_person is not null and not exists (
    select from app.member
    where household_id = of_household and person_id = of_person
      and superseded_at is null and valid_to is null
  ) then
    raise exception 'person % is no member of household %', of_person, of_household
      using errcode = 'foreign_key_violation';
  end if;
  at := app.next_instant(of_household);
  with closed as (
    update app.award set superseded_at = at
    where household_id = of_household and person_id is not distinct from of_person
      and programme = of_programme and superseded_at is null
      and (valid_to is null or valid_to >= from_day) and (to_day is null or valid_from <= to_day)
    returning *
  )
  -- What was true before the new record's first day stays on record as true until then.
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to,
    source, recorded_at, recorded_by)
  select household_id, area_id, person_id, programme, state, valid_from, from_day - 1, source, at, recorded_by
  from closed where valid_from < from_day;
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to,
    source, recorded_at, recorded_by)
  values (of_household, place, of_person, of_programme, new_state, from_day, to_day, said_by, at, auth.actor());
end
$$;

drop function app.insert_current(bigint[], date, int);

create function app.insert_current(
  ids bigint[], on_day date, roll_days int, stamp timestamptz default clock_timestamp()
) returns void
language plpgsql set search_path = '' as $$
declare
  -- Put into the text, because a plan that serves both all and one household serves neither.
  chosen text := case when ids is null then 'true' else 'household_id = any ($1)' end;
  placed text := case when ids is null then 'true'
    else 'area.id in (select area_id from app.household where id = any ($1))' end;
  covers text := 'valid_from <= $2 and (valid_to is null or valid_to >= $2)';
  known text := format($sql$
    known_fact as (
      select household_id, person_id,
        jsonb_object_agg('f_' || fact, value)
          || jsonb_object_agg('f_' || fact || '_known', true) as known,
        min(least(shelf_until, valid_to)) + 1 as expiry
      from app.fact
      where superseded_at is null and %2$s and (shelf_until is null or shelf_until >= $2) and %1$s
      group by household_id, person_id
    ), known_award as (
      select household_id, person_id,
        jsonb_object_agg('f_status_' || replace(programme, '-', '_'), true) as known,
        min(valid_to) + 1 as expiry
      from app.award
      where superseded_at is null and state = 'receiving' and %2$s and %1$s
      group by household_id, person_id
    ), area_roll as (
      select area.id as area_id, 'f_status_' || replace(roll.programme, '-', '_') as status, roll.on_day
      from app.area
      join app.roll on starts_with(area.id, roll.area_id)
        and roll.complete and roll.on_day > $2 - $3
      where area.level = 'committee' and %3$s
    ), lacked as (
      select area_id, jsonb_object_agg(status, false) as known
      from area_roll where on_day <= $2 group by area_id
    )$sql$, chosen, covers, placed);
begin
  execute format($sql$
    with %3$s, expiry as (
      select household_id, min(day) as day
      from (
        select household_id, expiry as day from known_fact
        union all select household_id, expiry from known_award
        union all select household_id, valid_from from app.fact
          where superseded_at is null and valid_from > $2 and %1$s
        union all select household_id, valid_from from app.award
          where superseded_at is null and state = 'receiving' and valid_from > $2 and %1$s
      ) every_kind
      group by household_id
    ), roll_change as (
      select area_id, min(day) as day
      from (
        select area_id, max(on_day) + $3 as day from area_roll
          where on_day <= $2 and status in (select attname from pg_catalog.pg_attribute
            where attrelid in ('app.household_current'::regclass, 'app.person_current'::regclass))
          group by area_id, status
        union all select area_id, on_day from area_roll where on_day > $2
      ) both_ways
      group by area_id
    ), size as (
      select household_id, count(*)::int as members from app.member
      where superseded_at is null and %2$s and %1$s group by household_id
    ), put_household as (
      insert into app.household_current
      select wide.* from (
        select household.id, household.area_id, household.version, size.members,
          expiry.day, roll_change.day as roll_day, lacked.known as lacked, fact.known as facts,
          award.known as awards
        from app.household
        join size on size.household_id = household.id
        left join known_fact fact on fact.household_id = household.id and fact.person_id is null
        left join known_award award on award.household_id = household.id and award.person_id is null
        left join expiry on expiry.household_id = household.id
        left join lacked on lacked.area_id = household.area_id
        left join roll_change on roll_change.area_id = household.area_id
      ) source
      cross join lateral jsonb_populate_record(null::app.household_current,
        coalesce(lacked, '{}') || coalesce(facts, '{}') || coalesce(awards, '{}')
          || jsonb_build_object('household_id', id, 'area_id', area_id, 'version', version,
            'size', members, 'next_expiry', day, 'next_roll_change', roll_day,
            'known_at', $4, 'known_on', $2)) wide
    )
    insert into app.person_current
    select wide.* from (
      select member.person_id, member.household_id, member.area_id,
        lacked.known as lacked, fact.known as facts, award.known as awards
      from (select * from app.member where superseded_at is null and %2$s and %1$s) member
      left join known_fact fact on fact.person_id = member.person_id
      left join known_award award on award.person_id = member.person_id
      left join lacked on lacked.area_id = member.area_id
    ) source
    cross join lateral jsonb_populate_record(null::app.person_current,
      coalesce(lacked, '{}') || coalesce(facts, '{}') || coalesce(awards, '{}')
        || jsonb_build_object('person_id', person_id, 'household_id', household_id,
          'area_id', area_id)) wide
    $sql$, chosen, covers, known)
  using ids, on_day, roll_days, stamp;
end
$$;
comment on function app.insert_current is 'Writes wide rows from facts, awards and rolls, stamped with when that was; for the owner and refresh_current — 写入现况';

create or replace function app.refresh_current(ids bigint[], on_day date, roll_days int) returns void
language plpgsql security definer set search_path = '' as $$
declare
  seen bigint[];
  before timestamptz;
begin
  select array_agg(id) into seen from app.household
  where id = any (ids) and area_id >= auth.scope_from() and area_id < auth.scope_to();
  if seen is null then
    return;
  end if;
  delete from app.person_current where household_id = any (seen);
  with gone as (delete from app.household_current where household_id = any (seen) returning known_at)
  select max(known_at) into before from gone;
  -- Later than what was recorded since the last row, also where the clock was set back.
  perform app.insert_current(seen, on_day, roll_days,
    greatest(clock_timestamp(), before + interval '1 millisecond'));
end
$$;

-- Nothing known is overwritten, by anybody: a record is closed once, and moves with its household.
create function app.keep_as_recorded() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception 'what was recorded in % stays as it was recorded: close the row and put another after it', tg_table_name
    using errcode = 'restrict_violation';
end
$$;
comment on function app.keep_as_recorded is 'Refuses to change or remove what was recorded — 记录不可改写';

do $$
declare
  name text;
begin
  foreach name in array array['fact', 'award', 'member'] loop
    execute format(
      'create trigger %I before update on app.%I for each row when (
        (to_jsonb(old) - ''superseded_at'' - ''area_id'') is distinct from
        (to_jsonb(new) - ''superseded_at'' - ''area_id'')
        or old.superseded_at is not null and old.superseded_at is distinct from new.superseded_at)
        execute function app.keep_as_recorded()', name || '_as_recorded', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()',
      name || '_stays', name);
  end loop;
end
$$;

-- A roll may be delivered again for the same day; what the first said is kept beside it.
create table app.roll_before (
  id bigint generated always as identity primary key,
  programme text not null,
  area_id text collate "C" not null,
  on_day date not null,
  complete boolean not null,
  source text not null,
  loaded_at timestamptz not null,
  superseded_at timestamptz not null
);
comment on table app.roll_before is 'What a roll said before it was delivered again; written by the database itself — 名册的旧版';
create index roll_before_area on app.roll_before (area_id, on_day);
alter table app.roll_before enable row level security;
alter table app.roll_before force row level security;
create policy roll_before_for_case_work on app.roll_before for select using ((select auth.scope_from()) is not null);
grant select on app.roll_before to app;

create function app.keep_roll() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := clock_timestamp();
begin
  insert into app.roll_before (programme, area_id, on_day, complete, source, loaded_at, superseded_at)
  values (old.programme, old.area_id, old.on_day, old.complete, old.source, old.loaded_at, at);
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.loaded_at := at;
  return new;
end
$$;
comment on function app.keep_roll is 'Keeps what a roll said before it is changed or removed — 保留名册旧版';
create trigger roll_kept before update or delete on app.roll for each row execute function app.keep_roll();
