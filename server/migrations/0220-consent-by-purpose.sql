-- An authorisation becomes a consent for a purpose: said by one person who was told by a notice, in some way, to somebody
-- who may be named; of a child under fourteen by a guardian. What was authorised before stays as it was recorded.

alter table app.authorisation disable trigger user;
alter table app.authorisation
  alter column basis drop not null,
  add column purpose text references app.purpose (id),
  add column recipient text check (length(recipient) between 2 and 100),
  add column notice_id bigint references app.notice (id),
  add column way text check (way in ('paper', 'spoken')),
  add column guardian_name text check (length(guardian_name) between 1 and 50),
  add column guardian_relation text check (length(guardian_relation) between 1 and 20);
update app.authorisation given set purpose = (select id from app.purpose where purpose.basis = given.basis);
alter table app.authorisation
  alter column purpose set not null,
  add constraint authorisation_told_whole check (
    (notice_id is null) = (way is null) and (notice_id is null or person_id is not null)
    and (notice_id is not null or recipient is null)),
  add constraint authorisation_guardian_whole check (
    (guardian_name is null) = (guardian_relation is null) and (guardian_name is null or person_id is not null));
alter table app.authorisation enable trigger user;
comment on table app.authorisation is 'What a person, or a household, allows: for which purpose, to whom, told by which notice, from a day to a day — 授权与同意';
comment on column app.authorisation.person_id is 'Null: recorded for the whole household, every member included — 授权人';
comment on column app.authorisation.basis is 'What may be known by it; null where nothing is — 数据依据';
comment on column app.authorisation.recipient is 'Who gets the data, by name; null: own use — 接收方';
comment on column app.authorisation.notice_id is 'What the person was told; null where recorded without a notice — 告知书版本';
comment on column app.authorisation.way is 'Signed on paper, or spoken and recorded; where it lies is the evidence — 方式';
comment on column app.authorisation.guardian_name is 'Who consents for a child under fourteen (个人信息保护法 31) — 监护人';

create function app.give_purpose() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.purpose := (select id from app.purpose where purpose.basis = new.basis);
  return new;
end
$$;
comment on function app.give_purpose is 'The purpose that a delivered authorisation of a basis serves — 补上用途';
create trigger authorisation_purpose before insert on app.authorisation for each row
  when (new.purpose is null) execute function app.give_purpose();
revoke execute on function app.give_purpose from public;

-- Whoever moves, leaves or is merged takes all of it along.
do $$
declare
  name text;
  before text;
  after text;
