-- A fact is read by its class and written in one way only.

-- Need signals (disability, illness, guardianship): in-area staff; of advisors, whoever has the duty.
create policy fact_need_signal on app.fact as restrictive for select using (
  sensitivity <> 'need-signal'
  or (select auth.role()) <> 'advisor'
  or area_id = any ((select auth.duty_areas())::text[])
);

-- Current records have fact_one_current; the closed ones, far fewer, are asked for by household too.
create index fact_closed on app.fact (household_id) where superseded_at is not null;

-- Nobody edits a fact: record_fact closes the current row and puts the new one after it.
revoke insert, update on app.fact from app;

create function app.record_fact(
  of_household bigint, of_person bigint, of_fact text, new_value jsonb, holds_from date,
  said_by text, new_evidence text, verified date, lasts_until date, class text
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  place text;
  last_recorded timestamptz;
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
  if (class = 'clinical' and auth.role() not in ('district', 'job'))
    or (class = 'need-signal' and auth.role() = 'advisor' and place <> all (auth.duty_areas())) then
    raise exception '% facts are not for % to record', class, auth.actor()
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
  select max(recorded_at) into last_recorded from app.fact
  where household_id = of_household and person_id is not distinct from of_person and fact = of_fact
    and superseded_at is null;
  -- Strictly later than the last one, whatever the machine's clock does.
  at := greatest(clock_timestamp(), last_recorded + interval '1 microsecond');
  update app.fact set superseded_at = at
  where household_id = of_household and person_id is not distinct from of_person
    and fact = of_fact and superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at,
    recorded_by, source, evidence, verified_on, shelf_until, sensitivity)
  values (of_household, place, of_person, of_fact, new_value, holds_from, at,
    auth.actor(), said_by, new_evidence, verified, lasts_until, class);
end
$$;
comment on function app.record_fact is 'Closes the current record of a fact and inserts the next; refused outside the caller''s area and class — 登记事实';
grant execute on function app.record_fact to app;

-- That a clinical fact is on record, and since when; not what it says, nor who said it.
create function app.clinical_facts(of_household bigint)
returns table (person_id bigint, fact text, verified_on date, shelf_until date)
language sql stable security definer set search_path = '' as $$
  select fact.person_id, fact.fact, fact.verified_on, fact.shelf_until
  from app.fact
  where fact.household_id = of_household and fact.superseded_at is null
    and fact.sensitivity = 'clinical'
    and fact.area_id >= auth.scope_from() and fact.area_id < auth.scope_to()
$$;
comment on function app.clinical_facts is 'Which clinical facts of a household are on record, without their content — 临床事实目录';
grant execute on function app.clinical_facts to app;
