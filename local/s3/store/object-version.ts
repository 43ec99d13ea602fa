import type { Checksum } from '../body/checksum.ts';
import type { BucketEncryption } from '../configuration.ts';

/** Tag key to value; at most ten. */
export type Tags = Readonly<Record<string, string>>;

export interface VersionRef {
  readonly bucket: string;
  readonly key: string;
  /** Opaque, or `null` in a bucket without versioning. */
  readonly versionId: string;
}

interface AnyVersion extends VersionRef {
  /** Orders all writes of a store. */
  readonly sequence: number;
  readonly lastModified: Date;
}

export interface DeleteMarker extends AnyVersion {
  readonly isDeleteMarker: true;
}

/** What a PUT says of an object besides its bytes and tags. */
export interface ObjectAttributes {
  /** Content-Type, Cache-Control, x-amz-meta-* …: lower-case name to value, as received. */
  readonly headers: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly encryption: BucketEncryption;
  readonly checksum?: Checksum;
}

export interface ObjectContent {
  readonly blobId: string;
  readonly sizeBytes: number;
  /** The ETag without its quotes: of the MD5, where S3 makes it of that (`operations/etag.ts`). */
  readonly md5: string;
  readonly attributes: ObjectAttributes;
  readonly tags: Tags;
}

export interface ObjectVersion extends AnyVersion, ObjectContent {
  readonly isDeleteMarker: false;
}

export type AnyObjectVersion = ObjectVersion | DeleteMarker;

export const etagOf = (version: ObjectContent): string => `"${version.md5}"`;
