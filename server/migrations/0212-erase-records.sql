-- What has run out goes, asked for by one person and confirmed by another; so does a person who asks for it. What
-- remains of a record is a stub: that it existed, of which class, from when to when, and who erased it on what basis.

create table app.erasure (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('terms', 'request')),
  on_day date not null,
  -- No reference: the person is gone when it is done.
  person_id bigint,
  basis text not null check (length(basis) between 2 and 300),
  -- What was confirmed of each class when it was asked for; a run goes by nothing else.
  terms jsonb not null,
  state text not null default 'asked' check (state in ('asked', 'running', 'done', 'stopped', 'withdrawn')),
  asked_at timestamptz not null default clock_timestamp(),
  asked_by uuid not null default auth.staff_id() references app.staff (id),
  decided_at timestamptz,
  decided_by uuid references app.staff (id),
  finished_at timestamptz,
  after_household bigint not null default 0,
  done int not null default 0,
  of int not null default 0,
  households int not null default 0,
  -- Households something else still refers to: nothing of them went, and somebody has to look.
  failed int not null default 0,
  records bigint not null default 0,
  constraint erasure_of_a_person check ((kind = 'request') = (person_id is not null)),
  constraint erasure_decided_whole check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (state = 'asked')),
  constraint erasure_confirmed_by_another check (state = 'withdrawn' or decided_by <> asked_by)
);
comment on table app.erasure is 'Records that have run out, or a person who asks for it, on the way to being erased: asked for by one, confirmed by another — 销毁任务';
create unique index erasure_of_terms_one_at_a_time on app.erasure (kind) where kind = 'terms' and state in ('asked', 'running');
create unique index erasure_of_person_once on app.erasure (person_id) where state in ('asked', 'running', 'done');

create table app.erasure_stub (
  id bigint generated always as identity primary key,
  erasure_id bigint not null references app.erasure (id),
  -- Numbers of this database, which lead nowhere any more; the audit log names them, too.
  household_id bigint not null,
  person_id bigint,
  class text not null,
  table_name text not null,
  records bigint not null,
  first_day date,
  last_day date,
  erased_on date not null,
  basis text not null,
  -- Of stored answers: which ones, so that a replay says erased.
  record_ids int8multirange,
  -- Of what answers rest on: an answer of what was known before cannot be found again.
  known_before timestamptz
);
comment on table app.erasure_stub is 'What remains of an erased record: that it existed, of which class and time, erased when and on what basis — 销毁存根';
create index erasure_stub_erasure on app.erasure_stub (erasure_id, id);
create index erasure_stub_household on app.erasure_stub (household_id);

do $$
declare
  name text;
begin
  foreach name in array array['erasure', 'erasure_stub'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('grant select on app.%I to app', name);
    execute format('create policy %I on app.%I for select using (
      (select auth.role()) = ''job'' or (select auth.keeps_records()))', name || '_for_keepers', name);
  end loop;
end
$$;
create trigger erasure_stub_as_recorded before update or delete on app.erasure_stub for each row execute function app.keep_as_recorded();
create trigger erasure_stays before delete on app.erasure for each row execute function app.keep_as_recorded();

-- A record goes in a confirmed erasure, and in no other way.
create or replace function app.keep_as_recorded() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' and tg_table_name not in ('erasure', 'erasure_stub', 'retention_terms') and exists (
    select from app.erasure where state = 'running' and id = nullif(current_setting('app.erasing', true), '')::bigint) then
    return old;
  end if;
  raise exception 'what was recorded in % stays as it was recorded: close the row and put another after it', tg_table_name
    using errcode = 'restrict_violation';
end
$$;
-- A merge goes with the two records it was of.
alter table auth.merged_person drop constraint merged_person_merge_id_fkey,
  add constraint merged_person_merge_id_fkey foreign key (merge_id) references app.merge (id) on delete cascade;

