-- How often a household is to be contacted and visited: by its tier, and at least so often by what is on record of it. Shipped
-- as far as a proposal is known, stated anew by the district from a day on with what it rests on. Heat, cold and holidays
-- shorten all of it from a day to a day.

create table app.visit_rule (
  id bigint generated always as identity primary key,
  key text not null check (key in ('tier-high', 'tier-middle', 'tier-low',
    'eighty-alone', 'scattered-tekun', 'child-in-difficulty', 'serious-illness')),
  contact_amount int check (contact_amount between 1 and 400),
  contact_unit text check (contact_unit in ('day', 'month')),
  visit_amount int check (visit_amount between 1 and 400),
  visit_unit text check (visit_unit in ('day', 'month')),
  from_day date not null,
  source text not null check (length(source) between 2 and 300),
  -- No rule sets it for this district: 待核.
  proposed boolean not null,
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: shipped with the program.
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  constraint visit_rule_whole check ((contact_amount is null) = (contact_unit is null) and (visit_amount is null) = (visit_unit is null))
);
comment on table app.visit_rule is 'How often a household is contacted and visited, by tier and by what is on record, each from a day on — 走访频次';
create unique index visit_rule_current on app.visit_rule (key, from_day) where superseded_at is null;

insert into app.visit_rule (key, contact_amount, contact_unit, visit_amount, visit_unit, from_day, source, proposed) values
  ('tier-high', 7, 'day', 1, 'month', '2020-01-01', '未见文件规定，本系统提出', true),
  ('tier-middle', 1, 'month', 3, 'month', '2020-01-01', '未见文件规定，本系统提出', true),
  ('tier-low', 3, 'month', 12, 'month', '2020-01-01', '未见文件规定，本系统提出', true),
  ('eighty-alone', 7, 'day', null, null, '2020-01-01', '比照外地规定：高龄独居等高风险对象每周不少于一次', true),
  ('scattered-tekun', null, null, 1, 'month', '2020-01-01', '比照外地规定：分散供养特困人员每月不少于一次', true),
  ('child-in-difficulty', null, null, 1, 'month', '2020-01-01', '比照外地规定：孤儿、困境儿童每月不少于一次', true),
  ('serious-illness', null, null, 1, 'month', '2020-01-01', '比照外地规定：居家重病患者每月不少于一次', true);

create table app.visit_season (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('heat', 'cold', 'holiday')),
  from_day date not null,
  to_day date not null,
  -- Intervals are this much of what they otherwise are.
  percent int not null check (percent between 10 and 99),
  because text not null check (length(because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  ended_at timestamptz,
  ended_by uuid references app.staff (id),
  constraint visit_season_days_in_order check (to_day >= from_day and to_day < from_day + 200),
  constraint visit_season_ended_whole check ((ended_at is null) = (ended_by is null))
);
comment on table app.visit_season is 'Heat, cold or holidays in which households are contacted and visited more often — 走访加密时段';
create index visit_season_day on app.visit_season (to_day) where ended_at is null;

do $$
declare
  name text;
begin
  foreach name in array array['visit_rule', 'visit_season'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('grant select on app.%I to app', name);
    execute format('create policy %I on app.%I for select using ((select auth.role()) is not null)', name || '_for_whoever_is_signed_in', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
  end loop;
end
$$;
create trigger visit_rule_as_recorded before update on app.visit_rule for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger visit_season_as_recorded before update on app.visit_season for each row
  when (to_jsonb(old) - '{ended_at,ended_by}'::text[] is distinct from to_jsonb(new) - '{ended_at,ended_by}'::text[]
    or old.ended_at is not null)
  execute function app.keep_as_recorded();

-- False where somebody stated something since `seen`, the id of what was stated last of the key.
create function app.state_visit_rule(of_key text, content jsonb, seen bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if auth.keeps_records() is not true then
    raise exception 'rules of visits are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('visit rule ' || of_key));
  if seen is distinct from (select max(id) from app.visit_rule where key = of_key and superseded_at is null) then
    return false;
  end if;
  update app.visit_rule set superseded_at = clock_timestamp()
  where key = of_key and superseded_at is null and from_day >= (content ->> 'from')::date;
  insert into app.visit_rule (key, contact_amount, contact_unit, visit_amount, visit_unit, from_day, source, proposed)
  values (of_key, (content -> 'contact' ->> 'amount')::int, content -> 'contact' ->> 'unit',
    (content -> 'visit' ->> 'amount')::int, content -> 'visit' ->> 'unit', (content ->> 'from')::date,
    content ->> 'source', (content ->> 'proposed')::boolean);
  return true;
end
$$;
comment on function app.state_visit_rule is 'How often to contact and visit from a day on, by the district; false where somebody stated something meanwhile — 登记走访频次';

create function app.state_visit_season(content jsonb) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  stated bigint;
begin
  if auth.keeps_records() is not true then
    raise exception 'seasons of visits are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  insert into app.visit_season (kind, from_day, to_day, percent, because)
  values (content ->> 'kind', (content ->> 'from')::date, (content ->> 'to')::date, (content ->> 'percent')::int, content ->> 'because')
  returning id into stated;
  return stated;
end
$$;
comment on function app.state_visit_season is 'A season of more frequent visits, by the district — 登记加密时段';

create function app.end_visit_season(of_season bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if auth.keeps_records() is not true then
    raise exception 'seasons of visits are not for % to end', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  update app.visit_season set ended_at = clock_timestamp(), ended_by = auth.staff_id() where id = of_season and ended_at is null;
  return found;
end
$$;
comment on function app.end_visit_season is 'Takes a season of more frequent visits back, by the district — 取消加密时段';
revoke execute on function app.state_visit_rule, app.state_visit_season, app.end_visit_season from public;
grant execute on function app.state_visit_rule, app.state_visit_season, app.end_visit_season to app;
