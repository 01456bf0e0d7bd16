-- Rolls come through the door of other deliveries: who receives a programme in an area on a day. Rows give awards; from
-- a complete roll it follows who does not receive, and only once nobody's row is left unread.

alter table app.delivery
  add column programme text check (length(programme) between 1 and 60),
  add column roll_area text collate "C" references app.area (id),
  -- Everybody who receives it in the area that day, as its sender says.
  add column roll_complete boolean,
  -- Whose award it is: an award of a household says nothing of one member alone.
  add column roll_holder text check (roll_holder in ('household', 'person')),
  -- Awards on record that a complete roll lacks.
  add column ending int,
  add constraint delivery_roll_whole
    check (num_nonnulls(programme, roll_area, roll_complete, roll_holder) in (0, 4));
comment on column app.delivery.programme is 'Of a roll: whose recipients it lists — 名册所属待遇';
comment on column app.delivery.ending is 'Awards on record that the roll lacks, and which end with it — 名册未列而登记在享的人次';
grant insert (programme, roll_area, roll_complete, roll_holder) on app.delivery to app;
-- The map is no secret, and a key names the area of its roll.
create policy area_for_push_keys on app.area for select using ((select auth.push_key()) is not null);

alter table app.award add column delivery_id bigint;
alter table app.award add column delivery_row int;
comment on column app.award.delivery_id is 'The delivery that brought it — 报送批次';
create index award_delivery on app.award (delivery_id, household_id) where delivery_id is not null and superseded_at is null;
alter table app.roll add column delivery_id bigint;
comment on column app.roll.delivery_id is 'The delivery that made it what it is — 报送批次';

-- A lead that rests on a roll falls with it.
alter table app.lead_line drop constraint lead_line_close_reason_check;
alter table app.lead_line add constraint lead_line_close_reason_check check (close_reason in (
  'receiving', 'objected', 'no-longer-eligible', 'unverified', 'roll-withdrawn', 'facts-changed', 'cooled-down'));

-- Of a roll, what would be written is an award: its programme, and as value receiving or ended; person 0 is the
-- household itself.
comment on table staging.delivered_fact is 'What a delivery would write, by household: facts, or of a roll awards — 待写入内容';

-- Rows that leave open who receives: while there are any, the roll says of nobody that they do not.
create function app.unsettled_rows(of_delivery bigint) returns int
language sql stable set search_path = '' as $$
  select count(*)::int from app.delivery_row
  where delivery_id = of_delivery
    and (outcome = 'refused' and decision is null or outcome = 'held' and reason in ('name-differs', 'said-otherwise'))
$$;
comment on function app.unsettled_rows is 'Rows of a roll that leave open who receives — 尚未核清的行';
grant execute on function app.unsettled_rows to app;

create function app.match_roll(of_delivery bigint) returns void
language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
declare
  roll record;
