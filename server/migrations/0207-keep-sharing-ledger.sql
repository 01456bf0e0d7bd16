-- The ledger of what the district asks other bodies to share: each request with what it states, the steps it took, how
-- the data was used, and what was asked to be corrected. Nothing is changed or removed: use is on record for good, which
-- the regulation wants for three years. No due day is stored; it is counted by the calendar (0205) when it is asked.

create table app.sharing_request (
  id bigint generated always as identity primary key,
  -- As in sources.yaml.
  source text not null check (length(source) between 1 and 40),
  made_at timestamptz not null default clock_timestamp(),
  made_by uuid not null default auth.staff_id() references app.staff (id)
);
comment on table app.sharing_request is 'Requests that another body share data with the district — 数据共享申请';

create table app.sharing_content (
  id bigint generated always as identity primary key,
  request_id bigint not null references app.sharing_request (id),
  data text not null check (length(data) between 2 and 200),
  sharing text not null check (sharing in ('unconditional', 'conditional')),
  legal_basis text not null check (length(legal_basis) between 2 and 300),
  scenario text not null check (length(scenario) between 2 and 500),
  scope text not null check (length(scope) between 2 and 500),
  method text not null check (method in ('interface', 'table', 'file', 'lookup', 'other')),
  use_from date not null,
  use_to date not null,
  -- Data that was gathered in the district and lies with a body above it.
  flows_back boolean not null,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  constraint sharing_content_period check (use_from <= use_to)
);
comment on table app.sharing_content is 'What a request states: basis, scenario, scope, method, period — 申请内容';
comment on column app.sharing_content.sharing is 'Class of the item in the catalogue, which sets the time to answer — 共享类型';
comment on column app.sharing_content.flows_back is 'Asks back what the district itself gathered — 数据回流';
create unique index sharing_content_current on app.sharing_content (request_id) where superseded_at is null;
create index sharing_content_of_request on app.sharing_content (request_id, id);

create table app.sharing_step (
  id bigint generated always as identity primary key,
  request_id bigint not null references app.sharing_request (id),
  -- From 1; two that were taken at once cannot both be the next.
  number int not null check (number > 0),
  kind text not null check (kind in ('sent', 'missing-told', 'supplemented', 'extended', 'accepted', 'refused',
    'delivered', 'ended', 'destroyed', 'withdrawn')),
  on_day date not null,
  text text check (length(text) between 2 and 1000),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  unique (request_id, number),
  -- What is missing is told once, an answer put off once, and whatever else happens happens once.
  unique (request_id, kind),
  constraint sharing_step_says_why
    check (text is not null or kind in ('sent', 'accepted', 'delivered'))
);
comment on table app.sharing_step is 'What became of a request, step by step, and who recorded it — 办理过程';

create table app.sharing_use (
  id bigint generated always as identity primary key,
  request_id bigint not null references app.sharing_request (id),
  on_day date not null,
  scene text not null check (length(scene) between 2 and 500),
  process text not null check (length(process) between 2 and 500),
  effect text check (length(effect) between 2 and 500),
  storage text check (length(storage) between 2 and 500),
  destruction text check (length(destruction) between 2 and 500),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id)
);
comment on table app.sharing_use is 'How shared data was used: scene, process, effect, storage, destruction — 使用记录';
create index sharing_use_of_request on app.sharing_use (request_id, on_day);

create table app.sharing_correction (
  id bigint generated always as identity primary key,
  request_id bigint not null references app.sharing_request (id),
  -- The one that this row answers; null for one that asks.
  answers bigint unique references app.sharing_correction (id),
  on_day date not null,
  text text not null check (length(text) between 2 and 1000),
  corrected boolean,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  constraint sharing_correction_asks_or_answers check ((answers is null) = (corrected is null))
);
comment on table app.sharing_correction is 'What the source was asked to correct, and what it answered, once — 数据纠错';
create index sharing_correction_of_request on app.sharing_correction (request_id, id);

do $$
declare
  name text;
begin
  foreach name in array array['sharing_request', 'sharing_content', 'sharing_step', 'sharing_use', 'sharing_correction'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create policy %I on app.%I for select using (
        (select auth.role()) = ''job'' or (select auth.capabilities()) && array[''data-steward''])',
      name || '_for_stewards', name);
    execute format('grant select on app.%I to app', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()',
      name || '_stays', name);
    if name = 'sharing_content' then
      execute 'create trigger sharing_content_as_recorded before update on app.sharing_content for each row
        when (to_jsonb(old) - ''superseded_at'' is distinct from to_jsonb(new) - ''superseded_at'' or old.superseded_at is not null)
        execute function app.keep_as_recorded()';
    else
      execute format('create policy %I on app.%I for insert with check ((select auth.capabilities()) && array[''data-steward''])',
        name || '_by_stewards', name);
      execute format('create trigger %I before update on app.%I for each row execute function app.keep_as_recorded()',
        name || '_as_recorded', name);
    end if;
  end loop;
end
$$;
grant insert (source) on app.sharing_request to app;
grant insert (request_id, number, kind, on_day, text) on app.sharing_step to app;
grant insert (request_id, on_day, scene, process, effect, storage, destruction) on app.sharing_use to app;
grant insert (request_id, answers, on_day, text, corrected) on app.sharing_correction to app;

-- What a request states from now on; null where somebody else stated something since `seen`. Once it is sent its purpose
-- and scope stand, but for what the source says is missing.
create function app.state_sharing(of_request bigint, content jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  if not coalesce(auth.capabilities() && array['data-steward'], false) then
    raise exception 'requests to share are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform from app.sharing_request where id = of_request for update;
  if (select kind from app.sharing_step where request_id = of_request order by number desc limit 1) <> 'missing-told' then
    raise exception 'what was asked stands' using errcode = 'check_violation';
  end if;
  if seen is distinct from (select id from app.sharing_content where request_id = of_request and superseded_at is null) then
    return null;
  end if;
  update app.sharing_content set superseded_at = clock_timestamp()
  where request_id = of_request and superseded_at is null;
  insert into app.sharing_content
    (request_id, data, sharing, legal_basis, scenario, scope, method, use_from, use_to, flows_back)
  values (of_request, content ->> 'data', content ->> 'sharing', content ->> 'legalBasis', content ->> 'scenario',
    content ->> 'scope', content ->> 'method', (content ->> 'useFrom')::date, (content ->> 'useTo')::date,
    (content ->> 'flowsBack')::boolean)
  returning id into made;
  return made;
end
$$;
comment on function app.state_sharing is 'What a request states from now on, by a data steward of the district — 登记申请内容';
revoke execute on function app.state_sharing from public;
grant execute on function app.state_sharing to app;
