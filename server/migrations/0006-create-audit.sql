create table app.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null default auth.actor(),
  action text not null,
  subject text,
  household_id bigint,
  area_id text collate "C",
  reason text,
  request_id text,
  address text,
  detail jsonb
);
comment on table app.audit is 'Who did what to which subject, why and from where; rows are never changed — 审计日志';
comment on column app.audit.action is 'feature.happened, e.g. household.read';
comment on column app.audit.subject is 'kind:id, e.g. household:42; never a name or a number of a person';
create index audit_at on app.audit (at);
create index audit_household on app.audit (household_id) where household_id is not null;

alter table app.audit enable row level security;
alter table app.audit force row level security;
-- Columns, not the table: at and actor are the database's to say.
grant insert (action, subject, household_id, area_id, reason, request_id, address, detail)
  on app.audit to app;
grant select on app.audit to app;

create policy audit_in_own_name on app.audit for insert with check (actor = (select auth.actor()));
create policy audit_for_its_administrator on app.audit for select using (
  (select auth.role()) = 'audit-admin'
);
