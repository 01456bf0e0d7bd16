-- A second factor at the door: a code of an authenticator (RFC 6238), or one of ten that are used once. The secret is
-- sealed by the program; codes to recover with are kept as hashes. A session that still awaits its second factor is no
-- session to anything but the functions below.

alter table auth.account
  add column totp_secret bytea,
  add column totp_on_at timestamptz,
  -- Shown as a picture, not yet confirmed by a code.
  add column totp_offered bytea,
  -- The latest step of 30 seconds of which a code was accepted: none is accepted twice.
  add column totp_step bigint,
  add constraint account_second_factor_whole check ((totp_secret is null) = (totp_on_at is null));
comment on column auth.account.totp_secret is 'The secret of the authenticator, sealed by the program — 第二因素';

create table auth.recovery_code (
  staff_id uuid not null references auth.account (staff_id),
  code_hash bytea not null,
  used_at timestamptz,
  primary key (staff_id, code_hash)
);
comment on table auth.recovery_code is 'Codes that stand in once each for the authenticator, as hashes — 恢复码';

alter table auth.session
  add column awaits text check (awaits in ('code', 'enrolment'));
comment on column auth.session.awaits is 'What is still to be done before the session opens anything; null for nothing — 等待第二因素';

create or replace view auth.live_session with (security_invoker = true) as
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
  and session.awaits is null
  and (session.job is not null or staff.active);

create function auth.is_appointed(p_staff_id uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from app.appointment
    where appointment.staff_id = p_staff_id
      and (valid_to is null or valid_to >= (now() at time zone 'Asia/Shanghai')::date))
$$;
comment on function auth.is_appointed(uuid) is 'To draft or approve policies, now or later; for the functions of this schema only';

drop function auth.account_for_sign_in(text);
create function auth.account_for_sign_in(p_username text)
returns table (
  staff_id uuid, role text, appointed boolean, password_hash text, locked_until timestamptz)
language sql stable security definer set search_path = '' as $$
  select account.staff_id, staff.role, auth.is_appointed(staff.id),
    account.password_hash, case when account.locked_until > now() then account.locked_until end
  from auth.account join app.staff on staff.id = account.staff_id
  where account.username = p_username and staff.active
$$;

-- Puts a session in the place of whatever the presented token is, and clears the count of failures.
create function auth.let_in(
  p_staff_id uuid, p_token_hash bytea, p_agent text, p_by text, p_lifetime interval, p_idle_limit interval)
returns void
language plpgsql volatile set search_path = '' as $$
begin
  update auth.account set failures = 0, first_failure_at = null, locked_until = null
  where staff_id = p_staff_id;
  delete from auth.session
  where expires_at < now() or (token_hash = auth.token_hash() and awaits is not null);
  insert into auth.session (token_hash, staff_id, expires_at, idle_limit, address, agent)
  values (p_token_hash, p_staff_id, now() + p_lifetime, p_idle_limit,
    nullif(current_setting('app.address', true), ''), left(p_agent, 400));
  perform auth.note('staff:' || p_staff_id, 'session.opened', p_staff_id, jsonb_build_object('by', p_by));
end
$$;
comment on function auth.let_in(uuid, bytea, text, text, interval, interval) is 'Opens a session; for the functions of this schema only';

-- Says what comes next: 'open', or what the session still awaits, for ten minutes; null for a locked account. Failures
-- are forgotten only when the door opens, or a right password would give four more tries at the code each time.
drop function auth.open_session(uuid, bytea, text, interval, interval);
create function auth.open_session(
  p_staff_id uuid, p_token_hash bytea, p_agent text, p_by text, p_must_enrol boolean,
  p_lifetime interval, p_idle_limit interval)
returns text
language plpgsql security definer set search_path = '' as $$
declare
  what text;
begin
  select case when totp_secret is not null then 'code' when p_must_enrol then 'enrolment' else 'open' end
  into what from auth.account
  where staff_id = p_staff_id and (locked_until is null or locked_until <= now())
  for update;
  if what = 'open' then
    perform auth.let_in(p_staff_id, p_token_hash, p_agent, p_by, p_lifetime, p_idle_limit);
  elsif what is not null then
    delete from auth.session where expires_at < now() or (staff_id = p_staff_id and awaits is not null);
    insert into auth.session (token_hash, staff_id, expires_at, idle_limit, address, agent, awaits)
    values (p_token_hash, p_staff_id, now() + interval '10 minutes', interval '10 minutes',
      nullif(current_setting('app.address', true), ''), left(p_agent, 400), what);
  end if;
  return what;
end
$$;

-- Who stands between the two steps of signing in, or no row.
create function auth.awaiting()
returns table (
  staff_id uuid, username text, awaits text, totp_secret bytea, totp_offered bytea, totp_step bigint,
  locked_until timestamptz)
language sql stable security definer set search_path = '' as $$
  select account.staff_id, account.username, session.awaits, account.totp_secret, account.totp_offered,
    account.totp_step, case when account.locked_until > now() then account.locked_until end
  from auth.session
  join auth.account using (staff_id)
  join app.staff on staff.id = account.staff_id
  where session.token_hash = auth.token_hash() and session.awaits is not null
    and now() < session.expires_at and staff.active
$$;

