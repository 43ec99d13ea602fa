/** `configuration` is JSON: everything of a `Bucket` that has no column, a policy as its document alone. */
export const bucketsSchema = `
  create table if not exists buckets (
    name text primary key,
    owner text not null,
    region text not null,
    created_ms integer not null,
    is_declared integer not null,
    configuration text not null
  ) strict, without rowid;
`;
