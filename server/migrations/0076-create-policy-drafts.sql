-- A change of policy on its way: written by one, checked, tried on the whole district, approved and
-- published by another.

create table app.policy_draft (
  id bigint generated always as identity primary key,
  title text not null check (length(title) between 1 and 100),
  note text not null default '',
  -- The pack the draft was written against.
  base_hash text not null,
  -- Path to text of what differs from that pack, whole files; cases beside them, by path under cases/.
  files jsonb not null default '{}',
  cases jsonb not null default '{}',
  -- First day; null: from publication on.
  in_force_from date,
  -- What the whole pack with the change is, and is called.
  content_hash text not null,
  version text not null,
  state text not null default 'draft'
    check (state in ('draft', 'in-review', 'approved', 'returned', 'published', 'withdrawn')),
  -- Counts every change of content; approvals and impacts hold for one revision.
  revision int not null default 1,
  -- Null: it came with a release of the program, and nobody has taken it up yet.
  author uuid default auth.staff_id() references app.staff (id),
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp()
);
comment on table app.policy_draft is 'Changes of policy being written, reviewed and published — 政策草稿';
create index policy_draft_state on app.policy_draft (state, changed_at);
create index policy_draft_author on app.policy_draft (author);

create table app.policy_draft_event (
  id bigint generated always as identity primary key,
  draft_id bigint not null references app.policy_draft (id),
  kind text not null check (kind in ('begun', 'saved', 'rebased', 'submitted', 'recalled', 'tried',
    'approved', 'returned', 'withdrawn', 'published')),
  revision int not null,
  content_hash text not null,
  text text not null default '',
  by uuid default auth.staff_id() references app.staff (id),
  at timestamptz not null default clock_timestamp()
);
comment on table app.policy_draft_event is 'What happened to a draft, who did it and when — 政策草稿经过';
create index policy_draft_event_draft on app.policy_draft_event (draft_id, id);
create index policy_draft_event_by on app.policy_draft_event (by);

create table app.policy_draft_impact (
  id bigint generated always as identity primary key,
  draft_id bigint not null references app.policy_draft (id),
  revision int not null,
  content_hash text not null,
  -- As it may be shown: counts under five are not in it.
  impact jsonb not null,
  -- More than the district allows would lose what they are entitled to: two must approve.
  second_approver boolean not null,
  by uuid not null default auth.staff_id() references app.staff (id),
  at timestamptz not null default clock_timestamp()
);
comment on table app.policy_draft_impact is 'What a draft would do to the whole district — 政策草稿影响测算';
create index policy_draft_impact_draft on app.policy_draft_impact (draft_id, revision, id);
create index policy_draft_impact_by on app.policy_draft_impact (by);

alter table app.policy_draft enable row level security;
alter table app.policy_draft force row level security;
alter table app.policy_draft_event enable row level security;
alter table app.policy_draft_event force row level security;
alter table app.policy_draft_impact enable row level security;
alter table app.policy_draft_impact force row level security;

create policy policy_draft_for_the_appointed on app.policy_draft for select
  using (cardinality((select auth.capabilities())) > 0);
create policy policy_draft_begun_by_author on app.policy_draft for insert with check (
  (select auth.capabilities()) @> array['policy-author']
  and author = (select auth.staff_id()) and state = 'draft' and revision = 1
);
create policy policy_draft_changed_by_the_appointed on app.policy_draft for update
  using (cardinality((select auth.capabilities())) > 0)
  with check (cardinality((select auth.capabilities())) > 0);
grant select on app.policy_draft to app;
grant insert (title, note, base_hash, files, cases, in_force_from, content_hash, version) on app.policy_draft to app;
grant update (title, note, base_hash, files, cases, in_force_from, content_hash, version, state, revision, author, changed_at)
  on app.policy_draft to app;

create policy policy_draft_event_for_the_appointed on app.policy_draft_event for select
  using (cardinality((select auth.capabilities())) > 0);
-- Only somebody else than the author approves, returns and publishes; the rest is the author's.
create policy policy_draft_event_in_own_name on app.policy_draft_event for insert with check (
  by = (select auth.staff_id())
  and exists (select from app.policy_draft draft where draft.id = draft_id and case
    when kind in ('approved', 'returned', 'published') then
      (select auth.capabilities()) @> array['policy-approver']
      and draft.author is distinct from (select auth.staff_id())
    when kind = 'tried' then cardinality((select auth.capabilities())) > 0
    else (select auth.capabilities()) @> array['policy-author'] and draft.author = (select auth.staff_id())
  end)
);
grant select on app.policy_draft_event to app;
grant insert (draft_id, kind, revision, content_hash, text) on app.policy_draft_event to app;

