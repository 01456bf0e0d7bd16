-- What has run out and what stays, and why. Nothing is changed here: a dry run and a run weigh in the same way.

-- The day a column says, as SQL of a row `t`; null for no column.
create function auth.day_of(of_table text, of_column text) returns text
language sql stable set search_path = '' as $$
  select case when atttypid = 'date'::regtype then format('t.%I', of_column)
    else format('(t.%I at time zone ''Asia/Shanghai'')::date', of_column) end
  from pg_catalog.pg_attribute where attrelid = of_table::regclass and attname = of_column
$$;
comment on function auth.day_of is 'The day a column of a row t says, as SQL; for functions of the owner';

-- The day on which the clock of a row `t` of a household file `f` began, as SQL; null: it has not.
create function auth.clock_of(rule meta.retention_rule, starts text) returns text
language sql stable set search_path = '' as $$
  select case starts
    when 'closed' then coalesce(auth.day_of(rule.table_name, rule.closes), 'null::date')
    when 'delivered' then '(select (received_at at time zone ''Asia/Shanghai'')::date from app.delivery where id = t.delivery_id)'
    else 'f.' || replace(starts, '-', '_') end
$$;
comment on function auth.clock_of is 'When the clock of a row began, as SQL; for functions of the owner';

-- Fills pg_temp.kept_file, one row a household, and pg_temp.kept_record, one a table, household, person and day.
-- {class: {years, months, days}}; of all households where none are named.
create function auth.weigh_records(ids bigint[], on_day date, terms jsonb) returns void
language plpgsql set search_path = '' set client_min_messages = warning as $$
declare
  rule meta.retention_rule;
  class meta.retention_class;
  home text;
begin
  -- Whoever lived in two households stands in the records of both, so one of them is weighed with the other.
  if ids is not null then
    select array_agg(distinct near) into ids from (
      select unnest(ids) as near
      union all
      select other.household_id from app.person join app.member other on other.person_id = person.id
      where person.household_id = any (ids)) related;
  end if;
  drop table if exists pg_temp.kept_record, pg_temp.kept_file;
  create temp table kept_file on commit drop as
  select household.id as household_id,
    exists (select from app.legal_hold where legal_hold.household_id = household.id and lifted_at is null) as held,
    coalesce(award.receiving, false) as receiving,
    coalesce(lead.open, false) as open_lead,
    case when not award.receiving then award.ended_on end as aid_ended,
    case when not lead.open then lead.closed_on end as care_ended,
    greatest((household.created_at at time zone 'Asia/Shanghai')::date, member.entered, fact.entered, award.entered,
      award.ended_on, lead.closed_on, lead.raised_on) as last_entry,
    false as due
  from app.household
  left join (select household_id, bool_or(state = 'receiving' and superseded_at is null and (valid_to is null or valid_to >= on_day)) as receiving,
      max(greatest((recorded_at at time zone 'Asia/Shanghai')::date, (superseded_at at time zone 'Asia/Shanghai')::date)) as entered,
      coalesce(max(valid_to) filter (where state = 'receiving' and superseded_at is null),
        max((recorded_at at time zone 'Asia/Shanghai')::date)) as ended_on
    from app.award where ids is null or household_id = any (ids) group by 1) award on award.household_id = household.id
  left join (select household_id, bool_or(state = 'open') as open, max(closed_on) as closed_on, max(raised_on) as raised_on
    from app.lead where ids is null or household_id = any (ids) group by 1) lead on lead.household_id = household.id
  left join (select household_id, (max(greatest(recorded_at, superseded_at)) at time zone 'Asia/Shanghai')::date as entered
    from app.member where ids is null or household_id = any (ids) group by 1) member on member.household_id = household.id
  left join (select household_id, (max(greatest(recorded_at, superseded_at)) at time zone 'Asia/Shanghai')::date as entered
    from app.fact where ids is null or household_id = any (ids) group by 1) fact on fact.household_id = household.id
  where ids is null or household.id = any (ids);
  create unique index on pg_temp.kept_file (household_id);
  analyze pg_temp.kept_file;

  create temp table kept_record (
    place int, class text, household_id bigint, person_id bigint, started date, records bigint, oldest date, state text
  ) on commit drop;
  for rule in select * from meta.retention_rule order by place loop
    select * into class from meta.retention_class where id = rule.class;
    home := case when cardinality(rule.households) > 0 then format('t.%I', rule.households[1])
      else format('(select household_id from app.person where id = t.%I)', rule.persons[1]) end;
    execute format('insert into pg_temp.kept_record (place, class, household_id, person_id, started, records, oldest)
      select %s, %L, f.household_id, %s, %s, count(*), min(%s)
      from %s t join pg_temp.kept_file f on f.household_id = %s group by 3, 4, 5',
      rule.place, rule.class, coalesce('t.' || quote_ident(rule.persons[1]), 'null::bigint'), auth.clock_of(rule, class.starts),
      coalesce(auth.day_of(rule.table_name, rule.begins), 'null::date'), rule.table_name, home);
  end loop;
  create index on pg_temp.kept_record (household_id);
  analyze pg_temp.kept_record;

  update pg_temp.kept_record r set state = case
    when terms -> c.id is null then 'unconfirmed'
    when f.held then 'hold'
    when c.waits and f.receiving then 'receiving'
    when c.waits and f.open_lead then 'open-lead'
    -- A record that stands has no clock of its own; it goes with the file.
    when r.started is null then 'open'
    when r.started + make_interval(years => (terms -> c.id ->> 'years')::int, months => (terms -> c.id ->> 'months')::int,
      days => (terms -> c.id ->> 'days')::int) >= on_day then 'running'
    else 'due' end
  from meta.retention_class c, pg_temp.kept_file f
  where c.id = r.class and f.household_id = r.household_id;

  -- The file goes last: when nothing else of it stays, and of no file that names the same people.
  update pg_temp.kept_file f set due = true
  from (select r.household_id, bool_and(r.state = 'due' or r.state = 'open' and r.class <> 'file') as over
    from pg_temp.kept_record r join meta.retention_rule t using (place) where t.ends = 'deleted' group by 1) weighed
  where weighed.household_id = f.household_id and weighed.over;
  update pg_temp.kept_file f set due = false
  where due and exists (select from app.person join app.member other on other.person_id = person.id
    join pg_temp.kept_file elsewhere on elsewhere.household_id = other.household_id
    where person.household_id = f.household_id and other.household_id <> f.household_id and not elsewhere.due);
  update pg_temp.kept_record r set state = case when f.due then 'due' when r.state = 'due' then 'other-class' else r.state end
  from pg_temp.kept_file f
  where f.household_id = r.household_id and (r.class = 'file' and r.state = 'due' or r.state = 'open');
