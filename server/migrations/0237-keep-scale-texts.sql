-- The wording of questionnaires and scales, which the district states from the official text, and who is trained to use
-- which of them: nobody else sees or records what was answered.

create table app.instrument_text (
  id bigint generated always as identity primary key,
  instrument text not null check (length(instrument) between 2 and 40),
  language text not null check (language in ('zh-CN', 'en')),
  version int not null check (version > 0),
  -- In the order of the items, each with its options in theirs.
  items jsonb not null check (jsonb_typeof(items) = 'array' and length(items::text) <= 40000),
  -- Where the text was taken from, and by what right.
  source text not null check (length(source) between 2 and 300),
  text_hash bytea not null,
  stated_at timestamptz not null default clock_timestamp(),
  stated_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  unique (instrument, language, version)
);
comment on table app.instrument_text is 'The wording of a scale as the district states it, version by version; 待核 until then — 量表文本';
comment on column app.instrument_text.text_hash is 'SHA-256 of the items as they lie here — 文本校验值';
create unique index instrument_text_current on app.instrument_text (instrument, language) where superseded_at is null;

create table app.scale_assessor (
  id bigint generated always as identity primary key,
  staff_id uuid not null references app.staff (id),
  instrument text not null check (length(instrument) between 2 and 40),
  -- What shows that they are trained: a certificate of a social worker, a course.
  credential text not null check (length(credential) between 2 and 200),
  from_day date not null,
  to_day date not null,
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: by the set-up of a demonstration.
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  constraint scale_assessor_days_in_order check (to_day >= from_day),
  constraint scale_assessor_not_by_oneself check (recorded_by is distinct from staff_id)
);
comment on table app.scale_assessor is 'Who is trained to use a scale, from a day to a day — 量表评估员';
create unique index scale_assessor_current on app.scale_assessor (staff_id, instrument) where superseded_at is null;

-- Days as the database's own calendar has them, as those of duties are.
create function auth.scales() returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(instrument), '{}') from app.scale_assessor
  where staff_id = auth.staff_id() and superseded_at is null
    and (now() at time zone 'Asia/Shanghai')::date between from_day and to_day
$$;
comment on function auth.scales() is 'Scales that the session''s holder is trained to use today; empty for none';
revoke execute on function auth.scales() from public;
grant execute on function auth.scales() to app;

alter table app.instrument_text enable row level security;
alter table app.instrument_text force row level security;
create policy instrument_text_for_case_work on app.instrument_text for select using ((select auth.scope_from()) is not null);
alter table app.scale_assessor enable row level security;
alter table app.scale_assessor force row level security;
create policy scale_assessor_own_or_for_keepers on app.scale_assessor for select using (
  staff_id = (select auth.staff_id()) or (select auth.keeps_records()));
grant select on app.instrument_text, app.scale_assessor to app;
do $$
declare
  name text;
begin
  foreach name in array array['instrument_text', 'scale_assessor'] loop
    execute format('create trigger %I before update on app.%I for each row
      when (to_jsonb(old) - ''superseded_at'' is distinct from to_jsonb(new) - ''superseded_at'' or old.superseded_at is not null)
      execute function app.keep_as_recorded()', name || '_as_recorded', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
  end loop;
end
$$;

create function app.refuse_all_but_scale_keepers() returns void
language plpgsql set search_path = '' as $$
begin
  if not coalesce(auth.keeps_records(), false) or auth.staff_id() is null then
    raise exception 'scales are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
end
$$;
comment on function app.refuse_all_but_scale_keepers is 'Texts of scales and who may use them are stated by staff of the whole district — 仅限区级人员';

-- Null where somebody stated another since `seen`.
create function app.state_instrument_text(of_instrument text, of_language text, new_items jsonb, why text, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  stands app.instrument_text;
  made bigint;
begin
  perform app.refuse_all_but_scale_keepers();
  perform pg_advisory_xact_lock(hashtext('instrument text ' || of_instrument));
  select * into stands from app.instrument_text
  where instrument = of_instrument and language = of_language and superseded_at is null;
  if stands.id is distinct from seen then
    return null;
  end if;
  update app.instrument_text set superseded_at = clock_timestamp() where id = stands.id;
  insert into app.instrument_text (instrument, language, version, items, source, text_hash)
  values (of_instrument, of_language, coalesce(stands.version, 0) + 1, new_items, why, sha256(convert_to(new_items::text, 'UTF8')))
  returning id into made;
  return made;
end
$$;
comment on function app.state_instrument_text is 'States the wording of a scale, by staff of the whole district — 登记量表文本';

-- Without content they may use it no more.
create function app.state_scale_assessor(of_staff uuid, of_instrument text, content jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_scale_keepers();
  perform from app.staff where id = of_staff for update;
  update app.scale_assessor set superseded_at = clock_timestamp()
  where staff_id = of_staff and instrument = of_instrument and superseded_at is null;
  insert into app.scale_assessor (staff_id, instrument, credential, from_day, to_day)
  select of_staff, of_instrument, content ->> 'credential', (content ->> 'from')::date, (content ->> 'to')::date
  where content is not null;
end
$$;
comment on function app.state_scale_assessor is 'Who may use a scale from when to when, by staff of the whole district and not by oneself — 登记量表评估员';
revoke execute on function app.refuse_all_but_scale_keepers, app.state_instrument_text, app.state_scale_assessor from public;
grant execute on function app.state_instrument_text, app.state_scale_assessor to app;
