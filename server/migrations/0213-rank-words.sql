-- Sources that differ are both kept. What goes first is in force and lies in app.fact, one row a fact as ever; every other
-- source's last word lies beside it. Which goes first the order of kinds of sources says, fact by fact. 待核: no rule sets it.

-- Brought in at each start from policy/facts.yaml: by what words a source is known as the owner, and the order that follows.
alter table meta.fact_class add column owners text, add column trust text[] not null default '{visit,owner,department,resident,load}';

create table app.fact_trust (
  id bigint generated always as identity primary key,
  fact text not null check (length(fact) between 1 and 100),
  kinds text[] not null,
  because text not null check (length(because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  constraint fact_trust_names_each_once check (cardinality(kinds) = 5 and kinds @> '{owner,department,visit,resident,load}')
);
comment on table app.fact_trust is 'Whose word of a fact goes first, where a data steward set it otherwise than it follows — 来源可信顺序';
create unique index fact_trust_current on app.fact_trust (fact) where superseded_at is null;
create index fact_trust_of on app.fact_trust (fact, id);
alter table app.fact_trust enable row level security;
alter table app.fact_trust force row level security;
create policy fact_trust_for_case_work on app.fact_trust for select using ((select auth.scope_from()) is not null);
grant select on app.fact_trust to app;
create trigger fact_trust_as_recorded before update on app.fact_trust for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger fact_trust_stays before delete on app.fact_trust for each row execute function app.keep_as_recorded();

-- The number of what stands from now on; null where somebody else set another order since `seen`.
create function app.state_trust(of_fact text, order_of text[], why text, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  if not coalesce(auth.capabilities() && array['data-steward'], false) then
    raise exception 'trust is not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from meta.fact_class where fact = of_fact) then
    raise exception 'no fact % is declared', of_fact using errcode = 'foreign_key_violation';
  end if;
  perform pg_advisory_xact_lock(hashtext('trust ' || of_fact));
  if seen is distinct from (select id from app.fact_trust where fact = of_fact and superseded_at is null) then
    return null;
  end if;
  update app.fact_trust set superseded_at = clock_timestamp() where fact = of_fact and superseded_at is null;
  insert into app.fact_trust (fact, kinds, because) values (of_fact, order_of, why) returning id into made;
  return made;
end
$$;
comment on function app.state_trust is 'Whose word of a fact goes first from now on, by a data steward — 设定来源可信顺序';

create view meta.trust with (security_invoker) as
  select class.fact, class.owners, class.sensitivity, coalesce(stated.kinds, class.trust) as kinds
  from meta.fact_class class left join app.fact_trust stated on stated.fact = class.fact and stated.superseded_at is null;

-- Of what kind a word is: what came as data of a department, and what people wrote down. A department's word that somebody
-- wrote down is theirs. Its body is bound when it is made, so that it can be taken into the statements that ask it.
create function app.word_kind(owners text, said_in text, on_basis text, delivery bigint, by text) returns text
language sql immutable
return case
  -- A source delivers what it owns, and nothing else.
  when delivery is not null then 'owner'
  when starts_with(by, 'job:') and on_basis in ('sharing', 'check') then
    case when coalesce(said_in ~ owners, false) then 'owner' else 'department' end
  when on_basis in ('declared', 'consent') or said_in ~ '陈述|申报' then 'resident'
  when on_basis = 'visit' or starts_with(by, 'staff:') then 'visit'
  else 'load'
end;

-- Whose word takes the place of whose: what one and the same says later. Departments and files are told apart by name.
create function app.word_voice(kind text, said_in text) returns text
language sql immutable
return case when kind in ('department', 'load') then kind || ' ' || said_in else kind end;

create function app.kind_of(of_fact text, said_in text, on_basis text, delivery bigint, by text) returns text
language sql stable security definer set search_path = '' as $$
  select app.word_kind((select owners from meta.fact_class where fact = of_fact), said_in, on_basis, delivery, by)
$$;
comment on function app.kind_of is 'Of what kind of source a word is — 来源类别';

create function app.trust_of(of_fact text) returns text[]
language sql stable security definer set search_path = '' as $$
  select kinds from meta.trust where fact = of_fact
$$;
comment on function app.trust_of is 'Whose word of a fact goes first — 来源可信顺序';

create table app.other_word (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  person_id bigint references app.person (id),
  fact text not null,
  value jsonb not null,
  valid_from date not null,
  valid_to date,
  source text not null,
  evidence text,
  basis text not null references app.basis (id),
  legal_basis text,
  verified_on date not null,
  shelf_until date,
  sensitivity text not null check (sensitivity in ('plain', 'need-signal', 'clinical')),
  delivery_id bigint,
  delivery_row int,
  recorded_by text not null,
  kind text not null,
  voice text not null,
  -- Since when it lies beside, not since when it was said.
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  settled_against jsonb,
  settled_because text check (length(settled_because) between 2 and 300),
  settled_by text,
  constraint other_word_settled_whole check (
    (settled_against is null) = (settled_because is null) and (settled_against is null) = (settled_by is null))
);
comment on table app.other_word is 'What another source says of a fact, beside what is in force — 另一说法';
comment on column app.other_word.settled_against is 'The value that a person chose over it; while that is in force, the two are no open conflict — 已裁定';
create unique index other_word_one_of_a_voice on app.other_word (household_id, coalesce(person_id, 0), fact, voice) where superseded_at is null;
create index other_word_household on app.other_word (household_id);
create index other_word_person on app.other_word (person_id) where person_id is not null;
create index other_word_delivery on app.other_word (delivery_id, household_id) where delivery_id is not null and superseded_at is null;
alter table app.other_word enable row level security;
alter table app.other_word force row level security;
-- Household asks itself, by which out of the area, moved and restricted are settled in one place.
create policy other_word_of_household_in_sight on app.other_word for select
  using ((select auth.scope_from()) is not null and exists (select from app.household where household.id = household_id));
create policy other_word_clinical on app.other_word as restrictive for select
  using (sensitivity <> 'clinical' or (select auth.role()) in ('district', 'job'));
create policy other_word_need_signal on app.other_word as restrictive for select
  using (sensitivity <> 'need-signal' or (select auth.role()) <> 'advisor' or exists (
    select from app.household where household.id = household_id and area_id = any ((select auth.duty_areas())::text[])));
grant select on app.other_word to app;
create trigger other_word_as_recorded before update on app.other_word for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger other_word_stays before delete on app.other_word for each row execute function app.keep_as_recorded();

-- Others come into force in the place of what was: closed where they lay, recorded as facts; what was goes beside.
create function app.swap_words(chosen bigint[], today date, at timestamptz, why text default null) returns void
language plpgsql set search_path = '' as $$
begin
  with closed as (
    update app.fact known set superseded_at = at
    from app.other_word word where word.id = any (chosen) and known.household_id = word.household_id
      and coalesce(known.person_id, 0) = coalesce(word.person_id, 0) and known.fact = word.fact and known.superseded_at is null
    returning known.*, word.value as chosen_value
  )
  insert into app.other_word (household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, recorded_at,
    settled_against, settled_because, settled_by)
  select household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, closed.sensitivity, delivery_id, delivery_row, recorded_by, kind, app.word_voice(kind, source), at,
    case when why is not null then chosen_value end, why, case when why is not null then auth.actor() end
  from closed join meta.trust using (fact)
  cross join lateral app.word_kind(owners, source, basis, delivery_id, recorded_by) kind
  where shelf_until is null or shelf_until >= today;
  with closed as (
    update app.other_word set superseded_at = at where id = any (chosen) returning *
  )
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, valid_to, recorded_at, recorded_by, source,
    evidence, basis, legal_basis, verified_on, shelf_until, sensitivity, delivery_id, delivery_row)
  select household_id, area_id, person_id, fact, value, valid_from, valid_to, at, recorded_by, source,
    evidence, basis, legal_basis, verified_on, shelf_until, sensitivity, delivery_id, delivery_row
  from closed join app.household on household.id = household_id;
end
$$;

-- Where nothing is in force any more, or what is goes after another: the other comes into force.
create function app.promote_words(ids bigint[], today date, at timestamptz) returns bigint[]
language plpgsql set search_path = '' as $$
declare
  chosen bigint[] := array(
    select distinct on (word.household_id, coalesce(word.person_id, 0), word.fact) word.id
    from app.other_word word join meta.trust using (fact)
    left join app.fact known on known.household_id = word.household_id and coalesce(known.person_id, 0) = coalesce(word.person_id, 0)
      and known.fact = word.fact and known.superseded_at is null
    cross join lateral (select array_position(kinds, word.kind) as rank, array_position(kinds,
      app.word_kind(owners, known.source, known.basis, known.delivery_id, known.recorded_by)) as known_rank) ranks
    where word.household_id = any (ids) and word.superseded_at is null and (word.shelf_until is null or word.shelf_until >= today)
      and (word.settled_against is null or word.settled_against is distinct from known.value)
      and (known.id is null or known.shelf_until < today or rank < known_rank
        or rank = known_rank and word.verified_on > known.verified_on)
    order by word.household_id, coalesce(word.person_id, 0), word.fact, rank, word.verified_on desc, word.recorded_at desc);
begin
  if cardinality(chosen) > 0 then
    perform app.swap_words(chosen, today, at);
  end if;
  return array(select distinct household_id from app.other_word where id = any (chosen));
end
$$;

-- Words to be put on record, in a table of the transaction.
create function app.begin_words() returns void
language plpgsql set search_path = '' set client_min_messages = warning as $$
begin
  drop table if exists pg_temp.word;
  create temporary table word (
    household_id bigint, person_id bigint, fact text, value jsonb, valid_from date, source text, evidence text, basis text,
    legal_basis text, verified_on date, shelf_until date, delivery_id bigint, delivery_row int, recorded_by text,
    kind text, voice text, known bigint, known_kind text, same boolean, wins boolean, late boolean,
    settled_against jsonb, settled_because text, settled_by text
  ) on commit drop;
end
$$;

-- Each of pg_temp.word is put on record: in force, or beside. What its own source said before is closed; a word that beats
-- that of another leaves it beside. `keeps_later`: what its source said of a later day, or of that day in the same words,
-- stays. `settles`: a person decided for it, and why. Returns the households in which yet another came into force.
create function app.put_words(today date, at timestamptz, keeps_later boolean, settles text default null) returns bigint[]
language plpgsql set search_path = '' as $$
begin
  update pg_temp.word told set kind = met.kind, voice = met.voice, known = met.known, known_kind = met.known_kind, same = met.same,
    late = met.late, settled_against = met.settled_against, settled_because = met.settled_because, settled_by = met.settled_by,
    wins = settles is not null or met.known is null or met.same or coalesce(met.known_until < today, false)
      or (met.settled_against is null or met.settled_against is distinct from met.known_value)
        and (told.shelf_until is null or told.shelf_until >= today)
        and (met.rank < met.known_rank or met.rank = met.known_rank and told.verified_on >= met.known_on)
  from (
    select word.ctid as place, said.kind, said.voice, known.id as known, said.known_kind,
      known.value as known_value, known.verified_on as known_on, known.shelf_until as known_until,
      array_position(kinds, said.kind) as rank, array_position(kinds, said.known_kind) as known_rank, own.same,
      coalesce(own.verified_on > word.verified_on or own.verified_on = word.verified_on and own.value = word.value, false) as late,
      -- What was decided against stays so when it is said once more.
      coalesce(word.settled_against, case when before.value = word.value then before.settled_against end) as settled_against,
      coalesce(word.settled_because, case when before.value = word.value then before.settled_because end) as settled_because,
      coalesce(word.settled_by, case when before.value = word.value then before.settled_by end) as settled_by
    from pg_temp.word join meta.trust using (fact)
    left join app.fact known on known.household_id = word.household_id and coalesce(known.person_id, 0) = coalesce(word.person_id, 0)
      and known.fact = word.fact and known.superseded_at is null
    cross join lateral (select app.word_kind(owners, word.source, word.basis, word.delivery_id, word.recorded_by) as kind,
      app.word_kind(owners, known.source, known.basis, known.delivery_id, known.recorded_by) as known_kind) kinds_of
    cross join lateral (select kinds_of.kind, kinds_of.known_kind, app.word_voice(kinds_of.kind, word.source) as voice) said
    left join app.other_word before on before.household_id = word.household_id
      and coalesce(before.person_id, 0) = coalesce(word.person_id, 0) and before.fact = word.fact and before.voice = said.voice
      and before.superseded_at is null
    cross join lateral (select coalesce(known.id is not null and app.word_voice(said.known_kind, known.source) = said.voice, false) as same) is_own
    cross join lateral (select is_own.same, case when is_own.same then known.verified_on else before.verified_on end as verified_on,
      case when is_own.same then known.value else before.value end as value) own
  ) met
  where told.ctid = met.place;
  if keeps_later then
    delete from pg_temp.word where late;
  end if;
  with closed as (
    update app.fact set superseded_at = at from pg_temp.word where fact.id = word.known and word.wins
    returning fact.*, word.known_kind, word.same, word.value as told
  )
  insert into app.other_word (household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, recorded_at,
    settled_against, settled_because, settled_by)
  select household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, known_kind, app.word_voice(known_kind, source), at,
    case when settles is not null then told end, settles, case when settles is not null then auth.actor() end
  from closed where not same and (shelf_until is null or shelf_until >= today);
  update app.other_word before set superseded_at = at from pg_temp.word
  where before.household_id = word.household_id and coalesce(before.person_id, 0) = coalesce(word.person_id, 0)
    and before.fact = word.fact and before.voice = word.voice and before.superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at, recorded_by, source, evidence, basis,
    legal_basis, verified_on, shelf_until, sensitivity, delivery_id, delivery_row)
  -- Where they live now: days may lie between a check and this.
  select household_id, area_id, person_id, fact, value, valid_from, at, recorded_by, source, evidence, basis,
    legal_basis, verified_on, shelf_until, trust.sensitivity, delivery_id, delivery_row
  from pg_temp.word join app.household on household.id = household_id join meta.trust using (fact) where wins;
  insert into app.other_word (household_id, person_id, fact, value, valid_from, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, recorded_at,
    settled_against, settled_because, settled_by)
  select household_id, person_id, fact, value, valid_from, source, evidence, basis, legal_basis,
    verified_on, shelf_until, trust.sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, at,
    settled_against, settled_because, settled_by
  from pg_temp.word join meta.trust using (fact) where not wins;
  -- What a person decided for stays, whatever goes before it by the order.
  return case when settles is null then app.promote_words(array(select distinct household_id from pg_temp.word), today, at) else '{}' end;
end
$$;

-- A person decided for what is in force: what differs is no open conflict while that stands.
create function app.settle_others(of_household bigint, of_person bigint, of_fact text, why text, at timestamptz) returns void
language sql set search_path = '' as $$
  with standing as (
    select value from app.fact where household_id = of_household and person_id is not distinct from of_person and fact = of_fact
      and superseded_at is null
  ), closed as (
    update app.other_word word set superseded_at = at from standing
    where household_id = of_household and person_id is not distinct from of_person and fact = of_fact and superseded_at is null
      and word.value <> standing.value and word.settled_against is distinct from standing.value
    returning word.*, standing.value as chosen
  )
  insert into app.other_word (household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, recorded_at,
    settled_against, settled_because, settled_by)
  select household_id, person_id, fact, value, valid_from, valid_to, source, evidence, basis, legal_basis,
    verified_on, shelf_until, sensitivity, delivery_id, delivery_row, recorded_by, kind, voice, at, chosen, why, auth.actor()
  from closed
$$;

create function app.refuse_class(of_household bigint, place text, classes text[]) returns void
language plpgsql stable set search_path = '' as $$
begin
  if ('clinical' = any (classes) and auth.role() not in ('district', 'job'))
    or ('need-signal' = any (classes) and auth.role() = 'advisor' and place <> all (auth.duty_areas())) then
    raise exception 'facts of household % are not for % to record', of_household, auth.actor() using errcode = 'insufficient_privilege';
  end if;
end
$$;

create function app.lock_for_words(of_household bigint) returns text
language plpgsql set search_path = '' as $$
declare
  place text;
begin
  -- The lock puts the records of one household in one order.
  select area_id into place from app.household
  where id = of_household and area_id >= auth.scope_from() and area_id < auth.scope_to() and id <> all (auth.hidden_households())
  for update;
  if place is null then
    raise exception 'household % is not in the scope of %', of_household, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  return place;
end
$$;

drop function app.record_fact(bigint, bigint, text, jsonb, date, text, text, date, date, text, text);

-- Whether it is in force now. `settles`: an official decided for it, and why.
create function app.record_fact(
  of_household bigint, of_person bigint, of_fact text, new_value jsonb, holds_from date, said_by text, new_evidence text,
  verified date, lasts_until date, legal text default null, on_basis text default null, today date default current_date,
  settles text default null
) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  place text := app.lock_for_words(of_household);
  class text;
  last app.fact;
  at timestamptz;
begin
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
  perform app.refuse_class(of_household, place, array[class, last.sensitivity]);
  if settles is not null and auth.role() not in ('township', 'district', 'job') then
    raise exception 'differing words are not for % to settle', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  -- Strictly later than the last one and than what matching has read, whatever the machine's clock does.
  at := greatest(app.next_instant(of_household), last.recorded_at + interval '1 microsecond',
    (select max(recorded_at) + interval '1 microsecond' from app.other_word where household_id = of_household and superseded_at is null));
  perform app.begin_words();
  insert into pg_temp.word (household_id, person_id, fact, value, valid_from, source, evidence, basis, legal_basis,
    verified_on, shelf_until, recorded_by)
  values (of_household, of_person, of_fact, new_value, holds_from, said_by, new_evidence, coalesce(on_basis, app.basis_of(legal, said_by)),
    legal, verified, lasts_until, auth.actor());
  perform app.put_words(today, at, false, settles);
  if settles is not null then
    perform app.settle_others(of_household, of_person, of_fact, settles, at);
  end if;
  return not exists (select from app.other_word join pg_temp.word using (household_id, fact, voice)
    where other_word.person_id is not distinct from of_person and other_word.superseded_at is null);
end
$$;
comment on function app.record_fact is 'Puts a word of a fact on record, in force or beside what goes before it; refused outside the caller''s area and class — 登记事实';

-- An official takes another word, or keeps what is in force; false where it lies there no longer.
create function app.settle_word(of_household bigint, of_word bigint, take boolean, why text, today date) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  place text;
  word app.other_word;
  last app.fact;
  at timestamptz;
begin
  if auth.role() not in ('township', 'district') then
    raise exception 'differing words are not for % to settle', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  place := app.lock_for_words(of_household);
  select * into word from app.other_word where id = of_word and household_id = of_household and superseded_at is null
    and (shelf_until is null or shelf_until >= today);
  select * into last from app.fact where household_id = of_household and person_id is not distinct from word.person_id
    and fact = word.fact and superseded_at is null;
  if word.id is null or not take and (last.id is null or last.shelf_until < today) then
    return false;
  end if;
  perform app.refuse_class(of_household, place, array[word.sensitivity, last.sensitivity]);
  at := greatest(app.next_instant(of_household), last.recorded_at + interval '1 microsecond',
    (select max(recorded_at) + interval '1 microsecond' from app.other_word where household_id = of_household and superseded_at is null));
  if take then
    perform app.swap_words(array[word.id], today, at, why);
  end if;
  perform app.settle_others(of_household, word.person_id, word.fact, why, at);
  return true;
end
$$;
comment on function app.settle_word is 'Decides between what is in force of a fact and what another source says, by an official — 裁定不同说法';

-- What has passed its life makes room for what has not; by the program.
create function app.promote_due(ids bigint[], today date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  perform from app.household where id = any (ids) order by id for update;
  perform app.promote_words(ids, today, app.next_instant_of(ids));
end
$$;
comment on function app.promote_due is 'Lets other words come into force where what was has run out — 到期后采用另一说法';

revoke execute on function app.state_trust, app.word_kind, app.word_voice, app.kind_of, app.trust_of, app.swap_words, app.promote_words, app.begin_words,
  app.put_words, app.settle_others, app.refuse_class, app.lock_for_words, app.record_fact, app.settle_word, app.promote_due from public;
grant execute on function app.state_trust, app.kind_of, app.trust_of, app.record_fact, app.settle_word, app.promote_due to app;
