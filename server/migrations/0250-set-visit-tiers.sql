-- How closely a household is followed, as officials of its area say with a reason. A needs assessment will say it, too.

create table app.visit_tier (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  -- none: followed no more, beside what is on record of it.
  tier text not null check (tier in ('high', 'middle', 'low', 'none')),
  origin text not null default 'stated' check (origin in ('stated', 'assessment')),
  because text not null check (length(because) between 2 and 300),
  from_day date not null,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.visit_tier is 'How closely a household is followed, from a day on and why; what stood before stays — 走访分级';
create unique index visit_tier_current on app.visit_tier (household_id) where superseded_at is null;
create index visit_tier_household on app.visit_tier (household_id, id);

alter table app.visit_tier enable row level security;
alter table app.visit_tier force row level security;
grant select on app.visit_tier to app;
create policy visit_tier_of_household_in_sight on app.visit_tier for select using ((select auth.role()) = 'job'
  or (select auth.scope_from()) is not null and exists (select from app.household where household.id = household_id));
create trigger visit_tier_as_recorded before update on app.visit_tier for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();

create function app.set_visit_tier(of_household bigint, new_tier text, why text, on_day date, seen bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  stands app.visit_tier;
begin
  if (auth.role() in ('township', 'district') and exists (select from app.household where id = of_household
    and area_id >= auth.scope_from() and area_id < auth.scope_to() and id <> all (auth.hidden_households()))) is not true then
    raise exception 'a tier is not for % to set of household %', auth.actor(), of_household using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('visit tier ' || of_household));
  select * into stands from app.visit_tier where household_id = of_household and superseded_at is null;
  if seen is distinct from stands.id then
    return false;
  end if;
  update app.visit_tier set superseded_at = clock_timestamp() where id = stands.id;
  -- Said again it holds from when it did: what was missed since stays missed.
  insert into app.visit_tier (household_id, tier, because, from_day)
  values (of_household, new_tier, why, case when stands.tier = new_tier then stands.from_day else on_day end);
  return true;
end
$$;
comment on function app.set_visit_tier is 'How closely a household is followed from now on, by officials of its area; false where somebody said otherwise meanwhile — 设定走访分级';
revoke execute on function app.set_visit_tier from public;
grant execute on function app.set_visit_tier to app;
