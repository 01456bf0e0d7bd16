-- A run over many households is cut into shards, which workers of this machine or another read, answer
-- and stage, each in a transaction of its own; one last transaction publishes what all of them staged.
-- A run that dies leaves the stored answers as they were, and whoever comes next goes on with it.

-- 'district': everybody. 'marked': those whose households changed; they are answered also while the district is under way, and then its answer is the newer one.
alter table app.match_run
  add column scope text not null default 'district' check (scope in ('district', 'marked', 'comparison')),
  add column expected int not null default 0,
  add column differing bigint[];
update app.match_run set scope = 'marked' where cause = 'household.changed';
comment on column app.match_run.differing is 'Of a nightly comparison: households of which the stored answers were not what they should have been, a hundred at most — 夜间比对不一致的户';

-- Lost with what they staged when the database crashes: both are unlogged, and the run begins anew.
create unlogged table app.match_shard (
  run_id bigint not null references app.match_run (id),
  number int not null,
  -- Either a range of households, or those named.
  after_id bigint,
  up_to_id bigint,
  household_ids bigint[],
  -- How many it is thought to be, and how many of what it was.
  expected int not null,
  households int not null default 0,
  persons int not null default 0,
  unchanged int not null default 0,
  -- By programme, of how many it cannot be said; what rests on clinical facts is not counted.
  undecided jsonb not null default '{}',
  staged_at timestamptz,
  attempts int not null default 0,
  problem text,
  primary key (run_id, number),
  check ((household_ids is null) = (after_id is not null and up_to_id is not null))
);
comment on table app.match_shard is 'Part of a run that one worker takes on at a time — 匹配分片';
alter table app.match_shard enable row level security;
alter table app.match_shard force row level security;
create policy match_shard_for_program on app.match_shard for all
  using ((select auth.role()) = 'job');
grant select, insert on app.match_shard to app;
grant update (households, persons, unchanged, undecided, staged_at, attempts, problem) on app.match_shard to app;

-- What shards found to differ. COPY into a table under row-level security is refused; so role app may add
-- rows and do nothing else, and only a session of the program may add any.
create unlogged table staging.match_answer (
  run_id bigint not null, number int not null,
  household_id bigint not null, version int not null, area_id text collate "C" not null, person_id bigint,
  programme text not null, target text not null, tier text, verdict text not null,
  amount_kind text not null, amount_min bigint, amount_max bigint, per text,
  missing text[] not null, reasons text[] not null, via text[] not null, near_miss boolean not null,
  need_signal boolean not null, clinical boolean not null, next_change date, content_hash bigint not null
);
create unlogged table staging.match_undecided (
  run_id bigint not null, number int not null,
  household_id bigint not null, version int not null, area_id text collate "C" not null, clinical boolean not null,
  kinds bigint[] not null, person_ids bigint[] not null, next_changes date[] not null, next_change date,
  content_hash bigint not null
);
create unlogged table staging.match_gone (
  run_id bigint not null, number int not null,
  household_id bigint not null, version int not null, answer_id bigint, undecided_id bigint
);
create index match_answer_run on staging.match_answer (run_id);
create index match_undecided_run on staging.match_undecided (run_id);
create index match_gone_run on staging.match_gone (run_id);
-- Read once and deleted: a list of kinds is not worth compressing for that.
alter table staging.match_undecided
  alter column kinds set storage external, alter column person_ids set storage external,
  alter column next_changes set storage external;

create function staging.refuse_all_but_program() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only a run of the program stages answers';
  end if;
  return null;
end $$;
create trigger program_only before insert on staging.match_answer
  for each statement execute function staging.refuse_all_but_program();
create trigger program_only before insert on staging.match_undecided
  for each statement execute function staging.refuse_all_but_program();
create trigger program_only before insert on staging.match_gone
  for each statement execute function staging.refuse_all_but_program();
