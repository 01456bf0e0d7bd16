-- What people say themselves comes in through staff who see the household. It joins the warning of the topic that lives, or is one.
-- Word of harm to a child or of violence is seen by the district and whoever wrote it down first, nobody else until they are named.

create function app.take_word(of_household bigint, content jsonb, words bytea, at_instant timestamptz, on_date date) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  home app.household;
  live app.warning;
  harm boolean := coalesce((content ->> 'harm')::boolean, false);
  grave text := case when harm then 'red' else content ->> 'severity' end;
begin
  select * into home from app.household where id = of_household and area_id >= auth.scope_from() and area_id < auth.scope_to()
    and id <> all (auth.hidden_households());
  if auth.role() not in ('advisor', 'township', 'district') or auth.role() is null or home.id is null then
    raise exception 'words are not for % to take of household %', auth.actor(), of_household using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('warnings of household'), of_household::int);
  select * into live from app.warning where household_id = of_household and topic = case when harm then 'safety' else 'word' end
    and sensitivity = 'plain' and restricted = harm and state <> 'closed' for update;
  if live.id is null then
    insert into app.warning (household_id, area_id, topic, restricted, severity, source_group, why, raised_at, raised_on, must_report,
      lead_id)
    values (of_household, home.area_id, case when harm then 'safety' else 'word' end, harm, grave, content ->> 'group',
      content ->> 'text', at_instant, on_date, harm,
      case when not harm then (select id from app.lead where household_id = of_household and state = 'open' and not clinical) end)
    returning * into live;
    insert into app.warning_event (warning_id, household_id, kind, at) values (live.id, of_household, 'raised', at_instant);
    if live.lead_id is not null then
      insert into app.warning_event (warning_id, household_id, kind, at) values (live.id, of_household, 'joined', at_instant);
    end if;
    -- Whoever says it first follows it; who says it again does not learn in this way what others said.
    if harm and auth.role() <> 'district' then
      insert into app.warning_named (warning_id, household_id, staff_id, name)
      select live.id, of_household, id, name from app.staff where id = auth.staff_id();
    end if;
  else
    update app.warning set version = version + 1, severity = case when 'red' in (severity, grave) then 'red'
      when 'orange' in (severity, grave) then 'orange' else 'yellow' end where id = live.id;
  end if;
  -- The same words once more are no news, but who said them again is kept.
  insert into app.warning_evidence (warning_id, household_id, signal, severity, content, text, on_day, channel, at)
  values (live.id, of_household, content ->> 'signal', grave, content ->> 'content', content ->> 'text', on_date,
    content ->> 'channel', at_instant) on conflict do nothing;
  insert into app.warning_event (warning_id, household_id, kind, code, words_enc, at)
  values (live.id, of_household, 'evidence', content ->> 'signal', words, at_instant);
  return live.id;
end
$$;
comment on function app.take_word is 'Puts what somebody said of a household with its warning, by staff who see the household — 登记群众反映';

create function app.name_for_warning(of_warning bigint, who uuid, at_instant timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  one app.warning;
begin
  select * into one from app.warning where id = of_warning and restricted and area_id >= auth.scope_from() and area_id < auth.scope_to()
    and household_id <> all (auth.hidden_households());
  if auth.role() is distinct from 'district' or one.id is null then
    raise exception 'people are not for % to name for warning %', auth.actor(), of_warning using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from app.staff where id = who and active and role in ('advisor', 'township')
    and starts_with(one.area_id, area_id)) then
    return false;
  end if;
  insert into app.warning_named (warning_id, household_id, staff_id, name, named_by)
  select of_warning, one.household_id, id, name, auth.staff_id() from app.staff where id = who on conflict do nothing;
  insert into app.warning_event (warning_id, household_id, kind, to_name, at)
  select of_warning, one.household_id, 'named', name, at_instant from app.staff where id = who;
  update app.warning set version = version + 1 where id = of_warning;
  return true;
end
$$;
comment on function app.name_for_warning is 'Lets somebody who works there see a restricted warning, by the district; false where they do not — 指定可查阅人员';

revoke execute on function app.take_word, app.name_for_warning from public;
grant execute on function app.take_word, app.name_for_warning to app;
