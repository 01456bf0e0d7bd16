-- The two acts: to merge, and to undo a merge.

-- {kept, because, undoUntil, fields, facts, following}, by whoever works with cases in the areas of both.
create function app.merge_persons(of_pair bigint, merging jsonb, from_day date) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  pair app.duplicate_pair;
  kept app.person;
  gone app.person;
  at timestamptz;
  made bigint;
begin
  if auth.role() is null or auth.role() not in ('township', 'district') then
    raise exception 'duplicates are not for % to decide', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  select * into pair from app.duplicate_pair where id = of_pair for update;
  if pair.state is distinct from 'open' then
    raise exception 'pair % is decided', of_pair using errcode = 'check_violation', constraint = 'pair_is_open';
  end if;
  perform from app.person where id in (pair.first_id, pair.second_id) order by id for update;
  select * into kept from app.person
    where id = (merging ->> 'kept')::bigint and id in (pair.first_id, pair.second_id) and merged_into is null;
  select * into gone from app.person
    where id in (pair.first_id, pair.second_id) and id <> kept.id and merged_into is null;
  if 2 <> (select count(*) from app.member where person_id in (kept.id, gone.id) and superseded_at is null and valid_to is null
    and household_id in (kept.household_id, gone.household_id)) then
    raise exception 'both of pair % are members somewhere', of_pair using errcode = 'check_violation', constraint = 'pair_are_members';
  end if;
  at := app.lock_for_change(array[kept.household_id, gone.household_id]);
  perform app.refuse_unveiling(gone.household_id, kept.household_id);
  insert into app.merge (pair_id, kept_id, merged_id, kept_household, merged_household, because, merged_at, undo_until)
  values (of_pair, kept.id, gone.id, kept.household_id, gone.household_id, merging ->> 'because', at, (merging ->> 'undoUntil')::date)
  returning id into made;
  insert into auth.merged_person (merge_id, person_id, household_id, area_id, name, id_number_enc, id_number_index, phone_enc,
    phone_index, ethnicity, education, marital, identified_at, identified_by)
  select made, id, household_id, area_id, name, id_number_enc, id_number_index, phone_enc,
    phone_index, ethnicity, education, marital, identified_at, identified_by
  from app.person where id in (kept.id, gone.id);
  if kept.household_id = gone.household_id then
    perform app.merge_members(kept, gone, at);
  else
    perform app.merge_leaving(gone, merging -> 'following', from_day, at);
  end if;
  perform app.merge_facts(kept, gone, coalesce(merging -> 'facts', '{}'), at);
  perform app.merge_awards(kept, gone, from_day, at);
  perform app.merge_consents(kept, gone, from_day, at);
  perform app.merge_identity(kept, gone, coalesce(merging -> 'fields', '{}'));
  update app.duplicate_pair set state = 'merged', note = merging ->> 'because', decided_by = auth.actor(), decided_at = at
  where id = of_pair;
  perform app.merge_pairs(kept.id, gone.id, at);
  perform app.require_whole(array[kept.household_id, gone.household_id], array[kept.id, gone.id]);
  return made;
end
$$;
comment on function app.merge_persons is 'Two records of one person become one, by whoever sees both — 合并人员';

