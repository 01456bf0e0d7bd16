-- Departments deliver facts of households as well: a row names a person, and the household is the one they are a member of.
-- As of a roll, person 0 is the household itself until it is written.
-- Deliveries keep to the order of sources: what a department says of its own facts is compared with what it said before, and
-- what others say lies beside it.

create or replace function app.match_delivery(of_delivery bigint) returns void
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
  select row, found.person_id as named, case when fact.value ? 'household' then 0 else found.person_id end as person_id,
    household_id, name, on_day, fact.key as fact, fact.value -> 'value' as value,
    (fact.value ->> 'from')::date as valid_from, (fact.value ->> 'shelf')::date as shelf_until, held
  from found left join lateral jsonb_each(facts) fact on true;

  -- One person, or one household by its members, twice, of one day and in two words, is for somebody to look at.
  update pg_temp.told set held = case told.person_id when 0 then 'members-differing' else 'twice-differing' end
  from (select household_id, person_id, fact, on_day from pg_temp.told where held is null and fact is not null
    group by household_id, person_id, fact, on_day having count(*) > 1 and count(distinct value) > 1) twice
  where told.household_id = twice.household_id and told.person_id = twice.person_id and told.fact = twice.fact
    and told.on_day = twice.on_day;
  analyze pg_temp.told;

  create temporary table compared on commit drop as
  select told.*,
    case when told.fact is null then 'nothing-said'
      when told.held is null and row_number() over (
        partition by told.held, told.household_id, told.person_id, told.fact order by told.on_day desc, told.row) > 1 then 'in-another-row'
      when own.verified_on > told.on_day then 'known-later'
      when own.verified_on = told.on_day and own.value = told.value then 'known'
      end as unchanged,
    -- Its own word by another name, of the same day: neither outranks the other by itself.
    coalesce(own.verified_on = told.on_day and own.value <> told.value and own.source <> said_by, false) as conflict
  from pg_temp.told
  left join meta.trust on trust.fact = told.fact
  left join app.fact known on known.household_id = told.household_id and coalesce(known.person_id, 0) = told.person_id
    and known.fact = told.fact and known.superseded_at is null
  left join app.other_word beside on beside.household_id = told.household_id and coalesce(beside.person_id, 0) = told.person_id
    and beside.fact = told.fact and beside.superseded_at is null and beside.voice = 'owner'
  -- Compared with what the department itself said last, in force or beside; what others say, the order settles.
  left join lateral (select known.verified_on, known.value, known.source
    where app.word_kind(owners, known.source, known.basis, known.delivery_id, known.recorded_by) = 'owner' and known.id is not null
    union all select beside.verified_on, beside.value, beside.source where beside.id is not null limit 1) own on true;
  analyze pg_temp.compared;
  -- A row that waits may yet be left: what it says is no reason to pass over the same in another.
  update pg_temp.compared other set unchanged = null
  from pg_temp.compared one
  where one.row in (select row from pg_temp.compared where held is not null or conflict and unchanged is null)
    and one.unchanged is null and other.unchanged = 'in-another-row' and not other.conflict
    and other.household_id = one.household_id and other.person_id = one.person_id and other.fact = one.fact;

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
    null, case when max(held) = 'name-differs' then max(name) end, max(named), max(household_id)
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

create or replace function app.refresh_delivered(of_delivery bigint, ids bigint[], today date, roll_days int, at timestamptz) returns void
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
    select household_id, jsonb_object_agg('f_' || fact, case when counts then value end)
      || jsonb_object_agg('f_' || fact || '_known', case when counts then true end) as known
    from (select *, valid_from <= today and (shelf_until is null or shelf_until >= today) as counts
      from app.fact where delivery_id = of_delivery and household_id = any (quick) and recorded_at = at
        and superseded_at is null and person_id is null) fact
    group by household_id
  ), gone as (
    delete from app.household_current using told where household_current.household_id = told.household_id
    returning household_current as old, told.known
  )
  insert into app.household_current
  select wide.* from gone cross join lateral jsonb_populate_record(gone.old, gone.known) wide;
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

create or replace function app.apply_delivered(
  of_delivery bigint, lane int, lanes int, after bigint, most int, today date, roll_days int,
  out last bigint, out households int
)
language plpgsql security definer set search_path = '' set random_page_cost = '1.1' set work_mem = '64MB' as $$
declare
  ids bigint[];
  at timestamptz;
  told jsonb;
  written int[];
  promoted bigint[];
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

  perform app.begin_words();
  insert into pg_temp.word (household_id, person_id, fact, value, valid_from, source, basis, legal_basis, verified_on, shelf_until,
    delivery_id, delivery_row, recorded_by)
  select distinct on (fact.household_id, fact.person_id, fact.fact)
    fact.household_id, nullif(fact.person_id, 0), fact.fact, fact.value, fact.valid_from, told ->> 'sourceName', told ->> 'basis',
    told ->> 'legalBasis', fact.on_day, fact.shelf_until, of_delivery, fact.row, auth.actor()
  from staging.delivered_fact fact
  where fact.delivery_id = of_delivery and fact.household_id = any (ids) and not fact.held
    and exists (select from app.member where member.household_id = fact.household_id
      and member.person_id = case fact.person_id when 0 then (select delivery_row.person_id from app.delivery_row
        where delivery_row.delivery_id = of_delivery and delivery_row.row = fact.row) else fact.person_id end
      and member.superseded_at is null and member.valid_to is null)
  order by fact.household_id, fact.person_id, fact.fact, fact.on_day desc, fact.row;
  analyze pg_temp.word;
  -- Looked at once more: somebody may have recorded something since the check.
  promoted := app.put_words(today, at, true);
  written := array(select distinct delivery_row from pg_temp.word);
  update app.delivery_row left_out set outcome = 'unchanged', reason = 'changed-meanwhile'
  from (select row from staging.delivered_fact
      where delivery_id = of_delivery and household_id = any (ids) and not held
    except select unnest(written)) taken
  where left_out.delivery_id = of_delivery and left_out.row = taken.row;
  delete from staging.delivered_fact where delivery_id = of_delivery and household_id = any (ids) and not held;
  update app.household set version = version + 1 where id = any (ids);
  perform app.refresh_delivered(of_delivery, ids, today, roll_days, at);
  if cardinality(promoted) > 0 then
    perform app.refresh_current(promoted, today, roll_days);
  end if;
  last := ids[cardinality(ids)];
  households := cardinality(ids);
end
$$;
