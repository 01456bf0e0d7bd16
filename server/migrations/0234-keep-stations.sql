-- Where advisors meet people. Read like the map: in one's own area, inside it and above. A change closes the row.

create table app.station (
  id bigint generated always as identity primary key,
  -- The station through all that was stated of it.
  number bigint not null check (number > 0),
  area_id text collate "C" not null references app.area (id),
  name text not null check (length(name) between 2 and 60),
  address text not null check (length(address) between 2 and 200),
  hours text not null check (length(hours) between 2 and 200),
  phone text check (length(phone) between 3 and 40),
  from_day date not null,
  to_day date,
  closed_because text check (length(closed_because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz,
  constraint station_days_in_order check (to_day >= from_day),
  constraint station_closed_for_a_reason check ((to_day is null) = (closed_because is null))
);
comment on table app.station is 'Where advisors meet people: address, hours, from when to when — 救助顾问服务站点';
comment on column app.station.area_id is 'District, township or committee; the level of the station follows from it — 所属区划';
create unique index station_current on app.station (number) where superseded_at is null;
create index station_area on app.station (area_id) where superseded_at is null;

alter table app.station enable row level security;
alter table app.station force row level security;
create policy station_in_scope_or_above on app.station for select using (
  area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()) or starts_with((select auth.scope_from()), area_id));
grant select on app.station to app;
create trigger station_as_recorded before update on app.station for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger station_stays before delete on app.station for each row execute function app.keep_as_recorded();

-- Stations and advisors are looked after by officials, each within their area.
create function app.refuse_all_but_officials(of_area text) returns void
language plpgsql set search_path = '' as $$
begin
  if (auth.role() in ('township', 'district') and of_area collate "C" >= auth.scope_from() and of_area collate "C" < auth.scope_to())
    is not true then
    raise exception 'advisors and stations are not for % to look after in area %', auth.actor(), of_area using errcode = 'insufficient_privilege';
  end if;
end
$$;
comment on function app.refuse_all_but_officials is 'Refuses whoever is no official of the area — 仅限本辖区工作人员';

-- What stands of a station from now on, a new one where no number is given. Null where somebody stated something since `seen`.
create function app.state_station(of_station bigint, content jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  stands app.station;
begin
  perform pg_advisory_xact_lock(hashtext('stations'));
  select * into stands from app.station where number = of_station and superseded_at is null;
  if of_station is not null then
    perform app.refuse_all_but_officials(stands.area_id);
    if stands.id is distinct from seen then
      return null;
    end if;
    update app.station set superseded_at = clock_timestamp() where id = stands.id;
  end if;
  perform app.refuse_all_but_officials(content ->> 'areaId');
  insert into app.station (number, area_id, name, address, hours, phone, from_day, to_day, closed_because)
  values (coalesce(of_station, (select coalesce(max(number), 0) + 1 from app.station)), content ->> 'areaId', content ->> 'name',
    content ->> 'address', content ->> 'hours', content ->> 'phone', (content ->> 'from')::date, (content ->> 'to')::date,
    content ->> 'closedBecause')
  returning number into of_station;
  return of_station;
end
$$;
comment on function app.state_station is 'What stands of a station from now on, by an official of its area — 登记服务站点';
revoke execute on function app.refuse_all_but_officials, app.state_station from public;
grant execute on function app.state_station to app;

-- What the code on a sign leads to: what is posted at the door, for anybody.
create function auth.station_sign(of_station bigint, on_day date)
returns table (name text, address text, hours text, phone text, open boolean)
language sql stable security definer set search_path = '' as $$
  select name, address, hours, phone, on_day between from_day and coalesce(to_day, 'infinity')
  from app.station where number = of_station and superseded_at is null
$$;
comment on function auth.station_sign is 'What is posted at the door of a station, for anybody — 站点公示信息';
revoke execute on function auth.station_sign from public;
grant execute on function auth.station_sign to signin;
