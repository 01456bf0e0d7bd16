-- What data is used for rests on a duty laid down by law, of which people are told, or on their consent. Of each purpose
-- there is a notice: written by one, published from a day by another, never changed after, followed by the next version.

create table app.purpose (
  id text primary key,
  place smallint not null,
  name text not null,
  rests_on text not null check (rests_on in ('duty', 'consent', 'separate')),
  law text not null,
  -- False: recalled, not yet compared with the text.
  law_confirmed boolean not null,
  -- What becomes known on this consent is known on this basis.
  basis text unique references app.basis (id),
  sensitive boolean not null,
  to_others boolean not null,
  constraint purpose_duty_asks_nothing check (rests_on <> 'duty' or not to_others)
);
comment on table app.purpose is 'What data of people is used for, and on what that rests — 处理目的';
comment on column app.purpose.rests_on is 'duty: statutory, people are told and not asked; consent; separate: a consent of its own — 法定职责、同意、单独同意';
comment on column app.purpose.sensitive is 'Sensitive data is among it: the notice says why it is needed — 涉及敏感个人信息';
comment on column app.purpose.to_others is 'Data leaves for somebody who is named — 向他人提供';

-- Articles of 社会救助法, 上海市社会救助条例 and 网络数据安全管理条例 as read; those of 个人信息保护法 as recalled.
insert into app.purpose (place, id, name, rests_on, law, law_confirmed, basis, sensitive, to_others) values
  (1, 'aid', '受理、审核确认社会救助', 'duty', '社会救助法 第三十七条、第四十五条；上海市社会救助条例 第三十一条', true, null, true, false),
  (2, 'discovery', '主动发现困难家庭', 'duty', '社会救助法 第三十九条、第五十五条', true, null, true, false),
  (3, 'sharing', '使用政务共享数据', 'duty', '社会救助法 第六十二条；上海市社会救助条例 第四十六条；政务数据共享条例 第十九条', true, null, true, false),
  (4, 'publicity', '公示救助对象', 'duty', '社会救助法 第四十五条；上海市社会救助条例 第三十三条、第三十八条', true, null, false, false),
  (5, 'means-check', '家庭经济状况核对', 'separate', '社会救助法 第四十条、第四十一条；上海市社会救助条例 第三十五条；个人信息保护法 第二十九条', false, 'check', true, false),
  (6, 'own-words', '使用本人自述信息', 'consent', '个人信息保护法 第十三条', false, 'consent', false, false),
  (7, 'referral', '向社会组织转介时提供信息', 'separate', '网络数据安全管理条例 第二十二条；个人信息保护法 第二十三条', false, null, true, true),
  (8, 'case-story', '对外发布案例', 'separate', '个人信息保护法 第二十五条', false, null, true, false);

create table app.notice (
  id bigint generated always as identity primary key,
  purpose text not null references app.purpose (id),
  version int not null check (version > 0),
  content jsonb not null,
  -- Counts what was written, so that one publishes what one has read.
  edit int not null default 1,
  written_by uuid[] not null default '{}',
  written_at timestamptz not null default clock_timestamp(),
  from_day date,
  published_at timestamptz,
  published_by uuid references app.staff (id),
  unique (purpose, version),
  constraint notice_content_known check (
    content ?& '{handler,contact,aim,way,kinds,necessity,kept,rights,receivers,text,easy}'::text[]
    and content - '{handler,contact,aim,way,kinds,necessity,kept,rights,receivers,text,easy}'::text[] = '{}'
    and length(content::text) <= 40000),
  constraint notice_published_whole check (
    (published_at is null) = (from_day is null) and (published_at is null) = (published_by is null)),
  constraint notice_maker_is_no_checker check (published_by <> all (written_by))
);
comment on table app.notice is 'What people are told before their data is used for a purpose, version by version — 告知书';
comment on column app.notice.written_by is 'Everybody who wrote in it; none of them publishes it — 起草人';
comment on column app.notice.from_day is 'In force from this day until the next version is — 启用日期';
create unique index notice_one_draft on app.notice (purpose) where published_at is null;
create unique index notice_from_day on app.notice (purpose, from_day);

alter table app.purpose enable row level security;
alter table app.purpose force row level security;
create policy purpose_for_case_work on app.purpose for select using ((select auth.scope_from()) is not null);
alter table app.notice enable row level security;
alter table app.notice force row level security;
create policy notice_once_published on app.notice for select
  using (published_at is not null and (select auth.scope_from()) is not null or (select auth.keeps_records()));
