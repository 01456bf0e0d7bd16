-- Every fact is known on a basis, and a basis says what may be done with what it lets be known. Matching
-- reads only what may be used to find people who have not asked; what rests on an authorisation it
-- reads only while somebody's authorisation holds.

create table app.basis (
  id text primary key,
  name text not null,
  -- Document and article; null where there is none.
  law text,
  -- False: recalled, not yet compared with the text.
  law_confirmed boolean not null,
  discovery boolean not null,
  authorised boolean not null,
  place smallint not null,
  stated_at timestamptz not null default clock_timestamp()
);
comment on table app.basis is 'What lets a fact be known, and whether it covers finding people who have not asked — 数据依据';
comment on column app.basis.discovery is 'Covers proactive discovery: the policy finds the person — 是否含主动发现';
comment on column app.basis.authorised is 'Counts only within a valid authorisation of the person or the household — 是否须有有效授权';
comment on column app.basis.law_confirmed is 'False: 待核 — 条款是否已核';

-- What a basis covered before is kept, because answers given then are replayed.
create table app.basis_before (
  id bigint generated always as identity primary key,
  basis text not null,
  discovery boolean not null,
  authorised boolean not null,
  stated_at timestamptz not null,
  superseded_at timestamptz not null
);
comment on table app.basis_before is 'What a basis covered before that was changed; written by the database itself — 数据依据的旧版';

do $$
declare
  name text;
begin
  foreach name in array array['basis', 'basis_before'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create policy %I on app.%I for select using ((select auth.scope_from()) is not null)',
      name || '_for_case_work', name);
    execute format('grant select on app.%I to app', name);
  end loop;
end
$$;

-- Articles: 社会救助法 and 上海市社会救助条例 (2024-12-31) as read in full; 个人信息保护法 as recalled.
insert into app.basis (place, id, name, law, law_confirmed, discovery, authorised) values
  (1, 'visit', '走访中了解', '社会救助法 第三十九条、第五十五条', true, true, false),
  (2, 'declared', '本人申报', '社会救助法 第四十条；上海市社会救助条例 第三十五条', true, true, false),
  (3, 'sharing', '政务数据共享', '社会救助法 第六十二条；上海市社会救助条例 第四十六条；政务数据共享条例 第十九条', true, true, false),
  (4, 'check', '家庭经济状况核对', '社会救助法 第四十一条；上海市社会救助条例 第三十五条', true, true, true),
  (5, 'consent', '本人同意', '个人信息保护法 第十三条、第二十九条', false, true, true),
  (6, 'unstated', '未说明依据', null, true, false, false);

-- The basis that words already on record mean; 'unstated' where they do not say.
create function app.basis_of(legal text, said_by text) returns text
language sql immutable set search_path = '' as $$
  select case
    when legal ~ '核对' then 'check'
    when legal ~ '共享' then 'sharing'
    when legal ~ '同意' then 'consent'
    when legal ~ '走访|告知' then 'visit'
    when legal ~ '申报|申请' then 'declared'
    when said_by ~ '核对' then 'check'
    when said_by ~ '入户|走访|当面' then 'visit'
    when said_by ~ '本人陈述|证件材料|申报' then 'declared'
    when said_by ~ '公安|民政|残联|医保|人社|教育|学籍|卫生|卫健|照护' then 'sharing'
    else 'unstated'
  end
$$;
comment on function app.basis_of is 'The basis that the words of an older record or delivery mean — 由原有文字判断依据';

alter table app.fact disable trigger user;
alter table app.fact add column basis text references app.basis (id);
update app.fact set basis = app.basis_of(legal_basis, source);
alter table app.fact alter column basis set not null;
alter table app.fact enable trigger user;
create function app.give_basis() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.basis := app.basis_of(new.legal_basis, new.source);
  return new;
end
$$;
comment on function app.give_basis is 'Gives a fact the basis that its words mean, where none is named — 补上依据';
create trigger fact_basis before insert on app.fact for each row when (new.basis is null) execute function app.give_basis();
comment on column app.fact.basis is 'What lets it be known, and therefore what it may be used for — 数据依据';
comment on column app.fact.legal_basis is 'The same in the words of whoever recorded it: document, authorisation, number — 依据说明';
alter table staging.fact add column basis text;

-- Who counts a fact by another rule from now on: everybody in whose rows it stands is due.
create function app.keep_basis() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a basis stays: facts and answers rest on it' using errcode = 'restrict_violation';
  end if;
  new.stated_at := clock_timestamp();
  insert into app.basis_before (basis, discovery, authorised, stated_at, superseded_at)
  values (old.id, old.discovery, old.authorised, old.stated_at, new.stated_at);
  update app.household_current set next_expiry = least(next_expiry, coalesce(known_on, date '2000-01-01'))
  where household_id in (select household_id from app.fact where basis = old.id and superseded_at is null);
  return new;
end
$$;
comment on function app.keep_basis is 'Keeps what a basis covered before it is changed, and makes those concerned due — 保留依据旧版';
create trigger basis_kept before update or delete on app.basis for each row execute function app.keep_basis();

drop function app.record_fact(bigint, bigint, text, jsonb, date, text, text, date, date, text);

create function app.record_fact(
  of_household bigint, of_person bigint, of_fact text, new_value jsonb, holds_from date,
  said_by text, new_evidence text, verified date, lasts_until date, legal text default null,
  on_basis text default null
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  place text;
  class text;
  last_recorded timestamptz;
  last_class text;
  at timestamptz;
begin
  -- The lock puts the records of one household in one order.
  select area_id into place from app.household
  where id = of_household and area_id >= auth.scope_from() and area_id < auth.scope_to()
  for update;
  if place is null then
    raise exception 'household % is not in the scope of %', of_household, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
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
  select recorded_at, sensitivity into last_recorded, last_class from app.fact
  where household_id = of_household and person_id is not distinct from of_person and fact = of_fact
    and superseded_at is null;
  if ('clinical' in (class, last_class) and auth.role() not in ('district', 'job'))
    or ('need-signal' in (class, last_class) and auth.role() = 'advisor'
      and place <> all (auth.duty_areas())) then
    raise exception '% facts are not for % to record', class, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  -- Strictly later than the last one and than what matching has read, whatever the machine's clock does.
  at := greatest(app.next_instant(of_household), last_recorded + interval '1 microsecond');
  update app.fact set superseded_at = at
  where household_id = of_household and person_id is not distinct from of_person
    and fact = of_fact and superseded_at is null;
  insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at,
    recorded_by, source, evidence, basis, legal_basis, verified_on, shelf_until, sensitivity)
  values (of_household, place, of_person, of_fact, new_value, holds_from, at,
    auth.actor(), said_by, new_evidence, on_basis, legal,
    verified, lasts_until, class);
end
$$;
comment on function app.record_fact is 'Closes the current record of a fact and inserts the next; refused outside the caller''s area and the fact''s class — 登记事实';
grant execute on function app.record_fact to app;
