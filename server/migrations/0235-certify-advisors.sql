-- Who is an advisor, of which kind and level and for which areas, and the certificate without which nobody is handed a lead.

create table app.advisor (
  id bigint generated always as identity primary key,
  staff_id uuid not null references app.staff (id),
  -- Of the account when this was stated.
  area_id text collate "C" not null references app.area (id),
  kind text not null check (kind in ('district-staff', 'township-staff', 'community-cadre', 'social-worker', 'volunteer', 'expert')),
  level text not null check (level in ('district', 'township', 'committee', 'support')),
  areas text[] not null check (cardinality(areas) between 1 and 50),
  station bigint,
  organisation text check (length(organisation) between 2 and 100),
  grades text[] not null default '{}' check (grades <@ '{all-posts,policy}'),
  from_day date not null,
  to_day date,
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: by the set-up of a demonstration.
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  constraint advisor_days_in_order check (to_day >= from_day),
  constraint advisor_not_by_oneself check (recorded_by is distinct from staff_id)
);
comment on table app.advisor is 'Who is an advisor: kind, level, areas, station, from when to when; what stood before stays — 社区救助顾问';
comment on column app.advisor.level is 'District, township, committee, or professional and voluntary support — 四级';
comment on column app.advisor.station is 'Number of the station — 站点';
comment on column app.advisor.grades is 'all-posts 全岗通, policy 政策通; for what they are given the district says — 骨干等级';
create unique index advisor_current on app.advisor (staff_id) where superseded_at is null;
create index advisor_of_staff on app.advisor (staff_id, id);

create table app.certificate (
  id bigint generated always as identity primary key,
  staff_id uuid not null references app.staff (id),
  area_id text collate "C" not null references app.area (id),
  number text not null unique check (length(number) between 2 and 40),
  from_day date not null,
  to_day date not null,
  -- On what it was issued: training, examination.
  because text not null check (length(because) between 2 and 300),
  demonstration boolean not null default false,
  -- In the address that a badge's code leads to; it tells nothing and cannot be guessed.
  badge text not null unique check (length(badge) >= 32),
  issued_at timestamptz not null default clock_timestamp(),
  issued_by uuid default auth.staff_id() references app.staff (id),
  ended_on date,
  ended_by uuid references app.staff (id),
  ended_because text check (length(ended_because) between 2 and 300),
  constraint certificate_days_in_order check (to_day >= from_day),
  constraint certificate_by_somebody check (demonstration = (issued_by is null)),
  constraint certificate_not_by_oneself check (issued_by is distinct from staff_id),
  constraint certificate_ended_whole check (
    (ended_on is null) = (ended_by is null) and (ended_on is null) = (ended_because is null))
);
comment on table app.certificate is 'That somebody was trained and may be on duty, from when to when — 上岗证';
create index certificate_of_staff on app.certificate (staff_id, id);

do $$
declare
  name text;
