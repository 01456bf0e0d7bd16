-- The only doors to accounts and sessions, for role signin alone. Passwords are hashed and
-- compared in the program; the database counts failures and locks.

create function auth.account_for_sign_in(p_username text)
returns table (staff_id uuid, password_hash text, locked_until timestamptz)
language sql stable security definer set search_path = '' as $$
  select account.staff_id, account.password_hash,
    case when account.locked_until > now() then account.locked_until end
  from auth.account join app.staff on staff.id = account.staff_id
  where account.username = p_username and staff.active
$$;

-- Returns until when the account is now locked, if it is.
create function auth.sign_in_failed(p_staff_id uuid, p_limit int, p_window interval, p_lock interval)
returns timestamptz
language sql volatile security definer set search_path = '' as $$
  update auth.account set
    failures = case when first_failure_at > now() - p_window then failures + 1 else 1 end,
    first_failure_at = case when first_failure_at > now() - p_window then first_failure_at else now() end,
    locked_until = case
      when (case when first_failure_at > now() - p_window then failures + 1 else 1 end) >= p_limit
      then now() + p_lock
    end
  where staff_id = p_staff_id and (locked_until is null or locked_until <= now())
  returning locked_until
$$;

-- Opens the session unless the account was locked meanwhile; says whether it did.
create function auth.open_session(
  p_staff_id uuid, p_token_hash bytea, p_lifetime interval, p_idle_limit interval)
returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update auth.account set failures = 0, first_failure_at = null, locked_until = null
  where staff_id = p_staff_id and (locked_until is null or locked_until <= now());
  if not found then return false; end if;
  delete from auth.session where expires_at < now();
  insert into auth.session (token_hash, staff_id, expires_at, idle_limit)
  values (p_token_hash, p_staff_id, now() + p_lifetime, p_idle_limit);
  return true;
end
$$;

create function auth.open_job_session(p_job text, p_token_hash bytea, p_lifetime interval)
returns void
language sql volatile security definer set search_path = '' as $$
  delete from auth.session where expires_at < now();
  insert into auth.session (token_hash, job, expires_at, idle_limit)
  values (p_token_hash, p_job, now() + p_lifetime, p_lifetime)
$$;

create function auth.close_session(p_token_hash bytea) returns void
language sql volatile security definer set search_path = '' as $$
  delete from auth.session where token_hash = p_token_hash
$$;

-- Who an unused invitation is for, or no row.
create function auth.invitation_for(p_token_hash bytea)
returns table (staff_id uuid, name text, role text, username text)
language sql stable security definer set search_path = '' as $$
  select staff.id, staff.name, staff.role, account.username
  from auth.invitation
  join app.staff on staff.id = invitation.staff_id
  join auth.account on account.staff_id = staff.id
  where invitation.token_hash = p_token_hash and invitation.used_at is null
    and invitation.expires_at > now() and staff.active
$$;

-- Uses up the invitation, sets the password and ends every older session of that person.
create function auth.accept_invitation(p_token_hash bytea, p_password_hash text)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  invited uuid;
begin
  update auth.invitation set used_at = now()
  where token_hash = p_token_hash and used_at is null and expires_at > now()
    and exists (select from app.staff where id = invitation.staff_id and active)
  returning staff_id into invited;
  if invited is null then return null; end if;
  update auth.account
  set password_hash = p_password_hash, failures = 0, first_failure_at = null, locked_until = null
  where staff_id = invited;
  delete from auth.session where staff_id = invited;
  return invited;
end
$$;

grant execute on function
  auth.account_for_sign_in(text),
  auth.sign_in_failed(uuid, int, interval, interval),
  auth.open_session(uuid, bytea, interval, interval),
  auth.open_job_session(text, bytea, interval),
  auth.close_session(bytea),
  auth.invitation_for(bytea),
  auth.accept_invitation(bytea, text)
  to signin;
