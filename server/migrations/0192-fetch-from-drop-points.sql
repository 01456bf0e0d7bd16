-- Places where departments leave files for us to fetch: an SFTP folder or an HTTPS address of one source. What is
-- fetched waits for a data steward as an uploaded file does.

create table app.drop_point (
  id uuid primary key default gen_random_uuid(),
  -- As in sources.yaml.
  source text not null check (length(source) between 1 and 40),
  kind text not null check (kind in ('sftp', 'https')),
  host text not null check (host ~ '^[a-z0-9.:-]{1,253}$'),
  port int not null check (port between 1 and 65535),
  -- SFTP: the folder. HTTPS: path and query of the file, in which {day} is the day of the look.
  path text not null check (length(path) between 1 and 500),
  -- SFTP: which names are fetched.
  pattern text check (length(pattern) between 1 and 100),
  user_name text check (length(user_name) between 1 and 100),
  -- SFTP: the server is whoever has this key, 'SHA256:' and 43 characters.
  server_key text check (server_key ~ '^SHA256:[A-Za-z0-9+/]{43}$'),
  -- SFTP: what the department lets in, as authorized_keys has it.
  login_key text,
  -- SFTP: the private half. HTTPS: the bearer token, where one is asked for.
  secret_enc bytea,
  every text not null check (every in ('hourly', 'daily')),
  programme text check (length(programme) between 1 and 60),
  roll_area text collate "C" references app.area (id),
  roll_complete boolean,
  made_by uuid not null default auth.staff_id() references app.staff (id),
  made_at timestamptz not null default clock_timestamp(),
  ended_by uuid references app.staff (id),
  ended_at timestamptz,
  looked_at timestamptz,
  -- Why the last look found nothing to fetch, in a sentence.
  problem text check (length(problem) <= 500),
  constraint drop_point_ended_whole check ((ended_by is null) = (ended_at is null)),
  constraint drop_point_roll_whole check (num_nonnulls(programme, roll_area, roll_complete) in (0, 3)),
  constraint drop_point_sftp_whole check (kind <> 'sftp'
    or num_nonnulls(pattern, user_name, server_key, login_key) = 4 and (secret_enc is null) = (ended_at is not null))
);
comment on table app.drop_point is 'A place from which files of a source are fetched — 取件点';
create index drop_point_of_source on app.drop_point (source, made_at);

-- What was fetched: the same file is not fetched twice, a changed one is another.
create table app.drop_point_file (
  drop_point_id uuid not null references app.drop_point (id),
  name text not null check (length(name) between 1 and 500),
  bytes bigint not null,
  modified_at timestamptz not null,
  delivery_id bigint not null references app.delivery (id),
  primary key (drop_point_id, name, bytes, modified_at)
);
comment on table app.drop_point_file is 'A file fetched from a drop point, and the delivery it became — 已取文件';

alter table app.delivery
  add column drop_point_id uuid references app.drop_point (id),
  drop constraint delivery_has_one_sender,
  add constraint delivery_has_one_sender check (num_nonnulls(received_by, push_key, drop_point_id) = 1);
grant insert (drop_point_id) on app.delivery to app;

alter table app.drop_point enable row level security;
alter table app.drop_point force row level security;
alter table app.drop_point_file enable row level security;
alter table app.drop_point_file force row level security;
create policy drop_point_for_stewards on app.drop_point for select using (
  (select auth.role()) = 'job' or (select auth.capabilities()) && array['data-steward']);
create policy drop_point_by_stewards on app.drop_point for insert with check (
  (select auth.capabilities()) && array['data-steward']);
create policy drop_point_file_for_stewards on app.drop_point_file for select using (
  (select auth.role()) = 'job' or (select auth.capabilities()) && array['data-steward']);
create policy drop_point_file_by_program on app.drop_point_file for insert with check ((select auth.role()) = 'job');
create policy delivery_by_program on app.delivery for insert with check (
  (select auth.role()) = 'job' and drop_point_id is not null);
create policy delivery_piece_by_program on app.delivery_piece for insert with check (
  (select auth.role()) = 'job' and exists (
    select from app.delivery where delivery.id = delivery_id and drop_point_id is not null));
-- The secret goes in and does not come out but to the program.
grant select (id, source, kind, host, port, path, pattern, user_name, server_key, login_key, every, programme, roll_area,
  roll_complete, made_by, made_at, ended_by, ended_at, looked_at, problem) on app.drop_point to app;
grant insert (source, kind, host, port, path, pattern, user_name, server_key, login_key, secret_enc, every, programme,
  roll_area, roll_complete) on app.drop_point to app;
grant select on app.drop_point_file to app;
grant insert (drop_point_id, name, bytes, modified_at, delivery_id) on app.drop_point_file to app;

create function app.secret_of_drop_point(of_point uuid) returns bytea
language plpgsql stable security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  return (select secret_enc from app.drop_point where id = of_point and ended_at is null);
end
$$;
comment on function app.secret_of_drop_point is 'What the program signs in with, sealed — 取件凭据(密文)';
grant execute on function app.secret_of_drop_point to app;

create function app.note_look(of_point uuid, why_nothing text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_program();
  update app.drop_point set looked_at = clock_timestamp(), problem = why_nothing where id = of_point;
end
$$;
comment on function app.note_look is 'That the program looked, and what stood in its way — 记录取件';
grant execute on function app.note_look to app;

create function app.end_drop_point(of_point uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not coalesce(auth.capabilities() && array['data-steward'], false) then
    raise exception 'drop points are for data stewards' using errcode = 'insufficient_privilege';
  end if;
  update app.drop_point set ended_by = auth.staff_id(), ended_at = clock_timestamp(), secret_enc = null
  where id = of_point and ended_at is null;
  return found;
end
$$;
comment on function app.end_drop_point is 'Ends a drop point for good and forgets what it signs in with — 停用取件点';
grant execute on function app.end_drop_point to app;