-- Erases the rows of one table for which `which` holds ($1 persons, $2 households) and leaves a stub of each person's.
create function auth.erase_rows(rule meta.retention_rule, task app.erasure, home bigint, which text, persons bigint[], homes bigint[])
returns bigint
language plpgsql set search_path = '' as $$
declare
  today date := (now() at time zone 'Asia/Shanghai')::date;
  erased bigint;
  -- Of what stands and of what is closed apart: each has an index of its own.
  apart text := case when rule.closes = 'superseded_at'
    then format('((%1$s) and t.superseded_at is null or (%1$s) and t.superseded_at is not null)', which) else which end;
  blanked text := (select string_agg(format('%I = null', name), ', ') from unnest(rule.persons || rule.households || rule.blanks) name);
begin
  execute format($sql$
    with %s, stub as (
      insert into app.erasure_stub (erasure_id, household_id, person_id, class, table_name, records, first_day, last_day,
        erased_on, basis, record_ids, known_before)
      select $3, $4, %s, %L, %L, count(*), min(%s), max(coalesce(%s, $5)), $5, $6, %s, %s
      from gone t group by 3 having count(*) > 0 returning records)
    select sum(records) from stub $sql$,
    case rule.ends when 'reduced'
      then format('gone as (select * from %1$s t where %2$s), done as (update %1$s t set %3$s where %2$s)', rule.table_name, apart, blanked)
      else format('gone as (delete from %s t where %s returning t.*)', rule.table_name, apart) end,
    coalesce('t.' || quote_ident(rule.persons[1]), 'null::bigint'), rule.class, rule.table_name,
    coalesce(auth.day_of(rule.table_name, rule.begins), 'null::date'),
    coalesce(auth.day_of(rule.table_name, rule.closes), 'null::date'),
    case when rule.table_name in ('app.answer', 'app.undecided') then 'range_agg(int8range(t.id, t.id, ''[]''))' else 'null' end,
    case when rule.rests then format('max(coalesce(t.%I, clock_timestamp()))', rule.closes) else 'null' end)
  into erased using persons, homes, task.id, home, today, task.basis;
  return coalesce(erased, 0);
end
$$;
comment on function auth.erase_rows is 'Erases rows of one table and leaves stubs of them; for functions of the owner';

create function auth.names_any(columns text[], numbers text) returns text
language sql immutable set search_path = '' as $$
  select coalesce('(' || string_agg(format('t.%I = any (%s)', name, numbers), ' or ') || ')', 'false') from unnest(columns) name
$$;
comment on function auth.names_any is 'That a row t names one of some persons or households, as SQL; for functions of the owner';

-- What holds a copy of somebody outside the records: answers kept for a repeated request, and rows not yet delivered.
create function auth.erase_copies(persons bigint[]) returns void
language sql set search_path = '' as $$
  delete from app.idempotency using app.person
  where person.id = any (persons) and position(person.name in answer::text) > 0;
  delete from staging.delivered using app.person
  where person.id = any (persons) and delivered.id_number_index = person.id_number_index;
$$;
comment on function auth.erase_copies is 'Erases copies of persons outside their records; for functions of the owner';

-- A whole file: the household, who lives there, and all that names either.
create function auth.erase_file(task app.erasure, home bigint) returns bigint
language plpgsql set search_path = '' as $$
declare
  rule meta.retention_rule;
  -- With those merged into them, wherever their record still lies.
  persons bigint[] := coalesce((select array_agg(id) from app.person where household_id = home
    or merged_into in (select id from app.person where household_id = home)), '{}');
  erased bigint := 0;
begin
  perform auth.erase_copies(persons);
  for rule in select * from meta.retention_rule order by place loop
    erased := erased + auth.erase_rows(rule, task, home,
      auth.names_any(rule.persons, '$1') || ' or ' || auth.names_any(rule.households, '$2'), persons, array[home]);
  end loop;
  return erased;
end
$$;
comment on function auth.erase_file is 'Erases a household with everybody in it; for functions of the owner';

