-- A contact or visit that was missed runs against a limit, and goes up as every clock does.

-- What a clock may be for is said once, in the program; here that it is a word.
alter table app.clock_limit drop constraint clock_limit_kind_check,
  add constraint clock_limit_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
insert into app.clock_limit (kind, amount, unit, source, proposed) values
  ('contact-missed', 3, 'workday', '未见文件规定，比照黄色预警联系时限提出', true),
  ('visit-missed', 7, 'workday', '未见文件规定，比照黄色预警走访时限提出', true);
alter table app.clock drop constraint clock_subject_check,
  add constraint clock_subject_check check (subject ~ '^[a-z]+(-[a-z]+)*$');
