import type { Tags } from '../store/object-version.ts';

/** All that lifecycle rules look at. */
export interface VersionFacts {
  readonly key: string;
  readonly lastModified: Date;
  /** Undefined: a delete marker. */
  readonly content: ContentFacts | undefined;
  /** Undefined: the current version. */
  readonly noncurrent: NoncurrentFacts | undefined;
  /** Of a current delete marker: whether the key has other versions. */
  readonly hidesOthers: boolean;
  /** Whether the bucket has versions at all, be its versioning enabled or suspended. */
  readonly isVersioned: boolean;
}

interface ContentFacts {
  readonly sizeBytes: number;
  readonly tags: Tags;
  readonly storageClass: string;
}

interface NoncurrentFacts {
  /** When its successor was made ("How Amazon S3 calculates how long an object has been noncurrent"). */
  readonly since: Date;
  /** How many noncurrent versions of the key are newer. */
  readonly newerVersions: number;
}
