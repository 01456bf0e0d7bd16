-- Where a load of households arrives by COPY, before one set-based insert takes it over.
-- Numbers are the load's own; they become ids on an empty database.

create unlogged table staging.household (
  number bigint not null,
  area_id text not null,
  kind text not null,
  register_no text not null,
  address text not null,
  story text
);
create unlogged table staging.person (
  number bigint not null,
  household_number bigint not null,
  name text not null,
  relation text not null,
  joined_on date not null,
  id_number_enc bytea,
  id_number_index bytea,
  phone_enc bytea,
  phone_index bytea,
  ethnicity text,
  education text,
  marital text
);
create unlogged table staging.fact (
  household_number bigint not null,
  person_number bigint,
  fact text not null,
  value jsonb not null,
  source text not null,
  legal_basis text,
  evidence text,
  verified_on date not null,
  shelf_until date,
  sensitivity text not null
);
create unlogged table staging.award (
  household_number bigint not null,
  person_number bigint,
  programme text not null,
  state text not null,
  valid_from date not null,
  valid_to date,
  source text not null
);
create unlogged table staging.roll (
  programme text not null,
  area_id text not null,
  on_day date not null,
  complete boolean not null,
  source text not null
);
