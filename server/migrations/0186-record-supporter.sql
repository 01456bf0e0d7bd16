-- Who owes whom support by law, wherever either lives: 赡养, 抚养, 扶养. It is between two people and no membership: nobody
-- is counted as living together for it, and it goes with the person who is to be supported.

create table app.supporter (
  id bigint generated always as identity primary key,
  person_id bigint not null references app.person (id),
  kind text not null check (kind in ('of-parent', 'of-child', 'of-kin')),
  -- To whoever is supported, GB/T 4761.
  relation text not null check (relation ~ '^[0-9]{2}$'),
  -- Somebody on record, or a name.
  supporter_id bigint references app.person (id),
  name text check (length(name) between 1 and 50),
  valid_from date not null,
  valid_to date,
  ended_because text,
  source text not null check (source <> ''),
  recorded_at timestamptz not null,
  recorded_by text not null default auth.actor(),
  superseded_at timestamptz,
  constraint supporter_is_somebody check ((supporter_id is null) <> (name is null)),
  constraint supporter_is_another check (supporter_id <> person_id),
  constraint supporter_days_in_order check (valid_to is null or valid_to >= valid_from),
  constraint supporter_ended_whole check ((valid_to is null) = (ended_because is null))
);
comment on table app.supporter is 'Who owes a person support by law, from which day to which — 法定赡养、抚养、扶养义务人';
comment on column app.supporter.kind is 'Of a parent, of a child, of kin — 赡养、抚养、扶养';
create index supporter_of on app.supporter (person_id);
create index supporter_by on app.supporter (supporter_id) where supporter_id is not null;
create unique index supporter_once on app.supporter (person_id, supporter_id)
  where superseded_at is null and valid_to is null and supporter_id is not null;
alter table app.supporter enable row level security;
alter table app.supporter force row level security;
create policy supporter_of_whom_one_sees on app.supporter for select
  using ((select auth.scope_from()) is not null and exists (select from app.person where person.id = person_id));
grant select on app.supporter to app;
create trigger supporter_as_recorded before update on app.supporter for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger supporter_stays before delete on app.supporter for each row execute function app.keep_as_recorded();

create function app.record_supporter(of_person bigint, said jsonb) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := app.lock_for_change(array(select household_id from app.person where id = of_person));
  made bigint;
begin
  insert into app.supporter (person_id, kind, relation, supporter_id, name, valid_from, source, recorded_at)
  values (of_person, said ->> 'kind', said ->> 'relation', (said ->> 'supporterId')::bigint, said ->> 'name',
    (said ->> 'from')::date, said ->> 'source', at)
  returning id into made;
  return made;
end
$$;
comment on function app.record_supporter is 'Somebody owes a person support from a day on, by staff of the area — 登记义务人';

-- False where it has ended already, or begins later.
create function app.end_supporter(of_supporter bigint, last_day date, because text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  one app.supporter;
  at timestamptz;
begin
  select * into one from app.supporter where id = of_supporter;
  at := app.lock_for_change(array(select household_id from app.person where id = one.person_id));
  update app.supporter set superseded_at = at
  where id = of_supporter and superseded_at is null and valid_to is null and valid_from <= last_day;
  if not found then
    return false;
  end if;
  insert into app.supporter (person_id, kind, relation, supporter_id, name, valid_from, valid_to, ended_because, source, recorded_at)
  values (one.person_id, one.kind, one.relation, one.supporter_id, one.name, one.valid_from, last_day, because, one.source, at);
  return true;
end
$$;
comment on function app.end_supporter is 'It is owed no longer after a day, by staff of the area — 终止义务关系';
revoke execute on function app.record_supporter, app.end_supporter from public;
grant execute on function app.record_supporter, app.end_supporter to app;
