-- Which class a fact is of is the catalogue's to say, not that of whoever records it: else the first
-- record of a clinical fact could be called plain, and read by everybody in the area.
create table meta.fact_class (
  fact text primary key,
  sensitivity text not null check (sensitivity in ('plain', 'need-signal', 'clinical'))
);
comment on table meta.fact_class is 'Class of every fact of policy/facts.yaml, brought in at each start; for functions of the owner only — 事实类别';

drop function app.record_fact(bigint, bigint, text, jsonb, date, text, text, date, date, text, text);

create function app.record_fact(
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
  -- Strictly later than the last one, whatever the machine's clock does.
  at := greatest(clock_timestamp(), last_recorded + interval '1 microsecond');
  update app.fact set superseded_at = at
  where household_id = of_household and person_id is not distinct from of_person
    and fact = of_fact and superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at,
    recorded_by, source, evidence, legal_basis, verified_on, shelf_until, sensitivity)
  values (of_household, place, of_person, of_fact, new_value, holds_from, at,
    auth.actor(), said_by, new_evidence, basis, verified, lasts_until, class);
end
$$;
comment on function app.record_fact is 'Closes the current record of a fact and inserts the next; refused outside the caller''s area and the fact''s class — 登记事实';
grant execute on function app.record_fact to app;
