-- Who comes and goes is noted in the audit log, in the transaction in which it happens. Of a sign-in that failed
-- the log has the account it was tried on, where there is one, and never what was typed: people type their
-- password into the field for the name.

alter table auth.session
  add column id uuid not null default gen_random_uuid() unique,
  add column address text,
  add column agent text check (length(agent) <= 400);
comment on column auth.session.agent is 'What the browser says it is — 浏览器标识';

alter table auth.account
  add column password_changed_at timestamptz;

-- A visitor is somebody who has not signed in; from where they came is noted as for everybody.
drop trigger why_and_from_where on app.audit;
create trigger why_and_from_where before insert on app.audit
  for each row when (new.actor like 'staff:%' or new.actor = 'visitor')
  execute function app.note_why_and_from_where();

create function auth.note(p_actor text, p_action text, p_staff_id uuid, p_detail jsonb) returns void
language sql volatile set search_path = '' as $$
  insert into app.audit (actor, action, subject, detail)
  values (p_actor, p_action, 'staff:' || p_staff_id, p_detail)
$$;
comment on function auth.note(text, text, uuid, jsonb) is 'Notes what happened to an account or session; for the functions of this schema only';

-- Notes the refusal and counts it, unless the account is locked already. Returns until when it is now locked.
drop function auth.sign_in_failed(uuid, int, interval, interval);
create function auth.sign_in_failed(
  p_staff_id uuid, p_because text, p_limit int, p_window interval, p_lock interval)
returns timestamptz
language plpgsql security definer set search_path = '' as $$
declare
  locked timestamptz;
begin
  if p_because not in ('unknown', 'locked', 'password', 'code', 'recovery-code') then
    raise invalid_parameter_value using message = 'not a reason to refuse a sign-in: ' || p_because;
  end if;
  perform auth.note(coalesce(auth.actor(), 'visitor'), 'session.refused', p_staff_id,
    jsonb_build_object('because', p_because));
  if p_because = 'locked' then return null; end if;
  update auth.account set
    failures = case when first_failure_at > now() - p_window then failures + 1 else 1 end,
    first_failure_at = case when first_failure_at > now() - p_window then first_failure_at else now() end,
    locked_until = case
      when (case when first_failure_at > now() - p_window then failures + 1 else 1 end) >= p_limit
      then now() + p_lock
    end
  where staff_id = p_staff_id and (locked_until is null or locked_until <= now())
  returning locked_until into locked;
  if locked is not null then
    perform auth.note(coalesce(auth.actor(), 'visitor'), 'account.locked', p_staff_id,
      jsonb_build_object('until', locked));
  end if;
  return locked;
end
$$;

drop function auth.open_session(uuid, bytea, interval, interval);
create function auth.open_session(
  p_staff_id uuid, p_token_hash bytea, p_agent text, p_lifetime interval, p_idle_limit interval)
returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update auth.account set failures = 0, first_failure_at = null, locked_until = null
  where staff_id = p_staff_id and (locked_until is null or locked_until <= now());
  if not found then return false; end if;
  delete from auth.session where expires_at < now();
  insert into auth.session (token_hash, staff_id, expires_at, idle_limit, address, agent)
  values (p_token_hash, p_staff_id, now() + p_lifetime, p_idle_limit,
    nullif(current_setting('app.address', true), ''), left(p_agent, 400));
  perform auth.note('staff:' || p_staff_id, 'session.opened', p_staff_id,
    jsonb_build_object('by', 'password'));
  return true;
end
$$;

create or replace function auth.close_session(p_token_hash bytea) returns void
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
begin
  delete from auth.session where token_hash = p_token_hash returning staff_id into whose;
  -- The program closes sessions of its own as well.
  if whose is not null then
    perform auth.note('staff:' || whose, 'session.closed', whose, null);
  end if;
end
$$;

create or replace function auth.accept_invitation(p_token_hash bytea, p_password_hash text)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  invited uuid;
  ended int;
begin
  update auth.invitation set used_at = now()
  where token_hash = p_token_hash and used_at is null and expires_at > now()
    and exists (select from app.staff where id = invitation.staff_id and active)
  returning staff_id into invited;
  if invited is null then return null; end if;
  update auth.account
  set password_hash = p_password_hash, password_changed_at = now(),
    failures = 0, first_failure_at = null, locked_until = null
  where staff_id = invited;
  delete from auth.session where staff_id = invited;
  get diagnostics ended = row_count;
  perform auth.note('staff:' || invited, 'account.invitation-accepted', invited,
    jsonb_build_object('sessionsEnded', ended));
  return invited;
end
$$;

-- What the holder of the presented session needs to change how they sign in, or no row.
create function auth.own_account()
returns table (
  staff_id uuid, name text, role text, username text, password_hash text, password_changed_at timestamptz,
  locked_until timestamptz)
language sql stable security definer set search_path = '' as $$
  select staff.id, staff.name, staff.role, account.username, account.password_hash,
    account.password_changed_at, case when account.locked_until > now() then account.locked_until end
  from auth.account join app.staff on staff.id = account.staff_id
  where account.staff_id = auth.staff_id()
$$;

-- Every other session of theirs ends; says how many those were, or null without a session.
create function auth.change_password(p_password_hash text) returns int
language plpgsql security definer set search_path = '' as $$
declare
  mine uuid := auth.staff_id();
  ended int;
begin
  if mine is null then return null; end if;
  update auth.account
  set password_hash = p_password_hash, password_changed_at = now(), failures = 0, first_failure_at = null
  where staff_id = mine;
  update auth.invitation set used_at = now() where staff_id = mine and used_at is null;
  delete from auth.session where staff_id = mine and token_hash <> auth.token_hash();
  get diagnostics ended = row_count;
  perform auth.note('staff:' || mine, 'account.password-changed', mine,
    jsonb_build_object('sessionsEnded', ended));
  return ended;
end
$$;

create function auth.own_sessions()
returns table (
  id uuid, opened_at timestamptz, seen_at timestamptz, address text, agent text, current boolean)
language sql stable security definer set search_path = '' as $$
  select session.id, session.opened_at, session.seen_at, session.address, session.agent,
    session.token_hash = auth.token_hash()
  from auth.session join auth.live_session live using (token_hash)
  where session.staff_id = auth.staff_id()
  order by session.token_hash = auth.token_hash() desc, session.seen_at desc
$$;

-- Ends one other session of the holder, or all of them with null; says how many those were.
create function auth.end_own_sessions(p_id uuid) returns int
language plpgsql security definer set search_path = '' as $$
declare
  mine uuid := auth.staff_id();
  ended int;
begin
  delete from auth.session
  where staff_id = mine and token_hash <> auth.token_hash() and (p_id is null or id = p_id);
  get diagnostics ended = row_count;
  if ended > 0 then
    perform auth.note('staff:' || mine, 'account.sessions-ended', mine, jsonb_build_object('sessions', ended));
  end if;
  return ended;
end
$$;

grant execute on function
  auth.sign_in_failed(uuid, text, int, interval, interval),
  auth.open_session(uuid, bytea, text, interval, interval),
  auth.own_account(),
  auth.change_password(text),
  auth.own_sessions(),
  auth.end_own_sessions(uuid)
  to signin;