create function app.restore_rows(homes bigint[], persons bigint[], undone timestamptz, on_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  update app.member set superseded_at = at where household_id = any (homes) and recorded_at = undone and superseded_at is null;
  insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to, recorded_at, ended_because, source)
  select household_id, area_id, person_id, relation, valid_from, valid_to, at, ended_because, source
  from app.member where household_id = any (homes) and superseded_at = undone;
  update app.collector set superseded_at = at where household_id = any (homes) and recorded_at = undone and superseded_at is null;
  insert into app.collector (household_id, area_id, person_id, valid_from, valid_to, recorded_at, recorded_by)
  select household_id, area_id, person_id, valid_from, valid_to, at, recorded_by
  from app.collector where household_id = any (homes) and superseded_at = undone;
  -- What was said anew since then stays said.
  update app.fact set superseded_at = at where household_id = any (homes) and person_id = any (persons)
    and recorded_at = undone and superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, valid_to, recorded_at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis, delivery_id, delivery_row)
  select household_id, area_id, person_id, fact, value, valid_from, valid_to, at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis, delivery_id, delivery_row
  from app.fact closed where household_id = any (homes) and person_id = any (persons) and superseded_at = undone
    and not exists (select from app.fact now where now.household_id = closed.household_id
      and now.person_id = closed.person_id and now.fact = closed.fact and now.superseded_at is null);
  update app.award set superseded_at = at where household_id = any (homes) and person_id = any (persons)
    and recorded_at = undone and superseded_at is null;
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at, recorded_by)
  select household_id, area_id, person_id, programme, state, valid_from, valid_to, source, at, recorded_by
  from app.award where household_id = any (homes) and person_id = any (persons) and superseded_at = undone;
  update app.objection set withdrawn_on = on_day, withdrawn_at = at, withdrawn_by = auth.actor()
  where household_id = any (homes) and person_id = any (persons) and recorded_at = undone and withdrawn_at is null;
  insert into app.objection (household_id, area_id, person_id, kind, told_on, note, recorded_at, recorded_by)
  select household_id, area_id, person_id, kind, told_on, note, at, recorded_by
  from app.objection where household_id = any (homes) and person_id = any (persons) and withdrawn_at = undone;
  update app.authorisation set withdrawn_on = on_day, withdrawn_at = at, withdrawn_by = auth.actor()
  where household_id = any (homes) and person_id = any (persons) and recorded_at = undone and withdrawn_at is null;
  insert into app.authorisation (household_id, area_id, person_id, basis, valid_from, valid_to, evidence, recorded_at, recorded_by)
  select household_id, area_id, person_id, basis, valid_from, valid_to, evidence, at, recorded_by
  from app.authorisation where household_id = any (homes) and person_id = any (persons) and withdrawn_at = undone;
end
$$;

-- A field the kept one has from the other goes back; what was corrected since stays.
create function app.restore_identity(of_merge app.merge) returns void
language plpgsql set search_path = '' as $$
declare
  kept auth.merged_person;
  gone auth.merged_person;
begin
  select * into kept from auth.merged_person where merge_id = of_merge.id and person_id = of_merge.kept_id;
  select * into gone from auth.merged_person where merge_id = of_merge.id and person_id = of_merge.merged_id;
  update app.person set id_number_index = null where id = gone.person_id;
  update app.person set
    name = case when name = gone.name then kept.name else name end,
    id_number_enc = case when id_number_index = gone.id_number_index then kept.id_number_enc else id_number_enc end,
    id_number_index = case when id_number_index = gone.id_number_index then kept.id_number_index else id_number_index end,
    identified_at = case when id_number_index = gone.id_number_index then kept.identified_at else identified_at end,
    identified_by = case when id_number_index = gone.id_number_index then kept.identified_by else identified_by end,
    phone_enc = case when phone_index = gone.phone_index then kept.phone_enc else phone_enc end,
    phone_index = case when phone_index = gone.phone_index then kept.phone_index else phone_index end,
    ethnicity = case when ethnicity = gone.ethnicity then kept.ethnicity else ethnicity end,
    education = case when education = gone.education then kept.education else education end,
    marital = case when marital = gone.marital then kept.marital else marital end
  where id = kept.person_id;
  update app.person set merged_into = null,
    household_id = gone.household_id, area_id = home.area_id,
    id_number_enc = gone.id_number_enc, id_number_index = gone.id_number_index
  from app.household home
  where person.id = gone.person_id and home.id = gone.household_id;
end
$$;

create function app.undo_merge(of_pair bigint, why text, on_day date) returns bigint[]
language plpgsql security definer set search_path = '' as $$
declare
  undone app.merge;
  homes bigint[];
  at timestamptz;
