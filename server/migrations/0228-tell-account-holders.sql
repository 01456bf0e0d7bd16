-- Whoever holds an account is told of what changes it or was done with it, in every session but the one that did it,
-- until they say whether it was they. What was not they is an alert at once.

create table auth.account_event (
  id bigint generated always as identity primary key,
  staff_id uuid not null references auth.account (staff_id),
  at timestamptz not null default clock_timestamp(),
  what text not null,
  by_other boolean not null,
  address text,
  agent text,
  session_id uuid,
  mine boolean,
  answered_at timestamptz,
  constraint account_event_answered_whole check ((mine is null) = (answered_at is null))
);
comment on table auth.account_event is 'What the holder of an account is told of it, and what they said to it — 账号变动';
comment on column auth.account_event.by_other is 'An administrator did it, or the program — 他人办理';
comment on column auth.account_event.session_id is 'The session that did it, which is not asked; sessions end, and this stays — 所在会话';
create index account_event_of on auth.account_event (staff_id, id);

create table auth.known_browser (
  staff_id uuid not null references auth.account (staff_id),
  agent_hash bytea not null,
  primary key (staff_id, agent_hash)
);
comment on table auth.known_browser is 'Browsers an account was signed in from, without their version numbers, as hashes — 常用浏览器';

create function auth.tell_holder() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid := substr(new.subject, 7)::uuid;
  cause auth.session;
begin
  select * into cause from auth.session
  where staff_id = whose and (id = (new.detail ->> 'session')::uuid or token_hash = auth.token_hash())
  order by opened_at desc limit 1;
  insert into auth.account_event (staff_id, what, by_other, address, agent, session_id)
  select whose, substr(new.action, 9), other, case when not other then nullif(current_setting('app.address', true), '') end, cause.agent, cause.id
  from (select new.actor not in (new.subject, 'visitor') as other) who
  where exists (select from auth.account where staff_id = whose);
  return null;
end
$$;
comment on function auth.tell_holder is 'Keeps what the holder of an account is to be told — 记入账号变动';
create trigger holder_is_told after insert on app.audit for each row
  when (new.subject like 'staff:%' and new.action in ('account.password-changed', 'account.invitation-accepted', 'account.reset',
    'account.second-factor-on', 'account.second-factor-off', 'account.recovery-code-used', 'account.recovery-codes-renewed',
    'account.sign-on-bound', 'account.locked', 'account.unlocked', 'account.new-browser'))
  execute function auth.tell_holder();

create or replace function auth.let_in(p_staff_id uuid, p_token_hash bytea, p_agent text, p_by text, p_lifetime interval, p_idle_limit interval)
returns void language plpgsql set search_path = '' as $$
declare
  browser bytea := sha256(convert_to(regexp_replace(left(p_agent, 400), '[0-9._]+', '', 'g'), 'UTF8'));
  known boolean := (select bool_or(agent_hash = browser) from auth.known_browser where staff_id = p_staff_id);
begin
  update auth.account set failures = 0, first_failure_at = null, locked_until = null
  where staff_id = p_staff_id;
  delete from auth.session
  where expires_at < now() or (token_hash = auth.token_hash() and awaits is not null);
  insert into auth.session (token_hash, staff_id, expires_at, idle_limit, address, agent)
  values (p_token_hash, p_staff_id, now() + p_lifetime, p_idle_limit,
    nullif(current_setting('app.address', true), ''), left(p_agent, 400));
  perform auth.note('staff:' || p_staff_id, 'session.opened', p_staff_id, jsonb_build_object('by', p_by));
  if browser is not null and known is distinct from true then
    insert into auth.known_browser values (p_staff_id, browser) on conflict do nothing;
    -- The first of all is how an account begins.
    if known is not null then
      perform auth.note('staff:' || p_staff_id, 'account.new-browser', p_staff_id,
        (select jsonb_build_object('session', id) from auth.session where token_hash = p_token_hash));
    end if;
  end if;
end
$$;

-- What happened to the own account in half a year, the latest first.
create function auth.own_events()
returns table (id bigint, at timestamptz, what text, by_other boolean, address text, agent text, mine boolean, here boolean)
language sql stable security definer set search_path = '' as $$
  select event.id, event.at, event.what, event.by_other, event.address, event.agent, event.mine,
    coalesce(event.session_id = (select session.id from auth.session where token_hash = auth.token_hash()), false)
  from auth.account_event event
  where event.staff_id = auth.staff_id() and event.at > now() - interval '180 days'
  order by event.id desc limit 50
$$;
comment on function auth.own_events is 'What the holder of an account is told of it — 本人账号变动';

-- How many of them were still to be answered. Nobody answers in the session that did it.
create function auth.answer_events(p_ids bigint[], p_mine boolean) returns int
language plpgsql security definer set search_path = '' as $$
declare
  who uuid := auth.staff_id();
  answered int;
  first_at timestamptz;
  last_at timestamptz;
  entry bigint;
begin
  with answer as (
    update auth.account_event set mine = p_mine, answered_at = clock_timestamp()
    where id = any (p_ids) and staff_id = who and mine is null
      and session_id is distinct from (select session.id from auth.session where token_hash = auth.token_hash())
    returning at)
  select count(*)::int, min(at), max(at) into answered, first_at, last_at from answer;
  if answered = 0 then return 0; end if;
  insert into app.audit (actor, action, subject, detail)
  values ('staff:' || who, case when p_mine then 'account.owned' else 'account.disowned' end, 'staff:' || who,
    jsonb_build_object('events', p_ids))
  returning id into entry;
  if not p_mine then
    perform auth.add_alert('account-disowned', who,
      jsonb_build_object('count', answered, 'from', first_at, 'to', last_at, 'entries', jsonb_build_array(entry)), entry);
  end if;
  return answered;
end
$$;
comment on function auth.answer_events is 'The holder says whether it was they; what was not is an alert at once — 确认账号变动';

revoke execute on function auth.tell_holder, auth.own_events, auth.answer_events from public;
grant execute on function auth.own_events, auth.answer_events to signin;
