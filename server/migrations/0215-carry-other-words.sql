-- What lies beside a fact goes where the fact goes: with a person into another household, into the record two were merged
-- into, and back.

alter function app.carry_person(bigint, bigint, bigint, date, timestamptz) rename to carry_records;
create function app.carry_person(of_person bigint, old_household bigint, new_household bigint, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  perform app.carry_records(of_person, old_household, new_household, from_day, at);
  if old_household <> new_household then
    perform app.pass_words(old_household, of_person, new_household, of_person, at);
  end if;
end
$$;

-- Of a source that has a word of the other record already, that stays.
create function app.pass_words(old_household bigint, old_person bigint, new_household bigint, new_person bigint, at timestamptz) returns void
language sql set search_path = '' as $$
  with closed as (
    update app.other_word set superseded_at = at
    where household_id = old_household and person_id = old_person and superseded_at is null returning *
  )
  insert into app.other_word (household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, recorded_by, kind, voice, recorded_at, settled_against, settled_because, settled_by)
  select new_household, new_person, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, closed.sensitivity, recorded_by, kind, voice, at, settled_against, settled_because, settled_by
  from closed join meta.trust using (fact)
  where not exists (select from app.other_word known where known.household_id = new_household and known.person_id = new_person
      and known.fact = closed.fact and known.voice = closed.voice and known.superseded_at is null)
    and not exists (select from app.fact known where known.household_id = new_household and known.person_id = new_person
      and known.fact = closed.fact and known.superseded_at is null
      and app.word_voice(app.word_kind(owners, known.source, known.basis, known.delivery_id, known.recorded_by), known.source) = closed.voice)
$$;

alter function app.merge_facts(app.person, app.person, jsonb, timestamptz) rename to merge_facts_in_force;
create function app.merge_facts(kept app.person, gone app.person, choices jsonb, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  perform app.merge_facts_in_force(kept, gone, choices, at);
  perform app.pass_words(gone.household_id, gone.id, kept.household_id, kept.id, at);
  -- Of two that differed the one that is not in force any more, where another source said it.
  insert into app.other_word (household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, recorded_by, kind, voice, recorded_at)
  select kept.household_id, kept.id, lost.fact, lost.value, lost.valid_from, lost.valid_to, lost.source, lost.evidence, lost.basis,
    lost.legal_basis, lost.verified_on, lost.shelf_until, lost.sensitivity, lost.recorded_by, said.kind, said.voice, at
  from app.fact lost join meta.trust on trust.fact = lost.fact
  join app.fact known on known.household_id = kept.household_id and known.person_id = kept.id and known.fact = lost.fact
    and known.superseded_at is null
  cross join lateral (select kind, app.word_voice(kind, lost.source) as voice,
    app.word_voice(app.word_kind(owners, known.source, known.basis, known.delivery_id, known.recorded_by), known.source) as known_voice
    from app.word_kind(owners, lost.source, lost.basis, lost.delivery_id, lost.recorded_by) kind) said
  where lost.superseded_at = at and (lost.household_id, lost.person_id) in ((kept.household_id, kept.id), (gone.household_id, gone.id))
    and said.voice <> said.known_voice
  on conflict do nothing;
end
$$;

-- What a change put beside goes, what it closed lies there again, where its source has said nothing since.
create function app.restore_words(homes bigint[], persons bigint[], undone timestamptz, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  update app.other_word set superseded_at = at where household_id = any (homes) and (persons is null or person_id = any (persons))
    and recorded_at = undone and superseded_at is null;
  insert into app.other_word (household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, recorded_at,
    settled_against, settled_because, settled_by)
  select household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, at,
    settled_against, settled_because, settled_by
  from app.other_word where household_id = any (homes) and (persons is null or person_id = any (persons)) and superseded_at = undone
  on conflict do nothing;
end
$$;

alter function app.restore_rows(bigint[], bigint[], timestamptz, date, timestamptz) rename to restore_records;
create function app.restore_rows(homes bigint[], persons bigint[], undone timestamptz, on_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  perform app.restore_records(homes, persons, undone, on_day, at);
  perform app.restore_words(homes, persons, undone, at);
end
$$;

create or replace function app.take_back_change(of_household bigint) returns bigint[]
language plpgsql security definer set search_path = '' as $$
declare
  undone timestamptz := (select max(greatest(recorded_at, superseded_at)) from app.member where household_id = of_household);
  homes bigint[];
begin
  if exists (select from app.merge where of_household in (kept_household, merged_household) and undone in (merged_at, undone_at)) then
    raise exception 'the last change of household % was a merge', of_household
      using errcode = 'check_violation', constraint = 'change_to_take_back';
  end if;
  homes := app.take_back_composition(of_household);
  perform app.restore_words(homes, null, undone, clock_timestamp());
  return homes;
end
$$;

revoke execute on function app.carry_person, app.pass_words, app.merge_facts, app.restore_words, app.restore_rows from public;
