-- What a run over the district staged leaves a gigabyte of dead rows behind when it is only deleted, and every
-- later run reads over them. Truncated where nobody else can have staged anything that is still wanted: no other
-- run is under way, and nobody holds the tables for longer than a moment.
create function app.clear_staging(run bigint) returns void
language plpgsql security definer set search_path = '' set lock_timeout = '200ms' as $$
begin
  if auth.role() is distinct from 'job' then
    raise insufficient_privilege using message = 'only the program discards what it staged';
  end if;
  if not exists (select from app.match_run where state = 'running' and id <> run) then
    begin
      truncate staging.match_answer, staging.match_undecided, staging.match_gone;
      return;
    exception when lock_not_available then
      -- Somebody is answering a household this very moment.
      null;
    end;
  end if;
  perform app.discard_staged(run);
end $$;
grant execute on function app.clear_staging(bigint) to app;

-- Publishing looks up the households of a run one by one; taken for as dear as on turning disks, PostgreSQL would
-- rather read those of the whole district.
alter function app.publish_staged(bigint) set random_page_cost = '1.1';