begin
  perform app.refuse_all_but_program();
  select programme, roll_area as area_id, roll_complete as complete, roll_holder as holder, on_day,
    reading ->> 'sourceName' as said_by
  into strict roll from app.delivery where id = of_delivery and programme is not null;
  delete from app.delivery_row where delivery_id = of_delivery;
  delete from staging.delivered_fact where delivery_id = of_delivery;
  analyze staging.delivered;

  create temporary table listed on commit drop as
  select staged.row, staged.name, person.id as person_id, member.household_id, household.area_id,
    case roll.holder when 'household' then 0 else person.id end as holder,
    (facts -> roll.programme ->> 'from')::date as from_day, (facts -> roll.programme ->> 'shelf')::date as to_day,
    case when person.id is null then 'not-on-record'
      when member.household_id is null then 'not-a-member'
      when staged.name <> person.name then 'name-differs' end as held
  from staging.delivered staged
  left join app.person on person.id_number_index = staged.id_number_index
  left join app.member on member.person_id = person.id and member.superseded_at is null and member.valid_to is null
  left join app.household on household.id = member.household_id
  where staged.delivery_id = of_delivery and staged.reason is null;
  analyze pg_temp.listed;

  create temporary table compared on commit drop as
  select listed.*,
    case
      when held is null and row_number() over (
        partition by held is null, listed.household_id, holder order by row) > 1 then 'in-another-row'
      when known.receiving then 'known'
      -- An older file does not overrule what is known of a later day.
      when known.later or exists (select from app.roll newer
        where newer.programme = roll.programme and newer.complete and newer.on_day > roll.on_day
          and starts_with(listed.area_id, newer.area_id)) then 'known-later'
    end as unchanged,
    coalesce(known.otherwise, false) as conflict
  from pg_temp.listed
  left join lateral (
    select
      bool_or(state = 'receiving' and valid_from <= roll.on_day and (valid_to is null or valid_to >= roll.on_day)
        and (to_day is null or valid_to is not distinct from to_day)) as receiving,
      bool_or(valid_from > roll.on_day) as later,
      bool_or(state <> 'receiving' and valid_from = roll.on_day and source <> roll.said_by) as otherwise
    from app.award
    where award.household_id = listed.household_id and programme = roll.programme and superseded_at is null
      and coalesce(award.person_id, 0) in (0, holder)) known on true;
  analyze pg_temp.compared;

  insert into app.delivery_row (delivery_id, row, outcome, reason, of_column, said, person_id, household_id)
  select of_delivery, row, 'refused', reason, of_column, said, null, null
  from staging.delivered where delivery_id = of_delivery and reason is not null
  union all
  select of_delivery, row,
    case when held is not null or conflict and unchanged is null then 'held'
      when unchanged is null then 'applied' else 'unchanged' end,
    coalesce(held, unchanged, case when conflict then 'said-otherwise' end),
    null, case when held = 'name-differs' then name end, person_id, household_id
  from pg_temp.compared;

  analyze app.delivery_row;
  insert into staging.delivered_fact (delivery_id, household_id, person_id, row, fact, value, on_day,
    valid_from, shelf_until, held)
  select of_delivery, household_id, holder, row, roll.programme, '"receiving"', roll.on_day,
    coalesce(from_day, roll.on_day), to_day, held is not null or conflict
  from pg_temp.compared
  where unchanged is null and household_id is not null
  order by household_id;
  if roll.complete then
    perform app.match_lacking(of_delivery);
  end if;
  analyze staging.delivered_fact;
  delete from staging.delivered where delivery_id = of_delivery;
  perform app.count_delivery(of_delivery);
  perform app.count_ending(of_delivery);
end
$$;
comment on function app.match_roll is 'Compares a roll with the awards on record — 比对名册';
grant execute on function app.match_roll to app;

create or replace function app.count_delivery(of_delivery bigint) returns void
language sql set search_path = '' as $$
  update app.delivery set
    file_rows = counted.n, applied = counted.applied, unchanged = counted.unchanged, held = counted.held,
    refused = counted.refused, changed_at = clock_timestamp()
  from (select count(*) filter (where reason is distinct from 'absent-from-roll')::int as n,
      count(*) filter (where outcome in ('applied', 'undone'))::int as applied,
      count(*) filter (where outcome = 'unchanged')::int as unchanged,
      count(*) filter (where outcome = 'held')::int as held,
      count(*) filter (where outcome = 'refused')::int as refused
    from app.delivery_row where delivery_id = of_delivery) counted
  where id = of_delivery
$$;

create function app.count_ending(of_delivery bigint) returns void
language sql set search_path = '' as $$
  update app.delivery set ending = (select count(*) from app.delivery_row
    where delivery_id = of_delivery and outcome = 'applied' and reason = 'absent-from-roll')
  where id = of_delivery and programme is not null
$$;
comment on function app.count_ending is 'Counts the awards that end with a roll; for functions of the owner — 统计将终止的待遇';

-- Who is on record as receiving in the area that day and is not on the roll: numbered after the rows of the file. A roll
-- older than another of the area ends nothing.
create function app.match_lacking(of_delivery bigint) returns void
language plpgsql set search_path = '' as $$
declare
  roll record;
  last_row int := (select coalesce(max(row), 1) from app.delivery_row where delivery_id = of_delivery);
begin
  select programme, roll_area as area_id, roll_holder as holder, on_day, reading ->> 'sourceName' as said_by
  into strict roll from app.delivery where id = of_delivery;
  if exists (select from app.roll newer where newer.programme = roll.programme and newer.on_day > roll.on_day
      and (starts_with(newer.area_id, roll.area_id) or starts_with(roll.area_id, newer.area_id))) then
    return;
  end if;
  create temporary table lacking on commit drop as
  select award.household_id, award.person_id, valid_from = roll.on_day and source <> roll.said_by as conflict,
    last_row + row_number() over (order by award.household_id, award.person_id) as row
  from app.award join app.household on household.id = award.household_id
  where programme = roll.programme and superseded_at is null and state = 'receiving'
    and valid_from <= roll.on_day and (valid_to is null or valid_to >= roll.on_day)
    and starts_with(household.area_id, roll.area_id)
    and not exists (select from pg_temp.listed where listed.person_id = award.person_id)
    and not exists (select from pg_temp.listed where listed.household_id = award.household_id
      and (award.person_id is null or roll.holder = 'household'));
  insert into app.delivery_row (delivery_id, row, outcome, reason, person_id, household_id)
  select of_delivery, row, case when conflict then 'held' else 'applied' end, 'absent-from-roll', person_id, household_id
  from pg_temp.lacking;
  insert into staging.delivered_fact (delivery_id, household_id, person_id, row, fact, value, on_day, valid_from, held)
  select of_delivery, household_id, coalesce(person_id, 0), row, roll.programme, '"ended"', roll.on_day, roll.on_day, conflict
  from pg_temp.lacking order by household_id;
