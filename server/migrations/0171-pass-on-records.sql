-- Two records of one person become one, and for a while two again. What is recorded of the one that goes passes to the
-- one that is kept, by a rule for every table; all rows of a merge share one instant, by which it is undone.

alter table app.member drop constraint member_ended_because_check;
alter table app.member add constraint member_ended_because_check check (ended_because in
  ('moved-out', 'died', 'detained', 'enlisted', 'joined-another', 'split', 'merged', 'other'));
alter table app.duplicate_pair drop constraint duplicate_pair_state_check;
alter table app.duplicate_pair add constraint duplicate_pair_state_check check (state in ('open', 'not-same', 'merged'));

alter table app.person add column merged_into bigint references app.person (id);
comment on column app.person.merged_into is 'The record that is kept of them; this one stays to be found by its number — 已并入';
create index person_merged on app.person (merged_into) where merged_into is not null;

create table app.merge (
  id bigint generated always as identity primary key,
  pair_id bigint not null references app.duplicate_pair (id),
  kept_id bigint not null references app.person (id),
  merged_id bigint not null references app.person (id),
  kept_household bigint not null references app.household (id),
  merged_household bigint not null references app.household (id),
  because text not null,
  merged_at timestamptz not null,
  merged_by text not null default auth.actor(),
  undo_until date not null,
  undone_at timestamptz,
  undone_by text,
  undone_because text,
  constraint merge_undone_whole check (
    (undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_because is null))
);
comment on table app.merge is 'Two records of one person made one, and whether it was undone — 人员合并';
comment on column app.merge.merged_at is 'The instant of every row it closed or wrote — 合并时刻';
comment on column app.merge.undo_until is 'The last day on which it can be undone — 可撤销至';
create index merge_kept on app.merge (kept_id);
create index merge_pair on app.merge (pair_id);
create unique index merge_once on app.merge (merged_id) where undone_at is null;
alter table app.merge enable row level security;
alter table app.merge force row level security;
create policy merge_in_sight on app.merge for select
  using ((select auth.scope_from()) is not null and exists (select from app.person where person.id = kept_id));
grant select on app.merge to app;

-- Both persons as they stood before: out of the application's reach, for nothing but the undoing reads it.
create table auth.merged_person (
  id bigint generated always as identity primary key,
  merge_id bigint not null references app.merge (id),
  person_id bigint not null references app.person (id),
  household_id bigint not null,
  area_id text collate "C" not null,
  name text not null,
  id_number_enc bytea,
  id_number_index bytea,
  phone_enc bytea,
  phone_index bytea,
  ethnicity text,
  education text,
  marital text,
  identified_at timestamptz,
  identified_by text,
  unique (merge_id, person_id)
);
comment on table auth.merged_person is 'A person as they stood before a merge — 合并前的人员信息';

-- Whoever was merged goes where the one that is kept goes: their number is asked for there.
create function app.bring_merged() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update app.person set household_id = new.household_id, area_id = new.area_id where merged_into = new.id;
  return null;
end
$$;
create trigger person_brings_merged after update of household_id on app.person for each row
  when (old.household_id is distinct from new.household_id) execute function app.bring_merged();

