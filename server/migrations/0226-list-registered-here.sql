-- A township learns who is registered there, lives in another township and has an open lead: the first sign of the name and
-- which township they live in, and nothing else; the household is told to the log alone. Whoever is restricted is absent, whoever asks; so is a lead that rests on
-- clinical facts, which no township is told of.
create function app.registered_here() returns table (household_id bigint, name text, township text)
language sql stable security definer set search_path = '' as $$
  select person.household_id, left(person.name, 1) || repeat('○', least(greatest(length(person.name) - 1, 1), 2)), home.name
  from app.registered_place place
  join app.person on person.id = place.person_id and person.merged_into is null
  join app.area home on home.id = left(person.area_id, 9)
  where auth.role() = 'township' and length(auth.scope_from()) = 9
    and place.registered_in >= auth.scope_from() and place.registered_in < auth.scope_to()
    and place.superseded_at is null and place.valid_to is null
    and not (person.area_id >= auth.scope_from() and person.area_id < auth.scope_to())
    and exists (select from app.member where member.person_id = person.id and member.superseded_at is null and member.valid_to is null)
    and exists (select from app.lead where lead.household_id = person.household_id and lead.closed_on is null and not lead.clinical)
    and not exists (select from app.restriction where restriction.household_id = person.household_id and restriction.lifted_at is null
      and (restriction.valid_to is null or restriction.valid_to >= (now() at time zone 'Asia/Shanghai')::date))
  order by home.id, person.name collate "C", person.id
$$;
comment on function app.registered_here is 'Who is registered in the caller''s township and lives in another, with an open lead — 户籍在本街镇、居住在其他街镇';
revoke execute on function app.registered_here from public;
grant execute on function app.registered_here to app;
