-- What the security administrator does with accounts. Every function asks for that role itself, leaves one's own
-- account alone and notes the deed with its reason, in the same transaction.

alter table auth.account
  add column signed_in_at timestamptz;
comment on column auth.account.signed_in_at is 'When a session of it was last opened';

create function auth.note_sign_in() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update auth.account set signed_in_at = now() where staff_id = new.staff_id;
  return null;
end
$$;
create trigger sign_in_noted after insert on auth.session
  for each row when (new.staff_id is not null and new.awaits is null)
  execute function auth.note_sign_in();

-- An administrator is nobody else: neither becomes one of another kind, nor works on cases. Another role is another
-- account, of another person.
create function app.keep_administrators_apart() returns trigger
language plpgsql set search_path = '' as $$
declare
  administrators constant text[] := array['system-admin', 'security-admin', 'audit-admin'];
begin
  if new.role <> old.role and (old.role = any (administrators) or new.role = any (administrators)) then
    raise check_violation using message = 'an administrator keeps the role, and nobody becomes one',
      constraint = 'administrator_is_one_person';
  end if;
  return new;
end
$$;
create trigger administrators_apart before update of role on app.staff
  for each row execute function app.keep_administrators_apart();

create function auth.as_security_administrator(p_staff_id uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if auth.role() is distinct from 'security-admin' then
    raise insufficient_privilege using message = 'accounts are for the security administrator';
  end if;
  if p_staff_id = auth.staff_id() then
    raise insufficient_privilege using message = 'nobody administers their own account';
  end if;
end
$$;
comment on function auth.as_security_administrator(uuid) is 'Refuses everybody else, and their own account; for the functions of this schema only';

create function auth.stated_reason() returns text
language plpgsql stable set search_path = '' as $$
begin
  if coalesce(trim(current_setting('app.reason', true)), '') = '' then
    raise invalid_parameter_value using message = 'this wants a reason';
  end if;
  return current_setting('app.reason', true);
end
$$;
comment on function auth.stated_reason() is 'Why, as the person said; refuses whoever said nothing. For the functions of this schema only';

create function auth.accounts(p_search text)
returns table (
  id uuid, name text, role text, area_id text, area_name text, username text, state text,
  second_factor boolean, signed_in_at timestamptz, sessions int, locked_until timestamptz,
  invited_until timestamptz, own boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform auth.as_security_administrator(null);
  return query
    select staff.id, staff.name, staff.role, staff.area_id, area.name, account.username,
      case
        when not staff.active then 'disabled'
        when account.locked_until > now() then 'locked'
        when account.password_hash is null
          and not exists (select from auth.sign_on where sign_on.staff_id = staff.id) then 'invited'
        else 'active'
      end,
      account.totp_secret is not null, account.signed_in_at,
      (select count(*)::int from auth.live_session where live_session.staff_id = staff.id),
      case when account.locked_until > now() then account.locked_until end,
      (select max(expires_at) from auth.invitation
        where invitation.staff_id = staff.id and used_at is null and expires_at > now()),
      staff.id = auth.staff_id()
    from app.staff
    join auth.account on account.staff_id = staff.id
    join app.area on area.id = staff.area_id
    where p_search is null or strpos(lower(staff.name || ' ' || account.username), lower(p_search)) > 0
    order by staff.active desc, staff.area_id, staff.name, account.username;
end
$$;

-- A new person with an account and an invitation. Whoever is an administrator is it under that name only, so that
-- nobody gives themselves a second role by another account.
create function auth.invite_staff(
  p_name text, p_role text, p_area_id text, p_username text, p_token_hash bytea, p_life interval)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  administrators constant text[] := array['system-admin', 'security-admin', 'audit-admin'];
  made uuid;
begin
  perform auth.as_security_administrator(null);
  if exists (
    select from app.staff
    where active and lower(trim(name)) = lower(trim(p_name))
      and (role = any (administrators) or p_role = any (administrators))
  ) then
    raise check_violation using message = 'an administrator has this name, or would have that of somebody else',
      constraint = 'administrator_is_one_person';
  end if;
  insert into app.staff (name, role, area_id) values (trim(p_name), p_role, p_area_id) returning id into made;
  insert into auth.account (staff_id, username) values (made, p_username);
  insert into auth.invitation (token_hash, staff_id, expires_at) values (p_token_hash, made, now() + p_life);
  perform auth.note(auth.actor(), 'account.invited', made,
    jsonb_build_object('role', p_role, 'area', p_area_id));
  return made;
end
$$;

-- A link to choose a password anew. The old one and every session end at once, an earlier link is void. The
-- authenticator goes too where that is asked for, but not that of an administrator: nobody of the three takes the
-- place of another.
create function auth.reset_account(
  p_staff_id uuid, p_token_hash bytea, p_life interval, p_second_factor boolean)
returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  held text;
  ended int;
begin
  perform auth.as_security_administrator(p_staff_id);
  perform auth.stated_reason();
  select role into held from app.staff where id = p_staff_id and active;
  if held is null then return false; end if;
  if p_second_factor and held in ('system-admin', 'security-admin', 'audit-admin') then
    raise insufficient_privilege using message = 'the authenticator of an administrator is not reset by another';
  end if;
  update auth.account set password_hash = null, failures = 0, first_failure_at = null, locked_until = null
  where staff_id = p_staff_id;
  delete from auth.sign_on where staff_id = p_staff_id;
  if p_second_factor then
    update auth.account set totp_secret = null, totp_on_at = null, totp_offered = null where staff_id = p_staff_id;
    delete from auth.recovery_code where staff_id = p_staff_id;
  end if;
  update auth.invitation set used_at = now() where staff_id = p_staff_id and used_at is null;
  insert into auth.invitation (token_hash, staff_id, expires_at) values (p_token_hash, p_staff_id, now() + p_life);
  delete from auth.session where staff_id = p_staff_id;
  get diagnostics ended = row_count;
  perform auth.note(auth.actor(), 'account.reset', p_staff_id,
    jsonb_build_object('secondFactor', p_second_factor, 'sessionsEnded', ended));
  return true;
end
$$;

create function auth.unlock_account(p_staff_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform auth.as_security_administrator(p_staff_id);
  update auth.account set failures = 0, first_failure_at = null, locked_until = null
  where staff_id = p_staff_id and locked_until > now();
  if not found then return false; end if;
  perform auth.note(auth.actor(), 'account.unlocked', p_staff_id, null);
  return true;
end
$$;

-- Somebody leaves, or comes back. The last administrator of a kind stays, or nobody could watch the others.
create function auth.set_account_active(p_staff_id uuid, p_active boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  held text;
begin
  perform auth.as_security_administrator(p_staff_id);
  perform auth.stated_reason();
  update app.staff set active = p_active where id = p_staff_id and active <> p_active returning role into held;
  if held is null then return false; end if;
  if not p_active then
    if held in ('system-admin', 'security-admin', 'audit-admin')
      and not exists (select from app.staff where role = held and active) then
      raise check_violation using message = 'the last administrator of a kind stays',
        constraint = 'administrator_of_each_kind';
    end if;
    delete from auth.session where staff_id = p_staff_id;
    update auth.invitation set used_at = now() where staff_id = p_staff_id and used_at is null;
  end if;
  perform auth.note(auth.actor(), case when p_active then 'account.enabled' else 'account.disabled' end,
    p_staff_id, null);
  return true;
end
$$;

create function auth.end_sessions_of(p_staff_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  ended int;
begin
  perform auth.as_security_administrator(p_staff_id);
  delete from auth.session where staff_id = p_staff_id;
  get diagnostics ended = row_count;
  if ended = 0 then return false; end if;
  perform auth.note(auth.actor(), 'account.sessions-ended', p_staff_id, jsonb_build_object('sessions', ended));
  return true;
end
$$;

grant execute on function
  auth.accounts(text),
  auth.invite_staff(text, text, text, text, bytea, interval),
  auth.reset_account(uuid, bytea, interval, boolean),
  auth.unlock_account(uuid),
  auth.set_account_active(uuid, boolean),
  auth.end_sessions_of(uuid)
  to signin;
