-- `at` is the database's own clock and says when a row was written. People read the day of the
-- installation, which in a demonstration stands still.
alter table app.lead_event add column on_day date;
update app.lead_event set on_day = (at at time zone 'Asia/Shanghai')::date;
alter table app.lead_event
  alter column on_day set not null,
  alter column on_day set default (clock_timestamp() at time zone 'Asia/Shanghai')::date;
comment on column app.lead_event.on_day is 'Day of the installation on which it happened — 记录日期';
grant insert (on_day) on app.lead_event to app;
