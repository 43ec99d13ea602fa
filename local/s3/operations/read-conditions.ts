import type { RequestHeaders } from '../http/request.ts';
import { Refusal } from '../refusal.ts';
import { etagOf, type ObjectVersion } from '../store/object-version.ts';

/**
 * If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since in the order of RFC 9110 section 13.2.2, which is
 * also S3's: an ETag condition overrules the date condition of its pair.
 */
export function checkReadConditions(
  headers: RequestHeaders,
  version: ObjectVersion,
): Refusal | 'not-modified' | undefined {
  const etag = etagOf(version);
  const modifiedAt = modifiedAtOf(version);
  const ifMatch = headers.get('if-match');
  const unmodifiedSince = dateOf(headers.get('if-unmodified-since'));
  if (ifMatch !== undefined) {
    if (!listHas(ifMatch, etag)) return failed('If-Match');
  } else if (unmodifiedSince !== undefined && modifiedAt > unmodifiedSince) {
    return failed('If-Unmodified-Since');
  }
  const ifNoneMatch = headers.get('if-none-match');
  const modifiedSince = dateOf(headers.get('if-modified-since'));
  if (ifNoneMatch !== undefined) return listHas(ifNoneMatch, etag) ? 'not-modified' : undefined;
  return modifiedSince !== undefined && modifiedAt <= modifiedSince ? 'not-modified' : undefined;
}

/** `If-Range` of RFC 9110 section 13.1.5: a range of any other state of the object than this is not wanted. */
export function rangeIsOfVersion(headers: RequestHeaders, version: ObjectVersion): boolean {
  const ifRange = headers.get('if-range')?.trim();
  if (ifRange === undefined) return true;
  return ifRange.includes('"') ? ifRange === etagOf(version) : dateOf(ifRange) === modifiedAtOf(version);
}

/** HTTP dates have no milliseconds, so neither may what they are compared with. */
const modifiedAtOf = ({ lastModified }: ObjectVersion): number => Math.floor(lastModified.getTime() / 1000) * 1000;

const failed = (condition: string): Refusal => new Refusal('PreconditionFailed', undefined, { Condition: condition });

const listHas = (list: string, etag: string): boolean =>
  list.split(',').some((entry) => {
    const candidate = entry.trim().replace(/^W\//, '');
    return candidate === '*' || candidate === etag || `"${candidate}"` === etag;
  });

/** A date that cannot be read is as good as none (RFC 9110 section 13.1.3). */
function dateOf(header: string | undefined): number | undefined {
  const time = new Date(header ?? '').getTime();
  return Number.isNaN(time) ? undefined : time;
}