-- Of a household that stays, what has run out; answers go with what they were given on.
create function auth.erase_due(task app.erasure, home bigint) returns bigint
language plpgsql set search_path = '' as $$
declare
  rule meta.retention_rule;
  starts text;
  term jsonb;
  known timestamptz;
  last_stub bigint := coalesce((select max(id) from app.erasure_stub), 0);
  erased bigint := 0;
begin
  for rule in select r.* from meta.retention_rule r where exists (select from pg_temp.kept_record k
    where k.household_id = home and k.place = r.place and k.state = 'due') order by r.place loop
    select c.starts into starts from meta.retention_class c where c.id = rule.class;
    term := task.terms -> rule.class;
    erased := erased + auth.erase_rows(rule, task, home, auth.names_any(rule.households, '$2') || case when starts in ('closed', 'delivered')
      then format(' and %s + make_interval(years => %s, months => %s, days => %s) < %L::date', auth.clock_of(rule, starts),
        term ->> 'years', term ->> 'months', term ->> 'days', task.on_day) else '' end, '{}', array[home]);
  end loop;
  select max(known_before) into known from app.erasure_stub where id > last_stub and household_id = home;
  for rule in select * from meta.retention_rule where known is not null and table_name in ('app.answer', 'app.undecided') order by place loop
    erased := erased + auth.erase_rows(rule, task, home, 't.household_id = any ($2) and t.superseded_at is not null
      and (t.known_at is null or t.known_at < ' || quote_literal(known) || '::timestamptz)', '{}', array[home]);
  end loop;
  return erased;
end
$$;
comment on function auth.erase_due is 'Erases what has run out of a household that stays; for functions of the owner';

create function auth.homes_of(persons bigint[]) returns bigint[]
language sql stable set search_path = '' as $$
  select array_agg(distinct home order by home) from (
    select household_id as home from app.person where id = any (persons)
    union all select household_id from app.member where person_id = any (persons)) lived
$$;
comment on function auth.homes_of is 'Every household that somebody lives or lived in; for functions of the owner';

create function auth.records_of(of_person bigint) returns bigint[]
language sql stable set search_path = '' as $$
  select array_agg(record.id) from app.person asked join app.person record
    on coalesce(record.merged_into, record.id) = coalesce(asked.merged_into, asked.id)
  where asked.id = of_person
$$;
comment on function auth.records_of is 'Every record of one person, those that were merged among them; for functions of the owner';

-- Everything that names the person, what was found of their households as a whole, and a household nobody is left in.
create function auth.erase_person(task app.erasure) returns bigint
language plpgsql set search_path = '' as $$
declare
  rule meta.retention_rule;
  persons bigint[] := auth.records_of(task.person_id);
  homes bigint[] := auth.homes_of(persons);
  home bigint := (select household_id from app.person where id = task.person_id);
  erased bigint := 0;
begin
  perform auth.erase_copies(persons);
  for rule in select * from meta.retention_rule where whole or retention_rule.persons <> '{}' order by place loop
    erased := erased + auth.erase_rows(rule, task, home,
      case when rule.whole then auth.names_any(rule.households, '$2') else auth.names_any(rule.persons, '$1') end, persons, homes);
  end loop;
  foreach home in array homes loop
    if not exists (select from app.person where household_id = home) and not exists (select from app.member where household_id = home) then
      erased := erased + auth.erase_file(task, home);
    end if;
  end loop;
  return erased;
end
$$;
comment on function auth.erase_person is 'Erases one person; for functions of the owner';

-- Why a person cannot be erased on a day, since when and until when; no row: they can.
create function auth.blocks_of(of_person bigint, on_day date) returns table (why text, class text, since date, until date)
language plpgsql set search_path = '' as $$
declare
  persons bigint[] := auth.records_of(of_person);
  homes bigint[] := auth.homes_of(persons);
begin
  perform auth.weigh_records(homes, on_day, '{}');
  return query
    select 'hold', null, (hold.recorded_at at time zone 'Asia/Shanghai')::date, null::date
    from app.legal_hold hold where household_id = any (homes) and lifted_at is null
    union all
    select 'receiving', null, min(valid_from), null from app.award
    where household_id = any (homes) and state = 'receiving' and superseded_at is null and (valid_to is null or valid_to >= on_day)
    having count(*) > 0
    union all
    select 'open-lead', null, min(raised_on), null from app.lead where household_id = any (homes) and state = 'open' having count(*) > 0
    union all
    select 'head', null, min(head.valid_from), null from app.member head
    where head.person_id = any (persons) and head.relation = '02' and head.superseded_at is null and head.valid_to is null
      and exists (select from app.member other where other.household_id = head.household_id and other.person_id <> all (persons)
        and other.superseded_at is null and other.valid_to is null)
    having count(*) > 0
    union all
    select 'least', r.class, max(r.started), (max(r.started) + max(c.least))::date + 1
    from pg_temp.kept_record r join meta.retention_class c on c.id = r.class join meta.retention_rule t on t.place = r.place
    where r.household_id = any (homes) and t.ends = 'deleted' and r.started + c.least >= on_day
    group by r.class;
end
$$;
comment on function auth.blocks_of is 'Why a person cannot be erased; for functions of the owner';

create function app.erasure_blocks(of_person bigint, on_day date) returns table (why text, class text, since date, until date)
language plpgsql security definer set search_path = '' as $$
begin
  if auth.keeps_records() is not true or not exists (select from app.person
    where id = of_person and household_id <> all (auth.hidden_households())) then
    raise exception 'person % is not for % to erase', of_person, auth.actor() using errcode = 'insufficient_privilege';
  end if;
  return query select * from auth.blocks_of(of_person, on_day);
end
$$;
comment on function app.erasure_blocks is 'Why a person cannot be erased on a day, since when and until when — 暂不能销毁的原因';

-- A run of what has run out, or of one person.
create function app.ask_erasure(of_person bigint, on_day date, on_basis text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  if auth.keeps_records() is not true then
    raise exception 'an erasure is not for % to ask', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  -- By the database's own clock: a day that the application claims would erase what has not run out.
  if on_day > (now() at time zone 'Asia/Shanghai')::date then
    raise exception 'nothing has run out by % yet', on_day using errcode = 'check_violation', constraint = 'erasure_day_has_come';
  end if;
  if of_person is not null and exists (select from app.erasure_blocks(of_person, on_day)) then
    raise exception 'person % is not to be erased yet', of_person using errcode = 'check_violation', constraint = 'erasure_blocked';
  end if;
  -- The basis outlives whom it is about.
  if exists (select from app.person where id = any (auth.records_of(of_person)) and position(name in on_basis) > 0) then
    raise exception 'the basis names person %', of_person using errcode = 'check_violation', constraint = 'erasure_basis_names_nobody';
  end if;
  insert into app.erasure (kind, on_day, person_id, basis, terms)
  values (case when of_person is null then 'terms' else 'request' end, on_day, of_person, on_basis, auth.terms_in_force())
  returning id into made;
  return made;
end
$$;
comment on function app.ask_erasure is 'Asks for an erasure, by staff of the district; another confirms it — 发起销毁';

create function app.decide_erasure(of_erasure bigint, confirmed boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  task app.erasure;
begin
  if auth.keeps_records() is not true then
    raise exception 'an erasure is not for % to decide', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  select * into task from app.erasure where id = of_erasure for update;
  if task.state is distinct from 'asked' then
    raise exception 'erasure % is decided', of_erasure using errcode = 'check_violation', constraint = 'erasure_is_asked';
  end if;
  if confirmed and task.asked_by = auth.staff_id() then
    raise exception 'whoever asks does not confirm' using errcode = 'check_violation', constraint = 'erasure_confirmed_by_another';
  end if;
  if confirmed and task.kind = 'terms' and task.terms <> auth.terms_in_force() then
    raise exception 'terms changed since it was asked' using errcode = 'check_violation', constraint = 'erasure_terms_stand';
  end if;
  if confirmed and task.kind = 'request' and exists (select from app.erasure_blocks(task.person_id, task.on_day)) then
    raise exception 'person is not to be erased yet' using errcode = 'check_violation', constraint = 'erasure_blocked';
  end if;
  update app.erasure set state = case when confirmed then 'running' else 'withdrawn' end,
    decided_at = clock_timestamp(), decided_by = auth.staff_id(),
    of = case when confirmed then case kind when 'terms' then (select count(*) from app.household) else 1 end else 0 end
  where id = of_erasure;
end
$$;
comment on function app.decide_erasure is 'Confirms what somebody else asked to erase, or withdraws it — 复核销毁';

-- The next households of a run, each whole or not at all; says what went, and where it is over there is no row and the
-- run is done. Cut off, it goes on after the last household it looked at.
create function app.erase_next(of_erasure bigint, most int)
returns table (household_id bigint, records bigint, remains boolean)
language plpgsql security definer set search_path = '' as $$
declare
  task app.erasure;
  ids bigint[];
  home bigint;
begin
  if auth.role() is distinct from 'job' then
    raise exception 'an erasure is not for % to carry out', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  select * into task from app.erasure where id = of_erasure for update;
  if task.state is distinct from 'running' then
    return;
  end if;
  perform set_config('app.erasing', of_erasure::text, true);
  if task.kind = 'request' then
    ids := auth.homes_of(auth.records_of(task.person_id));
  else
    select array_agg(id) into ids from (select id from app.household where id > task.after_household order by id limit most) next;
  end if;
  perform from app.household where id = any (ids) order by id for update;
  if task.kind = 'request' then
    -- What came since it was confirmed holds it up.
    if exists (select from auth.blocks_of(task.person_id, task.on_day)) then
      update app.erasure set state = 'stopped', finished_at = clock_timestamp() where id = of_erasure;
      perform set_config('app.erasing', '', true);
      return;
    end if;
    erase_next.records := auth.erase_person(task);
    task.records := erase_next.records;
    foreach home in array ids loop
      erase_next.household_id := home;
      erase_next.remains := exists (select from app.household where id = home);
      return next;
      erase_next.records := 0;
    end loop;
    update app.erasure set state = 'done', finished_at = clock_timestamp(), done = 1, households = cardinality(ids), records = task.records
    where id = of_erasure;
  elsif ids is null then
    update app.erasure set state = 'done', finished_at = clock_timestamp() where id = of_erasure;
  else
    perform auth.weigh_records(ids, task.on_day, task.terms);
    for home, erase_next.remains in select f.household_id, not f.due from pg_temp.kept_file f
      where f.household_id = any (ids) and exists (select from pg_temp.kept_record r where r.household_id = f.household_id and r.state = 'due')
      order by 1 loop
      begin
        erase_next.household_id := home;
        erase_next.records := case when remains then auth.erase_due(task, home) else auth.erase_file(task, home) end;
        task.households := task.households + 1;
        task.records := task.records + erase_next.records;
        return next;
      exception when foreign_key_violation then
        -- One household does not hold up the others.
        task.failed := task.failed + 1;
      end;
    end loop;
    update app.erasure set after_household = ids[cardinality(ids)], done = done + cardinality(ids),
      households = task.households, records = task.records, failed = task.failed where id = of_erasure;
  end if;
  perform set_config('app.erasing', '', true);
end
$$;
comment on function app.erase_next is 'Carries a confirmed erasure on by some households, by the program — 分批销毁';
revoke execute on function auth.erase_rows, auth.names_any, auth.erase_copies, auth.erase_file, auth.erase_due, auth.homes_of,
  auth.records_of, auth.erase_person, auth.blocks_of, app.erasure_blocks, app.ask_erasure, app.decide_erasure, app.erase_next from public;
grant execute on function app.erasure_blocks, app.ask_erasure, app.decide_erasure, app.erase_next to app;
