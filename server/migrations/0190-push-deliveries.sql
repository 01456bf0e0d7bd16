-- Departments' systems push deliveries: each with a key of its own, which may hand in files of one source and do
-- nothing else. Of a key the database holds the public half alone, so that a copy of it signs nothing.

create table app.push_key (
  id uuid primary key default gen_random_uuid(),
  -- As in sources.yaml.
  source text not null check (length(source) between 1 and 40),
  name text not null check (length(name) between 1 and 100),
  -- Ed25519, RFC 8032.
  public_key bytea not null check (length(public_key) = 32),
  -- Its last day.
  valid_to date not null,
  made_by uuid not null default auth.staff_id() references app.staff (id),
  made_at timestamptz not null default clock_timestamp(),
  revoked_by uuid references app.staff (id),
  revoked_at timestamptz,
  used_at timestamptz,
  constraint push_key_revoked_whole check ((revoked_by is null) = (revoked_at is null))
);
comment on table app.push_key is 'What a department''s system signs its deliveries with; the public half — 推送密钥';
comment on column app.push_key.used_at is 'When it last opened the door — 最近使用';
create index push_key_of_source on app.push_key (source, made_at);
alter table app.push_key enable row level security;
alter table app.push_key force row level security;
create policy push_key_for_stewards on app.push_key for select using (
  (select auth.role()) = 'job' or (select auth.capabilities()) && array['data-steward']);
create policy push_key_by_stewards on app.push_key for insert with check (
  (select auth.capabilities()) && array['data-steward']);
grant select on app.push_key to app;
grant insert (source, name, public_key, valid_to) on app.push_key to app;

-- A session is of a member of staff, of the program, or of a key.
alter table auth.session add column push_key uuid references app.push_key (id);
alter table auth.session drop constraint session_is_one_of_both;
alter table auth.session add constraint session_is_one_of_three
  check (num_nonnulls(staff_id, job, push_key) = 1);

create or replace view auth.live_session with (security_invoker = true) as
select
  session.token_hash,
  session.staff_id,
  coalesce('job:' || session.job, 'staff:' || session.staff_id, 'push-key:' || session.push_key) as actor,
  case
    when session.job is not null then 'job'
    when session.push_key is not null then 'push-key'
    else staff.role
  end as role,
  staff.area_id,
  case
    when session.job is not null then ''
    when staff.role in ('advisor', 'township', 'district') then staff.area_id
  end as scope,
  session.push_key,
  push_key.source
from auth.session
left join app.staff on staff.id = session.staff_id
left join app.push_key on push_key.id = session.push_key
where now() < session.expires_at
  and now() < session.seen_at + session.idle_limit
  and session.awaits is null
  and (session.job is not null or staff.active
    or push_key.revoked_at is null and push_key.valid_to >= (now() at time zone 'Asia/Shanghai')::date);

create function auth.push_key() returns uuid
language sql stable security definer set search_path = '' as $$
  select push_key from auth.live_session where token_hash = auth.token_hash()
$$;
comment on function auth.push_key() is 'The key behind the token; null for anybody else';

create function auth.push_source() returns text
language sql stable security definer set search_path = '' as $$
  select source from auth.live_session where token_hash = auth.token_hash()
$$;
comment on function auth.push_source() is 'The one source whose deliveries the key behind the token may hand in';
revoke execute on function auth.push_key, auth.push_source from public;
grant execute on function auth.push_key, auth.push_source to app;

-- A delivery comes from a person or by a key, and by a key under a name that the sender gives it.
alter table app.delivery
  alter column received_by drop not null,
  add column push_key uuid default auth.push_key() references app.push_key (id),
  add column push_id text check (length(push_id) between 1 and 200),
  -- SHA-256 of what was announced.
  add column push_hash bytea check (length(push_hash) = 32),
  add constraint delivery_has_one_sender check ((received_by is null) <> (push_key is null)),
  add constraint delivery_pushed_whole check (num_nonnulls(push_key, push_id, push_hash) in (0, 3)),
  add unique (push_key, push_id);