end
$$;
comment on function app.match_lacking is 'Adds to a checked roll the awards on record that it lacks; for functions of the owner — 名册未列';

-- The next households of a roll, like app.apply_delivered of facts.
create function app.apply_roll(
  of_delivery bigint, lane int, lanes int, after bigint, most int, today date, roll_days int,
  out last bigint, out households int
)
language plpgsql security definer set search_path = '' set random_page_cost = '1.1' set work_mem = '64MB' as $$
declare
  ids bigint[];
  at timestamptz;
  said_by text;
begin
  perform app.refuse_all_but_program();
  select reading ->> 'sourceName' into said_by from app.delivery where id = of_delivery and state = 'applying';
  select array_agg(id order by id) into ids from (
    select distinct household_id as id from staging.delivered_fact
    where delivery_id = of_delivery and household_id > after and household_id % lanes = lane and not held
      and said_by is not null
    order by 1 limit most) next;
  if ids is null then
    return;
  end if;
  perform from app.household where id = any (ids) order by id for update;
  at := app.next_award_instant_of(ids);

  -- Looked at once more: somebody may have recorded something since the check.
  create temporary table told on commit drop as
  select staged.household_id, nullif(staged.person_id, 0) as person_id, staged.row, staged.fact as programme,
    staged.value #>> '{}' as state, staged.valid_from, staged.shelf_until as valid_to,
    row_number() over (partition by staged.household_id, staged.person_id order by staged.row) = 1
      and not exists (select from app.award known
        where known.household_id = staged.household_id and coalesce(known.person_id, 0) = staged.person_id
          and known.programme = staged.fact and known.superseded_at is null and known.valid_from > staged.on_day)
      and exists (select from app.award known
        where known.household_id = staged.household_id and coalesce(known.person_id, 0) = staged.person_id
          and known.programme = staged.fact and known.superseded_at is null and known.state = 'receiving'
          and known.valid_from <= staged.on_day and (known.valid_to is null or known.valid_to >= staged.on_day)
          and (staged.shelf_until is null or known.valid_to is not distinct from staged.shelf_until)
        ) = (staged.value = '"ended"')
      and (staged.person_id = 0 or exists (select from app.member where member.household_id = staged.household_id
        and member.person_id = staged.person_id and member.superseded_at is null and member.valid_to is null)
        or staged.value = '"ended"') as holds
  from staging.delivered_fact staged
  where staged.delivery_id = of_delivery and staged.household_id = any (ids) and not staged.held;
  with closed as (
    update app.award known set superseded_at = at from pg_temp.told
    where told.holds and known.household_id = told.household_id and known.person_id is not distinct from told.person_id
      and known.programme = told.programme and known.superseded_at is null
      and (known.valid_to is null or known.valid_to >= told.valid_from)
      and (told.valid_to is null or known.valid_from <= told.valid_to)
    returning known.*, told.valid_from as until
  )
  -- What was true before stays on record as true until then.
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at,
    recorded_by, delivery_id, delivery_row)
  select household_id, area_id, person_id, programme, state, valid_from, until - 1, source, at, recorded_by,
    delivery_id, delivery_row
  from closed where valid_from < until;
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at,
    recorded_by, delivery_id, delivery_row)
  select household.id, household.area_id, told.person_id, told.programme, told.state, told.valid_from, told.valid_to,
    said_by, at, auth.actor(), of_delivery, told.row
  from pg_temp.told join app.household on household.id = told.household_id
  where told.holds order by told.row;
  update app.delivery_row left_out set outcome = 'unchanged', reason = 'changed-meanwhile'
  from pg_temp.told where left_out.delivery_id = of_delivery and left_out.row = told.row and not told.holds;
  drop table pg_temp.told;
  delete from staging.delivered_fact where delivery_id = of_delivery and household_id = any (ids) and not held;
  update app.household set version = version + 1 where id = any (ids);
  perform app.refresh_current(ids, today, roll_days);
  last := ids[cardinality(ids)];
  households := cardinality(ids);
