-- An auditor looks through the log by day, by household and by address; officials tell a household who
-- looked at it.

-- Lists note whom they showed.
create index audit_shown on app.audit using gin ((detail -> 'shown') jsonb_path_ops) where detail ? 'shown';

create function app.looks_at(of_household bigint, most integer)
returns table (id bigint, at timestamptz, actor text, name text, role text, action text, reason text, fields text[])
language sql stable security definer set search_path = '' as $$
  with seen as (
    select household.id, household.area_id from app.household
    where household.id = of_household and auth.role() in ('township', 'district')
      and household.area_id >= auth.scope_from() and household.area_id < auth.scope_to()
  ), leads as (
    select lead.id from app.lead join seen on seen.id = lead.household_id
    -- A lead that rests on clinical facts is told to nobody by its number.
    where not lead.clinical
  ), entries as (
    select audit.* from app.audit join seen on audit.household_id = seen.id
    union
    select audit.* from app.audit join seen on audit.detail ? 'shown'
      and audit.detail -> 'shown' @> to_jsonb(seen.id) and audit.action not like 'lead.%' and audit.action not like 'lab.%'
    union
    select audit.* from app.audit join leads on audit.detail ? 'shown'
      and audit.detail -> 'shown' @> to_jsonb(leads.id) and audit.action like 'lead.%'
  )
  select entries.id, entries.at, entries.actor, staff.name, staff.role, entries.action, entries.reason, entries.fields
  from entries left join app.staff on entries.actor = 'staff:' || staff.id
  where entries.actor like 'staff:%'
  order by entries.id desc limit least(most, 1000)
$$;
comment on function app.looks_at is 'Who of the staff looked at a household or wrote in it, latest first; for officials of its area — 查阅记录';
revoke execute on function app.looks_at from public;
grant execute on function app.looks_at to app;
