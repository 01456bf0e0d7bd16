-- What is out of the ordinary in the log of the recent hours becomes an alert: one open one for an account and a pattern,
-- to which later evidence is added. It names an account and counts; of households it holds nothing.

create table app.alert (
  id bigint generated always as identity primary key,
  pattern text not null check (pattern ~ '^[a-z][a-z-]{2,40}$'),
  staff_id uuid references app.staff (id),
  evidence jsonb not null check (jsonb_typeof(evidence) = 'array'),
  last_entry bigint not null,
  raised_at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  settled_by uuid references app.staff (id),
  note text check (length(note) between 1 and 1000),
  constraint alert_settled_whole check ((settled_at is null) = (settled_by is null) and (settled_at is null) = (note is null)),
  constraint alert_not_settled_by_its_own check (settled_by is distinct from staff_id or settled_by is null)
);
comment on table app.alert is 'What is out of the ordinary with an account, for the security administrator to settle — 安全告警';
comment on column app.alert.staff_id is 'Whose account; null where it is over many accounts — 涉及账号';
comment on column app.alert.evidence is 'Each time it was seen: how many, from when to when, which entries of the log; never of whom — 依据';
comment on column app.alert.last_entry is 'Number of the latest entry of the log it rests on; what is no later is told of no second time — 末条日志';
create unique index alert_one_live on app.alert (pattern, staff_id) nulls not distinct where settled_at is null;

alter table app.alert enable row level security;
alter table app.alert force row level security;
create policy alert_for_its_administrators on app.alert for select
  using ((select auth.role()) in ('security-admin', 'audit-admin') or (select auth.actor()) = 'job:watch');
grant select on app.alert to app;

-- The watch reads what may be a pattern and nothing else.
create policy audit_for_the_watch on app.audit for select
  using ((select auth.actor()) = 'job:watch'
    and action in ('session.refused', 'request.refused', 'household.read', 'lead.read', 'glass.broken'));
create index audit_watched on app.audit (action, at)
  where action in ('session.refused', 'request.refused', 'glass.broken');

create function auth.add_alert(p_pattern text, p_staff_id uuid, p_seen jsonb, p_last bigint) returns bigint
language plpgsql set search_path = '' as $$
declare
  one bigint;
begin
  if exists (select from app.alert where pattern = p_pattern and staff_id is not distinct from p_staff_id and last_entry >= p_last) then
    return null;
  end if;
  insert into app.alert (pattern, staff_id, evidence, last_entry)
  values (p_pattern, p_staff_id, jsonb_build_array(p_seen), p_last)
  on conflict (pattern, staff_id) where settled_at is null do update
    set evidence = (select jsonb_agg(seen order by place) from (
          select seen, place from jsonb_array_elements(alert.evidence || excluded.evidence) with ordinality as e (seen, place)
          order by place desc limit 100) latest),
      last_entry = excluded.last_entry, last_at = clock_timestamp()
  returning id into one;
  insert into app.audit (actor, action, subject, detail)
  values (auth.actor(), 'alert.raised', 'alert:' || one, jsonb_build_object('pattern', p_pattern, 'staff', p_staff_id));
  return one;
end
$$;
comment on function auth.add_alert is 'Raises an alert or adds evidence to the open one; null where it is told already — 记入告警';
revoke execute on function auth.add_alert from public;

create function app.raise_alert(of_pattern text, of_staff uuid, seen jsonb, last bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
  if auth.actor() is distinct from 'job:watch' then
    raise exception 'alerts are not for % to raise', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  return auth.add_alert(of_pattern, of_staff, seen, last);
end
$$;
comment on function app.raise_alert is 'Raises an alert, by the program that watches the log — 触发告警';

create function app.settle_alert(alert_id bigint, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() is distinct from 'security-admin' then
    raise exception 'alerts are not for % to settle', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  update app.alert set settled_at = clock_timestamp(), settled_by = auth.staff_id(), note = why
  where id = alert_id and settled_at is null;
  return found;
end
$$;
comment on function app.settle_alert is 'Settles an alert with a note, by a security administrator it is not about — 处理告警';

create trigger alert_stays before delete on app.alert for each row execute function app.keep_as_recorded();
create trigger alert_as_settled before update on app.alert for each row
  when (old.settled_at is not null) execute function app.keep_as_recorded();
revoke execute on function app.raise_alert, app.settle_alert from public;
grant execute on function app.raise_alert, app.settle_alert to app;
