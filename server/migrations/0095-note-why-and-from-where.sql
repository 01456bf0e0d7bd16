-- Why somebody of the staff looked or wrote, as the database knows it, and from where the request came. What
-- the application states itself is marked as stated: it can claim no duty.

create function auth.reason_for(area text, household bigint) returns text
language sql stable security definer set search_path = '' as $$
  select case
    when role not in ('advisor', 'township', 'district') then 'office:' || role
    when area = any (auth.duty_areas()) then 'duty:advisor-of-area'
    else coalesce(
      -- A lead that rests on clinical facts is told to nobody by its number.
      (select 'lead:' || lead.id from app.lead
        where lead.household_id = household and lead.state <> 'closed' and not lead.clinical
          and lead.assignee = staff_id limit 1),
      'office:' || role)
  end
  from auth.live_session where token_hash = auth.token_hash() and staff_id is not null
$$;
comment on function auth.reason_for(text, bigint) is 'A duty for the area, a lead in one''s hands, or one''s office; null for the program — 事由';

create function app.note_why_and_from_where() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.request_id := coalesce(new.request_id, nullif(current_setting('app.request', true), ''));
  new.address := coalesce(new.address, nullif(current_setting('app.address', true), ''));
  new.reason := coalesce(
    'stated:' || coalesce(new.reason, nullif(current_setting('app.reason', true), '')),
    auth.reason_for(new.area_id, new.household_id));
  return new;
end $$;
create trigger why_and_from_where before insert on app.audit
  for each row when (new.actor like 'staff:%') execute function app.note_why_and_from_where();
