-- Households change: members leave, join from another household, and found one of their own; who collects
-- what is paid; and the last change, where it was a mistake, is taken back. Nothing is overwritten: a row is
-- closed (superseded_at) and what holds now is put beside it. All rows of one change share one instant.

alter table app.member add column ended_because text check (ended_because in
    ('moved-out', 'died', 'detained', 'enlisted', 'joined-another', 'split', 'other')),
  add column source text check (source <> '');
comment on column app.member.ended_because is 'Why it ended; null while it lasts, or where only the relation changed — 离户原因';
comment on column app.member.source is 'What this was recorded on — 登记依据';

create table app.collector (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  area_id text collate "C" not null,
  person_id bigint not null references app.person (id),
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  recorded_by text not null default auth.actor(),
  constraint collector_days_in_order check (valid_to is null or valid_to >= valid_from)
);
comment on table app.collector is 'Who collects what a household is paid, from which day to which — 领取人';
create index collector_household on app.collector (household_id);
create unique index collector_one_current on app.collector (household_id) where superseded_at is null and valid_to is null;
alter table app.collector enable row level security;
alter table app.collector force row level security;
create policy collector_in_scope on app.collector for select using (
  area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
create policy collector_unrestricted on app.collector as restrictive for select
  using (household_id <> all ((select auth.hidden_households())::bigint[]));
grant select on app.collector to app;
create trigger collector_as_recorded before update on app.collector for each row
  when (to_jsonb(old) - 'superseded_at' - 'area_id' is distinct from to_jsonb(new) - 'superseded_at' - 'area_id'
    or (old.superseded_at is not null and old.superseded_at is distinct from new.superseded_at))
  execute function app.keep_as_recorded();
create trigger collector_stays before delete on app.collector for each row execute function app.keep_as_recorded();

-- Households in one order, so that two changes across the same two do not wait for one another for ever.
create function app.lock_for_change(households bigint[]) returns timestamptz
language plpgsql set search_path = '' as $$
declare
  one bigint;
  at timestamptz := clock_timestamp();
begin
  for one in select distinct unnest(households) order by 1 loop
    perform app.lock_for_staff(one, null);
    at := greatest(at, app.next_instant(one),
      (select max(greatest(recorded_at, superseded_at)) + interval '1 microsecond' from app.member where household_id = one),
      (select max(recorded_at) + interval '1 microsecond' from app.fact where household_id = one and superseded_at is null),
      (select max(recorded_at) + interval '1 microsecond' from app.award where household_id = one and superseded_at is null));
  end loop;
  return at;
end
$$;
comment on function app.lock_for_change is 'Locks households for staff of their area; the instant of the change, later than what is recorded of them';

create function app.end_membership(of_household bigint, of_person bigint, first_day_away date, ending jsonb, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with closed as (
    update app.member set superseded_at = at
    where household_id = of_household and person_id = of_person and superseded_at is null and valid_to is null
    returning *
  )
  insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to, recorded_at, ended_because, source)
  select household_id, area_id, person_id, relation, valid_from, first_day_away - 1, at,
    ending ->> 'because', coalesce(ending ->> 'source', source)
  from closed;
  if not found then
    raise exception 'person % is no member of household %', of_person, of_household using errcode = 'foreign_key_violation';
  end if;
end
$$;

create function app.relate_member(of_household bigint, of_person bigint, new_relation text, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with closed as (
    update app.member set superseded_at = at
    where household_id = of_household and person_id = of_person and superseded_at is null and valid_to is null
    returning *
  ), before as (
    insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to, recorded_at, source)
    select household_id, area_id, person_id, relation, valid_from, from_day - 1, at, source
    from closed where valid_from < from_day
  )
  insert into app.member (household_id, area_id, person_id, relation, valid_from, recorded_at, source)
  select household_id, area_id, person_id, new_relation, greatest(valid_from, from_day), at, source from closed;
  if not found then
    raise exception 'person % is no member of household %', of_person, of_household using errcode = 'foreign_key_violation';
  end if;
end
$$;

-- What is said of a person goes with them: the same statements, by whoever made them, for the new household.
-- The closed ones stay with the old, which is read as of the days before, with the delivery they came by: to take that
-- back is to leave what moved on. An award is the old household's until then.
create function app.carry_person(of_person bigint, old_household bigint, new_household bigint, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  place text := (select area_id from app.household where id = new_household);
begin
  update app.person set household_id = new_household, area_id = place where id = of_person;
  if old_household = new_household then
    return;
  end if;
  with closed as (
    update app.fact set superseded_at = at
    where household_id = old_household and person_id = of_person and superseded_at is null returning *
  )
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, valid_to, recorded_at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis)
  select new_household, place, person_id, fact, value, valid_from, valid_to, at, recorded_by, source,
    evidence, legal_basis, verified_on, shelf_until, sensitivity, basis from closed;
  with closed as (
    update app.award set superseded_at = at
    where household_id = old_household and person_id = of_person and superseded_at is null
      and (valid_to is null or valid_to >= from_day)
    returning *
  ), before as (
    insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at, recorded_by)
    select household_id, area_id, person_id, programme, state, valid_from, from_day - 1, source, at, recorded_by
    from closed where valid_from < from_day
  )
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at, recorded_by)
  select new_household, place, person_id, programme, state, greatest(valid_from, from_day), valid_to, source, at, recorded_by
  from closed;
  with closed as (
    update app.objection set withdrawn_on = from_day, withdrawn_at = at, withdrawn_by = auth.actor()
    where household_id = old_household and person_id = of_person and withdrawn_at is null returning *
  )
  insert into app.objection (household_id, area_id, person_id, kind, told_on, note, recorded_at, recorded_by)
  select new_household, place, person_id, kind, told_on, note, at, recorded_by from closed;
  with closed as (
    update app.authorisation set withdrawn_on = from_day, withdrawn_at = at, withdrawn_by = auth.actor()
    where household_id = old_household and person_id = of_person and withdrawn_at is null returning *
  )
  insert into app.authorisation (household_id, area_id, person_id, basis, valid_from, valid_to, evidence, recorded_at, recorded_by)
  select new_household, place, person_id, basis, valid_from, valid_to, evidence, at, recorded_by from closed;
