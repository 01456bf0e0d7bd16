-- A contact or visit that was missed runs against a limit, and goes up as every clock does.

alter table app.clock_limit drop constraint clock_limit_kind_check;
alter table app.clock_limit add constraint clock_limit_kind_check check (kind in ('lead', 'correction', 'contact-missed', 'visit-missed',
  'alert-red-contact', 'alert-red-visit', 'alert-orange-contact', 'alert-orange-visit', 'alert-orange-feedback',
  'alert-yellow-contact', 'alert-yellow-visit', 'alert-yellow-feedback',
  'application-urgent', 'application-investigation', 'application-opinion', 'application-publicity',
  'application-decision', 'application-notice', 'complaint-contact', 'complaint-reply'));
insert into app.clock_limit (kind, amount, unit, source, proposed) values
  ('contact-missed', 3, 'workday', '未见文件规定，比照黄色预警联系时限提出', true),
  ('visit-missed', 7, 'workday', '未见文件规定，比照黄色预警走访时限提出', true);
alter table app.clock drop constraint clock_subject_check;
alter table app.clock add constraint clock_subject_check check (subject in ('lead', 'correction', 'visit-due'));
