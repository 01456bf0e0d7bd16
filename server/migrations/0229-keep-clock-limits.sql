-- How long each matter may take: shipped as far as a rule or a proposal is known, stated anew by the district with what
-- it rests on. A clock keeps the limit it began with.

create table app.clock_limit (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('lead', 'correction',
    'alert-red-contact', 'alert-red-visit', 'alert-orange-contact', 'alert-orange-visit', 'alert-orange-feedback',
    'alert-yellow-contact', 'alert-yellow-visit', 'alert-yellow-feedback',
    'application-urgent', 'application-investigation', 'application-opinion', 'application-publicity',
    'application-decision', 'application-notice', 'complaint-contact', 'complaint-reply')),
  amount int not null check (amount between 1 and 1000),
  unit text not null check (unit in ('workday', 'day', 'hour')),
  source text not null check (length(source) between 2 and 300),
  -- No rule sets it for this district: 待核.
  proposed boolean not null,
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: shipped with the program.
  recorded_by uuid default auth.staff_id() references app.staff (id),
  superseded_at timestamptz
);
comment on table app.clock_limit is 'How long each matter may take, in working days, calendar days or hours, and on what that rests — 办理时限';
create unique index clock_limit_current on app.clock_limit (kind) where superseded_at is null;
create index clock_limit_of_kind on app.clock_limit (kind, id);

insert into app.clock_limit (kind, amount, unit, source, proposed) values
  ('lead', 10, 'workday', '未见文件规定，比照黄色预警反馈时限提出', true),
  ('correction', 10, 'workday', '《政务数据共享条例》：校核回复', false),
  ('alert-red-contact', 2, 'hour', '未见文件规定，本系统提出', true),
  ('alert-red-visit', 24, 'hour', '比照外地规定：重大变故后二十四小时内走访', true),
  ('alert-orange-contact', 1, 'workday', '未见文件规定，本系统提出', true),
  ('alert-orange-visit', 3, 'workday', '未见文件规定，本系统提出', true),
  ('alert-orange-feedback', 5, 'workday', '未见文件规定，本系统提出', true),
  ('alert-yellow-contact', 3, 'workday', '未见文件规定，本系统提出', true),
  ('alert-yellow-visit', 7, 'workday', '未见文件规定，本系统提出', true),
  ('alert-yellow-feedback', 10, 'workday', '未见文件规定，本系统提出', true),
  ('application-urgent', 3, 'day', '民政部、财政部临时救助意见：小额快救不超过三日', false),
  ('application-investigation', 3, 'workday', '比照外地规定：受理后三个工作日内启动', true),
  ('application-opinion', 7, 'workday', '比照外地规定：七个工作日，另有十五个工作日的', true),
  ('application-publicity', 7, 'day', '全国通行做法：公示七日', true),
  ('application-decision', 30, 'workday', '三十个工作日，特殊情形四十五个，条款待核', true),
  ('application-notice', 3, 'workday', '三个工作日，另有五个工作日的，条款待核', true),
  ('complaint-contact', 1, 'workday', '《社会救助法》第六十八条只要求及时，本系统提出', true),
  ('complaint-reply', 15, 'workday', '《社会救助法》第六十八条只要求及时，本系统提出', true);

alter table app.clock_limit enable row level security;
alter table app.clock_limit force row level security;
create policy clock_limit_for_whoever_is_signed_in on app.clock_limit for select using ((select auth.role()) is not null);
grant select on app.clock_limit to app;
create trigger clock_limit_as_recorded before update on app.clock_limit for each row
  when (to_jsonb(old) - 'superseded_at' is distinct from to_jsonb(new) - 'superseded_at' or old.superseded_at is not null)
  execute function app.keep_as_recorded();
create trigger clock_limit_stays before delete on app.clock_limit for each row execute function app.keep_as_recorded();

create function app.state_clock_limit(of_kind text, new_amount int, new_unit text, why text, is_proposed boolean, seen bigint)
returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not coalesce(auth.keeps_records() or auth.capabilities() && array['data-steward'], false) then
    raise exception 'limits are not for % to state', auth.actor() using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('clock limit ' || of_kind));
  if seen is distinct from (select id from app.clock_limit where kind = of_kind and superseded_at is null) then
    return false;
  end if;
  update app.clock_limit set superseded_at = clock_timestamp() where kind = of_kind and superseded_at is null;
  insert into app.clock_limit (kind, amount, unit, source, proposed)
  values (of_kind, new_amount, new_unit, why, is_proposed);
  return true;
end
$$;
comment on function app.state_clock_limit is 'How long a matter may take from now on, by the district; false where somebody stated something meanwhile — 登记时限';
revoke execute on function app.state_clock_limit from public;
grant execute on function app.state_clock_limit to app;
