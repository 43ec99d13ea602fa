import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { Call } from './operation.ts';

export const versionIdOf = (request: S3Request): string | undefined => queryValue(request.query, 'versionId');

/** The action for the current version or, where a version is named, its `…Version…` twin. */
export const actionByVersion =
  (plain: string, versioned: string) =>
  (request: S3Request): readonly string[] => [versionIdOf(request) === undefined ? plain : versioned];

/** S3 tells an id it could never have given out from one that is gone. */
export function checkVersionId(versionId: string): Refusal | undefined {
  if (versionId === '') return invalidArgument('Version id cannot be the empty string', 'versionId', versionId);
  if (versionId === 'null' || /^[A-Za-z0-9._-]{32}$/.test(versionId)) return undefined;
  return invalidArgument('Invalid version id specified', 'versionId', versionId);
}

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
  if (!call.mayAlso('s3:ListBucket', 'bucket')) return new Refusal('AccessDenied');
  const versionId = versionIdOf(call.request);
  return versionId === undefined
    ? new Refusal('NoSuchKey', undefined, { Key: call.key })
    : new Refusal('NoSuchVersion', undefined, { Key: call.key, VersionId: versionId });
}
