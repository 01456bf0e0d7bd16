-- How much each indicator weighs and where grades begin, version by version: proposed by one, approved by another.

create table app.weight_version (
  id bigint generated always as identity primary key,
  -- Basis points, in the order of the indicators.
  weights int[] not null,
  cuts int[] not null,
  line int not null check (line between 1 and 10000),
  source text not null check (length(source) between 2 and 300),
  -- False: 待核.
  confirmed boolean not null,
  method text not null check (method in ('stated', 'critic')),
  data_hash bytea,
  data_rows int,
  data_day date,
  proposed_at timestamptz not null default clock_timestamp(),
  -- Null: shipped with the program.
  proposed_by uuid references app.staff (id),
  decided_at timestamptz,
  decided_by uuid references app.staff (id),
  refused_because text check (length(refused_because) between 2 and 300),
  superseded_at timestamptz,
  constraint weight_version_whole check (
    cardinality(weights) = 10 and 0 <= all (weights)
    and weights[1] + weights[2] + weights[3] + weights[4] + weights[5]
      + weights[6] + weights[7] + weights[8] + weights[9] + weights[10] = 10000),
  constraint weight_version_cuts_rise check (
    cardinality(cuts) = 3 and 0 < cuts[1] and cuts[1] < cuts[2] and cuts[2] < cuts[3] and cuts[3] <= 10000),
  constraint weight_version_of_data check ((method = 'critic') = (data_hash is not null)
    and (data_hash is null) = (data_rows is null) and (data_hash is null) = (data_day is null)),
  constraint weight_version_maker_is_no_checker check (decided_by is distinct from proposed_by or decided_by is null)
);
comment on table app.weight_version is 'Weights of the indicators and where grades begin, version by version — 权重版本';
comment on column app.weight_version.cuts is 'From which score on a grade is low, middle, high, in basis points — 分档线';
comment on column app.weight_version.line is 'From which score on a household counts as poor in several ways — 多维贫困线';
comment on column app.weight_version.data_hash is 'SHA-256 of the answers that CRITIC worked it out from — 数据集校验值';
create unique index weight_version_in_force on app.weight_version ((true))
  where decided_at is not null and refused_because is null and superseded_at is null;

alter table app.weight_version enable row level security;
alter table app.weight_version force row level security;
create policy weight_version_for_case_work on app.weight_version for select using ((select auth.scope_from()) is not null);
grant select on app.weight_version to app;
create trigger weight_version_as_decided before update on app.weight_version for each row
  when (to_jsonb(old) - '{decided_at,decided_by,refused_because,superseded_at}'::text[] is distinct from
      to_jsonb(new) - '{decided_at,decided_by,refused_because,superseded_at}'::text[]
    or old.superseded_at is not null or old.refused_because is not null
    or old.decided_at is not null and new.superseded_at is null)
  execute function app.keep_as_recorded();
create trigger weight_version_stays before delete on app.weight_version for each row execute function app.keep_as_recorded();

insert into app.weight_version (weights, cuts, line, source, confirmed, method, decided_at) values
  ('{833,834,833,834,1667,1667,832,834,833,833}', '{2000,3300,5000}', 3333,
    '六个维度等权、维度内等分；分档线由本系统提出，待首批数据与长宁分布比对后由区里确定', false, 'stated', clock_timestamp());

create function app.refuse_all_but_weighers() returns void
language plpgsql set search_path = '' as $$
begin
  if not coalesce(auth.keeps_records(), false) or auth.staff_id() is null then
    raise exception 'weights are not for % to decide', auth.actor() using errcode = 'insufficient_privilege';
  end if;
end
$$;
comment on function app.refuse_all_but_weighers is 'Weights are proposed and approved by staff of the whole district — 仅限区级人员';

create function app.propose_weights(content jsonb) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  perform app.refuse_all_but_weighers();
  insert into app.weight_version (weights, cuts, line, source, confirmed, method, data_hash, data_rows, data_day, proposed_by)
  values (array(select jsonb_array_elements_text(content -> 'weights')::int),
    array(select jsonb_array_elements_text(content -> 'cuts')::int), (content ->> 'line')::int, content ->> 'source',
    (content ->> 'confirmed')::boolean, content ->> 'method', decode(content ->> 'dataHash', 'hex'),
    (content ->> 'dataRows')::int, (content ->> 'dataDay')::date, auth.staff_id())
  returning id into made;
  return made;
end
$$;
comment on function app.propose_weights is 'Proposes weights, by staff of the whole district — 提出权重';

-- False where it is decided already, or there is none.
create function app.decide_weights(of_version bigint, why_not text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform app.refuse_all_but_weighers();
  perform pg_advisory_xact_lock(hashtext('weights'));
  perform from app.weight_version where id = of_version and decided_at is null for update;
  if not found then
    return false;
  end if;
  if why_not is null then
    update app.weight_version set superseded_at = clock_timestamp()
    where decided_at is not null and refused_because is null and superseded_at is null;
  end if;
  update app.weight_version set decided_at = clock_timestamp(), decided_by = auth.staff_id(), refused_because = why_not
  where id = of_version;
  return true;
end
$$;
comment on function app.decide_weights is 'Puts proposed weights into force or refuses them, by another than proposed them — 审定权重';
revoke execute on function app.refuse_all_but_weighers, app.propose_weights, app.decide_weights from public;
grant execute on function app.propose_weights, app.decide_weights to app;
