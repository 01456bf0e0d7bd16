-- Where a person is registered (户籍地): a township or committee of the district, or a place outside it in words. It is the
-- person's and goes with them wherever they live. Nothing is overwritten: what is recorded closes what it takes the place of.

create table app.registered_place (
  id bigint generated always as identity primary key,
  person_id bigint not null references app.person (id),
  -- In the district, or outside it and then in words.
  registered_in text collate "C" references app.area (id) check (length(registered_in) in (9, 12)),
  outside text check (outside in ('shanghai', 'elsewhere')),
  words text check (length(words) between 2 and 100),
  valid_from date not null,
  valid_to date,
  verified_on date not null,
  source text not null check (source <> ''),
  evidence text check (evidence <> ''),
  -- What lets it be known; null: what the source means.
  basis text references app.basis (id),
  recorded_at timestamptz not null,
  recorded_by text not null default auth.actor(),
  superseded_at timestamptz,
  constraint registered_place_is_one check ((registered_in is null) = (outside is not null) and (outside is null) = (words is null)),
  constraint registered_place_days_in_order check (valid_to is null or valid_to >= valid_from),
  constraint registered_place_seen_after check (verified_on >= valid_from)
);
comment on table app.registered_place is 'Where a person is registered, from which day to which — 户籍地';
comment on column app.registered_place.outside is 'In another district of Shanghai, or in another province — 本市外区、外省市';
create index registered_place_of on app.registered_place (person_id);
create index registered_place_in on app.registered_place (registered_in) where superseded_at is null and valid_to is null;
create unique index registered_place_one_current on app.registered_place (person_id) where superseded_at is null and valid_to is null;
-- Whoever is said to be registered elsewhere than where they live, where no place is recorded.
create index fact_off_hukou on app.fact (household_id)
  where fact = 'hukou' and superseded_at is null and value in ('"2"', '"3"', '"4"');
alter table app.registered_place enable row level security;
alter table app.registered_place force row level security;
create policy registered_place_of_whom_one_sees on app.registered_place for select
  using ((select auth.scope_from()) is not null and exists (select from app.person where person.id = person_id));
grant select on app.registered_place to app;
create trigger registered_place_as_recorded before update on app.registered_place for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger registered_place_stays before delete on app.registered_place for each row execute function app.keep_as_recorded();

create function app.record_registered_place(of_person bigint, said jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := app.lock_for_change(array(select household_id from app.person where id = of_person));
  from_day date := said ->> 'from';
begin
  at := greatest(at, (select max(greatest(recorded_at, superseded_at)) + interval '1 microsecond'
    from app.registered_place where person_id = of_person));
  with closed as (
    update app.registered_place set superseded_at = at
    where person_id = of_person and superseded_at is null and (valid_to is null or valid_to >= from_day) returning *
  )
  insert into app.registered_place (person_id, registered_in, outside, words, valid_from, valid_to, verified_on, source,
    evidence, basis, recorded_at, recorded_by)
  select person_id, registered_in, outside, words, valid_from, from_day - 1, verified_on, source, evidence, basis, at, recorded_by
  from closed where valid_from < from_day;
  insert into app.registered_place (person_id, registered_in, outside, words, valid_from, verified_on, source, evidence, basis, recorded_at)
  values (of_person, said ->> 'area', said ->> 'outside', said ->> 'words', from_day, (said ->> 'verifiedOn')::date,
    said ->> 'source', said ->> 'evidence', said ->> 'basis', at);
end
$$;
comment on function app.record_registered_place is 'A person is registered in a place from a day on, by staff of where they live — 登记户籍地';

-- The map is no secret; whoever works in one committee reads of the others only what they are called.
create function app.district_places() returns table (id text, level text, name text)
language sql stable security definer set search_path = '' as $$
  select id, level, name from app.area where auth.scope_from() is not null and level <> 'district'
$$;
comment on function app.district_places is 'Townships and committees of the district by name, for staff with cases — 区划名称';

-- What is recorded of whoever goes is said of the one that is kept, where nothing is; undone, it is theirs again.
create function app.pass_registered_place() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  from_whom bigint := case when new.undone_at is null then new.merged_id else new.kept_id end;
  to_whom bigint := case when new.undone_at is null then new.kept_id else new.merged_id end;
  at timestamptz := coalesce(new.undone_at, new.merged_at);
begin
  if new.undone_at is null and exists (select from app.registered_place where person_id = to_whom and superseded_at is null) then
    return null;
  end if;
  with closed as (
    update app.registered_place set superseded_at = at
    where person_id = from_whom and superseded_at is null and (new.undone_at is null or recorded_at = new.merged_at) returning *
  )
  insert into app.registered_place (person_id, registered_in, outside, words, valid_from, valid_to, verified_on, source,
    evidence, basis, recorded_at, recorded_by)
  select to_whom, registered_in, outside, words, valid_from, valid_to, verified_on, source, evidence, basis, at, recorded_by from closed;
  return null;
end
$$;
create trigger merge_passes_registered_place after insert on app.merge for each row execute function app.pass_registered_place();
create trigger merge_returns_registered_place after update of undone_at on app.merge for each row
  when (old.undone_at is null and new.undone_at is not null) execute function app.pass_registered_place();

revoke execute on function app.record_registered_place, app.district_places, app.pass_registered_place from public;
grant execute on function app.record_registered_place, app.district_places to app;