begin
  foreach name in array array['carry_records', 'take_back_composition', 'merge_consents', 'restore_records'] loop
    select string_agg(pg_get_functiondef(oid), '') into strict before from pg_proc
      where proname = name and pronamespace = 'app'::regnamespace;
    after := replace(before, 'basis, valid_from, valid_to, evidence',
      'basis, purpose, recipient, notice_id, way, guardian_name, guardian_relation, valid_from, valid_to, evidence');
    if name = 'merge_consents' then
      after := replace(after, 'known.basis = closed.basis', 'known.purpose = closed.purpose
      and known.recipient is not distinct from closed.recipient and (closed.notice_id is null or known.notice_id is not null)');
    end if;
    if length(after) - length(before) < 100 then
      raise exception 'function % copies no authorisation', name;
    end if;
    execute after;
  end loop;
end
$$;

-- Under fourteen by the birth date on record: only a guardian consents, and not beyond the last day of being so. Not known
-- is not fourteen. Turning fourteen is by the calendar; from 29 February on the last day of that month (民法典 第二百零二条).
create function app.require_own_word(of_household bigint, of_person bigint, from_day date, to_day date, guardian text) returns void
language plpgsql set search_path = '' as $$
declare
  turns date := (select (value #>> '{}')::date + interval '14 years' from app.fact
    where household_id = of_household and person_id = of_person and fact = 'birth_date' and superseded_at is null);
begin
  if turns is null then
    raise exception 'when person % was born is not known', of_person using errcode = 'check_violation', constraint = 'birth_date_known';
  end if;
  if from_day < turns and guardian is null then
    raise exception 'person % is under fourteen', of_person using errcode = 'check_violation', constraint = 'guardian_consents';
  end if;
  if guardian is not null and to_day >= turns then
    raise exception 'person % is fourteen on %', of_person, turns using errcode = 'check_violation', constraint = 'guardian_until_fourteen';
  end if;
end
$$;
comment on function app.require_own_word is 'Of a child under fourteen a guardian consents, until then; everybody else themselves — 不满十四周岁由监护人同意';

-- A member or somebody who owes support, grown up as far as is known, by their number; or whoever is named.
create function app.guardian_of(of_household bigint, of_person bigint, given jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
  by_whom bigint := (given ->> 'guardianId')::bigint;
begin
  if by_whom is null then
    return given ->> 'guardianName';
  end if;
  if by_whom = of_person or not exists (
      select from app.member where household_id = of_household and person_id = by_whom and superseded_at is null and valid_to is null
      union all select from app.supporter where person_id = of_person and supporter_id = by_whom and superseded_at is null and valid_to is null)
    or exists (select from app.fact where person_id = by_whom and fact = 'birth_date' and superseded_at is null
      and (value #>> '{}')::date + interval '18 years' > (given ->> 'on')::date) then
    raise exception 'person % is no guardian of %', by_whom, of_person using errcode = 'check_violation', constraint = 'guardian_is_grown_up';
  end if;
  return (select name from app.person where id = by_whom);
end
$$;
comment on function app.guardian_of is 'The name of the guardian who consents, refused where they cannot be — 监护人姓名';

drop function app.record_authorisation(bigint, bigint, text, date, date, text);
-- With `given` a consent: purpose, recipient, notice, way, guardianId or guardianName, guardianRelation.
create function app.record_authorisation(
  of_household bigint, of_person bigint, on_basis text, from_day date, to_day date, new_evidence text, given jsonb default null
) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  place text := app.lock_for_staff(of_household, of_person);
  aim app.purpose;
  guardian text;
  made bigint;
begin
  if given is null then
    select * into aim from app.purpose where basis = on_basis;
    if aim.id is null then
      raise exception 'nothing known on basis % needs an authorisation', on_basis
        using errcode = 'foreign_key_violation';
    end if;
  else
    select * into aim from app.purpose where id = given ->> 'purpose';
    if aim.id is null or aim.rests_on = 'duty' then
      raise exception 'for % nobody is asked', given ->> 'purpose' using errcode = 'check_violation', constraint = 'purpose_rests_on_consent';
    end if;
    if of_person is null then
      raise exception 'everybody consents for themselves' using errcode = 'check_violation', constraint = 'consent_of_one_person';
    end if;
    if aim.to_others <> coalesce(given ->> 'recipient' ~ '\S', false) then
      raise exception 'a receiver is named where data leaves' using errcode = 'check_violation', constraint = 'receiver_named';
    end if;
    if (given ->> 'notice')::bigint is distinct from (select id from app.notice
      where purpose = aim.id and published_at is not null and notice.from_day <= record_authorisation.from_day
      order by notice.from_day desc limit 1) then
      raise exception 'this is not what was told on %', record_authorisation.from_day using errcode = 'check_violation', constraint = 'notice_in_force';
    end if;
    guardian := app.guardian_of(of_household, of_person, given || jsonb_build_object('on', record_authorisation.from_day));
  end if;
  if of_person is not null then
    perform app.require_own_word(of_household, of_person, record_authorisation.from_day, to_day, guardian);
  end if;
  insert into app.authorisation (household_id, area_id, person_id, basis, purpose, recipient, notice_id, way, guardian_name,
    guardian_relation, valid_from, valid_to, evidence, recorded_at)
  values (of_household, place, of_person, aim.basis, aim.id, given ->> 'recipient', (given ->> 'notice')::bigint, given ->> 'way',
    guardian, case when guardian is not null then given ->> 'guardianRelation' end, record_authorisation.from_day, to_day,
    new_evidence, app.next_instant(of_household))
  returning id into made;
  return made;
end
$$;
comment on function app.record_authorisation is 'Records what a person or household allows, by staff of the area — 登记授权';
revoke execute on function app.require_own_word, app.guardian_of, app.record_authorisation from public;
grant execute on function app.record_authorisation to app;

-- What is known of a household as a whole is read when one authorisation holds for all, or when every member has consented
-- under a notice; of a member only on theirs.
do $$
declare
  before text := (select pg_get_functiondef(oid) from pg_proc where proname = 'insert_current' and pronamespace = 'app'::regnamespace);
  after text;
begin
  after := replace(before, $a$), known_fact as ($a$, $b$), told as (
      select household_id, person_id, basis from app.authorisation
      where notice_id is not null and withdrawn_at is null and $2 between valid_from and valid_to and %1$s
    ), living as (
      select household_id, person_id from app.member where superseded_at is null and %2$s and %1$s
    ), all_told as materialized (
      select household_id, basis
      from (select household_id, basis, count(distinct person_id) as people
        from told join living using (household_id, person_id) group by household_id, basis) who
      join (select household_id, count(*) as people from living group by household_id) home using (household_id, people)
    ), known_fact as ($b$);
  after := replace(after, $a$and given.withdrawn_at is null and $2 between given.valid_from and given.valid_to))$a$,
    $b$and given.withdrawn_at is null and $2 between given.valid_from and given.valid_to)
          or person_id is null and (fact.household_id, fact.basis) in (select household_id, basis from all_told))$b$);
  if length(after) - length(before) < 600 then
    raise exception 'wide rows are not written as expected';
  end if;
  execute after;
end
$$;