end
$$;

create function app.name_collector(of_household bigint, of_person bigint, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with closed as (
    update app.collector set superseded_at = at
    where household_id = of_household and superseded_at is null and (valid_to is null or valid_to >= from_day) returning *
  )
  insert into app.collector (household_id, area_id, person_id, valid_from, valid_to, recorded_at, recorded_by)
  select household_id, area_id, person_id, valid_from, from_day - 1, at, recorded_by from closed where valid_from < from_day;
  if of_person is not null then
    insert into app.collector (household_id, area_id, person_id, valid_from, recorded_at)
    select id, area_id, of_person, from_day, at from app.household where id = of_household;
  end if;
end
$$;

-- Asked again after every change, whatever the application has asked before.
create function app.require_whole(households bigint[], persons bigint[]) returns void
language plpgsql set search_path = '' as $$
begin
  if exists (
    select from app.member where household_id = any (households) and superseded_at is null and valid_to is null
    group by household_id having count(*) filter (where relation = '02') <> 1
  ) or exists (
    select from app.member one join app.member other on other.household_id = one.household_id and other.id > one.id
      and daterange(one.valid_from, one.valid_to, '[]') && daterange(other.valid_from, other.valid_to, '[]')
    where one.household_id = any (households) and one.relation = '02' and other.relation = '02'
      and one.superseded_at is null and other.superseded_at is null
  ) then
    raise exception 'a household has one head' using errcode = 'check_violation', constraint = 'household_one_head';
  end if;
  if exists (
    select from app.collector where household_id = any (households) and superseded_at is null and valid_to is null
      and not exists (select from app.member where member.household_id = collector.household_id
        and member.person_id = collector.person_id and member.superseded_at is null and member.valid_to is null)
  ) or exists (
    -- Something is paid, and somebody has collected it: it is not left without a collector.
    select from app.member head
    where head.household_id = any (households) and head.superseded_at is null and head.valid_to is null and head.relation = '02'
      and exists (select from app.collector where collector.household_id = head.household_id and superseded_at is null)
      and not exists (select from app.collector where collector.household_id = head.household_id
        and superseded_at is null and valid_to is null)
      and exists (select from app.award where award.household_id = head.household_id and superseded_at is null
        and state = 'receiving' and valid_to is null
        and (person_id is null or exists (select from app.member where member.household_id = award.household_id
          and member.person_id = award.person_id and member.superseded_at is null and member.valid_to is null)))
  ) then
    raise exception 'what is paid is collected by a member' using errcode = 'check_violation', constraint = 'collector_is_member';
  end if;
  if exists (
    select from app.member one join app.member other on other.person_id = one.person_id and other.id > one.id
      and daterange(one.valid_from, one.valid_to, '[]') && daterange(other.valid_from, other.valid_to, '[]')
    where one.person_id = any (persons) and one.superseded_at is null and other.superseded_at is null
  ) then
    raise exception 'nobody lives in two households on one day' using errcode = 'check_violation', constraint = 'member_of_one_household';
  end if;
end
$$;

-- Who leaves, and what follows: {head, relations: [{personId, relation}], collector}, each where it is demanded.
create function app.settle_leaving(of_household bigint, following jsonb, from_day date, at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  one jsonb;
begin
  if following ->> 'head' is not null then
    perform app.relate_member(of_household, (following ->> 'head')::bigint, '02', from_day, at);
    for one in select jsonb_array_elements(following -> 'relations') loop
      perform app.relate_member(of_household, (one ->> 'personId')::bigint, one ->> 'relation', from_day, at);
    end loop;
  end if;
  if following ->> 'collector' is not null or not exists (
    select from app.collector join app.member using (household_id, person_id)
    where collector.household_id = of_household and collector.superseded_at is null and collector.valid_to is null
      and member.superseded_at is null and member.valid_to is null
  ) then
    perform app.name_collector(of_household, (following ->> 'collector')::bigint, from_day, at);
  end if;
end
$$;

create function app.leave_household(of_household bigint, of_person bigint, from_day date, because text, following jsonb, said_by text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := app.lock_for_change(array[of_household]);
begin
  perform app.end_membership(of_household, of_person, from_day, jsonb_build_object('because', because, 'source', said_by), at);
  perform app.settle_leaving(of_household, following, from_day, at);
  perform app.require_whole(array[of_household], array[of_person]);
end
$$;
comment on function app.leave_household is 'A member leaves from a day on, with a successor and a collector where they are wanted, by staff of the area — 成员离户';

-- Where somebody of a restricted household would come to light in one that is not, it is refused.
create function app.refuse_unveiling(old_household bigint, new_household bigint) returns void
language plpgsql set search_path = '' as $$
begin
  if exists (select from app.restriction where household_id = old_household and lifted_at is null)
    and not exists (select from app.restriction where household_id = new_household and lifted_at is null) then
    raise exception 'household % is restricted and % is not', old_household, new_household
      using errcode = 'check_violation', constraint = 'restriction_goes_along';
  end if;
end
$$;

create function app.join_household(of_household bigint, joining jsonb, from_day date, following jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  who bigint := (joining ->> 'personId')::bigint;
  left_from bigint := (select household_id from app.person where id = who);
  at timestamptz := app.lock_for_change(array[of_household, left_from]);
begin
  -- While it waited for the lock somebody else may have moved them.
  if left_from is distinct from (select household_id from app.person where id = who) then
    raise exception 'person % has moved meanwhile', who using errcode = 'serialization_failure';
  end if;
  perform app.refuse_unveiling(left_from, of_household);
  if exists (select from app.member where household_id = left_from and person_id = who and superseded_at is null and valid_to is null) then
    perform app.end_membership(left_from, who, from_day, jsonb_build_object('because', 'joined-another', 'source', joining ->> 'source'), at);
    perform app.settle_leaving(left_from, following, from_day, at);
  end if;
  insert into app.member (household_id, area_id, person_id, relation, valid_from, recorded_at, source)
  select id, area_id, who, joining ->> 'relation', from_day, at, joining ->> 'source' from app.household where id = of_household;
  perform app.carry_person(who, left_from, of_household, from_day, at);
  perform app.require_whole(array[of_household, left_from], array[who]);
end
$$;
comment on function app.join_household is 'Somebody on record joins, and leaves where they lived the day before, by staff of both areas — 成员加入';

create function app.split_household(of_household bigint, at_address text, leaving jsonb, from_day date, following jsonb) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := app.lock_for_change(array[of_household]);
  place text := (select area_id from app.household where id = of_household);
  made bigint := nextval(pg_get_serial_sequence('app.household', 'id'));
  kept bigint;
  one jsonb;
begin
  insert into app.household (id, area_id, register_no, address, demo)
  select made, place, 'D' || place || lpad(made::text, 8, '0'), at_address, demo from app.household where id = of_household;
  insert into app.restriction (household_id, area_id, kind, because, valid_from, valid_to, responsible, recorded_by)
  select made, area_id, kind, because, valid_from, valid_to, responsible, recorded_by
  from app.restriction where household_id = of_household and lifted_at is null returning id into kept;
  insert into app.restriction_viewer (restriction_id, household_id, area_id, staff_id, name)
  select kept, made, viewer.area_id, viewer.staff_id, viewer.name
  from app.restriction_viewer viewer join app.restriction on restriction.id = viewer.restriction_id
  where restriction.household_id = of_household and restriction.lifted_at is null;
  for one in select jsonb_array_elements(leaving -> 'members') loop
    perform app.end_membership(of_household, (one ->> 'personId')::bigint, from_day, jsonb_build_object('because', 'split', 'source', leaving ->> 'source'), at);
    insert into app.member (household_id, area_id, person_id, relation, valid_from, recorded_at, source)
    values (made, place, (one ->> 'personId')::bigint, one ->> 'relation', from_day, at, leaving ->> 'source');
    perform app.carry_person((one ->> 'personId')::bigint, of_household, made, from_day, at);
  end loop;
  perform app.settle_leaving(of_household, following, from_day, at);
  perform app.require_whole(array[of_household, made],
    array(select (value ->> 'personId')::bigint from jsonb_array_elements(leaving -> 'members')));
  return made;
end
$$;
comment on function app.split_household is 'Members leave to found a household of their own in the same committee, by staff of the area — 分户';

revoke execute on function app.lock_for_change, app.end_membership, app.relate_member, app.carry_person, app.name_collector,
  app.require_whole, app.settle_leaving, app.leave_household, app.refuse_unveiling, app.join_household,
  app.split_household from public;
grant execute on function app.leave_household, app.join_household, app.split_household to app;
