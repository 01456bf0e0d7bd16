-- Later objects win; facts and statuses never share a key.
create aggregate app.merge_known (jsonb) (
  sfunc = jsonb_concat,
  stype = jsonb,
  initcond = '{}'
);
grant execute on function app.merge_known(jsonb) to app;
