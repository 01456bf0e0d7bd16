-- What departments deliver: received in pieces, read and compared, confirmed by a data steward, applied in
-- steps that are kept each, and taken back by one act.

create table app.delivery (
  id bigint generated always as identity primary key,
  -- As in sources.yaml.
  source text not null check (length(source) between 1 and 40),
  file_name text not null check (length(file_name) between 1 and 200),
  bytes bigint not null check (bytes between 1 and 500000000),
  -- The day of its facts where its rows name none.
  on_day date not null,
  state text not null default 'receiving' check (state in
    ('receiving', 'received', 'checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'failed', 'discarded')),
  -- Why its file cannot be read, in a sentence.
  problem text,
  -- SHA-256.
  file_hash bytea check (length(file_hash) = 32),
  format text check (format in ('csv', 'xlsx')),
  encoding text,
  -- Headings with samples, until it is applied, and the fields they were taken for: what the steward confirms.
  reading jsonb,
  mapping jsonb,
  file_rows int not null default 0,
  -- How far the step under way is, in rows, then in households.
  done int not null default 0,
  of int not null default 0,
  applied int not null default 0,
  unchanged int not null default 0,
  held int not null default 0,
  refused int not null default 0,
  -- Entitlements that matching has found since in the households it changed; null: not counted yet.
  entitlements int,
  received_by uuid not null default auth.staff_id() references app.staff (id),
  received_at timestamptz not null default clock_timestamp(),
  confirmed_by uuid references app.staff (id),
  apply_began_at timestamptz,
  applied_at timestamptz,
  undone_by uuid references app.staff (id),
  undone_at timestamptz,
  changed_at timestamptz not null default clock_timestamp()
);
comment on table app.delivery is 'What a source delivered at one time, and what became of it — 数据报送批次';
comment on column app.delivery.entitlements is 'Entitlements found since in the households it changed — 新发现的应享未享';
create index delivery_by_source on app.delivery (source, id);
create index delivery_same_file on app.delivery (file_hash) where file_hash is not null;

-- The file as it came, sealed piece by piece: it holds ID numbers.
create table app.delivery_piece (
  id bigint generated always as identity primary key,
  delivery_id bigint not null references app.delivery (id),
  number int not null check (number between 0 and 999),
  bytes int not null check (bytes between 1 and 524288),
  piece_enc bytea not null,
  unique (delivery_id, number)
);
comment on table app.delivery_piece is 'A piece of a delivered file, encrypted — 报送文件分片(密文)';

-- What became of each row. Who it is about stays with the owner's functions.
create table app.delivery_row (
  delivery_id bigint not null references app.delivery (id),
  row int not null,
  outcome text not null check (outcome in ('applied', 'unchanged', 'held', 'refused', 'undone')),
  reason text,
  -- Its heading, as delivered.
  of_column text,
  -- What the cell says, where it names nobody.
  said text,
  person_id bigint references app.person (id),
  household_id bigint references app.household (id),
  decision text check (decision in ('apply', 'leave')),
  decided_by uuid references app.staff (id),
  decided_at timestamptz,
  constraint delivery_row_decided_whole check ((decision is null) = (decided_by is null)),
  primary key (delivery_id, row)
);
comment on table app.delivery_row is 'What became of a row of a delivery, with the reason — 逐行结果';
create index delivery_row_decided on app.delivery_row (delivery_id, decided_at) where decision is not null;
create index delivery_row_to_look_at on app.delivery_row (delivery_id, outcome, row) where outcome in ('held', 'refused');

-- As read; gone once it is compared. Logged: a crash of the database shall not cost what was read.
create table staging.delivered (
  delivery_id bigint not null,
  row int not null,
  id_number_index bytea,
  name text,
  on_day date,
  -- By fact: its value, how long it may be used, and from when it holds.
  facts jsonb,
  reason text,
  of_column text,
  said text
);
create index delivered_of on staging.delivered (delivery_id);
-- What would be written, by household: between the check and the confirmation lie days.
create table staging.delivered_fact (
  delivery_id bigint not null,
  household_id bigint not null,
  person_id bigint not null,
  row int not null,
  fact text not null,
  value jsonb not null,
  on_day date not null,
  valid_from date not null,
  shelf_until date,
  -- Its row waits for a person.
  held boolean not null
);
create index delivered_fact_of on staging.delivered_fact (delivery_id, household_id);
grant insert on staging.delivered to app;

-- Whence a fact came: the delivery, and the row of its file. No foreign key: a delivery is never deleted, and a million
-- facts would each look for it.
alter table app.fact add column delivery_id bigint;
alter table app.fact add column delivery_row int;
comment on column app.fact.delivery_id is 'The delivery that brought it — 报送批次';
create index fact_delivery on app.fact (delivery_id, household_id) where delivery_id is not null and superseded_at is null;

do $$
declare
  name text;
begin
  foreach name in array array['delivery', 'delivery_piece', 'delivery_row'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format($sql$create policy %I on app.%I for select using (
      (select auth.role()) = 'job' or (select auth.capabilities()) && array['data-steward'])$sql$,
      name || '_for_stewards', name);
  end loop;
  foreach name in array array['delivery', 'delivery_piece'] loop
    execute format($sql$create policy %I on app.%I for insert with check (
      (select auth.capabilities()) && array['data-steward'])$sql$, name || '_by_stewards', name);
  end loop;
end
$$;
-- Rows of households that are restricted are counted and not listed.
create policy delivery_row_unrestricted on app.delivery_row as restrictive for select using (
  household_id is null or household_id <> all ((select auth.hidden_households())::bigint[]));
grant select on app.delivery, app.delivery_piece to app;
grant insert (source, file_name, bytes, on_day) on app.delivery to app;
grant insert (delivery_id, number, bytes, piece_enc) on app.delivery_piece to app;
grant select on app.delivery_row to app;

-- A piece comes while its delivery is received, and never twice with another content.
create function app.guard_piece() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from app.delivery where id = new.delivery_id and state = 'receiving' for share) then
    raise exception 'delivery % takes no more pieces', new.delivery_id using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger delivery_piece_guarded before insert on app.delivery_piece for each row execute function app.guard_piece();

-- Which step may follow which; nobody leaves one out, whoever asks.
create function app.step_delivery(of_delivery bigint, from_state text, to_state text, told jsonb default '{}')
returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not coalesce(auth.role() = 'job' or auth.capabilities() && array['data-steward'], false) then
    raise exception 'deliveries are for data stewards' using errcode = 'insufficient_privilege';
  end if;
  if (from_state, to_state) not in (
    ('receiving', 'received'), ('receiving', 'failed'), ('receiving', 'discarded'),
    ('received', 'checking'), ('received', 'discarded'), ('checking', 'checked'), ('checking', 'failed'),
    ('checked', 'checking'), ('checked', 'applying'), ('checked', 'discarded'), ('failed', 'discarded'),
    ('applying', 'applied'), ('applied', 'applying'), ('applied', 'undoing'), ('undoing', 'undone')) then
    raise exception 'a delivery does not go from % to %', from_state, to_state using errcode = 'check_violation';
  end if;
  update app.delivery set
    state = to_state, changed_at = clock_timestamp(), done = 0, of = 0,
    problem = told ->> 'problem',
    file_hash = coalesce(decode(told ->> 'sha256', 'hex'), file_hash),
    format = coalesce(told ->> 'format', format),
    encoding = coalesce(told ->> 'encoding', encoding),
    reading = case when to_state in ('applied', 'discarded', 'undone') then jsonb_set(reading, '{samples}', '[]')
      else coalesce(told -> 'reading', reading) end,
    mapping = coalesce(told -> 'mapping', mapping),
    on_day = coalesce((told ->> 'onDay')::date, on_day),
    confirmed_by = case when to_state = 'applying' then coalesce(auth.staff_id(), confirmed_by) else confirmed_by end,
    apply_began_at = case when to_state = 'applying' then coalesce(apply_began_at, clock_timestamp()) else apply_began_at end,
    applied_at = case when to_state = 'applied' then clock_timestamp() else applied_at end,
    entitlements = case when to_state = 'applying' then null else entitlements end,
    undone_by = case when to_state = 'undoing' then auth.staff_id() else undone_by end,
    undone_at = case when to_state = 'undone' then clock_timestamp() else undone_at end
  where id = of_delivery and state = from_state;
  if not found then
    return false;
  end if;
  if to_state in ('checking', 'discarded', 'undone') then
    delete from staging.delivered where delivery_id = of_delivery;
    delete from staging.delivered_fact where delivery_id = of_delivery;
  end if;
  if to_state in ('discarded', 'undone') then
    delete from app.delivery_piece where delivery_id = of_delivery;
  end if;
  if to_state in ('applied', 'undone') then
    perform app.count_delivery(of_delivery);
  end if;
  return true;
end
$$;
comment on function app.step_delivery is 'Takes a delivery from one state to the next, if it still is where the caller saw it — 推进报送批次';

create function app.note_delivery(of_delivery bigint, rows_done int, rows_of int) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  update app.delivery set done = rows_done, of = rows_of, changed_at = clock_timestamp() where id = of_delivery;
end
$$;
comment on function app.note_delivery is 'How far the step under way is — 记录进度';

create function app.refuse_all_but_program() returns void
language plpgsql stable set search_path = '' as $$
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only the program takes in deliveries';
  end if;
end
$$;
comment on function app.refuse_all_but_program is 'Refuses whoever is not the program itself; for functions of the owner — 仅限程序';

create function app.count_delivery(of_delivery bigint) returns void
language sql set search_path = '' as $$
  update app.delivery set
    file_rows = counted.n, applied = counted.applied, unchanged = counted.unchanged, held = counted.held,
    refused = counted.refused, changed_at = clock_timestamp()
  from (select count(*)::int as n,
      count(*) filter (where outcome in ('applied', 'undone'))::int as applied,
      count(*) filter (where outcome = 'unchanged')::int as unchanged,
      count(*) filter (where outcome = 'held')::int as held,
      count(*) filter (where outcome = 'refused')::int as refused
    from app.delivery_row where delivery_id = of_delivery) counted
  where id = of_delivery
$$;
comment on function app.count_delivery is 'Counts the rows of a delivery by what became of them; for functions of the owner — 汇总';

-- Compares what was read with what is on record; writes only what would become of each row. A row is taken
-- whole or not at all.
create function app.match_delivery(of_delivery bigint) returns void
language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
declare
  said_by text := (select reading ->> 'sourceName' from app.delivery where id = of_delivery);
begin
  perform app.refuse_all_but_program();
  delete from app.delivery_row where delivery_id = of_delivery;
  delete from staging.delivered_fact where delivery_id = of_delivery;
  analyze staging.delivered;

  create temporary table told on commit drop as
  with found as (
    select staged.row, staged.name, staged.on_day, staged.facts, person.id as person_id,
      member.household_id,
      case when person.id is null then 'not-on-record'
        when member.household_id is null then 'not-a-member'
        when staged.name <> person.name then 'name-differs' end as held
    from staging.delivered staged
    left join app.person on person.id_number_index = staged.id_number_index
    left join app.member on member.person_id = person.id and member.superseded_at is null and member.valid_to is null
    where staged.delivery_id = of_delivery and staged.reason is null
  )
  select row, person_id, household_id, name, on_day, fact.key as fact, fact.value -> 'value' as value,
    (fact.value ->> 'from')::date as valid_from, (fact.value ->> 'shelf')::date as shelf_until, held
  from found left join lateral jsonb_each(facts) fact on true;

  -- One person twice, of one day and in two words, is for somebody to look at.
  update pg_temp.told set held = 'twice-differing'
  from (select person_id, fact, on_day from pg_temp.told where held is null and fact is not null
    group by person_id, fact, on_day having count(*) > 1 and count(distinct value) > 1) twice
  where told.person_id = twice.person_id and told.fact = twice.fact and told.on_day = twice.on_day;
  analyze pg_temp.told;

  create temporary table compared on commit drop as
  select told.*,
    case when told.fact is null then 'nothing-said'
      when told.held is null and row_number() over (
        partition by told.held, told.person_id, told.fact order by told.on_day desc, told.row) > 1 then 'in-another-row'
      when known.verified_on > told.on_day then 'known-later'
      when known.verified_on = told.on_day and known.value = told.value then 'known'
      end as unchanged,
    -- Another source said another thing of the same day: neither outranks the other by itself.
    coalesce(known.verified_on = told.on_day and known.value <> told.value and known.source <> said_by, false) as conflict
  from pg_temp.told
  left join app.fact known on known.household_id = told.household_id and coalesce(known.person_id, 0) = told.person_id
    and known.fact = told.fact and known.superseded_at is null;
  analyze pg_temp.compared;

  insert into app.delivery_row (delivery_id, row, outcome, reason, of_column, said, person_id, household_id)
  select of_delivery, row, 'refused', reason, of_column, said, null, null
  from staging.delivered where delivery_id = of_delivery and reason is not null
  union all
  select of_delivery, row,
    case when max(held) is not null or bool_or(conflict and unchanged is null) then 'held'
      when bool_or(unchanged is null) then 'applied' else 'unchanged' end,
    coalesce(max(held),
      case when bool_or(conflict and unchanged is null) then 'said-otherwise'
        when not bool_or(unchanged is null) then
          case when bool_or(unchanged = 'known-later') then 'known-later' else max(unchanged) end end),
    null, case when max(held) = 'name-differs' then max(name) end, max(person_id), max(household_id)
  from pg_temp.compared group by row;

  -- Without it each row would be looked for among all.
  analyze app.delivery_row;
  insert into staging.delivered_fact (delivery_id, household_id, person_id, row, fact, value, on_day,
    valid_from, shelf_until, held)
  select of_delivery, compared.household_id, compared.person_id, compared.row, fact, value, on_day,
    valid_from, shelf_until, row_of.outcome = 'held'
  from pg_temp.compared
  join app.delivery_row row_of on row_of.delivery_id = of_delivery and row_of.row = compared.row
    and row_of.outcome in ('applied', 'held')
  where compared.unchanged is null and compared.household_id is not null
  order by compared.household_id;
  analyze staging.delivered_fact;
  delete from staging.delivered where delivery_id = of_delivery;
  perform app.count_delivery(of_delivery);
end
$$;
comment on function app.match_delivery is 'Compares what was read of a delivery with what is on record — 比对';
grant execute on function app.match_delivery to app;
