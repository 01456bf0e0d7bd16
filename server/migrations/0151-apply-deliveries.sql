-- What is written of a delivery, household by household, and how it is taken back.

-- A steward settles a row that waits: its facts are applied, or left.
create function app.decide_delivered(of_delivery bigint, of_row int, decided text) returns boolean
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
  update app.delivery_row set outcome = case decided when 'apply' then 'applied' else 'unchanged' end,
    decision = decided, decided_by = auth.staff_id(), decided_at = clock_timestamp()
  where delivery_id = of_delivery and row = of_row and outcome = 'held'
    and (household_id is null or household_id <> all (auth.hidden_households()))
    and (decided = 'leave' or household_id is not null);
  settled := found;
  if settled then
    update staging.delivered_fact set held = false
    where delivery_id = of_delivery and row = of_row and decided = 'apply';
    delete from staging.delivered_fact where delivery_id = of_delivery and row = of_row and decided = 'leave';
    perform app.count_delivery(of_delivery);
  end if;
  return settled;
end
$$;
comment on function app.decide_delivered is 'Settles a row of a delivery that waits for a person — 人工处理一行';
grant execute on function app.decide_delivered to app;

create function app.next_instant_of(ids bigint[]) returns timestamptz
language sql volatile set search_path = '' as $$
  select greatest(clock_timestamp(),
    (select max(known_at) from app.household_current where household_id = any (ids)) + interval '1 microsecond',
    (select max(recorded_at) from app.fact where household_id = any (ids) and superseded_at is null) + interval '1 microsecond')
$$;
comment on function app.next_instant_of is 'Now, and later than what matching reads of these households and than what was last recorded of them; for functions of the owner — 登记时刻';

create function app.delivered_households(of_delivery bigint) returns int
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  return (select count(distinct household_id) from staging.delivered_fact
    where delivery_id = of_delivery and not held);
end
$$;
comment on function app.delivered_households is 'Households of which a delivery has something to write — 待写入户数';
grant execute on function app.delivered_households to app;

-- The wide rows after a step of a delivery. Where nothing else has begun or passed since a row was written, only what
-- was delivered can have changed in it, and it is written over the old row; all others are made anew.
create function app.refresh_delivered(of_delivery bigint, ids bigint[], today date, roll_days int, at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  quick bigint[];
begin
  select array_agg(household_id) into quick from app.household_current
  where household_id = any (ids) and known_on <= today
    and (next_expiry is null or next_expiry > today) and (next_roll_change is null or next_roll_change > today)
    -- What rests on an authorisation, or may not be used to find people, is not for here.
    and exists (select from app.basis join app.delivery on delivery.id = of_delivery
      where basis.id = reading ->> 'basis' and discovery and not authorised);
  perform app.refresh_current(array(select unnest(ids) except select unnest(quick)), today, roll_days);
  if quick is null then
    return;
  end if;
  with told as (
    select person_id, household_id, min(least(shelf_until, valid_to)) + 1 as expiry,
      jsonb_object_agg('f_' || fact, case when counts then value end)
        || jsonb_object_agg('f_' || fact || '_known', case when counts then true end) as known
    from (select *, valid_from <= today and (shelf_until is null or shelf_until >= today) as counts
      from app.fact where delivery_id = of_delivery and household_id = any (quick) and recorded_at = at
        and superseded_at is null) fact
    group by person_id, household_id
  ), gone as (
    delete from app.person_current using told
    where person_current.person_id = told.person_id and person_current.household_id = told.household_id
      and not person_current.opted_out
    returning person_current as old, told.known
  ), put as (
    insert into app.person_current
    select wide.* from gone cross join lateral jsonb_populate_record(gone.old, gone.known) wide
  )
  update app.household_current current
  set version = household.version, known_on = today,
    known_at = greatest(clock_timestamp(), at + interval '1 millisecond'),
    -- Earlier than need be at worst: that day the row is made anew.
    next_expiry = least(current.next_expiry, (select min(told.expiry) from told
      where told.household_id = current.household_id and told.expiry > today))
  from app.household
  where household.id = current.household_id and current.household_id = any (quick);
end
$$;
comment on function app.refresh_delivered is 'Brings the wide rows up to a step of a delivery; for functions of the owner — 更新现况';

-- The next households of a delivery, whole each, in the caller's transaction: what is applied stays applied
-- whatever happens to the rest. They are those after the one last written; several lanes may go at once; each has households of its own.
create function app.apply_delivered(
  of_delivery bigint, lane int, lanes int, after bigint, most int, today date, roll_days int,
  out last bigint, out households int
)
language plpgsql security definer set search_path = '' set random_page_cost = '1.1' set work_mem = '64MB' as $$
declare
  ids bigint[];
  at timestamptz;
  told jsonb;
  written int[];
begin
  perform app.refuse_all_but_program();
  select reading into told from app.delivery where id = of_delivery and state = 'applying';
  select array_agg(id order by id) into ids from (
    select distinct household_id as id from staging.delivered_fact
    where delivery_id = of_delivery and household_id > after and household_id % lanes = lane and not held
      and told is not null
    order by 1 limit most) next;
  if ids is null then
    return;
  end if;
  perform from app.household where id = any (ids) order by id for update;
  at := app.next_instant_of(ids);

  -- Looked at once more: somebody may have recorded something since the check.
  update app.fact known set superseded_at = at
  from staging.delivered_fact fact
  where fact.delivery_id = of_delivery and fact.household_id = any (ids) and not fact.held
    and known.household_id = fact.household_id and coalesce(known.person_id, 0) = fact.person_id
    and known.fact = fact.fact and known.superseded_at is null
    and (known.verified_on < fact.on_day or known.verified_on = fact.on_day and known.value <> fact.value);
  with fresh as (
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at, recorded_by,
      source, evidence, basis, legal_basis, verified_on, shelf_until, sensitivity, delivery_id, delivery_row)
    select distinct on (fact.household_id, fact.person_id, fact.fact)
      fact.household_id, household.area_id, fact.person_id, fact.fact, fact.value, fact.valid_from, at, auth.actor(),
      told ->> 'sourceName', null, told ->> 'basis', told ->> 'legalBasis', fact.on_day, fact.shelf_until,
      class.sensitivity, of_delivery, fact.row
    from staging.delivered_fact fact
    -- Where they live now: days may lie between the check and this.
    join app.household on household.id = fact.household_id
    join meta.fact_class class using (fact)
    where fact.delivery_id = of_delivery and fact.household_id = any (ids) and not fact.held
      and exists (select from app.member where member.household_id = fact.household_id
        and member.person_id = fact.person_id and member.superseded_at is null and member.valid_to is null)
      and not exists (select from app.fact known where known.household_id = fact.household_id
        and coalesce(known.person_id, 0) = fact.person_id and known.fact = fact.fact and known.superseded_at is null)
    order by fact.household_id, fact.person_id, fact.fact, fact.on_day desc, fact.row
    returning delivery_row
  )
  select array_agg(distinct delivery_row) into written from fresh;
  update app.delivery_row left_out set outcome = 'unchanged', reason = 'changed-meanwhile'
  from (select row from staging.delivered_fact
      where delivery_id = of_delivery and household_id = any (ids) and not held
    except select unnest(written)) taken
  where left_out.delivery_id = of_delivery and left_out.row = taken.row;
  delete from staging.delivered_fact where delivery_id = of_delivery and household_id = any (ids) and not held;
  update app.household set version = version + 1 where id = any (ids);
  perform app.refresh_delivered(of_delivery, ids, today, roll_days, at);
  last := ids[cardinality(ids)];
  households := cardinality(ids);
