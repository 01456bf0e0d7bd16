-- A later release of the shipped pack arrives as a draft: what came is kept, so that it can be told
-- from what the district changed itself.

create table app.pack_release (
  id bigint generated always as identity primary key,
  hash text not null unique,
  version text not null,
  -- Path to text, as shipped; cases beside them, null: those that came with the program.
  files jsonb not null,
  cases jsonb,
  -- Everything in it was in force, or about to be, when it arrived: there is nothing to draft.
  contained boolean not null,
  arrived_at timestamptz not null default clock_timestamp()
);
comment on table app.pack_release is 'Packs that came with the program or from Git, in the order they arrived — 随程序到达的政策包';

alter table app.pack_release enable row level security;
alter table app.pack_release force row level security;
create policy pack_release_for_whoever_is_signed_in on app.pack_release for select
  using ((select auth.role()) is not null);
grant select on app.pack_release to app;

-- Until now only an empty database took one in.
insert into app.pack_release (hash, version, files, cases, contained, arrived_at)
  select hash, version, files, cases, true, published_at from app.pack order by id limit 1;

alter table app.pack add column release_hash text references app.pack_release (hash);
comment on column app.pack.release_hash is
  'The release it contains; null: the one the database began with — 所含的程序版本';
create index pack_release_contained on app.pack (release_hash);
grant insert (release_hash) on app.pack to app;

alter table app.policy_draft
  add column release_hash text references app.pack_release (hash),
  add column undecided text[] not null default '{}';
comment on column app.policy_draft.release_hash is 'The release it brings — 随哪个程序版本';
comment on column app.policy_draft.undecided is
  'Files that the release and the district changed in the same place, until the author chooses — 待选择的文件';
create index policy_draft_release on app.policy_draft (release_hash);
grant insert (release_hash, undecided) on app.policy_draft to app;
grant update (undecided) on app.policy_draft to app;

alter table app.policy_draft_event drop constraint policy_draft_event_kind_check;
alter table app.policy_draft_event add constraint policy_draft_event_kind_check
  check (kind in ('begun', 'taken-up', 'saved', 'settled', 'rebased', 'submitted', 'recalled', 'tried',
    'approved', 'returned', 'withdrawn', 'published'));

create or replace function app.guard_policy_draft() returns trigger
language plpgsql set search_path = '' as $$
declare
  me constant uuid := auth.staff_id();
  may constant text[] := auth.capabilities();
  changed constant boolean :=
    (old.title, old.note, old.base_hash, old.files, old.cases, old.content_hash, old.version, old.undecided)
      is distinct from
    (new.title, new.note, new.base_hash, new.files, new.cases, new.content_hash, new.version, new.undecided)
    or old.in_force_from is distinct from new.in_force_from;
  step constant text := old.state || ' ' || new.state;
  -- Never null: what is nobody's is not mine.
  mine constant boolean := old.author is not distinct from me and 'policy-author' = any(may);
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
  -- Whoever takes up what came with a release is its author from then on.
  if old.author is null and new.author = me and 'policy-author' = any(may)
    and step = 'draft draft' and new.revision = old.revision then
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
    if new.state = 'in-review' and cardinality(new.undecided) > 0 then
      raise exception 'what a release and the district both changed is decided before a review'
        using errcode = 'insufficient_privilege';
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
