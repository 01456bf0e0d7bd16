-- An answer that rests on a clinical fact tells it: whoever is eligible by a diagnosis has it. So what
-- stands on one, answers, undecided ones and leads, is seen by whoever may read the fact, and by
-- nobody else. Such lines stand on a lead of their own, so that sums, sentences and history of the
-- lead that everybody in the area works on say nothing of them.

alter table app.answer add column clinical boolean not null default false;
alter table app.undecided add column clinical boolean not null default false;
comment on column app.answer.clinical is 'Its programme reads a clinical fact that is on record of whom it concerns — 涉及临床事实';
comment on column app.undecided.clinical is 'The list of what rests on clinical facts, beside the list of the rest — 涉及临床事实';
drop index app.undecided_one_current;
create unique index undecided_one_current on app.undecided (household_id, clinical) where superseded_at is null;

alter table app.lead add column clinical boolean not null default false;
alter table app.lead_line add column clinical boolean not null default false;
alter table app.lead_event add column clinical boolean not null default false;
comment on column app.lead.clinical is 'Holds the lines that rest on clinical facts — 涉及临床事实';
drop index app.lead_one_open;
create unique index lead_one_open on app.lead (household_id, clinical) where state = 'open';
alter table app.lead_line drop constraint lead_line_lead_id_household_id_area_id_fkey;
alter table app.lead_event drop constraint lead_event_lead_id_household_id_area_id_fkey;
alter table app.lead drop constraint lead_in_household;
alter table app.lead add constraint lead_in_household unique (id, household_id, area_id, clinical);
-- A line or an entry is behind the same wall as its lead.
alter table app.lead_line add constraint line_of_lead foreign key (lead_id, household_id, area_id, clinical)
  references app.lead (id, household_id, area_id, clinical) on update cascade;
alter table app.lead_event add constraint event_of_lead foreign key (lead_id, household_id, area_id, clinical)
  references app.lead (id, household_id, area_id, clinical) on update cascade;
grant insert (clinical) on app.lead_event to app;

-- What is stored already is taken for clinical where any such fact was ever on record; the next run
-- says it exactly.
update app.answer set clinical = true
where programme in ('dabing', 'ganran-shouyang', 'jiuye-kunnan', 'liangai', 'linghuo-shebao') and exists (
  select from app.fact where fact.household_id = answer.household_id and sensitivity = 'clinical');
update app.undecided set clinical = true
where exists (select from app.fact where fact.household_id = undecided.household_id and sensitivity = 'clinical');

do $$
declare
  name text;
begin
  foreach name in array array['answer', 'undecided', 'lead', 'lead_line', 'lead_event'] loop
    execute format(
      'create policy %I on app.%I as restrictive using (not clinical or (select auth.role()) in (''district'', ''job''))',
      name || '_clinical', name);
  end loop;
end
$$;

drop view app.every_answer;
create view app.every_answer with (security_invoker = true) as
  select household_id, area_id, person_id, programme, target, tier, verdict, amount_kind, amount_min, amount_max,
    per, missing, reasons, via, near_miss, need_signal, clinical, next_change, pack_version, pack_hash, run_id,
    recorded_at, superseded_at
  from app.answer
  union all
  select undecided.household_id, undecided.area_id, nullif(entry.person_id, 0), kind.programme, kind.target,
    kind.tier, 'unknown', kind.amount_kind, kind.amount_min, kind.amount_max, kind.per, kind.missing,
    kind.reasons, '{}', false, false, undecided.clinical, entry.next_change, undecided.pack_version,
    undecided.pack_hash, undecided.run_id, undecided.recorded_at, undecided.superseded_at
  from app.undecided
  cross join lateral unnest(kinds, person_ids, next_changes) as entry (kind_id, person_id, next_change)
  join app.undecided_kind kind on kind.id = entry.kind_id;
comment on view app.every_answer is 'Answers and undecided ones alike, one row per household or person and programme — 全部结果';
grant select on app.every_answer to app;
