-- Changes of policy that somebody tried out and kept: values of parameters, other rules, and nothing of people.

create table app.experiment (
  id bigint generated always as identity primary key,
  area_id text collate "C" not null default auth.scope_from(),
  name text not null check (length(name) between 1 and 60),
  -- [{"id": parameter, "value": number}]; what it does is worked out anew whenever somebody looks.
  parameters jsonb not null,
  -- [{"programme": id, "id": place in it, "expr": FEEL}]
  rules jsonb not null,
  by uuid not null default auth.staff_id() references app.staff (id),
  at timestamptz not null default clock_timestamp(),
  removed_at timestamptz
);
comment on table app.experiment is 'A change of policy tried out in the laboratory and kept by name — 试算方案';
comment on column app.experiment.area_id is 'Area of whoever kept it; shared with those above and inside — 所属区划';
create index experiment_area on app.experiment (area_id, id);

alter table app.experiment enable row level security;
alter table app.experiment force row level security;
create policy experiment_shared_in_area on app.experiment for select using (
  (select auth.role()) in ('district', 'township')
  and ((area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to()))
    or starts_with((select auth.scope_from()), area_id))
);
create policy experiment_kept_by_oneself on app.experiment for insert with check (
  (select auth.role()) in ('district', 'township')
  and by = (select auth.staff_id()) and area_id = (select auth.scope_from())
);
create policy experiment_removed_by_whoever_kept_it on app.experiment for update
  using (by = (select auth.staff_id()) and (select auth.role()) in ('district', 'township'));
grant select, insert (name, parameters, rules), update (removed_at) on app.experiment to app;
