-- Households that are absent for everybody but the people named: violence, minors at risk, relatives
-- of the staff. The restriction is a second wall round each row of theirs, inside that of the area.
create table app.restriction (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  area_id text collate "C" not null,
  kind text not null check (kind in ('violence', 'minor-at-risk', 'staff-relative', 'other')),
  because text not null check (length(because) between 5 and 500),
  valid_from date not null,
  valid_to date,
  -- Told at once when somebody breaks the glass.
  responsible uuid not null references app.staff (id),
  recorded_by uuid not null references app.staff (id),
  recorded_at timestamptz not null default now(),
  lifted_by uuid references app.staff (id),
  lifted_at timestamptz,
  lifted_because text check (length(lifted_because) between 5 and 500),
  constraint restriction_days_in_order check (valid_to is null or valid_to >= valid_from),
  constraint restriction_lifted_whole check (
    (lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_because is null))
);
comment on table app.restriction is 'A household only the people named may see, from a day to a day — 限制查阅';
create unique index restriction_one_current on app.restriction (household_id) where lifted_at is null;
create index restriction_area on app.restriction (area_id) where lifted_at is null;

create table app.restriction_viewer (
  restriction_id bigint not null references app.restriction (id),
  household_id bigint not null references app.household (id),
  area_id text collate "C" not null,
  staff_id uuid not null references app.staff (id),
  -- As on that day: an advisor does not see who works above them in app.staff.
  name text not null,
  primary key (restriction_id, staff_id)
);
comment on table app.restriction_viewer is 'Who is named to see a restricted household — 可查阅人员';
create index restriction_viewer_staff on app.restriction_viewer (staff_id);

-- One person opens one household for thirty minutes, says why, and somebody else looks at it afterwards.
create table app.glass_break (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  area_id text collate "C" not null,
  restriction_id bigint not null references app.restriction (id),
  staff_id uuid not null references app.staff (id),
  -- Names as on that day, for whoever does not see them in app.staff.
  name text not null,
  because text not null check (length(because) between 10 and 500),
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null,
  owner uuid not null references app.staff (id),
  owner_name text not null,
  review_due date not null,
  reviewed_by uuid references app.staff (id),
  reviewer_name text,
  reviewed_at timestamptz,
  justified boolean,
  finding text check (length(finding) between 2 and 500),
  constraint glass_break_thirty_minutes check (expires_at = opened_at + interval '30 minutes'),
  constraint glass_break_reviewed_by_another check (reviewed_by <> staff_id),
  constraint glass_break_reviewed_whole check (
    (reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (justified is null)
    and (reviewed_at is null) = (finding is null))
);
comment on table app.glass_break is 'Who opened a restricted household in an emergency, why, and what the review found — 紧急查阅';
create index glass_break_staff on app.glass_break (staff_id, opened_at);
create index glass_break_owner on app.glass_break (owner, review_due);
create index glass_break_area on app.glass_break (area_id, review_due) where reviewed_at is null;

-- By the database's own clock, as with duties: a day that the application claims would open what is shut.
create function auth.hidden_households() returns bigint[]
language sql stable security definer set search_path = '' as $$
  -- Without a live session nothing is known, and null hides every row.
  select case when auth.role() = 'job' then '{}'::bigint[] when auth.role() is not null then (
    select coalesce(array_agg(restriction.household_id), '{}')
    from app.restriction
    where restriction.lifted_at is null
      and restriction.area_id >= auth.scope_from() and restriction.area_id < auth.scope_to()
      and restriction.valid_from <= (now() at time zone 'Asia/Shanghai')::date
      and (restriction.valid_to is null or restriction.valid_to >= (now() at time zone 'Asia/Shanghai')::date)
      and not exists (
        select from app.restriction_viewer viewer
        where viewer.restriction_id = restriction.id and viewer.staff_id = auth.staff_id())
      and not exists (
        select from app.glass_break glass
        where glass.household_id = restriction.household_id and glass.staff_id = auth.staff_id()
          and now() < glass.expires_at)
  ) end
$$;
comment on function auth.hidden_households() is 'Households in the session''s area that are restricted today and not its holder''s to see; the program sees all';
revoke execute on function auth.hidden_households() from public;
grant execute on function auth.hidden_households() to app, reports;

-- Restrictive: beside what the area, the class of facts and the role allow. What people write of a lead
-- they cannot see is refused, too.
do $$
declare
  name text;
begin
  foreach name in array array['person', 'member', 'fact', 'award', 'authorisation', 'objection',
    'household_current', 'person_current', 'answer', 'undecided', 'question', 'near_line', 'lead', 'lead_line',
    'policy_feedback_household', 'restriction', 'restriction_viewer'] loop
    execute format('create policy %I on app.%I as restrictive for select using (household_id <> all ((select auth.hidden_households())::bigint[]))',
      name || '_unrestricted', name);
  end loop;
end
$$;
create policy lead_event_unrestricted on app.lead_event as restrictive
  using (household_id <> all ((select auth.hidden_households())::bigint[]));
create policy household_unrestricted on app.household as restrictive for select
  using (id <> all ((select auth.hidden_households())::bigint[]));

-- Functions of the owner stand past row-level security, so each asks itself. What they say of the area
-- of a household is said of its restriction in the same breath.
do $$
declare
  name text;
  before text;
  after text;
begin
  foreach name in array array['clinical_facts', 'lock_for_staff', 'looks_at', 'record_award', 'record_fact', 'refresh_current'] loop
    select pg_get_functiondef(oid) into strict before from pg_proc
      where proname = name and pronamespace = 'app'::regnamespace;
    after := regexp_replace(before, '(fact\.|household\.)?area_id < auth\.scope_to\(\)',
      '\& and ' || case name when 'clinical_facts' then 'fact.household_id' when 'looks_at' then 'household.id' else 'id' end
        || ' <> all (auth.hidden_households())', 'g');
    if after = before then
      raise exception 'function % asks for no area', name;
    end if;
    execute after;
  end loop;
end
$$;

do $$
declare
  name text;
begin
  foreach name in array array['restriction', 'restriction_viewer', 'glass_break'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('grant select on app.%I to app', name);
  end loop;
end
$$;
create policy restriction_in_scope on app.restriction for select using (
  area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
create policy restriction_viewer_in_scope on app.restriction_viewer for select using (
  area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()));
-- The owner and whoever broke the glass; once the review is overdue, the officials of the area, too.
create policy glass_break_for_whom_it_concerns on app.glass_break for select using (
  staff_id = (select auth.staff_id()) or owner = (select auth.staff_id())
  or ((select auth.role()) in ('township', 'district')
    and area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to())
    and reviewed_at is null and review_due < (now() at time zone 'Asia/Shanghai')::date));