-- The second step with a code of the step of 30 seconds, or with a code to recover with; says whether it opened.
create function auth.pass_second_factor(
  p_step bigint, p_recovery_hash bytea, p_token_hash bytea, p_lifetime interval, p_idle_limit interval)
returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  who uuid;
  browser text;
  remain int;
begin
  select awaiting.staff_id into who from auth.awaiting() where awaits = 'code' and locked_until is null;
  if who is null or (p_step is null) = (p_recovery_hash is null) then return false; end if;
  if p_step is not null then
    update auth.account set totp_step = p_step
    where staff_id = who and totp_secret is not null and (totp_step is null or totp_step < p_step);
  else
    update auth.recovery_code set used_at = now()
    where staff_id = who and code_hash = p_recovery_hash and used_at is null;
  end if;
  if not found then return false; end if;
  if p_recovery_hash is not null then
    select count(*) into remain from auth.recovery_code where staff_id = who and used_at is null;
    perform auth.note('staff:' || who, 'account.recovery-code-used', who, jsonb_build_object('left', remain));
  end if;
  select agent into browser from auth.session where token_hash = auth.token_hash();
  perform auth.let_in(who, p_token_hash, browser,
    case when p_step is null then 'recovery-code' else 'code' end, p_lifetime, p_idle_limit);
  return true;
end
$$;

-- Who may set up an authenticator now: somebody signed in, or who must before they are.
create function auth.enrolling() returns uuid
language sql stable set search_path = '' as $$
  select coalesce(auth.staff_id(), (
    select staff_id from auth.awaiting() where awaits = 'enrolment' and locked_until is null))
$$;
comment on function auth.enrolling() is 'For the functions of this schema only';

create function auth.offer_second_factor(p_sealed bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update auth.account set totp_offered = p_sealed where staff_id = auth.enrolling();
  return found;
end
$$;

create function auth.keep_recovery_codes(p_staff_id uuid, p_hashes bytea[]) returns void
language sql volatile set search_path = '' as $$
  delete from auth.recovery_code where staff_id = p_staff_id;
  insert into auth.recovery_code (staff_id, code_hash) select p_staff_id, unnest(p_hashes)
$$;
comment on function auth.keep_recovery_codes(uuid, bytea[]) is 'For the functions of this schema only';

-- Turns on what was offered, once a code of it has been seen, and opens the session of whoever had to. A code counts
-- for one thing only: the step is used up.
create function auth.turn_on_second_factor(
  p_step bigint, p_hashes bytea[], p_token_hash bytea, p_lifetime interval, p_idle_limit interval)
returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  who uuid := auth.enrolling();
  browser text;
begin
  update auth.account
  set totp_secret = totp_offered, totp_offered = null, totp_on_at = now(), totp_step = p_step
  where staff_id = who and totp_offered is not null;
  if not found then return false; end if;
  perform auth.keep_recovery_codes(who, p_hashes);
  perform auth.note('staff:' || who, 'account.second-factor-on', who, null);
  if auth.staff_id() is null then
    select agent into browser from auth.session where token_hash = auth.token_hash();
    perform auth.let_in(who, p_token_hash, browser, 'code', p_lifetime, p_idle_limit);
  end if;
  return true;
end
$$;

create function auth.turn_off_second_factor() returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  mine uuid := auth.staff_id();
begin
  update auth.account
  set totp_secret = null, totp_on_at = null, totp_offered = null
  where staff_id = mine and totp_secret is not null;
  if not found then return false; end if;
  delete from auth.recovery_code where staff_id = mine;
  perform auth.note('staff:' || mine, 'account.second-factor-off', mine, null);
  return true;
end
$$;

create function auth.renew_recovery_codes(p_hashes bytea[]) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  mine uuid := auth.staff_id();
begin
  if not exists (select from auth.account where staff_id = mine and totp_secret is not null) then
    return false;
  end if;
  perform auth.keep_recovery_codes(mine, p_hashes);
  perform auth.note('staff:' || mine, 'account.recovery-codes-renewed', mine, null);
  return true;
end
$$;

drop function auth.own_account();
create function auth.own_account()
returns table (
  staff_id uuid, name text, role text, appointed boolean, username text, password_hash text,
  password_changed_at timestamptz, locked_until timestamptz, second_factor_since timestamptz,
  totp_offered bytea, recovery_codes_left int)
language sql stable security definer set search_path = '' as $$
  select staff.id, staff.name, staff.role, auth.is_appointed(staff.id), account.username,
    account.password_hash, account.password_changed_at,
    case when account.locked_until > now() then account.locked_until end,
    account.totp_on_at, account.totp_offered,
    (select count(*)::int from auth.recovery_code
      where recovery_code.staff_id = staff.id and used_at is null)
  from auth.account join app.staff on staff.id = account.staff_id
  where account.staff_id = auth.staff_id()
$$;

grant execute on function
  auth.account_for_sign_in(text),
  auth.open_session(uuid, bytea, text, text, boolean, interval, interval),
  auth.awaiting(),
  auth.pass_second_factor(bigint, bytea, bytea, interval, interval),
  auth.offer_second_factor(bytea),
  auth.turn_on_second_factor(bigint, bytea[], bytea, interval, interval),
  auth.turn_off_second_factor(),
  auth.renew_recovery_codes(bytea[]),
  auth.own_account()
  to signin;
