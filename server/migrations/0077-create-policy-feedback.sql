-- What people who work with a policy find: that it works or does not, and why, with the households
-- it was seen on. Whoever answers for the policy answers once.

create table app.policy_feedback (
  id bigint generated always as identity primary key,
  area_id text collate "C" not null default auth.scope_from(),
  programme text not null,
  works boolean not null,
  because text not null check (length(because) between 5 and 1000),
  by uuid not null default auth.staff_id() references app.staff (id),
  at timestamptz not null default clock_timestamp(),
  answer text check (length(answer) between 2 and 1000),
  answered_by uuid references app.staff (id),
  answered_at timestamptz,
  constraint policy_feedback_answered_whole check (
    (answer is null) = (answered_by is null) and (answer is null) = (answered_at is null))
);
comment on table app.policy_feedback is 'What is said of a programme by those who work with it, and what was answered — 政策反馈(下情上传)';
create index policy_feedback_programme on app.policy_feedback (programme, id);
create index policy_feedback_area on app.policy_feedback (area_id, id);
create index policy_feedback_by on app.policy_feedback (by);
create index policy_feedback_answered_by on app.policy_feedback (answered_by);

create table app.policy_feedback_household (
  feedback_id bigint not null references app.policy_feedback (id),
  household_id bigint not null references app.household (id),
  area_id text collate "C" not null,
  primary key (feedback_id, household_id)
);
comment on table app.policy_feedback_household is 'Households that a feedback was seen on — 政策反馈所附家庭';
create index policy_feedback_household_of on app.policy_feedback_household (household_id);

alter table app.policy_feedback enable row level security;
alter table app.policy_feedback force row level security;
alter table app.policy_feedback_household enable row level security;
alter table app.policy_feedback_household force row level security;

create policy policy_feedback_in_scope on app.policy_feedback for select using (
  area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to())
);
create policy policy_feedback_in_own_name on app.policy_feedback for insert with check (
  (select auth.role()) in ('advisor', 'township', 'district')
  and by = (select auth.staff_id()) and area_id = (select auth.scope_from()) and answer is null
);
create policy policy_feedback_answered_by_the_appointed on app.policy_feedback for update
  using (cardinality((select auth.capabilities())) > 0 and answer is null)
  with check (cardinality((select auth.capabilities())) > 0 and answered_by = (select auth.staff_id()));
grant select on app.policy_feedback to app;
grant insert (programme, works, because) on app.policy_feedback to app;
grant update (answer, answered_by, answered_at) on app.policy_feedback to app;

create policy policy_feedback_household_in_scope on app.policy_feedback_household for select using (
  area_id >= (select auth.scope_from()) and area_id < (select auth.scope_to())
);
-- Only households one may see oneself, and only to what one said oneself.
create policy policy_feedback_household_in_own_name on app.policy_feedback_household for insert with check (
  exists (select from app.policy_feedback feedback
    where feedback.id = feedback_id and feedback.by = (select auth.staff_id()))
  and exists (select from app.household
    where household.id = household_id and household.area_id = policy_feedback_household.area_id)
);
grant select, insert on app.policy_feedback_household to app;
