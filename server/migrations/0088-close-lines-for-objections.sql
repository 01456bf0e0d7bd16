-- Whoever wants no matching, or no push of what it finds, is taken off the worklists.
alter table app.lead_line drop constraint lead_line_close_reason_check;
alter table app.lead_line add constraint lead_line_close_reason_check check (close_reason in (
  'receiving', 'objected', 'no-longer-eligible', 'unverified', 'facts-changed', 'cooled-down'));
