-- What somebody may write over the application's own connection is no more than the program writes
-- in their name: a member of staff who got hold of it could else rewrite what is known, received or
-- found within their area.

-- Households, members, awards and rolls arrive through a load or a function of the owner.
revoke insert, update on app.household, app.person, app.member, app.award, app.roll from app;
grant update (version) on app.household to app;

-- What matching found is the program's to say, as raising a lead is.
do $$
declare
  name text;
begin
  foreach name in array array['answer', 'undecided', 'match_run'] loop
    execute format(
      'create policy %I on app.%I as restrictive for insert with check ((select auth.role()) = ''job'')',
      name || '_written_by_program', name);
    execute format(
      'create policy %I on app.%I as restrictive for update using ((select auth.role()) = ''job'')',
      name || '_changed_by_program', name);
  end loop;
end
$$;

-- An answer is closed and a new one put after it; nothing else of it ever changes.
revoke update on app.answer, app.undecided from app;
grant update (superseded_at) on app.answer, app.undecided to app;

-- Ten thousand answers name the same run, which is never removed: no key checks each of them.
alter table app.answer drop constraint answer_run_id_fkey;
alter table app.undecided drop constraint undecided_run_id_fkey;
