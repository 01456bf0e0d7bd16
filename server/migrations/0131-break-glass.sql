-- Writing of restrictions and broken glass: only through these, each of which asks who it is.
create function app.restrict_household(
  of_household bigint, new_kind text, why text, to_day date, who_answers uuid, viewers uuid[])
returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  place text;
  made bigint;
  named uuid[] := array(select distinct unnest(viewers || who_answers));
begin
  select area_id into place from app.household
  where id = of_household and area_id >= auth.scope_from() and area_id < auth.scope_to()
    and id <> all (auth.hidden_households())
  for update;
  if place is null or auth.role() not in ('township', 'district') then
    raise exception 'household % is not for % to restrict', of_household, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  if exists (
    select from unnest(named) one
    where not exists (
      select from app.staff
      where staff.id = one and staff.active and staff.role in ('advisor', 'township', 'district')
        and starts_with(place, staff.area_id))
  ) then
    raise exception 'whoever is named works with cases where the household lives'
      using errcode = 'check_violation', constraint = 'restriction_viewer_works_there';
  end if;
  insert into app.restriction (household_id, area_id, kind, because, valid_from, valid_to, responsible, recorded_by)
    values (of_household, place, new_kind, why, (now() at time zone 'Asia/Shanghai')::date, to_day, who_answers, auth.staff_id())
    returning id into made;
  insert into app.restriction_viewer (restriction_id, household_id, area_id, staff_id, name)
    select made, of_household, place, staff.id, staff.name from app.staff where staff.id = any (named);
  return made;
end
$$;
comment on function app.restrict_household is 'Restricts a household to the people named; for officials of its area who see it — 限制查阅';

create function app.lift_restriction(of_household bigint, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() not in ('township', 'district') then
    raise exception 'restrictions are not for % to lift', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  update app.restriction set lifted_at = now(), lifted_by = auth.staff_id(), lifted_because = why
  where household_id = of_household and lifted_at is null
    and area_id >= auth.scope_from() and area_id < auth.scope_to()
    and household_id <> all (auth.hidden_households());
  return found;
end
$$;
comment on function app.lift_restriction is 'Ends a restriction; for officials of the area who see the household — 解除限制';

-- Answers an ID number that nobody in sight bears: that a record is there, which township answers for it, and
-- whether the glass is the caller's to break. Nothing else of it leaves.
create function app.record_elsewhere(number_index bytea)
returns table (township text, restricted boolean)
language sql stable security definer set search_path = '' as $$
  select area.name, person.area_id >= auth.scope_from() and person.area_id < auth.scope_to()
  from app.person join app.area on area.id = left(person.area_id, 9)
  where person.id_number_index = number_index
    and auth.role() in ('advisor', 'township', 'district')
    and (person.area_id < auth.scope_from() or person.area_id >= auth.scope_to()
      or person.household_id = any (auth.hidden_households()))
$$;
comment on function app.record_elsewhere is 'Which township answers for somebody who is out of sight — 查重提示';

create function app.break_glass(number_index bytea, number_of_register text, why text, review_days int)
returns table (id bigint, household_id bigint, area_id text, owner uuid, expires_at timestamptz)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  wanted app.restriction;
begin
  if auth.role() not in ('advisor', 'township', 'district') then
    raise exception 'glass is not for % to break', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  select restriction.* into wanted from app.restriction
  where restriction.lifted_at is null and restriction.household_id = any ((select auth.hidden_households())::bigint[])
    and restriction.household_id = coalesce(
      (select person.household_id from app.person where person.id_number_index = number_index),
      (select household.id from app.household where household.register_no = number_of_register));
  if wanted.id is null then
    return;
  end if;
  return query
    insert into app.glass_break (household_id, area_id, restriction_id, staff_id, name, because, expires_at, owner, owner_name, review_due)
    values (wanted.household_id, wanted.area_id, wanted.id, auth.staff_id(),
      (select name from app.staff where id = auth.staff_id()), why, now() + interval '30 minutes',
      wanted.responsible, (select name from app.staff where id = wanted.responsible), (now() at time zone 'Asia/Shanghai')::date + least(greatest(review_days, 1), 30))
    returning glass_break.id, glass_break.household_id, glass_break.area_id, glass_break.owner, glass_break.expires_at;
end
$$;
comment on function app.break_glass is 'Opens a restricted household of one''s area to oneself for thirty minutes; no row where there is none — 紧急查阅';

-- The owner reviews; once overdue, an official of the area may. Nobody reviews what they opened.
create function app.review_glass_break(which bigint, was_justified boolean, what_was_found text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  reviewed int;
begin
  update app.glass_break
  set reviewed_at = now(), reviewed_by = auth.staff_id(),
    reviewer_name = (select name from app.staff where id = auth.staff_id()), justified = was_justified, finding = what_was_found
  where id = which and reviewed_at is null and staff_id <> auth.staff_id()
    and (owner = auth.staff_id()
      or (auth.role() in ('township', 'district')
        and area_id >= auth.scope_from() and area_id < auth.scope_to()
        and review_due < (now() at time zone 'Asia/Shanghai')::date));
  get diagnostics reviewed = row_count;
  return reviewed > 0;
end
$$;
comment on function app.review_glass_break is 'Says of an opening whether it was justified; false where it is not the caller''s to say — 复核';

revoke execute on function app.restrict_household, app.lift_restriction, app.record_elsewhere, app.break_glass,
  app.review_glass_break from public;
grant execute on function app.restrict_household, app.lift_restriction, app.record_elsewhere, app.break_glass,
  app.review_glass_break to app;

-- Whatever somebody does while they hold glass open says so: entries about that household, and those that
-- name none, such as a list. The program cannot leave it out.
create function app.note_broken_glass() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  open bigint[];
begin
  select array_agg(glass.id order by glass.id) into open from app.glass_break glass
  where glass.staff_id = auth.staff_id() and now() < glass.expires_at
    and (new.household_id is null or new.household_id = glass.household_id);
  if open is not null then
    new.detail := coalesce(new.detail, '{}') || jsonb_build_object('glassBreaks', open);
  end if;
  return new;
end
$$;
revoke execute on function app.note_broken_glass from public;
create trigger audit_notes_broken_glass before insert on app.audit
  for each row when (new.actor like 'staff:%') execute function app.note_broken_glass();
