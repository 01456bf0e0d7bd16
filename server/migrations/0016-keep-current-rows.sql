-- The wide rows hold every class of fact side by side, so only the program and the district read
-- them, and only these functions write them: whoever records a plain fact must not lose from the
-- wide row the clinical one they cannot see.

revoke insert, update, delete on app.household_current, app.person_current from app;

create policy household_current_for_matching on app.household_current as restrictive for select
  using ((select auth.role()) in ('district', 'job'));
create policy person_current_for_matching on app.person_current as restrictive for select
  using ((select auth.role()) in ('district', 'job'));

-- Inserts the wide rows of these households, of all when ids is null, as known on a day.
-- A fact counts if it is the current record, its days cover the day and its shelf life has not
-- passed. A status is true with a receiving award, false where the complete roll of that programme
-- for the area lacks it, else unknown. A roll older than roll_days says nothing any more.
create function app.insert_current(ids bigint[], on_day date, roll_days int) returns void
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
    ), lacked as (
      select area.id as area_id,
        jsonb_object_agg('f_status_' || replace(roll.programme, '-', '_'), false) as known
      from app.area
      join app.roll on starts_with(area.id, roll.area_id)
        and roll.complete and roll.on_day <= $2 and roll.on_day > $2 - $3
      where area.level = 'committee' and %3$s
      group by area.id
    )$sql$, chosen, covers, placed);
begin
  execute format($sql$
    with %3$s, expiry as (
      select household_id, min(expiry) as day
      from (select household_id, expiry from known_fact
        union all select household_id, expiry from known_award) both_kinds
      group by household_id
    ), size as (
      select household_id, count(*)::int as members from app.member
      where superseded_at is null and %2$s and %1$s group by household_id
    )
    insert into app.household_current
    select wide.* from (
      select household.id, household.area_id, household.version, size.members,
        expiry.day, lacked.known as lacked, fact.known as facts, award.known as awards
      from app.household
      join size on size.household_id = household.id
      left join known_fact fact on fact.household_id = household.id and fact.person_id is null
      left join known_award award on award.household_id = household.id and award.person_id is null
      left join expiry on expiry.household_id = household.id
      left join lacked on lacked.area_id = household.area_id
    ) source
    cross join lateral jsonb_populate_record(null::app.household_current,
      coalesce(lacked, '{}') || coalesce(facts, '{}') || coalesce(awards, '{}')
        || jsonb_build_object('household_id', id, 'area_id', area_id, 'version', version,
          'size', members, 'next_expiry', day)) wide
    $sql$, chosen, covers, known)
  using ids, on_day, roll_days;
  execute format($sql$
    with %3$s
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
  using ids, on_day, roll_days;
end
$$;
comment on function app.insert_current is 'Writes wide rows from facts, awards and rolls; for the owner and refresh_current — 写入现况';

create function app.refresh_current(ids bigint[], on_day date, roll_days int) returns void
language plpgsql security definer set search_path = '' as $$
declare
  seen bigint[];
begin
  select array_agg(id) into seen from app.household
  where id = any (ids) and area_id >= auth.scope_from() and area_id < auth.scope_to();
  if seen is null then
    return;
  end if;
  delete from app.person_current where household_id = any (seen);
  delete from app.household_current where household_id = any (seen);
  perform app.insert_current(seen, on_day, roll_days);
end
$$;
comment on function app.refresh_current is 'Rewrites the wide rows of households in the caller''s scope — 更新现况';
grant execute on function app.refresh_current to app;

-- merge_known served the rewriting that these functions took over.
drop aggregate app.merge_known (jsonb);