end
$$;
comment on function app.apply_roll is 'Writes what a roll tells of the next households — 写入一批名册';
grant execute on function app.apply_roll to app;

create function app.next_award_instant_of(ids bigint[]) returns timestamptz
language sql volatile set search_path = '' as $$
  select greatest(app.next_instant_of(ids),
    (select max(recorded_at) from app.award where household_id = any (ids) and superseded_at is null) + interval '1 microsecond')
$$;
comment on function app.next_award_instant_of is 'Now, and later than what was last recorded of these households, awards too; for functions of the owner — 登记时刻';

-- Once its awards are written, a roll may speak; it never speaks less for another that came later with fewer rows.
-- Whoever writes a household of its area meanwhile waits until it is there.
create function app.put_roll(of_delivery bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  roll app.delivery;
begin
  perform app.refuse_all_but_program();
  select * into strict roll from app.delivery where id = of_delivery and state = 'applying' and programme is not null;
  perform from app.household where starts_with(area_id, roll.roll_area) order by id for update;
  insert into app.roll as known (programme, area_id, on_day, complete, source, delivery_id)
  values (roll.programme, roll.roll_area, roll.on_day, roll.roll_complete and app.unsettled_rows(of_delivery) = 0,
    roll.reading ->> 'sourceName', of_delivery)
  on conflict (programme, area_id, on_day) do update
    set complete = excluded.complete, source = excluded.source, delivery_id = excluded.delivery_id
    where excluded.complete and not known.complete;
  return exists (select from app.roll where delivery_id = of_delivery and complete);
end
$$;
comment on function app.put_roll is 'Lets a roll speak once its awards are written, and says whether it does — 名册生效';
grant execute on function app.put_roll to app;

-- Before its awards are taken back, a roll falls silent. Says whether it had spoken.
create function app.silence_roll(of_delivery bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  roll app.delivery;
begin
  perform app.refuse_all_but_program();
  select * into strict roll from app.delivery where id = of_delivery and state = 'undoing' and programme is not null;
  perform from app.household where starts_with(area_id, roll.roll_area) order by id for update;
  update app.roll set complete = false where delivery_id = of_delivery and complete;
  return roll.roll_complete;
end
$$;
comment on function app.silence_roll is 'A roll that is taken back says nothing of anybody any more — 名册失效';
grant execute on function app.silence_roll to app;

-- What a roll says bears on all households of its area: their rows are made anew, and matching follows.
create function app.refresh_roll_area(
  of_delivery bigint, lane int, lanes int, after bigint, most int, today date, roll_days int,
  out last bigint, out households int
)
language plpgsql security definer set search_path = '' set random_page_cost = '1.1' as $$
declare
  ids bigint[];
  status name;
begin
  perform app.refuse_all_but_program();
  select array_agg(id order by id) into ids from (
    select household.id from app.household
    join app.delivery on delivery.id = of_delivery and starts_with(household.area_id, roll_area)
    where household.id > after and household.id % lanes = lane
    order by household.id limit most) next;
  if ids is null then
    return;
  end if;
  select 'f_status_' || replace(programme, '-', '_') into status from app.delivery where id = of_delivery;
  perform from app.household where id = any (ids) order by id for update;
  update app.household set version = version + 1 where id = any (ids);
  if exists (select from pg_catalog.pg_attribute where attname = status
      and attrelid in ('app.household_current'::regclass, 'app.person_current'::regclass)) then
    perform app.refresh_current(ids, today, roll_days);
  else
    -- No policy asks whether it is received: the rows say what they said.
    update app.household_current current set version = household.version
    from app.household where household.id = current.household_id and current.household_id = any (ids);
  end if;
  last := ids[cardinality(ids)];
  households := cardinality(ids);
end
$$;
comment on function app.refresh_roll_area is 'Brings the next households of a roll''s area up to what it says — 更新名册范围内各户';
grant execute on function app.refresh_roll_area to app;

create function app.undo_roll(
  of_delivery bigint, lane int, lanes int, after bigint, most int, today date, roll_days int,
  out last bigint, out households int
)
language plpgsql security definer set search_path = '' set random_page_cost = '1.1' set work_mem = '64MB' as $$
declare
  ids bigint[];
  at timestamptz;
begin
  perform app.refuse_all_but_program();
  select array_agg(id order by id) into ids from (
    select distinct household_id as id from app.award
    where delivery_id = of_delivery and superseded_at is null and household_id > after
      and household_id % lanes = lane
      and exists (select from app.delivery where id = of_delivery and state = 'undoing')
    order by 1 limit most) next;
  if ids is null then
    return;
  end if;
  perform from app.household where id = any (ids) order by id for update;
  at := app.next_award_instant_of(ids);
  create temporary table gone on commit drop as
  select household_id, person_id, programme, recorded_at, delivery_row from app.award
  where delivery_id = of_delivery and household_id = any (ids) and superseded_at is null;
  -- With what was cut short in the very moment in which the delivery wrote.
  update app.award set superseded_at = at from pg_temp.gone
  where award.household_id = gone.household_id and award.person_id is not distinct from gone.person_id
    and award.programme = gone.programme and award.recorded_at = gone.recorded_at and award.superseded_at is null;
  insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source, recorded_at,
    recorded_by, delivery_id, delivery_row)
  select before.household_id, before.area_id, before.person_id, before.programme, before.state, before.valid_from,
    before.valid_to, before.source, at, before.recorded_by, before.delivery_id, before.delivery_row
  from pg_temp.gone join app.award before on before.household_id = gone.household_id
    and before.person_id is not distinct from gone.person_id and before.programme = gone.programme
    and before.superseded_at = gone.recorded_at;
  update app.delivery_row set outcome = 'undone' from pg_temp.gone
  where delivery_row.delivery_id = of_delivery and delivery_row.row = gone.delivery_row;
  drop table pg_temp.gone;
  update app.household set version = version + 1 where id = any (ids);
  perform app.refresh_current(ids, today, roll_days);
  last := ids[cardinality(ids)];
  households := cardinality(ids);
end
$$;
comment on function app.undo_roll is 'Takes back the awards that a roll brought to the next households — 撤销一批名册';
grant execute on function app.undo_roll to app;

-- A row that could not be read waits as well where a roll hangs on it: a steward finds out that it is nobody's whom the
-- roll would leave out. And an award that a roll lacks may be left standing.
create or replace function app.decide_delivered(of_delivery bigint, of_row int, decided text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  settled boolean;
begin
  if not coalesce(auth.capabilities() && array['data-steward'], false) then
    raise exception 'deliveries are for data stewards' using errcode = 'insufficient_privilege';
  end if;
  perform from app.delivery where id = of_delivery and state in ('checked', 'applied') for update;
  if not found then
    return false;
  end if;
  update app.delivery_row set
    outcome = case when outcome = 'refused' then outcome when decided = 'apply' then 'applied' else 'unchanged' end,
    decision = decided, decided_by = auth.staff_id(), decided_at = clock_timestamp()
  where delivery_id = of_delivery and row = of_row
    and (outcome = 'held' or decided = 'leave' and decision is null and exists (
      select from app.delivery where id = of_delivery and programme is not null
        and (outcome = 'refused' or outcome = 'applied' and reason = 'absent-from-roll' and state = 'checked')))
    and (household_id is null or household_id <> all (auth.hidden_households()))
    and (decided = 'leave' or household_id is not null);
  settled := found;
  if settled then
    update staging.delivered_fact set held = false
    where delivery_id = of_delivery and row = of_row and decided = 'apply';
    delete from staging.delivered_fact where delivery_id = of_delivery and row = of_row and decided = 'leave';
    perform app.count_delivery(of_delivery);
    perform app.count_ending(of_delivery);
  end if;
  return settled;
end
$$;

-- Of a roll counted is what it is for: who is entitled to it and turns out not to receive it.
create or replace function app.count_found() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  update app.delivery set entitlements = case
    when programme is not null then (
      select count(*) from app.lead_line line
      where line.programme = delivery.programme and starts_with(line.area_id, roll_area)
        and exists (select from app.lead_event event
          where event.lead_id = line.lead_id and event.kind = 'raised' and event.at >= apply_began_at
            and event.on_day = line.raised_on))
    else (
      select count(*) from app.answer now
      where now.superseded_at is null and now.verdict = 'eligible' and now.recorded_at >= apply_began_at
        and now.household_id in (select household_id from app.delivery_row
          where delivery_id = delivery.id and outcome = 'applied')
        and not exists (select from app.answer before
          where before.household_id = now.household_id and before.person_id is not distinct from now.person_id
            and before.programme = now.programme and before.verdict = 'eligible'
            and before.recorded_at < apply_began_at and before.superseded_at >= apply_began_at)) end
  where state = 'applied' and entitlements is null;
end
$$;
