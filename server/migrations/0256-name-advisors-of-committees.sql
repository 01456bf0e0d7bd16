-- Which advisor answers for a committee, from a day on, by officials of its area. It shows them the need signals of that
-- committee's households, so nobody names themself, and nobody without a valid certificate is named: 先培训后上岗.

create function app.give_duty(of_staff uuid, of_area text, first_day date, last_day date) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  one app.staff;
  given bigint;
begin
  select * into one from app.staff where id = of_staff and active and role = 'advisor' for update;
  perform app.refuse_all_but_officials(of_area);
  if one.id is null or not starts_with(of_area, one.area_id) then
    raise exception 'staff % is no advisor of %', of_staff, of_area
      using errcode = 'check_violation', constraint = 'duty_of_an_advisor_there';
  end if;
  if app.certificate_standing(of_staff, first_day) <> 'valid' then
    raise exception 'staff % is not certified on %', of_staff, first_day
      using errcode = 'check_violation', constraint = 'duty_of_the_certified';
  end if;
  insert into app.duty (staff_id, area_id, kind, valid_from, valid_to, recorded_by)
  values (of_staff, of_area, 'advisor-of-area', first_day, last_day, auth.actor())
  returning id into given;
  return given;
end
$$;
comment on function app.give_duty is 'Names the advisor of a committee, by an official of its area — 指定负责顾问';

-- Whose it was; null where none stands on that day.
create function app.end_duty(of_duty bigint, last_day date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  one app.duty;
begin
  select * into one from app.duty where id = of_duty and coalesce(valid_to > last_day, true) for update;
  if one.id is null then
    return null;
  end if;
  perform app.refuse_all_but_officials(one.area_id);
  update app.duty set valid_to = greatest(valid_from, last_day) where id = of_duty;
  return one.staff_id;
end
$$;
comment on function app.end_duty is 'Ends a duty with a day, by an official of its area — 结束职责';
revoke execute on function app.give_duty, app.end_duty from public;
grant execute on function app.give_duty, app.end_duty to app;
comment on table app.duty is 'Who is responsible for a committee, by appointment of its officials and with an end — 职责';
