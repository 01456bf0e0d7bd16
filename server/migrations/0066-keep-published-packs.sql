-- A published pack is superseded, never changed, by anybody: answers name it by its hash, and by its
-- version where people talk of it.

create function app.keep_packs() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception 'a published policy pack stays as it was published: publish the change under a new version'
    using errcode = 'restrict_violation';
end
$$;
comment on function app.keep_packs is 'Refuses to change or remove a published pack — 已发布的政策包不可改动';
create trigger pack_stays before update or delete or truncate on app.pack
  for each statement execute function app.keep_packs();

create function app.refuse_same_version() returns trigger
language plpgsql set search_path = '' as $$
declare
  known text;
begin
  select hash into known from app.pack where version = new.version;
  if known is not null then
    raise exception 'pack version % is already published with hash %, this one has hash %: give the change a new version',
      new.version, known, new.hash using errcode = 'unique_violation';
  end if;
  return new;
end
$$;
comment on function app.refuse_same_version is 'Says which pack bears the version already — 同一版本号不可再发布';
create trigger pack_version_once before insert on app.pack
  for each row execute function app.refuse_same_version();
-- What two publishers at once could get past the sentence above.
create unique index pack_one_version on app.pack (version);