begin
  if auth.role() is null or auth.role() not in ('township', 'district') then
    raise exception 'duplicates are not for % to decide', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  select * into undone from app.merge where pair_id = of_pair and undone_at is null for update;
  if undone.id is null then
    raise exception 'pair % is not merged', of_pair using errcode = 'check_violation', constraint = 'merge_stands';
  end if;
  if on_day > undone.undo_until then
    raise exception 'a merge is undone until %', undone.undo_until using errcode = 'check_violation', constraint = 'merge_undone_in_time';
  end if;
  homes := array[undone.kept_household, undone.merged_household];
  at := app.lock_for_change(homes);
  -- Whatever was recorded of who lives there, or is paid, on top of it would be lost.
  if undone.kept_household <> (select household_id from app.person where id = undone.kept_id)
    or exists (select from app.merge later where later.merged_at > undone.merged_at and later.undone_at is null
      and undone.kept_id in (later.kept_id, later.merged_id))
    or exists (select from app.member where household_id = any (homes) and greatest(recorded_at, superseded_at) > undone.merged_at)
    or exists (select from app.collector where household_id = any (homes) and greatest(recorded_at, superseded_at) > undone.merged_at)
    or exists (select from app.award where household_id = any (homes) and recorded_at = undone.merged_at and superseded_at is not null)
  then
    raise exception 'something was recorded since' using errcode = 'check_violation', constraint = 'merge_is_last';
  end if;
  perform app.restore_rows(homes, array[undone.kept_id, undone.merged_id], undone.merged_at, on_day, at);
  perform app.restore_identity(undone);
  -- Those merged before into the one that went lead to them again.
  update app.person set merged_into = undone.merged_id, household_id = home.household_id, area_id = home.area_id
  from app.person home
  where home.id = undone.merged_id and person.id in (
    select merged_id from app.merge where kept_id = undone.merged_id and undone_at is null);
  delete from app.duplicate_pair where state = 'not-same' and decided_at = undone.merged_at
    and undone.kept_id in (first_id, second_id);
  update app.duplicate_pair set state = 'open', note = null, decided_by = null, decided_at = null where id = of_pair;
  update app.merge set undone_at = at, undone_by = auth.actor(), undone_because = why where id = undone.id;
  perform app.require_whole(homes, array[undone.kept_id, undone.merged_id]);
  return homes;
end
$$;
comment on function app.undo_merge is 'Two records again, where nothing of who lives there was recorded since — 撤销合并';

-- A merge is undone as a whole, not by halves.
alter function app.take_back_change(bigint) rename to take_back_composition;
revoke execute on function app.take_back_composition from app;
create function app.take_back_change(of_household bigint) returns bigint[]
language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select from app.merge where of_household in (kept_household, merged_household)
      and (select max(greatest(recorded_at, superseded_at)) from app.member where household_id = of_household) in (merged_at, undone_at)
  ) then
    raise exception 'the last change of household % was a merge', of_household
      using errcode = 'check_violation', constraint = 'change_to_take_back';
  end if;
  return app.take_back_composition(of_household);
end
$$;
comment on function app.take_back_change is 'Takes back the last change of who lives in a household, by staff of all areas it was of — 撤销成员变动';

create or replace function app.record_elsewhere(number_index bytea) returns table (township text, restricted boolean)
language sql stable security definer set search_path = '' as $$
  select area.name, person.area_id >= auth.scope_from() and person.area_id < auth.scope_to()
  from app.person found join app.person on person.id = coalesce(found.merged_into, found.id)
  join app.area on area.id = left(person.area_id, 9)
  where found.id_number_index = number_index
    and auth.role() in ('advisor', 'township', 'district')
    and (person.area_id < auth.scope_from() or person.area_id >= auth.scope_to()
      or person.household_id = any (auth.hidden_households()))
$$;

revoke execute on function app.bring_merged, app.merge_members, app.merge_leaving, app.merge_facts, app.merge_awards,
  app.merge_consents, app.merge_identity, app.merge_pairs, app.merge_persons, app.restore_rows, app.restore_identity,
  app.undo_merge, app.take_back_change from public;
grant execute on function app.merge_persons, app.undo_merge, app.take_back_change to app;
