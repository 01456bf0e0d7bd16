-- Who is asking, looked up by the token in the setting app.token. Everything else the application
-- might claim in a setting is worthless.
--
-- Policies call these as (select auth.…()) so that they run once per statement, not per row.

create function auth.token_hash() returns bytea
language sql stable set search_path = '' as $$
  select sha256(convert_to(nullif(current_setting('app.token', true), ''), 'UTF8'))
$$;

-- The live session of the token, or no row. Administrators have no scope: no case content is theirs.
create view auth.live_session with (security_invoker = true) as
select
  session.token_hash,
  session.staff_id,
  coalesce('job:' || session.job, 'staff:' || session.staff_id) as actor,
  case when session.job is null then staff.role else 'job' end as role,
  staff.area_id,
  case
    when session.job is not null then ''
    when staff.role in ('advisor', 'township', 'district') then staff.area_id
  end as scope
from auth.session
left join app.staff on staff.id = session.staff_id
where now() < session.expires_at
  and now() < session.seen_at + session.idle_limit
  and (session.job is not null or staff.active);

create function auth.actor() returns text
language sql stable security definer set search_path = '' as $$
  select actor from auth.live_session where token_hash = auth.token_hash()
$$;
comment on function auth.actor() is 'Who is asking: staff:<uuid> or job:<name>; null without a live session';

create function auth.staff_id() returns uuid
language sql stable security definer set search_path = '' as $$
  select staff_id from auth.live_session where token_hash = auth.token_hash()
$$;

create function auth.role() returns text
language sql stable security definer set search_path = '' as $$
  select role from auth.live_session where token_hash = auth.token_hash()
$$;

create function auth.scope_from() returns text
language sql stable security definer set search_path = '' as $$
  select scope from auth.live_session where token_hash = auth.token_hash()
$$;
comment on function auth.scope_from() is 'First area code (inclusive) whose households the session may see; null for none';

-- ':' follows '9', so the range holds exactly the codes that start with the scope.
create function auth.scope_to() returns text
language sql stable security definer set search_path = '' as $$
  select scope || ':' from auth.live_session where token_hash = auth.token_hash()
$$;
comment on function auth.scope_to() is 'First area code (exclusive) after the scope';

-- The session for the request that carries it; notes at most once a minute that it is in use.
create function auth.caller()
returns table (staff_id uuid, name text, role text, area_id text, area_name text, area_level text)
language plpgsql security definer set search_path = '' as $$
begin
  update auth.session set seen_at = now()
  where token_hash in (
    select session.token_hash from auth.session
    where session.token_hash = auth.token_hash()
      and session.job is null
      and session.seen_at < now() - interval '1 minute'
      and exists (select from auth.live_session live where live.token_hash = session.token_hash)
    for update skip locked);
  return query
    select staff.id, staff.name, staff.role, staff.area_id, area.name, area.level
    from auth.live_session live
    join app.staff on staff.id = live.staff_id
    join app.area on area.id = staff.area_id
    where live.token_hash = auth.token_hash();
end
$$;
comment on function auth.caller() is 'The member of staff behind the token, or no row';

grant execute on function
  auth.token_hash(), auth.actor(), auth.staff_id(), auth.role(), auth.scope_from(), auth.scope_to()
  to app, reports;
grant execute on function auth.caller() to app;

-- Own area with everything inside it, and the areas above it; administrators see the whole map.
create policy area_in_scope_or_above on app.area for select using (
  (id >= (select auth.scope_from()) and id < (select auth.scope_to()))
  or starts_with((select auth.scope_from()), id)
  or (select auth.role()) in ('system-admin', 'security-admin', 'audit-admin')
);

-- Colleagues in one's own area and inside it, oneself, and everybody for the administrators.
create policy staff_in_scope on app.staff for select using (
  (area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to())
    and role in ('advisor', 'township', 'district'))
  or id = (select auth.staff_id())
  or (select auth.role()) in ('system-admin', 'security-admin', 'audit-admin', 'job')
);
