-- A fingerprint of the key file, so that a database restored without its keys is noticed at once
-- and not when the first number cannot be read.
alter table meta.installation add key_check bytea;
comment on column meta.installation.key_check is 'HMAC of a constant under the index key — 密钥核对值';
