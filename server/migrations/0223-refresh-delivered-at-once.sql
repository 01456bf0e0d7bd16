-- The same: what was told of a thousand households is read once for all of them, where each household read all of it.

create or replace function app.refresh_delivered(of_delivery bigint, ids bigint[], today date, roll_days int, at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  quick bigint[];
begin
  select array_agg(household_id) into quick from app.household_current
  where household_id = any (ids) and known_on <= today
    and (next_expiry is null or next_expiry > today) and (next_roll_change is null or next_roll_change > today)
    -- What rests on an authorisation, or may not be used to find people, is not for here.
    and exists (select from app.basis join app.delivery on delivery.id = of_delivery
      where basis.id = reading ->> 'basis' and discovery and not authorised);
  perform app.refresh_current(array(select unnest(ids) except select unnest(quick)), today, roll_days);
  if quick is null then
    return;
  end if;
  with told as (
    select household_id, jsonb_object_agg('f_' || fact, case when counts then value end)
      || jsonb_object_agg('f_' || fact || '_known', case when counts then true end) as known
    from (select *, valid_from <= today and (shelf_until is null or shelf_until >= today) as counts
      from app.fact where delivery_id = of_delivery and household_id = any (quick) and recorded_at = at
        and superseded_at is null and person_id is null) fact
    group by household_id
  ), gone as (
    delete from app.household_current using told where household_current.household_id = told.household_id
    returning household_current as old, told.known
  )
  insert into app.household_current
  select wide.* from gone cross join lateral jsonb_populate_record(gone.old, gone.known) wide;
  with told as (
    select person_id, household_id, min(least(shelf_until, valid_to)) + 1 as expiry,
      jsonb_object_agg('f_' || fact, case when counts then value end)
        || jsonb_object_agg('f_' || fact || '_known', case when counts then true end) as known
    from (select *, valid_from <= today and (shelf_until is null or shelf_until >= today) as counts
      from app.fact where delivery_id = of_delivery and household_id = any (quick) and recorded_at = at
        and superseded_at is null) fact
    group by person_id, household_id
  ), gone as (
    delete from app.person_current using told
    where person_current.person_id = told.person_id and person_current.household_id = told.household_id
      and not person_current.opted_out
    returning person_current as old, told.known
  ), put as (
    insert into app.person_current
    select wide.* from gone cross join lateral jsonb_populate_record(gone.old, gone.known) wide
  )
  update app.household_current current
  set version = household.version, known_on = today,
    known_at = greatest(clock_timestamp(), at + interval '1 millisecond'),
    -- Earlier than need be at worst: that day the row is made anew.
    next_expiry = least(current.next_expiry, of_household.expiry)
  from app.household
  left join (select household_id, min(expiry) as expiry from told where expiry > today group by household_id) of_household
    on of_household.household_id = household.id
  where household.id = current.household_id and current.household_id = any (quick);
end
$$;
