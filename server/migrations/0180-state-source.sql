-- What is agreed with a source, as the data steward states it and on what; what nobody stated is not confirmed.

create table app.source_terms (
  id bigint generated always as identity primary key,
  -- As in sources.yaml.
  source text not null check (length(source) between 1 and 40),
  owner text check (length(owner) between 1 and 100),
  legal_basis text check (length(legal_basis) between 1 and 300),
  cadence text check (cadence in ('daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'on-request')),
  trust text check (trust in ('authoritative', 'corroborating', 'reference')),
  contact text check (length(contact) between 1 and 100),
  because text not null check (length(because) between 2 and 300),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.source_terms is 'What is agreed with a source of data, and on what that rests — 数据来源约定';
comment on column app.source_terms.owner is 'The body and unit that answers for it — 责任单位';
comment on column app.source_terms.legal_basis is 'Document and article that let it share — 法律依据';
comment on column app.source_terms.cadence is 'How often it delivers — 更新频率';
comment on column app.source_terms.trust is 'How far its word goes against that of others — 可信程度';
comment on column app.source_terms.because is 'What was agreed, and when: a letter, a call — 依据说明';
create unique index source_terms_current on app.source_terms (source) where superseded_at is null;
create index source_terms_of on app.source_terms (source, id);
alter table app.source_terms enable row level security;
alter table app.source_terms force row level security;
create policy source_terms_for_stewards on app.source_terms for select using (
  (select auth.role()) = 'job' or (select auth.capabilities()) && array['data-steward']);
grant select on app.source_terms to app;
create trigger source_terms_as_recorded before update on app.source_terms for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger source_terms_stay before delete on app.source_terms for each row execute function app.keep_as_recorded();

-- The number of what stands from now on; null where somebody else stated other terms since `seen`.
create function app.state_source(of_source text, terms jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  if not auth.capabilities() && array['data-steward'] then
    raise exception 'sources are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('source ' || of_source));
  if seen is distinct from (select id from app.source_terms where source = of_source and superseded_at is null) then
    return null;
  end if;
  update app.source_terms set superseded_at = clock_timestamp() where source = of_source and superseded_at is null;
  insert into app.source_terms (source, owner, legal_basis, cadence, trust, contact, because)
  values (of_source, terms ->> 'owner', terms ->> 'legalBasis', terms ->> 'cadence', terms ->> 'trust',
    terms ->> 'contact', terms ->> 'because')
  returning id into made;
  return made;
end
$$;
comment on function app.state_source is 'What is agreed with a source from now on, by a data steward of the district — 登记数据来源约定';
revoke execute on function app.state_source from public;
grant execute on function app.state_source to app;
