import type { BucketConfiguration } from '../configuration.ts';
import type { Store } from '../store/store.ts';
import { type Bucket, newBucketDefaults } from './bucket.ts';

/** The buckets of this S3. Reads are of memory; every change is on the disk when its promise resolves. */
export interface Buckets {
  get(name: string): Bucket | undefined;
  /** Whether it still is this bucket, neither deleted nor made anew while a body came. */
  has(bucket: Bucket): boolean;
  /** By name. */
  values(): readonly Bucket[];
  /** False, and nothing is done, where the name is taken. */
  create(bucket: Omit<Bucket, 'isDeclared'>): Promise<boolean>;
  /** Effective at once. `change` leaves out a setting by giving undefined for it. Nothing is done where it is gone. */
  update(name: string, change: BucketChange): Promise<void>;
  /** `work` is of the same transaction; where it gives false, the bucket stays, and so does the answer. */
  remove(name: string, work: () => boolean): Promise<boolean>;
}

/** Any setting of a bucket, but not what it is. */
export type BucketChange = {
  readonly [Name in Exclude<keyof Bucket, 'name' | 'owner' | 'region' | 'createdAt' | 'isDeclared'>]?:
    | Bucket[Name]
    | undefined;
};

/**
 * Those that were made before, and those that are declared now: `declared` are as given, and those that a former start
 * declared and this one does not are gone, but not their objects.
 */
export async function openBuckets(
  { commit, bucketRows }: Pick<Store, 'commit' | 'bucketRows'>,
  declared: readonly BucketConfiguration[],
  { account, now }: { readonly account: string; readonly now: Date },
): Promise<Buckets> {
  const buckets = new Map(bucketRows.all().map((bucket) => [bucket.name, bucket]));
  await commit(() => {
    for (const { name, isDeclared } of [...buckets.values()]) {
      if (!isDeclared || declared.some((bucket) => bucket.name === name)) continue;
      bucketRows.remove(name);
      buckets.delete(name);
    }
    for (const configuration of declared) {
      const createdAt = buckets.get(configuration.name)?.createdAt ?? now;
      const bucket = { ...newBucketDefaults, ...configuration, owner: account, createdAt, isDeclared: true };
      bucketRows.save(bucket);
      buckets.set(bucket.name, bucket);
    }
  });
  /** Memory follows in the same turn, so nobody sees a bucket that is not going to be on the disk. */
  const save = (bucket: Bucket): void => {
    bucketRows.save(bucket);
    buckets.set(bucket.name, bucket);
  };
  return {
    get: (name) => buckets.get(name),
    has: ({ name, createdAt }) => buckets.get(name)?.createdAt === createdAt,
    values: () => [...buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    create: (bucket) =>
      commit(() => {
        if (buckets.has(bucket.name)) return false;
        save({ ...bucket, isDeclared: false });
        return true;
      }),
    update: (name, change) =>
      commit(() => {
        const bucket = buckets.get(name);
        if (bucket === undefined) return;
        const settings = Object.entries({ ...bucket, ...change }).filter(([, value]) => value !== undefined);
        save(Object.fromEntries(settings) as unknown as Bucket);
      }),
    remove: (name, work) =>
      commit(() => {
        if (!work()) return false;
        bucketRows.remove(name);
        buckets.delete(name);
        return true;
      }),
  };
}
