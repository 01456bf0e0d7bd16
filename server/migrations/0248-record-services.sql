-- What an advisor did for a household: whom they met, how, what was found and done, what comes next. A record is never
-- rewritten: an edit and an amendment are versions, and what stood before stays. What people said and what was seen is sealed;
-- the counselling note is clinical and lies behind the wall of such facts.

create table app.service_record (
  id bigint generated always as identity primary key,
  -- The record through all its versions: the id of the first.
  number bigint not null,
  version int not null check (version > 0),
  household_id bigint not null references app.household (id),
  person_ids bigint[] not null,
  on_day date not null,
  begins time,
  ends time,
  method text not null check (method in ('visit', 'phone', 'video', 'station', 'online')),
  outcome text not null check (outcome in ('met', 'nobody-home', 'refused', 'put-off', 'away')),
  services text[] not null check (services <@
    '{policy-guidance,resource-linking,counselling,ability-building,social-inclusion}'),
  programmes text[] not null,
  -- Each with name, quantity and value in fen.
  materials jsonb not null check (jsonb_typeof(materials) = 'array'),
  flags text[] not null check (flags <@
    '{low-mood,self-harm-risk,violence-risk,neglect,fall-risk,fire-risk,agitated,dog}'),
  next_day date,
  words_enc bytea not null,
  -- Why it was amended; null for what was first written and for edits on the same day.
  because text check (length(because) between 2 and 300),
  made_by uuid not null default auth.staff_id() references app.staff (id),
  made_at timestamptz not null default clock_timestamp(),
  superseded_at timestamptz,
  constraint service_times_in_order check (ends >= begins),
  constraint service_version_once unique (number, version)
);
comment on table app.service_record is 'What was done for a household by an advisor, in versions; only the last one counts — 服务记录';
comment on column app.service_record.outcome is 'met 见到本人, nobody-home 无人应门, refused 拒绝, put-off 改约, away 不在本地或住院; only the first counts as done — 结果';
comment on column app.service_record.words_enc is 'Words and wishes, observation, needs, action, resource and next step, sealed together — 文字内容';
create unique index service_record_current on app.service_record (number) where superseded_at is null;
create index service_record_household on app.service_record (household_id, on_day desc, id desc) where superseded_at is null;
create index service_record_of_household on app.service_record (household_id);
create index service_record_promised on app.service_record (next_day) where superseded_at is null and next_day is not null;

create table app.counselling_note (
  id bigint generated always as identity primary key,
  -- Number of the record.
  record bigint not null,
  household_id bigint not null references app.household (id),
  note_enc bytea not null,
  made_by uuid not null default auth.staff_id() references app.staff (id),
  made_at timestamptz not null default clock_timestamp()
);
comment on table app.counselling_note is 'What was said in counselling: clinical, written by the social worker of the record, read as such facts are — 心理疏导记录';
create index counselling_note_of_record on app.counselling_note (record, id);
create index counselling_note_household on app.counselling_note (household_id);

do $$
declare
  name text;
begin
  foreach name in array array['service_record', 'counselling_note'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('grant select on app.%I to app', name);
    execute format('create policy %I on app.%I for select using ((select auth.role()) = ''job''
      or (select auth.scope_from()) is not null and exists (select from app.household where household.id = household_id))',
      name || '_of_household_in_sight', name);
  end loop;
end
$$;
create policy counselling_note_clinical on app.counselling_note as restrictive for select
  using ((select auth.role()) in ('district', 'job'));
create trigger service_record_as_recorded before update on app.service_record for each row
  when (to_jsonb(old) - '{superseded_at,words_enc}'::text[] is distinct from to_jsonb(new) - '{superseded_at,words_enc}'::text[]
    or old.superseded_at is not null and new.superseded_at is distinct from old.superseded_at)
  execute function app.keep_as_recorded();

-- The record or its next version. Null where somebody wrote another version since `seen`.
create function app.record_service(of_household bigint, of_record bigint, seen int, content jsonb, words bytea, why text)
returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  stands app.service_record;
  original app.service_record;
  written bigint;
begin
  if (auth.role() in ('advisor', 'township') and exists (select from app.household where id = of_household
    and area_id >= auth.scope_from() and area_id < auth.scope_to() and id <> all (auth.hidden_households()))) is not true then
    raise exception 'services are not for % to record in household %', auth.actor(), of_household using errcode = 'insufficient_privilege';
  end if;
  if of_record is not null then
    select * into stands from app.service_record
    where number = of_record and household_id = of_household and superseded_at is null for update;
    if stands.version is distinct from seen then
      return null;
    end if;
    select * into original from app.service_record where number = of_record and version = 1;
    if why is null and (original.made_by <> auth.staff_id() or original.made_at < now() - interval '24 hours') then
      raise exception 'a record is not for % to edit any more', auth.actor() using errcode = 'insufficient_privilege';
    end if;
    update app.service_record set superseded_at = clock_timestamp() where id = stands.id;
  end if;
  written := nextval(pg_get_serial_sequence('app.service_record', 'id'));
  insert into app.service_record (id, number, version, household_id, person_ids, on_day, begins, ends, method, outcome, services,
    programmes, materials, flags, next_day, words_enc, because) overriding system value
  values (written, coalesce(of_record, written), coalesce(stands.version, 0) + 1, of_household,
    array(select jsonb_array_elements_text(content -> 'personIds')::bigint), (content ->> 'day')::date,
    (content ->> 'begins')::time, (content ->> 'ends')::time, content ->> 'method', content ->> 'outcome',
    array(select jsonb_array_elements_text(content -> 'services')), array(select jsonb_array_elements_text(content -> 'programmes')),
    content -> 'materials', array(select jsonb_array_elements_text(content -> 'flags')), (content ->> 'nextDay')::date, words, why);
  return coalesce(of_record, written);
end
$$;
comment on function app.record_service is 'Records a service or its next version, by advisors and townships within their area; edits for a day by whoever wrote it, then with a reason — 登记服务';

create function app.note_counselling(of_household bigint, of_record bigint, note bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (
    select from app.service_record one join app.household on household.id = one.household_id
    where one.number = of_record and one.household_id = of_household and one.superseded_at is null and 'counselling' = any (one.services)
      and household.area_id >= auth.scope_from() and household.area_id < auth.scope_to() and household.id <> all (auth.hidden_households())
      and exists (select from app.service_record wrote where wrote.number = one.number and wrote.version = 1 and wrote.made_by = auth.staff_id())
  ) or auth.counsels() is not true then
    raise exception 'counselling is not for % to note in record %', auth.actor(), of_record using errcode = 'insufficient_privilege';
  end if;
  insert into app.counselling_note (record, household_id, note_enc) values (of_record, of_household, note);
end
$$;
comment on function app.note_counselling is 'Keeps a counselling note with the record it belongs to, by its author where a social worker — 登记心理疏导记录';

-- On record as a social worker today, by the database's own calendar.
create function auth.counsels() returns boolean
language sql stable security definer set search_path = '' as $$
  select case when auth.staff_id() is not null then exists (select from app.advisor where staff_id = auth.staff_id() and kind = 'social-worker' and superseded_at is null
    and (now() at time zone 'Asia/Shanghai')::date between from_day and coalesce(to_day, 'infinity')) end
$$;
comment on function auth.counsels is 'Whether the session is of somebody on record as a social worker, who may note counselling';

revoke execute on function app.record_service, app.note_counselling, auth.counsels from public;
grant execute on function app.record_service, app.note_counselling, auth.counsels to app;
