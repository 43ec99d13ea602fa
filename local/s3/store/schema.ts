/**
 * Keys are BLOBs: SQLite then orders them by their UTF-8 bytes, as S3 lists them. `sequence` orders all writes of this
 * store; the current version of a key is the one with the highest. A delete marker has no `blob_id`.
 * `attributes` and `tags` are JSON. A blob that is not in `inline_blobs` is a file, or several (`segments`).
 */
export const schema = `
  create table if not exists versions (
    sequence integer primary key,
    bucket text not null,
    key blob not null,
    version_id text not null,
    last_modified_ms integer not null,
    blob_id text,
    size_bytes integer not null,
    md5 text not null,
    attributes text not null,
    tags text not null,
    unique (bucket, key, version_id)
  ) strict;
  create unique index if not exists versions_by_key on versions (bucket, key, sequence desc);
  create index if not exists versions_by_blob on versions (blob_id);
  create table if not exists inline_blobs (id text not null unique, bytes blob not null) strict;
  create table if not exists sequence (id integer primary key check (id = 1), value integer not null) strict;
  insert or ignore into sequence values (1, 0);
  create table if not exists outbox (
    id integer primary key autoincrement,
    queue_arn text not null,
    body text not null
  ) strict;
`;
