-- What a department delivered and is still in force an advisor does not overwrite alone: they ask for it (更正申请), and an
-- official decides. Everybody else records as before. 待核: our proposal, no rule sets it.

create or replace function app.record_fact(
  of_household bigint, of_person bigint, of_fact text, new_value jsonb, holds_from date, said_by text, new_evidence text,
  verified date, lasts_until date, legal text default null, on_basis text default null
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  place text;
  class text;
  last app.fact;
  at timestamptz;
begin
  -- The lock puts the records of one household in one order.
  select area_id into place from app.household
  where id = of_household and area_id >= auth.scope_from() and area_id < auth.scope_to() and id <> all (auth.hidden_households())
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
  select * into last from app.fact
  where household_id = of_household and person_id is not distinct from of_person and fact = of_fact
    and superseded_at is null;
  if ('clinical' in (class, last.sensitivity) and auth.role() not in ('district', 'job'))
    or ('need-signal' in (class, last.sensitivity) and auth.role() = 'advisor'
      and place <> all (auth.duty_areas())) then
    raise exception '% facts are not for % to record', class, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  if auth.role() = 'advisor' and last.delivery_id is not null and coalesce(last.shelf_until >= verified, true) then
    raise exception 'what a department delivered is not for % to overwrite alone', auth.actor()
      using errcode = 'check_violation', constraint = 'fact_of_department';
  end if;
  -- Strictly later than the last one and than what matching has read, whatever the machine's clock does.
  at := greatest(app.next_instant(of_household), last.recorded_at + interval '1 microsecond');
  update app.fact set superseded_at = at
  where household_id = of_household and person_id is not distinct from of_person
    and fact = of_fact and superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at,
    recorded_by, source, evidence, basis, legal_basis, verified_on, shelf_until, sensitivity)
  values (of_household, place, of_person, of_fact, new_value, holds_from, at,
    auth.actor(), said_by, new_evidence, on_basis, legal,
    verified, lasts_until, class);
end
$$;
