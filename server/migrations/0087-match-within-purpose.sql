-- Matching reads what it may: facts whose basis covers discovery, those that need an authorisation only
-- while one holds, nothing of a person who objects to matching, and no household that does.

alter table app.person_current add column opted_out boolean not null default false;
comment on column app.person_current.opted_out is 'Objects to matching: nothing is known of them here, and nothing is answered about them — 本人不接受自动匹配';

create or replace function app.insert_current(
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
    objecting as materialized (
      select household_id, person_id from app.objection
      where kind = 'matching' and withdrawn_at is null and %1$s
    ), known_fact as (
      select household_id, person_id,
        jsonb_object_agg('f_' || fact, value)
          || jsonb_object_agg('f_' || fact || '_known', true) as known,
        min(least(shelf_until, valid_to)) + 1 as expiry
      from app.fact join app.basis on basis.id = fact.basis
      where superseded_at is null and %2$s and (shelf_until is null or shelf_until >= $2) and %1$s
        and discovery and (not authorised or exists (
          select from app.authorisation given
          where given.household_id = fact.household_id and given.basis = fact.basis
            and (given.person_id is null or given.person_id = fact.person_id)
            and given.withdrawn_at is null and $2 between given.valid_from and given.valid_to))
        and not exists (select from objecting one
          where one.household_id = fact.household_id and one.person_id = fact.person_id)
      group by household_id, person_id
    ), known_award as (
      select household_id, person_id,
        jsonb_object_agg('f_status_' || replace(programme, '-', '_'), true) as known,
        min(valid_to) + 1 as expiry
      from app.award
      where superseded_at is null and state = 'receiving' and %2$s and %1$s
        and not exists (select from objecting one
          where one.household_id = award.household_id and one.person_id = award.person_id)
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
        union all select household_id, case when valid_from > $2 then valid_from else valid_to + 1 end
          from app.authorisation where withdrawn_at is null and valid_to >= $2 and %1$s
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
        where not exists (select from objecting one
          where one.household_id = household.id and one.person_id is null)
      ) source
      cross join lateral jsonb_populate_record(null::app.household_current,
        coalesce(lacked, '{}') || coalesce(facts, '{}') || coalesce(awards, '{}')
          || jsonb_build_object('household_id', id, 'area_id', area_id, 'version', version,
            'size', members, 'next_expiry', day, 'next_roll_change', roll_day,
            'known_at', $4, 'known_on', $2)) wide
    )
    insert into app.person_current
    select wide.* from (
      select member.person_id, member.household_id, member.area_id, one.person_id is not null as opted_out,
        case when one.person_id is null then lacked.known end as lacked, fact.known as facts,
        award.known as awards
      from (select * from app.member where superseded_at is null and %2$s and %1$s) member
      left join objecting one on one.household_id = member.household_id and one.person_id = member.person_id
      left join known_fact fact on fact.person_id = member.person_id
      left join known_award award on award.person_id = member.person_id
      left join lacked on lacked.area_id = member.area_id
      where not exists (select from objecting one
        where one.household_id = member.household_id and one.person_id is null)
    ) source
    cross join lateral jsonb_populate_record(null::app.person_current,
      coalesce(lacked, '{}') || coalesce(facts, '{}') || coalesce(awards, '{}')
        || jsonb_build_object('person_id', person_id, 'household_id', household_id,
          'area_id', area_id, 'opted_out', opted_out)) wide
    $sql$, chosen, covers, known)
  using ids, on_day, roll_days, stamp;
end
$$;
comment on function app.insert_current is 'Writes wide rows from the facts, awards and rolls that matching may use, stamped with when that was; for the owner and refresh_current — 写入现况';

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
  -- Later than what was recorded since the last row, also where the clock was set back or no row stood.
  perform app.insert_current(seen, on_day, roll_days,
    greatest(clock_timestamp(), before + interval '1 millisecond',
      (select max(greatest(recorded_at, withdrawn_at)) from app.objection where household_id = any (seen))));
end
$$;

-- Rows made before this rule hold everything known: all are due.
update app.household_current set next_expiry = least(next_expiry, known_on, date '2000-01-01');
