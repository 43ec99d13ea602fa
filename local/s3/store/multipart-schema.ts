/**
 * Uploads under way with their parts, and completed ones for those who ask again. `sequence` orders the uploads of a key
 * by their beginning. `attributes`, `tags` and `checksum` of an upload and `answer` are JSON. The bytes of an object
 * that was uploaded in parts stay in the files of its parts, and those of a part that was copied in the files of its
 * source: `segments` says which pieces of which files. `object_parts` are the parts as readers of the object see them.
 */
export const multipartSchema = `
  create table if not exists uploads (
    sequence integer primary key autoincrement,
    id text not null unique,
    bucket text not null,
    key blob not null,
    initiated_ms integer not null,
    attributes text not null,
    tags text not null,
    checksum text not null
  ) strict;
  create index if not exists uploads_by_key on uploads (bucket, key, sequence);
  create table if not exists parts (
    upload_id text not null,
    number integer not null,
    blob_id text not null,
    last_modified_ms integer not null,
    size_bytes integer not null,
    md5 text not null,
    checksum text not null,
    primary key (upload_id, number)
  ) strict, without rowid;
  create index if not exists parts_by_blob on parts (blob_id);
  create table if not exists completions (
    upload_id text primary key,
    bucket text not null,
    key blob not null,
    parts text not null,
    answer text not null,
    completed_ms integer not null
  ) strict, without rowid;
  create index if not exists completions_by_time on completions (completed_ms);
  create table if not exists segments (
    blob_id text not null,
    first_byte integer not null,
    size_bytes integer not null,
    file_id text not null,
    primary key (blob_id, first_byte)
  ) strict, without rowid;
  create index if not exists segments_by_file on segments (file_id);
  create table if not exists object_parts (
    blob_id text not null,
    number integer not null,
    first_byte integer not null,
    size_bytes integer not null,
    checksum text not null,
    primary key (blob_id, number)
  ) strict, without rowid;
`;
