import { Refusal } from '../refusal.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { versionHeaders } from './object-headers.ts';
import type { Call } from './operation.ts';
import { addressedVersion, missing, versionIdOf } from './version-id.ts';

/** The object a request reads. A delete marker is none, and says so ("Working with delete markers"). */
export function readableVersion(call: Call): ObjectVersion | Refusal {
  const { request, bucket } = call;
  const version = addressedVersion(call);
  if (version === undefined) return missing(call);
  if (!version.isDeleteMarker) return version;
  const headers = { ...versionHeaders(bucket, version), 'x-amz-delete-marker': 'true' };
  if (versionIdOf(request) === undefined) {
    const { code, message, elements } = missing(call);
    return new Refusal(code, message, elements, headers);
  }
  const lastModified = version.lastModified.toUTCString();
  return new Refusal(
    'MethodNotAllowed',
    undefined,
    { Method: request.method, ResourceType: 'DeleteMarker' },
    { ...headers, allow: 'DELETE', 'last-modified': lastModified },
  );
}

/** Storage classes whose objects must be restored before they can be read; restoring is not known here. */
const archived = ['GLACIER', 'DEEP_ARCHIVE'];

/** "Retrieving objects that are archived": of an archived object everything may be read but its bytes. */
export function checkIsActive({ attributes: { storageClass } }: ObjectVersion): Refusal | undefined {
  if (!archived.includes(storageClass)) return undefined;
  return new Refusal('InvalidObjectState', undefined, { StorageClass: storageClass });
}
