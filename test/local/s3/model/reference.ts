import { createHash } from 'node:crypto';

/** S3 as its user guide tells of it, in memory. It shares no code with what it is held against. */
export interface Model {
  readonly buckets: readonly [ModelBucket, ModelBucket];
  readonly uploads: ModelUpload[];
}

export interface ModelBucket {
  readonly name: string;
  versioning: 'Off' | 'Enabled' | 'Suspended';
  /** Of all keys, oldest first. */
  versions: readonly Stored[];
}

export type Tags = Readonly<Record<string, string>>;

/** A version; one without content is a delete marker. */
export interface Stored {
  readonly key: string;
  readonly id: string;
  readonly content?: Content;
}

export interface Content {
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  readonly tags: Tags;
  readonly metadata: Tags;
  /** Where the writer asked for one. */
  readonly sha256: string | undefined;
  /** Of an object that was uploaded in parts. */
  readonly parts?: readonly Buffer[];
}

export interface ModelUpload {
  readonly bucket: ModelBucket;
  readonly key: string;
  readonly id: string;
  readonly tags: Tags;
  readonly isSha256: boolean;
  readonly parts: Map<number, Buffer>;
  state: 'open' | 'aborted' | 'completed';
  /** What completed it, as it was asked for. */
  completedWith?: string;
  completedId?: string | undefined;
}

/** Status and code of an error of S3; of a success there is no code. */
export interface Outcome {
  readonly status: number;
  readonly code?: string;
}

export const refused = (status: number, code: string): Outcome => ({ status, code });
export const isRefusal = (value: Content | Outcome): value is Outcome => 'status' in value;

export const hash = (algorithm: 'md5' | 'sha256', ...bodies: readonly Buffer[]): Buffer => {
  const running = createHash(algorithm);
  for (const body of bodies) running.update(body);
  return running.digest();
};

export function contentOf(body: Buffer, tags: Tags, metadata: Tags, isSha256: boolean): Content {
  const sha256 = isSha256 ? hash('sha256', body).toString('base64') : undefined;
  return { body, etag: `"${hash('md5', body).toString('hex')}"`, tags, metadata, sha256 };
}

/** "Checking object integrity": the hash of the hashes of the parts, and their number. */
export function contentOfParts({ tags, isSha256 }: ModelUpload, parts: readonly Buffer[]): Content {
  const of = (name: 'md5' | 'sha256'): Buffer => hash(name, ...parts.map((part) => hash(name, part)));
  return {
    body: Buffer.concat(parts),
    etag: `"${of('md5').toString('hex')}-${parts.length}"`,
    tags,
    metadata: {},
    sha256: isSha256 ? `${of('sha256').toString('base64')}-${parts.length}` : undefined,
    parts,
  };
}

export const currentOf = (bucket: ModelBucket, key: string): Stored | undefined =>
  bucket.versions.findLast((version) => version.key === key);

export const versionOf = (bucket: ModelBucket, key: string, id: string | undefined): Stored | undefined =>
  id === undefined ? currentOf(bucket, key) : bucket.versions.find((one) => one.key === key && one.id === id);

/** "Working with delete markers": what a read finds. */
export function readable(bucket: ModelBucket, key: string, id: string | undefined): Content | Outcome {
  const version = versionOf(bucket, key, id);
  if (version === undefined) return refused(404, id === undefined ? 'NoSuchKey' : 'NoSuchVersion');
  if (version.content) return version.content;
  return id === undefined ? refused(404, 'NoSuchKey') : refused(405, 'MethodNotAllowed');
}

/** "Adding objects to versioning-suspended buckets": the null version is replaced, whichever version that is. */
export function add(bucket: ModelBucket, version: Stored): void {
  bucket.versions = [...without(bucket, version), version];
}

export const remove = (bucket: ModelBucket, version: Stored): void => {
  bucket.versions = without(bucket, version);
};

const without = ({ versions }: ModelBucket, { key, id }: Stored): readonly Stored[] =>
  versions.filter((one) => one.key !== key || one.id !== id);

export const change = (bucket: ModelBucket, { key, id }: Stored, content: Content): void => {
  bucket.versions = bucket.versions.map((one) => (one.key === key && one.id === id ? { key, id, content } : one));
};

export interface Conditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

/** "Conditional writes". */
export function checkWrite(content: Content | undefined, { IfMatch, IfNoneMatch }: Conditions): Outcome | undefined {
  if (IfNoneMatch !== undefined && content) return refused(412, 'PreconditionFailed');
  if (IfMatch === undefined) return undefined;
  if (content === undefined) return refused(404, 'NoSuchKey');
  return IfMatch === content.etag ? undefined : refused(412, 'PreconditionFailed');
}

export const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