grant usage on schema staging to app;
grant insert on staging.match_answer, staging.match_undecided, staging.match_gone to app;

-- Takes back what a run staged, also when it has been published.
create function app.discard_staged(run bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only the program discards what it staged';
  end if;
  delete from staging.match_answer where run_id = run;
  delete from staging.match_undecided where run_id = run;
  delete from staging.match_gone where run_id = run;
end $$;
grant execute on function app.discard_staged(bigint) to app;

-- The parts of runs that are over are kept until a run over the district that began before them is over, too.
create function app.drop_shards(upto bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only the program drops shards';
  end if;
  delete from app.match_shard using app.match_run
  where match_run.id = run_id and run_id <= upto and match_run.state <> 'running'
    and not exists (
      select from app.match_run earlier where earlier.state = 'running' and earlier.id < match_shard.run_id);
end $$;
grant execute on function app.drop_shards(bigint) to app;

-- Of what a run staged, whatever has been answered since it began, by a run over households that changed:
-- that answer is as new or newer.
create function app.drop_overtaken(run bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  overtaken bigint[] := array(
    select distinct unnest(household_ids) from app.match_shard where run_id > run and household_ids is not null);
  dropped bigint;
begin
  if cardinality(overtaken) = 0 then return 0; end if;
  with one as (
    delete from staging.match_answer where run_id = run and household_id = any(overtaken) returning household_id
  ), two as (
    delete from staging.match_undecided where run_id = run and household_id = any(overtaken) returning household_id
  ), three as (
    delete from staging.match_gone where run_id = run and household_id = any(overtaken) returning household_id
  )
  select count(distinct household_id) into dropped
  from (table one union all table two union all table three) households;
  return dropped;
end $$;

-- Closes what no longer holds and writes what is new, for households that are still as they were read; the
-- others are left out and counted. A household without a wide row is not matched, and what is stored of it
-- goes. The wide row of the version that was read is there still, so its stamp says on what an answer was given.
create function app.publish_staged(run bigint) returns table (written bigint, closed bigint, left_out bigint)
language plpgsql security definer set search_path = '' as $$
declare
  known app.match_run;
  overtaken bigint;
  counted bigint;
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only the program publishes answers';
  end if;
  select * into strict known from app.match_run where id = run and state = 'running';
  overtaken := app.drop_overtaken(run);
  if (select count(*) from app.match_shard where run_id = run) > 1 then
    -- Nothing is known yet of tables that have just been filled.
    analyze staging.match_answer, staging.match_undecided, staging.match_gone;
  end if;
  select count(distinct staged.household_id) into left_out
  from (
    select household_id, version from staging.match_answer where run_id = run
    union all select household_id, version from staging.match_undecided where run_id = run
    union all select household_id, version from staging.match_gone where run_id = run
  ) staged
  left join app.household on household.id = staged.household_id
  where household.version is distinct from staged.version
    and not (staged.version = 0
      and not exists (select from app.household_current wide where wide.household_id = staged.household_id));
  left_out := left_out + overtaken;

  update app.answer set superseded_at = now()
  from staging.match_gone staged join app.household on household.id = staged.household_id
  where staged.run_id = run and answer.id = staged.answer_id and answer.superseded_at is null
    and (household.version = staged.version or staged.version = 0
      and not exists (select from app.household_current wide where wide.household_id = staged.household_id));
  get diagnostics closed = row_count;
  update app.undecided set superseded_at = now()
  from staging.match_gone staged join app.household on household.id = staged.household_id
  where staged.run_id = run and undecided.id = staged.undecided_id and undecided.superseded_at is null
    and (household.version = staged.version or staged.version = 0
      and not exists (select from app.household_current wide where wide.household_id = staged.household_id));
  get diagnostics counted = row_count;
  closed := closed + counted;

  insert into app.answer (household_id, area_id, person_id, programme, target, tier, verdict, amount_kind,
    amount_min, amount_max, per, missing, reasons, via, near_miss, need_signal, clinical, next_change,
    content_hash, pack_version, pack_hash, run_id, known_at, known_on)
  select staged.household_id, staged.area_id, person_id, programme, target, tier, verdict, amount_kind,
    amount_min, amount_max, per, missing, reasons, via, near_miss, need_signal, clinical, next_change,
    content_hash, known.pack_version, known.pack_hash, run, wide.known_at, wide.known_on
  from staging.match_answer staged
  join app.household on household.id = staged.household_id and household.version = staged.version
  join app.household_current wide on wide.household_id = staged.household_id and wide.version = staged.version
  where staged.run_id = run;
  get diagnostics written = row_count;
  insert into app.undecided (household_id, area_id, clinical, kinds, person_ids, next_changes, next_change,
    content_hash, pack_version, pack_hash, run_id, known_at, known_on)
  select staged.household_id, staged.area_id, clinical, kinds, person_ids, next_changes, next_change,
    content_hash, known.pack_version, known.pack_hash, run, wide.known_at, wide.known_on
  from staging.match_undecided staged
  join app.household on household.id = staged.household_id and household.version = staged.version
  join app.household_current wide on wide.household_id = staged.household_id and wide.version = staged.version
  where staged.run_id = run;
  get diagnostics counted = row_count;
  written := written + counted;
  return next;
end $$;
grant execute on function app.publish_staged(bigint) to app;

-- A nightly comparison answers everybody anew as of the day, the policies and the facts of the stored answers:
-- every household it stages something of had a wrong answer, unless it has changed or been answered since.
create function app.differing_households(run bigint) returns bigint[]
language plpgsql security definer set search_path = '' as $$
declare
  -- Whoever was answered for a later day since.
  later bigint[] := array(
    select distinct unnest(household_ids) from app.match_shard join app.match_run on match_run.id = run_id
    where household_ids is not null and on_day > (select on_day from app.match_run where id = run));
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only the program compares answers';
  end if;
  perform app.drop_overtaken(run);
  return array(
    select distinct staged.household_id
    from (
      select household_id, version from staging.match_answer where run_id = run
      union all select household_id, version from staging.match_undecided where run_id = run
      union all select household_id, version from staging.match_gone where run_id = run
    ) staged
    join app.household on household.id = staged.household_id
    where (household.version = staged.version or staged.version = 0)
      and staged.household_id <> all(later)
      and not exists (select from app.change_marker where change_marker.household_id = staged.household_id)
    order by 1);
end $$;
grant execute on function app.differing_households(bigint) to app;

-- Every household whose version has moved on since it was last answered: set by the change itself, taken away
-- by the run that answers it.
create table app.change_marker (
  household_id bigint primary key references app.household (id),
  version int not null,
  changed_at timestamptz not null default clock_timestamp(),
  -- The run that is answering it.
  run_id bigint
);
comment on table app.change_marker is 'A household that has changed and is not answered yet — 变更标记';
alter table app.change_marker enable row level security;
alter table app.change_marker force row level security;
create policy change_marker_for_program on app.change_marker for all
  using ((select auth.role()) = 'job');
grant select on app.change_marker to app;
grant update (run_id) on app.change_marker to app;

create function app.mark_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into app.change_marker (household_id, version)
  select after.id, after.version from after join before using (id) where after.version <> before.version
  order by after.id
  on conflict (household_id) do update
    set version = excluded.version, changed_at = excluded.changed_at, run_id = null;
  return null;
end $$;
create trigger household_marked after update on app.household
  referencing old table as before new table as after
  for each statement execute function app.mark_changed();

-- A run that is done takes away the markers it answered; who changed again meanwhile has lost its number.
create function app.clear_markers(run bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only the program answers changes';
  end if;
  delete from app.change_marker where run_id = run;
end $$;
grant execute on function app.clear_markers(bigint) to app;