end
$$;
comment on function app.apply_delivered is 'Writes what the next households of a delivery are told — 写入一批';
grant execute on function app.apply_delivered to app;

-- Takes back what a delivery wrote, where nothing was recorded since: what stood before stands again, as a new
-- record. The rest stays and is counted.
create function app.undo_delivered(
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
    select distinct household_id as id from app.fact
    where delivery_id = of_delivery and superseded_at is null and household_id > after
      and household_id % lanes = lane
      and exists (select from app.delivery where id = of_delivery and state = 'undoing')
    order by 1 limit most) next;
  if ids is null then
    return;
  end if;
  perform from app.household where id = any (ids) order by id for update;
  at := app.next_instant_of(ids);
  with gone as (
    update app.fact set superseded_at = at
    where delivery_id = of_delivery and household_id = any (ids) and superseded_at is null
    returning household_id, person_id, fact, recorded_at, delivery_row
  ), marked as (
    update app.delivery_row set outcome = 'undone' from gone
    where delivery_row.delivery_id = of_delivery and delivery_row.row = gone.delivery_row
  )
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, valid_to, recorded_at, recorded_by,
    source, evidence, basis, legal_basis, verified_on, shelf_until, sensitivity, delivery_id, delivery_row)
  select before.household_id, before.area_id, before.person_id, before.fact, before.value, before.valid_from,
    before.valid_to, at, auth.actor(), before.source, before.evidence, before.basis, before.legal_basis,
    before.verified_on, before.shelf_until, before.sensitivity, before.delivery_id, before.delivery_row
  from gone
  -- Closed in the very moment in which the delivery wrote.
  cross join lateral (
    select * from app.fact known
    where known.household_id = gone.household_id and known.superseded_at = gone.recorded_at
      and known.fact = gone.fact and known.person_id is not distinct from gone.person_id
    limit 1) before;
  update app.household set version = version + 1 where id = any (ids);
  perform app.refresh_current(ids, today, roll_days);
  last := ids[cardinality(ids)];
  households := cardinality(ids);
end
$$;
comment on function app.undo_delivered is 'Takes back what a delivery wrote in the next households — 撤销一批';
grant execute on function app.undo_delivered to app;
grant execute on function app.step_delivery to app;
grant execute on function app.note_delivery to app;

-- What matching has found since in the households that a delivery changed: who is entitled now and was not before.
create function app.count_found() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  update app.delivery set entitlements = (
    select count(*) from app.answer now
    where now.superseded_at is null and now.verdict = 'eligible' and now.recorded_at >= apply_began_at
      and now.household_id in (select household_id from app.delivery_row
        where delivery_id = delivery.id and outcome = 'applied')
      and not exists (select from app.answer before
        where before.household_id = now.household_id and before.person_id is not distinct from now.person_id
          and before.programme = now.programme and before.verdict = 'eligible'
          and before.recorded_at < apply_began_at and before.superseded_at >= apply_began_at))
  where state = 'applied' and entitlements is null;
end
$$;
comment on function app.count_found is 'Counts what matching found since in the households of deliveries — 统计新发现';
grant execute on function app.count_found to app;

-- A file is wanted no longer than it may have to be read again; the report of its rows stays.
create function app.drop_old_files(after_days int) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  delete from app.delivery_piece where delivery_id in (
    select id from app.delivery where state = 'applied' and applied_at < now() - make_interval(days => after_days)
      or state in ('receiving', 'failed') and received_at < now() - make_interval(days => after_days));
end
$$;
comment on function app.drop_old_files is 'Deletes the files of deliveries applied long ago — 清理报送文件';
grant execute on function app.drop_old_files to app;