create policy policy_draft_impact_for_the_appointed on app.policy_draft_impact for select
  using (cardinality((select auth.capabilities())) > 0);
create policy policy_draft_impact_by_the_appointed on app.policy_draft_impact for insert
  with check (by = (select auth.staff_id()) and cardinality((select auth.capabilities())) > 0);
grant select on app.policy_draft_impact to app;
grant insert (draft_id, revision, content_hash, impact, second_approver) on app.policy_draft_impact to app;

-- A pack says from which day on it is in force; null: from its publication on. Its cases go with it.
alter table app.pack add column in_force_from date;
alter table app.pack add column cases jsonb;
comment on column app.pack.in_force_from is 'First day; of those begun the latest is in force — 施行日期';
comment on column app.pack.cases is 'Cases beside the pack by path; null: those that came with the program — 例子';
grant insert (in_force_from, cases) on app.pack to app;

create function app.guard_policy_draft() returns trigger
language plpgsql set search_path = '' as $$
declare
  me constant uuid := auth.staff_id();
  may constant text[] := auth.capabilities();
  changed constant boolean :=
    (old.title, old.note, old.base_hash, old.files, old.cases, old.content_hash, old.version)
      is distinct from
    (new.title, new.note, new.base_hash, new.files, new.cases, new.content_hash, new.version)
    or old.in_force_from is distinct from new.in_force_from;
  step constant text := old.state || ' ' || new.state;
  mine constant boolean := old.author = me and 'policy-author' = any(may);
  approvals int;
  needed int;
begin
  -- The owner of the tables lays drafts of a release out; nobody else comes here without a session.
  if me is null then return new; end if;
  if changed then
    if not (mine or (old.author is null and 'policy-author' = any(may)))
      or old.state not in ('draft', 'returned') or new.state <> 'draft'
      or new.author is distinct from me or new.revision <> old.revision + 1 then
      raise exception 'only its author changes a draft, and only while it is one'
        using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if new.revision <> old.revision or new.author is distinct from old.author then
    raise exception 'a draft keeps its author, and its revision without a change'
      using errcode = 'insufficient_privilege';
  end if;
  if step in ('draft in-review', 'returned in-review', 'in-review draft', 'approved draft',
    'draft withdrawn', 'returned withdrawn', 'in-review withdrawn', 'approved withdrawn') then
    if not mine then
      raise exception 'only its author takes this step with a draft' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if step not in ('in-review in-review', 'in-review approved', 'in-review returned', 'approved returned',
      'approved published')
    or not 'policy-approver' = any(may) or old.author is not distinct from me then
    raise exception 'somebody else than its author, appointed to approve, takes this step with a draft'
      using errcode = 'insufficient_privilege';
  end if;
  if new.state not in ('approved', 'published') then return new; end if;
  select case when second_approver then 2 else 1 end into needed from app.policy_draft_impact
    where draft_id = new.id and revision = new.revision order by id desc limit 1;
  select count(distinct by) into approvals from app.policy_draft_event
    where draft_id = new.id and revision = new.revision and kind = 'approved';
  if needed is null or approvals < needed then
    raise exception 'a draft is approved by as many as its impact asks for, for exactly this content'
      using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'published' and not exists (select from app.pack where hash = new.content_hash) then
    raise exception 'a published draft is a published pack' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
comment on function app.guard_policy_draft is 'Who may take which step with a draft — 政策草稿的审批规则';
create trigger policy_draft_guarded before update on app.policy_draft
  for each row execute function app.guard_policy_draft();

-- A pack is published with a figure that was missing, or as an approved draft by somebody who did not
-- write it: nothing else puts rules in force.
drop policy pack_published_by_district on app.pack;
create policy pack_published_with_figure_or_approval on app.pack for insert with check (
  published_by = (select auth.actor()) and (
    ((select auth.role()) in ('district', 'system-admin') and exists (
      select from app.parameter_entry entry
      where entry.entered_by = (select auth.actor()) and entry.entered_at >= now()))
    or ((select auth.capabilities()) @> array['policy-approver'] and exists (
      select from app.policy_draft draft
      where draft.content_hash = pack.hash and draft.state = 'approved'
        and draft.author is distinct from (select auth.staff_id())))
  )
);
