-- A household moves to another committee with all that is recorded of it; and the last change of who lives there,
-- where it was a mistake, is taken back: its rows are closed, and those it closed stand again.

create index member_person_past on app.member (person_id) where superseded_at is not null or valid_to is not null;

create function app.move_household(of_household bigint, new_place text, new_address text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  name text;
begin
  perform app.lock_for_change(array[of_household]);
  if auth.role() not in ('township', 'district') or not exists (
    select from app.area where id = new_place and level = 'committee' and id >= auth.scope_from() and id < auth.scope_to()
  ) then
    raise exception 'household % is not for % to move to %', of_household, auth.actor(), new_place
      using errcode = 'insufficient_privilege';
  end if;
  if exists (
    select from app.restriction_viewer viewer join app.restriction on restriction.id = viewer.restriction_id
    join app.staff on staff.id = viewer.staff_id
    where restriction.household_id = of_household and restriction.lifted_at is null and not starts_with(new_place, staff.area_id)
  ) then
    raise exception 'whoever is named works with cases where the household lives'
      using errcode = 'check_violation', constraint = 'restriction_viewer_works_there';
  end if;
  update app.household set area_id = new_place, address = new_address where id = of_household;
  foreach name in array array['answer', 'authorisation', 'award', 'collector', 'fact', 'glass_break', 'household_current',
    'member', 'near_line', 'objection', 'person', 'person_current', 'policy_feedback_household', 'question', 'restriction',
    'restriction_viewer', 'undecided'] loop
    execute format('update app.%I set area_id = $1 where household_id = $2', name) using new_place, of_household;
  end loop;
  -- Lines and events follow their lead. Whoever has it in hand and does not work there lets go of it.
  update app.lead set area_id = new_place,
    assignee = (select id from app.staff where id = assignee and starts_with(new_place, area_id))
  where household_id = of_household;
end
$$;
comment on function app.move_household is 'A household moves, with all that is recorded of it, by officials of both committees — 迁居';

-- Every household the change was of, in it or beside it.
create function app.households_of_change(of_household bigint, at timestamptz) returns bigint[]
language sql stable set search_path = '' as $$
  with touched as (
    select distinct person_id from app.member where household_id = of_household and at in (recorded_at, superseded_at)
  )
  select coalesce(array_agg(distinct household_id), '{}') from (
    select household_id from app.member join touched using (person_id)
    where (superseded_at is not null or valid_to is not null) and at in (recorded_at, superseded_at)
    union all
    select household_id from app.member join touched using (person_id)
    where superseded_at is null and valid_to is null and recorded_at = at) one
$$;

create function app.take_back_change(of_household bigint) returns bigint[]
language plpgsql security definer set search_path = '' as $$
declare
  undone timestamptz := (select max(greatest(recorded_at, superseded_at)) from app.member where household_id = of_household);
  households bigint[] := app.households_of_change(of_household, undone);
  persons bigint[];
  at timestamptz;
begin
  perform app.lock_for_change(array[of_household]);
  at := app.lock_for_change(households);
  persons := array(select distinct person_id from app.member
    where household_id = any (households) and undone in (recorded_at, superseded_at));
  if not exists (select from app.member where household_id = any (households) and superseded_at = undone) then
    raise exception 'nothing is to be taken back of household %', of_household
      using errcode = 'check_violation', constraint = 'change_to_take_back';
  end if;
  -- Whatever was recorded on top of it would be lost.
  if exists (select from app.member where household_id = any (households) and greatest(recorded_at, superseded_at) > undone)
    or exists (select from app.fact where household_id = any (households) and recorded_at = undone and superseded_at is not null)
    or exists (select from app.award where household_id = any (households) and recorded_at = undone and superseded_at is not null)
    or exists (select from app.fact now join app.fact closed using (household_id, person_id, fact)
      where closed.household_id = any (households) and closed.superseded_at = undone and now.superseded_at is null) then
    raise exception 'something was recorded since' using errcode = 'check_violation', constraint = 'change_is_last';
  end if;
  update app.member set superseded_at = at where household_id = any (households) and recorded_at = undone and superseded_at is null;
  insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to, recorded_at, ended_because, source)
  select household_id, area_id, person_id, relation, valid_from, valid_to, at, ended_because, source from app.member where household_id = any (households) and superseded_at = undone;
  update app.collector set superseded_at = at where household_id = any (households) and recorded_at = undone and superseded_at is null;
  insert into app.collector (household_id, area_id, person_id, valid_from, valid_to, recorded_at, recorded_by)
  select household_id, area_id, person_id, valid_from, valid_to, at, recorded_by from app.collector where household_id = any (households) and superseded_at = undone;
  update app.fact set superseded_at = at where household_id = any (households) and recorded_at = undone and superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, valid_to, recorded_at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis, delivery_id, delivery_row)
  select household_id, area_id, person_id, fact, value, valid_from, valid_to, at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis, delivery_id, delivery_row from app.fact where household_id = any (households) and superseded_at = undone;
  update app.award set superseded_at = at where household_id = any (households) and recorded_at = undone and superseded_at is null;
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at, recorded_by)
  select household_id, area_id, person_id, programme, state, valid_from, valid_to, source, at, recorded_by from app.award where household_id = any (households) and superseded_at = undone;
  update app.objection set withdrawn_on = (now() at time zone 'Asia/Shanghai')::date, withdrawn_at = at, withdrawn_by = auth.actor()
    where household_id = any (households) and recorded_at = undone and withdrawn_at is null;
  insert into app.objection (household_id, area_id, person_id, kind, told_on, note, recorded_at, recorded_by)
  select household_id, area_id, person_id, kind, told_on, note, at, recorded_by from app.objection where household_id = any (households) and withdrawn_at = undone;
  update app.authorisation set withdrawn_on = (now() at time zone 'Asia/Shanghai')::date, withdrawn_at = at, withdrawn_by = auth.actor()
    where household_id = any (households) and recorded_at = undone and withdrawn_at is null;
  insert into app.authorisation (household_id, area_id, person_id, basis, valid_from, valid_to, evidence, recorded_at, recorded_by)
  select household_id, area_id, person_id, basis, valid_from, valid_to, evidence, at, recorded_by from app.authorisation where household_id = any (households) and withdrawn_at = undone;
  update app.person set household_id = home.household_id, area_id = home.area_id
  from (
    select distinct on (person_id) person_id, household_id, area_id from app.member
    where person_id = any (persons) and superseded_at is null
    order by person_id, valid_to desc nulls first) home
  where person.id = home.person_id;
  perform app.require_whole(households, persons);
  return households;
end
$$;
comment on function app.take_back_change is 'Takes back the last change of who lives in a household, by staff of all areas it was of — 撤销成员变动';

revoke execute on function app.move_household, app.households_of_change, app.take_back_change from public;
grant execute on function app.move_household, app.take_back_change to app;
