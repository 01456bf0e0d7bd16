-- What the catalogue says of a source’s data beside owner and cadence: how far it is shared, how, and its grade.

alter table app.source_terms
  add column sharing text check (sharing in ('unconditional', 'conditional', 'withheld')),
  add column method text check (method in ('interface', 'table', 'file', 'lookup', 'other')),
  -- As 数据安全法第二十一条 grades data.
  add column grade text check (grade in ('general', 'important', 'core'));
comment on column app.source_terms.sharing is 'Shared with everybody, on conditions, or not at all — 共享类型';
comment on column app.source_terms.method is 'How it hands over data — 共享方式';
comment on column app.source_terms.grade is 'Grade of its data — 数据分级';

create or replace function app.state_source(of_source text, terms jsonb, seen bigint) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  made bigint;
begin
  if not coalesce(auth.capabilities() && array['data-steward'], false) then
    raise exception 'sources are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('source ' || of_source));
  if seen is distinct from (select id from app.source_terms where source = of_source and superseded_at is null) then
    return null;
  end if;
  update app.source_terms set superseded_at = clock_timestamp() where source = of_source and superseded_at is null;
  insert into app.source_terms (source, owner, legal_basis, cadence, trust, contact, sharing, method, grade, because)
  values (of_source, terms ->> 'owner', terms ->> 'legalBasis', terms ->> 'cadence', terms ->> 'trust',
    terms ->> 'contact', terms ->> 'sharing', terms ->> 'method', terms ->> 'grade', terms ->> 'because')
  returning id into made;
  return made;
end
$$;
