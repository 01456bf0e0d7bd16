-- A search before entering somebody answers of a restricted household what it answers of one outside the
-- area: that a record is there and which township answers for it, and nothing else.
create or replace function app.held_elsewhere(numbers bytea[], of_name text, born date) returns table (township text)
language sql stable security definer set search_path = '' as $$
  select distinct coalesce(township.name, area.name)
  from app.person
  join app.area on area.id = person.area_id
  left join app.area township on township.id = left(person.area_id, 9)
  where auth.scope_from() is not null
    and not (person.area_id >= auth.scope_from() and person.area_id < auth.scope_to()
      and person.household_id <> all (auth.hidden_households()))
    and (person.id_number_index = any (numbers) or person.id in (
      select fact.person_id from app.fact
      where fact.fact = 'birth_date' and fact.superseded_at is null and fact.value = to_jsonb(born::text))
      and person.name = of_name)
$$;
comment on function app.held_elsewhere is 'Which townships hold this person out of the caller''s sight, and nothing more — 辖区外已有记录';
