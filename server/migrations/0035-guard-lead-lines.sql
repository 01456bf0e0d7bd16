-- What a line says comes from a run. Staff record what came of it, and change nothing else of it:
-- not the verdict, the amount or the sentence, and they close none for good. Row-level security
-- knows rows, not columns, and the program and staff come as the same role, so a trigger compares.
create function app.keep_lines_as_found() returns trigger
language plpgsql set search_path = '' as $$
declare
  of_staff text[] := array['state', 'disposition', 'reason', 'note', 'cools_until'];
  changed bigint;
begin
  -- The owner, whom policies do not bind, and the program.
  if not row_security_active('app.lead_line') or auth.role() = 'job' then
    return null;
  end if;
  select after.id into changed
  from before join after using (id)
  where to_jsonb(before) - of_staff is distinct from to_jsonb(after) - of_staff
    or (before.state = 'closed') <> (after.state = 'closed')
  limit 1;
  if changed is not null then
    raise exception 'what lead line % says is not for % to change', changed, auth.actor()
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;
comment on function app.keep_lines_as_found is 'Refuses a change by staff of what a run says in a line — 线索条目内容只由匹配写入';

-- Once a statement, so that a run over a district asks once who it is.
create trigger lead_line_as_found after update on app.lead_line
  referencing old table as before new table as after
  for each statement execute function app.keep_lines_as_found();