-- One household: they were one member all along, from the earlier day, and head if either was.
create function app.merge_members(kept app.person, gone app.person, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with closed as (
    update app.member set superseded_at = at
    where household_id = kept.household_id and person_id in (kept.id, gone.id) and superseded_at is null and valid_to is null
    returning *
  )
  insert into app.member (household_id, area_id, person_id, relation, valid_from, recorded_at, source)
  select household_id, area_id, person_id,
    case when exists (select from closed where relation = '02') then '02' else relation end,
    (select min(valid_from) from closed), at, source
  from closed where person_id = kept.id;
  if exists (select from app.collector where household_id = kept.household_id and person_id = gone.id and superseded_at is null) then
    with closed as (
      update app.collector set superseded_at = at
      where household_id = kept.household_id and person_id = gone.id and superseded_at is null returning *
    )
    insert into app.collector (household_id, area_id, person_id, valid_from, valid_to, recorded_at, recorded_by)
    select household_id, area_id, kept.id, valid_from, valid_to, at, recorded_by from closed;
  end if;
end
$$;

-- Two households: they leave the one in which they were not, with all that leaving demands.
create function app.merge_leaving(gone app.person, following jsonb, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  -- Recorded today: they never were there.
  update app.member set superseded_at = at
  where household_id = gone.household_id and person_id = gone.id and superseded_at is null and valid_to is null
    and valid_from >= from_day;
  if not found then
    perform app.end_membership(gone.household_id, gone.id, from_day, '{"because": "merged"}', at);
  end if;
  perform app.settle_leaving(gone.household_id, following, from_day, at);
end
$$;

-- A fact only one of them had passes or stays; of two that differ the chosen one, else the one verified later, else the
-- kept one's. What does not pass stays closed where it was.
create function app.merge_facts(kept app.person, gone app.person, choices jsonb, at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  passing bigint[] := array(
    select said.id from app.fact said
    left join app.fact known on known.household_id = kept.household_id and known.person_id = kept.id
      and known.fact = said.fact and known.superseded_at is null
    where said.household_id = gone.household_id and said.person_id = gone.id and said.superseded_at is null
      and (known.id is null or coalesce(choices ->> said.fact,
        case when said.verified_on > known.verified_on then 'merged' else 'kept' end) = 'merged'));
begin
  update app.fact set superseded_at = at
  where superseded_at is null and (
    household_id = gone.household_id and person_id = gone.id
    or household_id = kept.household_id and person_id = kept.id
      and fact in (select one.fact from app.fact one where one.id = any (passing)));
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, valid_to, recorded_at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis)
  select kept.household_id, kept.area_id, kept.id, fact, value, valid_from, valid_to, at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis
  from app.fact where id = any (passing);
end
$$;

-- What was paid in another household before this day stays in its past. The same award twice becomes one.
create function app.merge_awards(kept app.person, gone app.person, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with closed as (
    update app.award set superseded_at = at
    where household_id = gone.household_id and person_id = gone.id and superseded_at is null
      and (gone.household_id = kept.household_id or valid_to is null or valid_to >= from_day)
    returning *
  ), before as (
    insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at, recorded_by)
    select household_id, area_id, person_id, programme, state, valid_from, from_day - 1, source, at, recorded_by
    from closed where household_id <> kept.household_id and valid_from < from_day
  )
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at, recorded_by)
  select kept.household_id, kept.area_id, kept.id, programme, state,
    case when household_id = kept.household_id then valid_from else greatest(valid_from, from_day) end,
    valid_to, source, at, recorded_by
  from closed
  where not exists (select from app.award known
    where known.household_id = kept.household_id and known.person_id = kept.id and known.superseded_at is null
      and known.programme = closed.programme and known.state = closed.state
      and daterange(known.valid_from, known.valid_to, '[]') @> daterange(
        case when closed.household_id = kept.household_id then closed.valid_from else greatest(closed.valid_from, from_day) end,
        closed.valid_to, '[]'));
end
$$;

-- An objection of either holds for the one person; an authorisation passes where the kept one has none of its basis.
create function app.merge_consents(kept app.person, gone app.person, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with closed as (
    update app.objection set withdrawn_on = from_day, withdrawn_at = at, withdrawn_by = auth.actor()
    where household_id = gone.household_id and person_id = gone.id and withdrawn_at is null returning *
  )
  insert into app.objection (household_id, area_id, person_id, kind, told_on, note, recorded_at, recorded_by)
  select kept.household_id, kept.area_id, kept.id, kind, told_on, note, at, recorded_by from closed
  where not exists (select from app.objection known where known.household_id = kept.household_id
    and known.person_id = kept.id and known.kind = closed.kind and known.withdrawn_at is null);
  with closed as (
    update app.authorisation set withdrawn_on = from_day, withdrawn_at = at, withdrawn_by = auth.actor()
    where household_id = gone.household_id and person_id = gone.id and withdrawn_at is null returning *
  )
  insert into app.authorisation (household_id, area_id, person_id, basis, valid_from, valid_to, evidence, recorded_at, recorded_by)
  select kept.household_id, kept.area_id, kept.id, basis, valid_from, valid_to, evidence, at, recorded_by from closed
  where not exists (select from app.authorisation known where known.household_id = kept.household_id
    and known.person_id = kept.id and known.basis = closed.basis and known.withdrawn_at is null
    and known.valid_to >= closed.valid_to);
end
$$;

-- A field the kept one lacks, or that was chosen, is taken over; a number that gives way stays with the other record,
-- so that it still leads here.
create function app.merge_identity(kept app.person, gone app.person, chosen jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  number_passes boolean := gone.id_number_index is not null
    and (kept.id_number_index is null or chosen ->> 'idNumber' = 'merged');
begin
  if number_passes then
    update app.person set id_number_index = null where id = gone.id;
  end if;
  update app.person set
    name = case when chosen ->> 'name' = 'merged' then gone.name else name end,
    id_number_enc = case when number_passes then gone.id_number_enc else id_number_enc end,
    id_number_index = case when number_passes then gone.id_number_index else id_number_index end,
    identified_at = case when number_passes and temporary_no is not null
      then coalesce(identified_at, clock_timestamp()) else identified_at end,
    identified_by = case when number_passes and temporary_no is not null
      then coalesce(identified_by, auth.actor()) else identified_by end,
    phone_enc = case when phone_enc is null or chosen ->> 'phone' = 'merged' then coalesce(gone.phone_enc, phone_enc) else phone_enc end,
    phone_index = case when phone_index is null or chosen ->> 'phone' = 'merged' then coalesce(gone.phone_index, phone_index) else phone_index end,
    ethnicity = coalesce(ethnicity, gone.ethnicity),
    education = coalesce(education, gone.education),
    marital = coalesce(marital, gone.marital)
  where id = kept.id;
  update app.person set household_id = kept.household_id, area_id = kept.area_id, merged_into = kept.id,
    id_number_enc = case when number_passes then kept.id_number_enc else id_number_enc end,
    id_number_index = case when number_passes then kept.id_number_index else id_number_index end
  where id = gone.id;
  -- Whoever was merged into the one that goes now leads on.
  update app.person set household_id = kept.household_id, area_id = kept.area_id, merged_into = kept.id
  where merged_into = gone.id;
end
$$;

-- Two people who are not the one that goes are not the one that is kept either.
create function app.merge_pairs(kept_id bigint, gone_id bigint, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  delete from app.duplicate_pair where state = 'open' and gone_id in (first_id, second_id);
  insert into app.duplicate_pair as pair (first_id, second_id, score, reasons, state, decided_at, decided_by, note)
  select least(kept_id, other), greatest(kept_id, other), score, reasons, state, at, decided_by, note
  from (select *, case when first_id = gone_id then second_id else first_id end as other
    from app.duplicate_pair where state = 'not-same' and gone_id in (first_id, second_id)) judged
  where other <> kept_id
  on conflict (first_id, second_id) do update
    set state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by, note = excluded.note
    where pair.state = 'open';
end
$$;
