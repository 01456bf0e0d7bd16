-- What a household needs: ten indicators answered and weighed, what must not wait, a grade and a class, and the list of
-- needs; the household may object. It tells of illness and disability, so an advisor sees it where they have a duty.

create table app.needs_assessment (
  id bigint generated always as identity primary key,
  household_id bigint not null references app.household (id),
  weights bigint not null references app.weight_version (id),
  -- By indicator: yes, no or unknown.
  answers jsonb not null,
  red_lines text[] not null default '{}'
    check (red_lines <@ '{violence,child-alone,self-harm,no-food-or-shelter,untreated-illness,dangerous-home}'),
  -- As it will stand on the list; rows of their own once it is confirmed.
  needs jsonb not null default '[]',
  -- What was seen of each indicator, why the class was changed, what is wished.
  words_enc bytea,
  least int not null check (least between 0 and 10000),
  most int not null check (most between least and 10000),
  grade text check (grade in ('none', 'low', 'middle', 'high')),
  proposed text check (proposed in ('support', 'development', 'guarantee', 'urgent')),
  -- By whoever assessed, instead of what is proposed.
  changed_to text check (changed_to in ('support', 'development', 'guarantee', 'urgent')),
  on_day date not null,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'confirmed', 'superseded')),
  edit int not null default 1,
  valid_until date,
  assessor uuid references app.staff (id),
  -- Everybody who wrote in it; none of them approves it.
  written_by uuid[] not null default '{}',
  saved_at timestamptz not null default clock_timestamp(),
  returned_because text check (length(returned_because) between 2 and 300),
  approved_by uuid references app.staff (id),
  confirmed_at timestamptz,
  superseded_at timestamptz,
  constraint assessment_of_household unique (id, household_id),
  constraint assessment_urgent_stays check (cardinality(red_lines) = 0 or changed_to is null),
  constraint assessment_confirmed_whole check (state in ('draft', 'submitted')
    or confirmed_at is not null and valid_until is not null and proposed is not null),
  constraint assessment_superseded_whole check ((state = 'superseded') = (superseded_at is not null)),
  constraint assessment_approved_by_another check (
    state not in ('confirmed', 'superseded') or grade is distinct from 'high' or approved_by is not null),
  constraint assessment_not_by_its_writers check (approved_by is null or approved_by <> all (written_by))
);
comment on table app.needs_assessment is 'How a household fares by ten indicators, its grade and its class — 需求综合评估';
comment on column app.needs_assessment.least is 'Score in basis points where what is unknown is no lack; most: where it is one — 得分下限、上限';
comment on column app.needs_assessment.grade is 'Null: it hangs on what is unknown — 未评估';
create unique index needs_assessment_open on app.needs_assessment (household_id) where state in ('draft', 'submitted');
create unique index needs_assessment_confirmed on app.needs_assessment (household_id) where state = 'confirmed';
create index needs_assessment_household on app.needs_assessment (household_id, id);

create table app.need (
  id bigint generated always as identity primary key,
  assessment_id bigint not null,
  household_id bigint not null,
  dimension text not null check (dimension in ('material', 'health', 'education', 'employment', 'social', 'children')),
  urgency text not null check (urgency in ('now', 'soon', 'later')),
  outcome_enc bytea not null,
  state text not null default 'open' check (state in ('open', 'met', 'dropped')),
  changed_at timestamptz not null default clock_timestamp(),
  changed_by uuid default auth.staff_id() references app.staff (id),
  foreign key (assessment_id, household_id) references app.needs_assessment (id, household_id)
);
comment on table app.need is 'What a household needs, how soon, and what it wishes for — 需求清单';
comment on column app.need.outcome_enc is 'What it wishes for, in words, sealed — 期望结果';
create index need_household on app.need (household_id, id);

create table app.assessment_objection (
  id bigint generated always as identity primary key,
  assessment_id bigint not null,
  household_id bigint not null,
  text_enc bytea not null,
  told_on date not null,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid default auth.staff_id() references app.staff (id),
  reply_enc bytea,
  upheld boolean,
  replied_at timestamptz,
  replied_by uuid references app.staff (id),
  foreign key (assessment_id, household_id) references app.needs_assessment (id, household_id),
  constraint assessment_objection_replied_whole check ((reply_enc is null) = (upheld is null)
    and (reply_enc is null) = (replied_at is null) and (reply_enc is null) = (replied_by is null))
);
comment on table app.assessment_objection is 'What a household says against its assessment, and what it was told — 评估异议';
create index assessment_objection_household on app.assessment_objection (household_id, id);

do $$
declare
  name text;
