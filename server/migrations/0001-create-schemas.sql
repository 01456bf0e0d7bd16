-- app: tables under row-level security. auth: accounts and sessions, which role app can neither
-- read nor write. staging: unlogged, for one load at a time. jobs: pg-boss.
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create schema app;
create schema auth;
create schema staging;

comment on schema app is 'What Qiao knows; every table under row-level security — 业务数据';
comment on schema auth is 'Accounts and sessions, reached only through functions — 账号与会话';
comment on schema staging is 'Unlogged tables of one load — 装载暂存';

grant usage on schema app to app, reports;
grant usage on schema auth to app, signin, reports;

-- A new function is nobody's to call until it is granted.
alter default privileges revoke execute on functions from public;

create table meta.installation (
  one boolean primary key default true check (one),
  mode text not null check (mode in ('demo', 'production')),
  created_at timestamptz not null default now()
);
comment on table meta.installation is 'Which mode this database belongs to; neither mode accepts the other''s — 运行模式';
