-- Clocks run for warnings, too: to be in touch, to visit, to tell the source.
-- What a clock may be for is said once, in the program; here that it is a word.
alter table app.clock drop constraint clock_subject_check,
  add constraint clock_subject_check check (subject ~ '^[a-z]+(-[a-z]+)*$');