begin
  foreach name in array array['advisor', 'certificate'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create policy %I on app.%I for select using (
      (select auth.role()) = ''job'' or staff_id = (select auth.staff_id())
      or (select auth.role()) in (''township'', ''district'')
        and area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()))', name || '_own_or_of_the_area', name);
    execute format('grant select on app.%I to app', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
  end loop;
end
$$;
revoke select on app.certificate from app;
grant select (id, staff_id, area_id, number, from_day, to_day, because, demonstration, issued_at, issued_by, ended_on, ended_by, ended_because)
  on app.certificate to app;
create trigger advisor_as_recorded before update on app.advisor for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger certificate_as_issued before update on app.certificate for each row
  when (to_jsonb(old) - '{ended_on,ended_by,ended_because}'::text[] is distinct from to_jsonb(new) - '{ended_on,ended_by,ended_because}'::text[]
    or old.ended_on is not null)
  execute function app.keep_as_recorded();

-- What stands of an advisor from now on. Null where somebody stated something since `seen`.
create function app.state_advisor(of_staff uuid, content jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  one app.staff;
  stands bigint;
  made bigint;
begin
  select * into one from app.staff where id = of_staff and role in ('advisor', 'township', 'district') for update;
  perform app.refuse_all_but_officials(one.area_id);
  perform app.refuse_all_but_officials(served) from jsonb_array_elements_text(content -> 'areas') served;
  select id into stands from app.advisor where staff_id = of_staff and superseded_at is null;
  if stands is distinct from seen then
    return null;
  end if;
  if content ->> 'station' is not null and not exists (
    select from app.station where number = (content ->> 'station')::bigint and superseded_at is null) then
    raise exception 'no station %', content ->> 'station' using errcode = 'foreign_key_violation';
  end if;
  update app.advisor set superseded_at = clock_timestamp() where id = stands;
  insert into app.advisor (staff_id, area_id, kind, level, areas, station, organisation, grades, from_day, to_day)
  values (of_staff, one.area_id, content ->> 'kind', content ->> 'level',
    array(select jsonb_array_elements_text(content -> 'areas')), (content ->> 'station')::bigint, content ->> 'organisation',
    array(select jsonb_array_elements_text(content -> 'grades')), (content ->> 'from')::date, (content ->> 'to')::date)
  returning id into made;
  return made;
end
$$;
comment on function app.state_advisor is 'Who is an advisor from now on, by an official of the area and not by oneself — 登记救助顾问';

create function app.issue_certificate(of_staff uuid, content jsonb, badge_token text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  home text := (select area_id from app.staff where id = of_staff and active);
  made bigint;
begin
  perform app.refuse_all_but_officials(home);
  if not exists (select from app.advisor where staff_id = of_staff and superseded_at is null) then
    raise exception 'staff % is no advisor', of_staff using errcode = 'check_violation', constraint = 'certificate_of_an_advisor';
  end if;
  insert into app.certificate (staff_id, area_id, number, from_day, to_day, because, badge)
  values (of_staff, home, content ->> 'number', (content ->> 'from')::date, (content ->> 'to')::date, content ->> 'because', badge_token)
  returning id into made;
  return made;
end
$$;
comment on function app.issue_certificate is 'Certifies an advisor, by an official of the area and not by oneself — 颁发上岗证';

-- Whose it was; null where there is none that stands.
create function app.end_certificate(of_certificate bigint, on_day date, why text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  one app.certificate;
begin
  select * into one from app.certificate where id = of_certificate and ended_on is null for update;
  if one.id is null then
    return null;
  end if;
  perform app.refuse_all_but_officials(one.area_id);
  update app.certificate set ended_on = on_day, ended_by = auth.staff_id(), ended_because = why where id = one.id;
  return one.staff_id;
end
$$;
comment on function app.end_certificate is 'Ends a certificate before its time, by an official of the area — 注销上岗证';

-- The token in the code of the badge, for whoever may see the certificate; null for others.
create function app.badge_of(of_certificate bigint) returns text
language sql stable security definer set search_path = '' as $$
  select badge from app.certificate
  where id = of_certificate and (staff_id = auth.staff_id()
    or auth.role() in ('township', 'district') and area_id >= auth.scope_from() and area_id < auth.scope_to())
$$;
comment on function app.badge_of is 'What the code on the badge leads to, for its holder and officials of the area — 胸卡查验码';

-- Whether somebody may be handed a lead: all advisors need a certificate, whoever else only while they are on record as one.
-- Without a day: whether there is one that was not ended, whatever its days.
create function app.certificate_standing(of_staff uuid, on_day date) returns text
language sql stable security definer set search_path = '' as $$
  select case
    when one.role <> 'advisor' and not exists (select from app.advisor where staff_id = of_staff and superseded_at is null
      and coalesce(on_day between from_day and coalesce(to_day, 'infinity'), true)) then 'not-needed'
    when exists (select from app.certificate where staff_id = of_staff and ended_on is null
      and coalesce(on_day between from_day and to_day, true)) then 'valid'
    when exists (select from app.certificate where staff_id = of_staff and ended_on is null and from_day > on_day) then 'not-yet'
    when exists (select from app.certificate where staff_id = of_staff and ended_on is null) then 'expired'
    when exists (select from app.certificate where staff_id = of_staff) then 'ended'
    else 'none' end
  from app.staff one where one.id = of_staff
$$;
comment on function app.certificate_standing is 'Whether somebody is certified on a day, or why not — 上岗证状态';

-- The second wall: whoever stands under row-level security hands no lead to somebody without a certificate. Its days are the
-- application's to ask, whose calendar a demonstration sets.
create function app.refuse_uncertified() returns trigger
language plpgsql set search_path = '' as $$
begin
  if row_security_active('app.lead'::regclass) and app.certificate_standing(new.assignee, null) not in ('valid', 'not-needed') then
    raise exception 'staff % holds no certificate', new.assignee using errcode = 'check_violation', constraint = 'lead_in_certified_hands';
  end if;
  return new;
end
$$;
comment on function app.refuse_uncertified is 'No duty before training: a lead goes to nobody without a certificate — 先培训后上岗';
create trigger lead_in_certified_hands before insert or update of assignee on app.lead for each row
  when (new.assignee is not null) execute function app.refuse_uncertified();

-- What a badge tells whoever holds its code: name, station, level, and whether it is valid. Nothing else of anybody.
create function auth.badge(badge_token text, on_day date) returns table (name text, station text, level text, valid boolean)
language sql stable security definer set search_path = '' as $$
  select staff.name, station.name, advisor.level,
    staff.active and certificate.ended_on is null and on_day between certificate.from_day and certificate.to_day
      and on_day between advisor.from_day and coalesce(advisor.to_day, 'infinity')
  from app.certificate
  join app.staff on staff.id = certificate.staff_id
  join app.advisor on advisor.staff_id = staff.id and advisor.superseded_at is null
  left join app.station on station.number = advisor.station and station.superseded_at is null
  where certificate.badge = badge_token
$$;
comment on function auth.badge is 'Name, station, level and validity of the holder of a badge, for anybody with its code — 胸卡查验';

revoke execute on function app.state_advisor, app.issue_certificate, app.end_certificate, app.badge_of, app.certificate_standing,
  app.refuse_uncertified, auth.badge from public;
grant execute on function app.state_advisor, app.issue_certificate, app.end_certificate, app.badge_of, app.certificate_standing to app;
grant execute on function auth.badge to signin;