grant select on app.purpose, app.notice to app;
create trigger notice_as_published before update on app.notice for each row
  when (old.published_at is not null) execute function app.keep_as_recorded();
create trigger notice_stays before delete on app.notice for each row execute function app.keep_as_recorded();

-- What still has to be filled in before it may be published: 个人信息保护法 第十七条, for sensitive data 第三十条, where it
-- goes to others 第二十三条 (recalled); 网络数据安全管理条例 第二十一条.
create function app.notice_gaps(content jsonb, aim app.purpose) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(field), '{}') from unnest('{handler,contact,aim,way,kinds,necessity,kept,rights,receivers,text,easy}'::text[]) field
  where (coalesce(content ->> field, '') !~ '\S' or content ->> field like '%待核%')
    and (field <> 'necessity' or aim.sensitive) and (field <> 'receivers' or aim.to_others)
$$;
comment on function app.notice_gaps is 'Fields of a notice that are empty or 待核 and must not be — 告知书未填项';

create function app.refuse_all_but_keepers() returns void
language plpgsql set search_path = '' as $$
begin
  if not coalesce(auth.keeps_records(), false) then
    raise exception 'notices are not for % to write', auth.actor() using errcode = 'insufficient_privilege';
  end if;
end
$$;
comment on function app.refuse_all_but_keepers is 'Notices are written and published by staff of the whole district — 仅限区级人员';

-- The draft says this from now on; a new one where all versions are published. False where somebody wrote since `seen`, 0 for a new one.
create function app.write_notice(of_purpose text, new_content jsonb, seen int) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  one app.notice;
begin
  perform app.refuse_all_but_keepers();
  perform from app.purpose where id = of_purpose for update;
  select * into one from app.notice where purpose = of_purpose and published_at is null;
  if seen is distinct from coalesce(one.edit, 0) then
    return false;
  end if;
  if one.id is null then
    insert into app.notice (purpose, version, content, written_by)
    select of_purpose, coalesce(max(version), 0) + 1, new_content, array[auth.staff_id()] from app.notice where purpose = of_purpose;
  else
    update app.notice set content = new_content, edit = edit + 1, written_at = clock_timestamp(),
      written_by = array_remove(written_by, auth.staff_id()) || auth.staff_id()
    where id = one.id;
  end if;
  return true;
end
$$;
comment on function app.write_notice is 'Writes the draft of a notice, by staff of the whole district — 起草告知书';

create function app.publish_notice(of_purpose text, seen int, first_day date) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  one app.notice;
begin
  perform app.refuse_all_but_keepers();
  perform from app.purpose where id = of_purpose for update;
  select * into one from app.notice where purpose = of_purpose and published_at is null;
  if one.id is null or seen is distinct from one.edit then
    return null;
  end if;
  if app.notice_gaps(one.content, (select purpose from app.purpose where id = of_purpose)) <> '{}' then
    raise exception 'notice % is not filled in', one.id using errcode = 'check_violation', constraint = 'notice_is_whole';
  end if;
  if first_day <= (select max(from_day) from app.notice where purpose = of_purpose) then
    raise exception 'notice % begins before the one it follows', one.id using errcode = 'check_violation', constraint = 'notice_follows';
  end if;
  update app.notice set from_day = first_day, published_at = clock_timestamp(), published_by = auth.staff_id() where id = one.id;
  return one.id;
end
$$;
comment on function app.publish_notice is 'Publishes a notice from a day, by another than wrote it; null where it was written in since — 发布告知书';

revoke execute on function app.notice_gaps, app.refuse_all_but_keepers, app.write_notice, app.publish_notice from public;
grant execute on function app.write_notice, app.publish_notice to app;

-- Nothing is said for the district: every place is 待核 until somebody fills it in.
insert into app.notice (purpose, version, content)
select id, 1, jsonb_build_object(
  'handler', '待核：个人信息处理者的名称', 'contact', '待核：联系电话和地址', 'aim', name, 'way', '待核：怎样收集、使用和保存',
  'kinds', '待核：处理哪些种类的个人信息',
  'necessity', case when sensitive then '待核：为什么必须处理敏感个人信息，对个人权益有什么影响' else '' end,
  'kept', '待核：保存多久', 'rights', '待核：怎样查阅、复制、更正、删除和撤回，向谁提出',
  'receivers', case when to_others then '待核：接收方的名称、联系方式、目的、方式和信息种类' else '' end,
  'text', '待核：告知书正文，由区里拟定', 'easy', '待核：易读版，用大白话讲清楚')
from app.purpose order by place;