comment on column app.delivery.push_id is 'What its sender calls it: the same push again is this delivery — 推送编号';
grant insert (push_id, push_hash) on app.delivery to app;
create policy delivery_of_its_key on app.delivery for select using (push_key = (select auth.push_key()));
create policy delivery_by_key on app.delivery for insert with check (
  push_key = (select auth.push_key()) and source = (select auth.push_source()));
create policy delivery_piece_of_its_key on app.delivery_piece for select using (
  (select auth.push_key()) is not null and exists (
    select from app.delivery where delivery.id = delivery_id and push_key = (select auth.push_key())));
create policy delivery_piece_by_key on app.delivery_piece for insert with check (
  (select auth.push_key()) is not null and exists (
    select from app.delivery where delivery.id = delivery_id and push_key = (select auth.push_key())));

-- From where a push came is noted as for everybody.
drop trigger why_and_from_where on app.audit;
create trigger why_and_from_where before insert on app.audit
  for each row when (new.actor like 'staff:%' or new.actor like 'push-key:%' or new.actor = 'visitor')
  execute function app.note_why_and_from_where();

-- The doors for role signin: the program checks the signature, the database whether the key still holds.
create function auth.push_key_called(p_key uuid)
returns table (source text, public_key bytea, state text)
language sql stable security definer set search_path = '' as $$
  select source, public_key,
    case
      when revoked_at is not null then 'revoked'
      when valid_to < (now() at time zone 'Asia/Shanghai')::date then 'expired'
      else 'live'
    end
  from app.push_key where id = p_key
$$;
comment on function auth.push_key_called is 'The public half of a key, of which source it is, and whether it holds today';

create function auth.open_push_session(p_key uuid, p_token_hash bytea, p_lifetime interval) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update app.push_key set used_at = now()
  where id = p_key and revoked_at is null and valid_to >= (now() at time zone 'Asia/Shanghai')::date;
  if not found then
    return false;
  end if;
  delete from auth.session where expires_at < now();
  insert into auth.session (token_hash, push_key, expires_at, idle_limit)
  values (p_token_hash, p_key, now() + p_lifetime, p_lifetime);
  return true;
end
$$;
comment on function auth.open_push_session is 'Opens a session of a key that holds today, and says whether it did';

create function auth.push_refused(p_key uuid, p_source text, p_because text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if p_because not in ('unsigned', 'unknown', 'signature', 'time', 'revoked', 'expired', 'source', 'content') then
    raise invalid_parameter_value using message = 'not a reason to refuse a push: ' || p_because;
  end if;
  insert into app.audit (actor, action, subject, detail)
  select 'visitor', 'push.refused', (select 'push-key:' || id from app.push_key where id = p_key),
    jsonb_build_object('because', p_because, 'source', left(p_source, 40));
end
$$;
comment on function auth.push_refused is 'Notes a push that was turned away — 推送被拒';
revoke execute on function auth.push_key_called, auth.open_push_session, auth.push_refused from public;
grant execute on function auth.push_key_called, auth.open_push_session, auth.push_refused to signin;

create function app.revoke_push_key(of_key uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not coalesce(auth.capabilities() && array['data-steward'], false) then
    raise exception 'keys are for data stewards' using errcode = 'insufficient_privilege';
  end if;
  update app.push_key set revoked_by = auth.staff_id(), revoked_at = clock_timestamp()
  where id = of_key and revoked_at is null;
  if found then
    delete from auth.session where push_key = of_key;
    return true;
  end if;
  return false;
end
$$;
comment on function app.revoke_push_key is 'Ends a key for good; false where it was ended before — 吊销推送密钥';
revoke execute on function app.revoke_push_key from public;
grant execute on function app.revoke_push_key to app;