begin
  foreach name in array array['needs_assessment', 'need', 'assessment_objection'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format('create policy %I on app.%I using ((select auth.scope_from()) is not null
      and exists (select from app.household where household.id = household_id))', name || '_of_household_in_sight', name);
    execute format('create policy %I on app.%I as restrictive using ((select auth.role()) <> ''advisor'' or exists (
        select from app.household where household.id = household_id and area_id = any ((select auth.duty_areas())::text[])))',
      name || '_need_signal', name);
    execute format('create trigger %I before delete on app.%I for each row execute function app.keep_as_recorded()', name || '_stays', name);
    execute format('grant select on app.%I to app', name);
  end loop;
end
$$;
grant insert (household_id, weights, answers, red_lines, needs, words_enc, least, most, grade, proposed, changed_to, on_day)
  on app.needs_assessment to app;
grant update (weights, answers, red_lines, needs, words_enc, least, most, grade, proposed, changed_to, on_day, state,
  valid_until, returned_because, superseded_at) on app.needs_assessment to app;
grant insert (assessment_id, household_id, dimension, urgency, outcome_enc) on app.need to app;
grant update (state) on app.need to app;
grant insert (assessment_id, household_id, text_enc, told_on) on app.assessment_objection to app;
grant update (reply_enc, upheld) on app.assessment_objection to app;

-- Who wrote, who approved and when is the database's to say; what is confirmed is not written in any more.
create function app.keep_assessment() returns trigger
language plpgsql set search_path = '' as $$
declare
  me uuid := auth.staff_id();
  fixed text[] := '{state,superseded_at}';
  stated text[] := '{state,superseded_at,valid_until,returned_because,approved_by,confirmed_at}';
begin
  if tg_op = 'INSERT' then
    new.assessor := coalesce(me, new.assessor);
    new.written_by := array_remove(array[new.assessor], null);
    return new;
  end if;
  if old.state in ('confirmed', 'superseded') and (to_jsonb(old) - fixed is distinct from to_jsonb(new) - fixed
      or old.state = 'superseded' or new.state <> 'superseded') then
    raise exception 'assessment % is confirmed and stays as it is', old.id using errcode = 'restrict_violation';
  end if;
  if to_jsonb(old) - stated is distinct from to_jsonb(new) - stated then
    if old.state <> 'draft' then
      raise exception 'assessment % is submitted and not written in', old.id using errcode = 'restrict_violation';
    end if;
    new.edit := old.edit + 1;
    new.saved_at := clock_timestamp();
    new.assessor := coalesce(me, new.assessor);
    new.written_by := array_remove(old.written_by, me) || array_remove(array[me], null);
  end if;
  if new.state = 'confirmed' and old.state <> 'confirmed' then
    if new.grade = 'high' and row_security_active('app.needs_assessment'::regclass) then
      if (auth.role() in ('township', 'district')) is not true or old.state <> 'submitted' then
        raise exception 'an assessment of the highest grade is not for % to confirm', auth.actor()
          using errcode = 'insufficient_privilege';
      end if;
      new.approved_by := me;
    end if;
    new.confirmed_at := clock_timestamp();
  end if;
  return new;
end
$$;
comment on function app.keep_assessment is 'Says who wrote and who approved an assessment, and keeps what is confirmed — 评估不可改写';
create trigger needs_assessment_kept before insert or update on app.needs_assessment
  for each row execute function app.keep_assessment();

create function app.keep_need() returns trigger
language plpgsql set search_path = '' as $$
begin
  if to_jsonb(old) - 'state'::text is distinct from to_jsonb(new) - 'state'::text then
    raise exception 'need % stays as it was confirmed', old.id using errcode = 'restrict_violation';
  end if;
  new.changed_at := clock_timestamp();
  new.changed_by := coalesce(auth.staff_id(), old.changed_by);
  return new;
end
$$;
comment on function app.keep_need is 'Of a need only its state changes, and who changed it is told — 需求状态';
create trigger need_kept before update on app.need for each row execute function app.keep_need();

create function app.keep_objection() returns trigger
language plpgsql set search_path = '' as $$
declare
  fixed text[] := '{reply_enc,upheld,replied_at,replied_by}';
begin
  if old.replied_at is not null or to_jsonb(old) - fixed is distinct from to_jsonb(new) - fixed then
    raise exception 'objection % stays as it was recorded', old.id using errcode = 'restrict_violation';
  end if;
  if row_security_active('app.assessment_objection'::regclass) and (auth.role() in ('township', 'district')) is not true then
    raise exception 'an answer to an objection is not for % to give', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  new.replied_at := clock_timestamp();
  new.replied_by := coalesce(auth.staff_id(), new.replied_by);
  return new;
end
$$;
comment on function app.keep_objection is 'An objection is answered once, by an official — 异议答复';
create trigger assessment_objection_kept before update on app.assessment_objection for each row execute function app.keep_objection();
revoke execute on function app.keep_assessment, app.keep_need, app.keep_objection from public;
