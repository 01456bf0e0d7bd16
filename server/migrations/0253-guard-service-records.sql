-- Records of service, counselling notes and tiers go in a confirmed erasure, and in no other way; and a version belongs to a
-- record that there is, of the household it is written for.

do $$
declare
  name text;
begin
  foreach name in array array['service_record', 'counselling_note', 'visit_tier'] loop
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
  end loop;
end
$$;

create or replace function app.record_service(of_household bigint, of_record bigint, seen int, content jsonb, words bytea, why text)
returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  stands app.service_record;
  original app.service_record;
  written bigint;
begin
  if (auth.role() in ('advisor', 'township') and exists (select from app.household where id = of_household
    and area_id >= auth.scope_from() and area_id < auth.scope_to() and id <> all (auth.hidden_households()))) is not true then
    raise exception 'services are not for % to record in household %', auth.actor(), of_household using errcode = 'insufficient_privilege';
  end if;
  if of_record is not null then
    select * into stands from app.service_record
    where number = of_record and household_id = of_household and superseded_at is null for update;
    if stands.id is null or stands.version is distinct from seen then
      return null;
    end if;
    select * into original from app.service_record where number = of_record and version = 1;
    if why is null and (original.made_by <> auth.staff_id() or original.made_at < now() - interval '24 hours') then
      raise exception 'a record is not for % to edit any more', auth.actor() using errcode = 'insufficient_privilege';
    end if;
    update app.service_record set superseded_at = clock_timestamp() where id = stands.id;
  end if;
  written := nextval(pg_get_serial_sequence('app.service_record', 'id'));
  insert into app.service_record (id, number, version, household_id, person_ids, on_day, begins, ends, method, outcome, services,
    programmes, materials, flags, next_day, words_enc, because) overriding system value
  values (written, coalesce(of_record, written), coalesce(stands.version, 0) + 1, of_household,
    array(select jsonb_array_elements_text(content -> 'personIds')::bigint), (content ->> 'day')::date,
    (content ->> 'begins')::time, (content ->> 'ends')::time, content ->> 'method', content ->> 'outcome',
    array(select jsonb_array_elements_text(content -> 'services')), array(select jsonb_array_elements_text(content -> 'programmes')),
    content -> 'materials', array(select jsonb_array_elements_text(content -> 'flags')), (content ->> 'nextDay')::date, words, why);
  return coalesce(of_record, written);
end
$$;
