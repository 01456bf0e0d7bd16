create table app.pack (
  id bigint generated always as identity primary key,
  version text not null,
  hash text not null unique,
  -- Path to text, as shipped or exported: the pack itself, not a copy of it.
  files jsonb not null,
  published_at timestamptz not null default clock_timestamp(),
  published_by text not null default coalesce(auth.actor(), 'owner')
);
comment on table app.pack is 'Published policy packs, never changed; the last one is in force — 已发布的政策包';

create table app.parameter_entry (
  id bigint generated always as identity primary key,
  parameter text not null,
  from_day date not null,
  value numeric not null,
  document text not null,
  source text not null,
  entered_by text not null default auth.actor(),
  entered_at timestamptz not null default clock_timestamp()
);
comment on table app.parameter_entry is 'Figures entered by hand with the document they stand in — 录入的标准';

alter table app.pack enable row level security;
alter table app.pack force row level security;
create policy pack_for_whoever_is_signed_in on app.pack for select using ((select auth.role()) is not null);
create policy pack_published_by_district on app.pack for insert
  with check ((select auth.role()) in ('district', 'system-admin') and published_by = (select auth.actor()));
grant select on app.pack to app;
-- Columns, not the table: who published it, and when, is the database's to say.
grant insert (version, hash, files) on app.pack to app;

alter table app.parameter_entry enable row level security;
alter table app.parameter_entry force row level security;
create policy parameter_entry_for_whoever_is_signed_in on app.parameter_entry for select
  using ((select auth.role()) is not null);
create policy parameter_entry_by_district on app.parameter_entry for insert
  with check ((select auth.role()) in ('district', 'system-admin') and entered_by = (select auth.actor()));
grant select on app.parameter_entry to app;
grant insert (parameter, from_day, value, document, source) on app.parameter_entry to app;
