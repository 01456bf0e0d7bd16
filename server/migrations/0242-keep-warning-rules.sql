-- By which rule each signal of the catalogue raises a warning: stated by the district from a day on, with what it rests on.
-- A signal on which nothing was stated raises nothing.

create table app.warning_rule (
  id bigint generated always as identity primary key,
  signal text not null check (signal ~ '^A[0-9]{2}$'),
  -- Off: from the day on it raises nothing any more.
  switched_on boolean not null,
  rule text not null check (length(rule) between 1 and 500),
  -- The class of the most sensitive fact that it reads.
  sensitivity text not null check (sensitivity in ('plain', 'need-signal', 'clinical')),
  severity text not null check (severity in ('red', 'orange', 'yellow')),
  red_rule text check (length(red_rule) between 1 and 500),
  -- What it reads must have begun within so many days; null: whenever it began.
  fresh_days int check (fresh_days between 1 and 3650),
  from_day date not null,
  source text not null check (length(source) between 2 and 300),
  -- No rule sets it for this district: 待核.
  proposed boolean not null,
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: by the set-up of a demonstration.
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.warning_rule is 'By which rule a signal raises a warning, how serious, from which day on and on what it rests; what stood before stays — 预警规则';
comment on column app.warning_rule.rule is 'FEEL over the facts and events on record — 规则';
comment on column app.warning_rule.red_rule is 'Where this holds, too, the warning is red — 升为红色的条件';
create unique index warning_rule_current on app.warning_rule (signal) where superseded_at is null;
create index warning_rule_of_signal on app.warning_rule (signal, id);

alter table app.warning_rule enable row level security;
alter table app.warning_rule force row level security;
create policy warning_rule_for_case_work on app.warning_rule for select
  using ((select auth.role()) in ('advisor', 'township', 'district', 'job'));
grant select on app.warning_rule to app;
create trigger warning_rule_as_recorded before update on app.warning_rule for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger warning_rule_stays before delete on app.warning_rule for each row execute function app.keep_as_recorded();

create function app.state_warning_rule(of_signal text, content jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  if not coalesce(auth.keeps_records(), false) then
    raise exception 'rules of warnings are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('warning rule ' || of_signal));
  if seen is distinct from (select id from app.warning_rule where signal = of_signal and superseded_at is null) then
    return null;
  end if;
  update app.warning_rule set superseded_at = clock_timestamp() where signal = of_signal and superseded_at is null;
  insert into app.warning_rule (signal, switched_on, rule, sensitivity, severity, red_rule, fresh_days, from_day, source, proposed)
  values (of_signal, (content ->> 'on')::boolean, content ->> 'rule', content ->> 'sensitivity', content ->> 'severity',
    content ->> 'redRule', (content ->> 'freshDays')::int, (content ->> 'from')::date, content ->> 'source',
    (content ->> 'proposed')::boolean)
  returning id into made;
  return made;
end
$$;
comment on function app.state_warning_rule is 'By which rule a signal raises warnings from a day on, by staff of the whole district; null where somebody stated something since — 登记预警规则';
revoke execute on function app.state_warning_rule from public;
grant execute on function app.state_warning_rule to app;
