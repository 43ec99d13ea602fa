import type { BucketConfiguration } from '../configuration.ts';
import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import { newVersionId } from '../store/versions.ts';
import type { Call } from './operation.ts';

export const versionIdOf = (request: S3Request): string | undefined => queryValue(request.query, 'versionId');

/** The action for the current version or, where a version is named, its `…Version…` twin. */
export const actionByVersion =
  (plain: string, versioned: string) =>
  (request: S3Request): readonly string[] => [versionIdOf(request) === undefined ? plain : versioned];

/** "The name for a key is a sequence of Unicode characters whose UTF-8 encoding is at most 1,024 bytes long." */
const keySizeBytesMax = 1024;

export function checkKey(key: string): Refusal | undefined {
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes <= keySizeBytesMax) return undefined;
  return new Refusal('KeyTooLongError', undefined, { Size: sizeBytes, MaxSizeAllowed: keySizeBytesMax });
}

/** S3 tells an id it could never have given out from one that is gone. */
export function checkVersionId(versionId: string): Refusal | undefined {
  if (versionId === '') return invalidArgument('Version id cannot be the empty string', 'versionId', versionId);
  if (versionId === 'null' || /^[A-Za-z0-9._-]{32}$/.test(versionId)) return undefined;
  return invalidArgument('Invalid version id specified', 'versionId', versionId);
}

/** Without versioning, and while it is suspended, there is one version `null` that every write replaces. */
export const nextVersionId = ({ versioning }: BucketConfiguration): string =>
  versioning === true ? newVersionId() : 'null';

/** The version a request is about, which may be a delete marker; undefined where there is none. */
export function addressedVersion(
  call: Pick<Call, 'request' | 'bucket' | 'key' | 'store'>,
): AnyObjectVersion | undefined {
  const versionId = versionIdOf(call.request);
  return versionId === undefined
    ? call.store.versions.current(call.bucket.name, call.key)
    : call.store.versions.find({ bucket: call.bucket.name, key: call.key, versionId });
}

/** Only who may list the bucket is told that an object is not there ("GetObject", Permissions). */
export function missing(call: Call): Refusal {
  const denied = call.demand('s3:ListBucket', 'bucket');
  if (denied) return denied;
  const versionId = versionIdOf(call.request);
  return versionId === undefined
    ? new Refusal('NoSuchKey', undefined, { Key: call.key })
    : new Refusal('NoSuchVersion', undefined, { Key: call.key, VersionId: versionId });
}
