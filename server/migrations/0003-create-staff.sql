create table app.staff (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  role text not null check (role in (
    'advisor', 'township', 'district', 'system-admin', 'security-admin', 'audit-admin')),
  area_id text collate "C" not null references app.area (id),
  active boolean not null default true,
  created_at timestamptz not null default now()
);
comment on table app.staff is 'Everyone who may have an account, with role and area; written by the owner only — 工作人员';
create index staff_area on app.staff (area_id);

alter table app.staff enable row level security;
alter table app.staff force row level security;
grant select on app.staff to app;

create table auth.account (
  staff_id uuid primary key references app.staff (id),
  username text collate "C" not null unique,
  -- Null until the invitation is accepted.
  password_hash text,
  failures int not null default 0,
  first_failure_at timestamptz,
  locked_until timestamptz
);
comment on table auth.account is 'How a member of staff signs in — 账号';

create table auth.invitation (
  token_hash bytea primary key,
  staff_id uuid not null references app.staff (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table auth.invitation is 'One-time links to choose a password — 邀请';
create index invitation_staff on auth.invitation (staff_id);

create table auth.session (
  token_hash bytea primary key,
  staff_id uuid references app.staff (id),
  -- A job session belongs to the program itself and names what it runs.
  job text,
  opened_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  idle_limit interval not null,
  constraint session_is_one_of_both check ((staff_id is null) <> (job is null))
);
comment on table auth.session is 'Open sessions by the SHA-256 of their token; the token itself is stored nowhere — 会话';
create index session_staff on auth.session (staff_id);
create index session_expiry on auth.session (expires_at);
