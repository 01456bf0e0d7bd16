-- The log is sealed: whatever has been committed since the last seal is hashed, with that seal, into the
-- next one. docs/reference/audit.md says which bytes, docs/decisions/0013 why this way.

alter table app.audit
  -- What was shown or written: classes and names of fields, never what they say.
  add column fields text[] not null default '{}',
  -- The transaction that wrote it. A seal keeps its snapshot, so what was committed since is known exactly.
  add column xid xid8 not null default pg_current_xact_id();
comment on column app.audit.fields is 'Classes or names of the fields shown or written, never their values — 涉及的信息';
comment on column app.audit.xid is 'The transaction that wrote it, by which the sealer knows what was committed since the last seal';
create index audit_xid on app.audit (xid, id);
grant insert (fields) on app.audit to app;

create table app.audit_seal (
  number bigint primary key check (number > 0),
  at timestamptz not null,
  -- What was committed when it was made, as PostgreSQL writes a snapshot: xmin:xmax:those under way.
  snapshot text not null,
  -- Entries up to this id were written before the database moved to another server, which counts its own transactions.
  after_id bigint not null,
  -- Which entries, in order, and beside them the SM3 of each, 32 bytes one after another.
  entries bigint[] not null,
  digests bytea not null check (octet_length(digests) = 32 * cardinality(entries)),
  -- The hash of the seal before; 32 zeros for the first.
  previous bytea not null check (octet_length(previous) = 32),
  hash bytea not null check (octet_length(hash) = 32)
);
comment on table app.audit_seal is 'Seals that chain the entries of the audit log; written by the sealer, never changed — 审计封签';
alter table app.audit_seal enable row level security;
alter table app.audit_seal force row level security;
grant insert, select on app.audit_seal to app;

create policy audit_seal_by_sealer on app.audit_seal for insert
  with check ((select auth.actor()) = 'job:seal');
create policy audit_seal_for_its_administrator on app.audit_seal for select using (
  (select auth.role()) = 'audit-admin' or (select auth.actor()) = 'job:seal'
);
alter policy audit_for_its_administrator on app.audit using (
  (select auth.role()) = 'audit-admin' or (select auth.actor()) = 'job:seal'
);
