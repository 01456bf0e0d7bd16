-- Clocks run for warnings, too: to be in touch, to visit, to tell the source.
alter table app.clock drop constraint clock_subject_check;
alter table app.clock add constraint clock_subject_check check (subject in ('lead', 'correction', 'warning'));
