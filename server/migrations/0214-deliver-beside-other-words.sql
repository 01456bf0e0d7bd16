-- What a delivery wrote is taken back, in force or beside; what stood before, or lay beside, stands again.

create or replace function app.undo_delivered(
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
    select household_id as id from app.fact
    where delivery_id = of_delivery and superseded_at is null and household_id > after and household_id % lanes = lane
      and exists (select from app.delivery where id = of_delivery and state = 'undoing')
    union
    select household_id from app.other_word
    where delivery_id = of_delivery and superseded_at is null and household_id > after and household_id % lanes = lane
      and exists (select from app.delivery where id = of_delivery and state = 'undoing')
    order by 1 limit most) next;
  if ids is null then
    return;
  end if;
  perform from app.household where id = any (ids) order by id for update;
  at := app.next_instant_of(ids);
  create temporary table taken on commit drop as
  with gone as (
    update app.fact set superseded_at = at
    where delivery_id = of_delivery and household_id = any (ids) and superseded_at is null
    returning household_id, person_id, fact, recorded_at, delivery_row
  ), beside as (
    update app.other_word set superseded_at = at
    where delivery_id = of_delivery and household_id = any (ids) and superseded_at is null
    returning household_id, person_id, fact, recorded_at, delivery_row
  ), taken as (
    select * from gone union all select * from beside
  ), marked as (
    update app.delivery_row set outcome = 'undone' from taken
    where delivery_row.delivery_id = of_delivery and delivery_row.row = taken.delivery_row
  )
  select * from taken;
  analyze pg_temp.taken;
  perform app.begin_words();
  -- Closed in the very moment in which the delivery wrote; where it has lain beside since, it comes from there.
  insert into pg_temp.word (household_id, person_id, fact, value, valid_from, source, evidence, basis, legal_basis, verified_on,
    shelf_until, delivery_id, delivery_row, recorded_by)
  select household_id, known.person_id, fact, value, valid_from, source, evidence, known.basis, legal_basis, verified_on,
    shelf_until, delivery_id, known.delivery_row, known.recorded_by
  from pg_temp.taken join app.fact known using (household_id, fact) join meta.trust using (fact)
  where known.superseded_at = taken.recorded_at and known.person_id is not distinct from taken.person_id
    and not exists (select from app.other_word later where later.household_id = known.household_id and later.fact = known.fact
      and later.person_id is not distinct from known.person_id and later.superseded_at is null
      and later.voice = app.word_voice(app.word_kind(owners, known.source, known.basis, known.delivery_id, known.recorded_by), known.source));
  perform app.put_words(today, at, false);
  perform app.promote_words(ids, today, at);
  -- And what the department had said before, where that lay beside.
  delete from pg_temp.word;
  insert into pg_temp.word (household_id, person_id, fact, value, valid_from, source, evidence, basis, legal_basis, verified_on,
    shelf_until, delivery_id, delivery_row, recorded_by, settled_against, settled_because, settled_by)
  select household_id, before.person_id, fact, value, valid_from, source, evidence, before.basis, legal_basis, verified_on,
    shelf_until, delivery_id, before.delivery_row, before.recorded_by, settled_against, settled_because, settled_by
  from pg_temp.taken join app.other_word before using (household_id, fact)
  where before.superseded_at = taken.recorded_at and before.person_id is not distinct from taken.person_id and before.voice = 'owner';
  perform app.put_words(today, at, false);
  update app.household set version = version + 1 where id = any (ids);
  perform app.refresh_current(ids, today, roll_days);
  last := ids[cardinality(ids)];
  households := cardinality(ids);
end
$$;
