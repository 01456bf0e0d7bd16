-- A list of people leaves as a file by an act: who, when, what list and part of it, for what purpose. Above a limit of
-- rows another person decides. No file is kept: it is made when it is fetched, and what it was is noted here.

create table app.export (
  id bigint generated always as identity primary key,
  list text not null check (length(list) between 1 and 40),
  -- Filters as the address of the list has them, and in words as they were called then.
  filters jsonb not null,
  scope text[] not null,
  purpose text not null check (length(purpose) between 1 and 40),
  purpose_note text check (length(purpose_note) between 2 and 200),
  -- Names of columns with how far whoever asks is shown them.
  columns jsonb not null,
  -- Rows when it was asked for, and up to how many nobody else is asked: the application counts, the row keeps both.
  counted int not null check (counted >= 0),
  limit_rows int not null check (limit_rows >= 0),
  hours int not null check (hours between 1 and 720),
  area_id text collate "C" not null default auth.scope_from(),
  asked_at timestamptz not null default now(),
  asked_by uuid not null default auth.staff_id() references app.staff (id),
  approved boolean,
  decided_at timestamptz,
  decided_by uuid references app.staff (id),
  decided_because text check (length(decided_because) between 2 and 500),
  constraint export_decided_whole check ((approved is null) = (decided_at is null) and (approved is null) = (decided_by is null)),
  constraint export_decided_where_needed check (approved is null or counted > limit_rows),
  constraint export_refused_with_why check (approved is distinct from false or decided_because is not null),
  constraint export_decided_by_another check (decided_by <> asked_by)
);
comment on table app.export is 'Lists of people taken along as files: what for, how many rows, who allowed it — 导出记录';
create index export_asked_by on app.export (asked_by, id);
create index export_area on app.export (area_id, id);

create table app.export_file (
  id bigint generated always as identity primary key,
  export_id bigint not null references app.export (id),
  made_at timestamptz not null default now(),
  rows int not null check (rows >= 0),
  columns jsonb not null,
  -- SM3 of the bytes, as the audit log.
  content_hash bytea not null check (length(content_hash) = 32)
);
comment on table app.export_file is 'Each time a file was made and fetched: rows, columns and digest of its bytes — 导出文件';
create index export_file_of_export on app.export_file (export_id, id);
create index export_file_made_at on app.export_file (made_at);

alter table app.export enable row level security;
alter table app.export force row level security;
alter table app.export_file enable row level security;
alter table app.export_file force row level security;

-- One's own, officials those of their area, and the auditor all: nothing in them is of a case.
create policy export_in_sight on app.export for select using (
  asked_by = (select auth.staff_id())
  or ((select auth.role()) in ('township', 'district')
    and area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()))
  or (select auth.role()) = 'audit-admin'
);
create policy export_in_own_name on app.export for insert with check (
  asked_by = (select auth.staff_id()) and area_id = (select auth.scope_from()) and approved is null
);
create policy export_file_in_sight on app.export_file for select using (
  (select auth.actor()) is not null and exists (select from app.export where export.id = export_id)
);
grant select, insert (list, filters, scope, purpose, purpose_note, columns, counted, limit_rows, hours) on app.export to app;
grant select on app.export_file to app;

create trigger export_stays before delete on app.export for each row execute function app.keep_as_recorded();
create trigger export_as_decided before update on app.export for each row
  when (old.approved is not null or to_jsonb(old) - '{approved,decided_at,decided_by,decided_because}'::text[]
    is distinct from to_jsonb(new) - '{approved,decided_at,decided_by,decided_because}'::text[])
  execute function app.keep_as_recorded();
create trigger export_file_as_recorded before update or delete on app.export_file for each row execute function app.keep_as_recorded();

create function app.export_until(one app.export) returns timestamptz
language sql stable set search_path = '' as $$
  select coalesce(one.decided_at, one.asked_at) + make_interval(hours => one.hours)
$$;
comment on function app.export_until is 'Until when an export may be fetched: from when it was approved, or asked for where nobody had to — 有效期';

create function app.export_state(one app.export) returns text
language sql stable set search_path = '' as $$
  select case
    when one.counted > one.limit_rows and one.approved is null then 'waiting'
    when one.approved = false then 'refused'
    when now() >= app.export_until(one) then 'expired'
    else 'ready'
  end
$$;
comment on function app.export_state is 'What an export has come to — 导出状态';

create function app.export_most_rows(one app.export) returns int
language sql immutable set search_path = '' as $$
  select case when one.counted > one.limit_rows then one.counted + one.counted / 10 else one.limit_rows end
$$;
comment on function app.export_most_rows is 'How many rows a file may hold: what is approved may have grown by a tenth when it is fetched — 允许行数';

create function app.decide_export(of_export bigint, allow boolean, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  one app.export;
begin
  select * into one from app.export where id = of_export for update;
  if one.id is null or auth.role() is null or auth.role() not in ('township', 'district')
    or one.area_id < auth.scope_from() or one.area_id >= auth.scope_to() then
    raise exception 'exports are not for % to decide', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  if app.export_state(one) <> 'waiting' then
    raise exception 'export % does not wait', of_export using errcode = 'check_violation', constraint = 'export_waits';
  end if;
  if one.asked_by = auth.staff_id() then
    raise exception 'whoever asks does not confirm' using errcode = 'check_violation', constraint = 'export_decided_by_another';
  end if;
  update app.export set approved = allow, decided_at = now(), decided_by = auth.staff_id(), decided_because = why where id = of_export;
end
$$;
comment on function app.decide_export is 'Allows an export above the limit or refuses it, by an official of the area other than who asked — 审批导出';

create function app.note_export_file(of_export bigint, row_count int, shown jsonb, hash bytea) returns void
language plpgsql security definer set search_path = '' as $$
declare
  one app.export;
begin
  select * into one from app.export where id = of_export for share;
  if one.id is null or one.asked_by is distinct from auth.staff_id() or auth.scope_from() is null then
    raise exception 'exports of others are not for % to fetch', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  if app.export_state(one) <> 'ready' then
    raise exception 'export % is %', of_export, app.export_state(one) using errcode = 'check_violation', constraint = 'export_is_ready';
  end if;
  if row_count > app.export_most_rows(one) then
    raise exception 'export % has grown', of_export using errcode = 'check_violation', constraint = 'export_as_allowed';
  end if;
  insert into app.export_file (export_id, rows, columns, content_hash) values (of_export, row_count, shown, hash);
end
$$;
comment on function app.note_export_file is 'Notes that a file was made for whoever asked for it, while it may be fetched and is no longer than allowed — 记录导出文件';

revoke execute on function app.export_until, app.export_state, app.export_most_rows, app.decide_export, app.note_export_file from public;
grant execute on function app.export_until, app.export_state, app.export_most_rows, app.decide_export, app.note_export_file to app;
