import type { DatabaseSync } from 'node:sqlite';
import type { Bucket } from './bucket.ts';
import { compileBucketPolicy } from './policy.ts';

/** The buckets as they are kept. */
export interface BucketRows {
  all(): readonly Bucket[];
  save(bucket: Bucket): void;
  remove(name: string): void;
}

export function openBucketRows(database: DatabaseSync): BucketRows {
  const all = database.prepare('select * from buckets order by name');
  const save = database.prepare('insert or replace into buckets values (?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('delete from buckets where name = ?');
  return {
    all: () => all.all().map(bucketOfRow),
    save: ({ name, owner, region, createdAt, isDeclared, policy, ...configuration }) => {
      const json = JSON.stringify({ ...configuration, policy: policy?.document }, keepDates);
      save.run(name, owner, region, createdAt.getTime(), Number(isDeclared), json);
    },
    remove: (name) => void remove.run(name),
  };
}

function bucketOfRow(row: Record<string, unknown>): Bucket {
  const name = String(row.name);
  const { policy, ...configuration } = JSON.parse(String(row.configuration), reviveDates) as Omit<Bucket, 'policy'> & {
    readonly policy?: string;
  };
  return {
    ...configuration,
    name,
    owner: String(row.owner),
    region: String(row.region),
    createdAt: new Date(Number(row.created_ms)),
    isDeclared: row.is_declared === 1,
    ...(policy !== undefined && { policy: compileBucketPolicy(policy, name) }),
  };
}

/** Lifecycle rules hold dates. No key of a tag has a `$`, so nothing else looks like one. */
function keepDates(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Date ? { $date: original.toISOString() } : value;
}

const reviveDates = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$date' in value ? new Date(String(value.$date)) : value;
