-- An award is recorded in one way only, like a fact: what is thereby no longer true is closed, and
-- nothing is overwritten.

alter table app.award add constraint award_days_in_order check (valid_to is null or valid_to >= valid_from);
alter table app.award add column recorded_by text not null default coalesce(auth.actor(), 'owner');
comment on column app.award.recorded_by is 'staff:<uuid> or job:<name>, as the database says — 登记人';

create function app.record_award(
  of_household bigint, of_person bigint, of_programme text, new_state text, from_day date,
  to_day date, said_by text
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  place text;
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
  with closed as (
    update app.award set superseded_at = now()
    where household_id = of_household and person_id is not distinct from of_person
      and programme = of_programme and superseded_at is null
      and (valid_to is null or valid_to >= from_day) and (to_day is null or valid_from <= to_day)
    returning *
  )
  -- What was true before the new record's first day stays on record as true until then.
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to,
    source, recorded_by)
  select household_id, area_id, person_id, programme, state, valid_from, from_day - 1, source, recorded_by
  from closed where valid_from < from_day;
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to,
    source, recorded_by)
  values (of_household, place, of_person, of_programme, new_state, from_day, to_day, said_by, auth.actor());
end
$$;
comment on function app.record_award is 'Closes the awards that a new record takes the place of and inserts it; for officials within their area — 登记待遇';
grant execute on function app.record_award to app;