end
$$;
comment on function auth.weigh_records is 'What has run out and what stays, of some households or all, into temporary tables; for functions of the owner';

create function auth.terms_in_force() returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_object_agg(class, jsonb_build_object('id', id, 'years', years, 'months', months, 'days', days, 'basis', basis)), '{}')
  from app.retention_terms where superseded_at is null
$$;
comment on function auth.terms_in_force is 'What is confirmed for each class; for functions of the owner';

create function app.try_retention(on_day date)
returns table (class text, state text, records bigint, persons bigint, households bigint, oldest date)
language plpgsql security definer set search_path = '' as $$
begin
  if auth.keeps_records() is not true then
    raise exception 'what has run out is not for % to see', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform auth.weigh_records(null, on_day, auth.terms_in_force());
  return query select r.class, r.state, sum(r.records)::bigint, count(distinct r.person_id), count(distinct r.household_id), min(r.oldest)
    from pg_temp.kept_record r group by 1, 2;
end
$$;
comment on function app.try_retention is 'Per class how much would go on a day, and why the rest stays; nothing is deleted — 试运行';
revoke execute on function auth.day_of, auth.clock_of, auth.weigh_records, auth.terms_in_force, app.try_retention from public;
grant execute on function app.try_retention to app;
create index delivery_row_household on app.delivery_row (household_id) where household_id is not null;
create index delivery_row_person on app.delivery_row (person_id) where person_id is not null;
-- A row that goes is looked for in every table that refers to it: without these each of a district's people costs a walk
-- through all facts.
drop index app.fact_closed;
create index fact_household on app.fact (household_id);
create index fact_person on app.fact (person_id) where person_id is not null;
drop index app.member_person_past;
create index member_person on app.member (person_id);
create index award_person on app.award (person_id) where person_id is not null;
-- What a run writes by the million is found by indexes it does not write: of what stands by household, of what is closed
-- by these. Nothing but an erasure removes a person or a household, and it removes their answers first: no foreign key
-- has to look for them at each answer.
create index near_line_closed on app.near_line (household_id) where superseded_at is not null;
create index undecided_closed on app.undecided (household_id) where superseded_at is not null;
alter table app.answer drop constraint answer_household_id_fkey, drop constraint answer_person_id_fkey;
alter table app.near_line drop constraint near_line_household_id_fkey, drop constraint near_line_person_id_fkey;
alter table app.undecided drop constraint undecided_household_id_fkey;
