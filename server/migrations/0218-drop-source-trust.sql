-- How far a source's word goes is said once, by the order of trust (app.fact_trust), which decides; what was stated beside it
-- and read by nothing is kept in words.

alter table app.source_terms disable trigger source_terms_as_recorded;
update app.source_terms set because = left(because || '（可信程度：'
  || case trust when 'authoritative' then '权威来源' when 'corroborating' then '可作佐证' else '仅供参考' end || '）', 300)
where trust is not null;
alter table app.source_terms enable trigger source_terms_as_recorded;
alter table app.source_terms drop column trust;

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
  insert into app.source_terms (source, owner, legal_basis, cadence, contact, sharing, method, grade, because)
  values (of_source, terms ->> 'owner', terms ->> 'legalBasis', terms ->> 'cadence',
    terms ->> 'contact', terms ->> 'sharing', terms ->> 'method', terms ->> 'grade', terms ->> 'because')
  returning id into made;
  return made;
end
$$;
