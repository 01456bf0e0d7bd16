-- A figure of one month or one year says its last day itself.
alter table app.parameter_entry add column to_day date;
alter table app.parameter_entry add constraint entry_days_in_order check (to_day is null or to_day >= from_day);
comment on column app.parameter_entry.to_day is 'Last day, where the document gives one — 止日';
grant insert (to_day) on app.parameter_entry to app;
