import type { RequestHeaders } from '../http/request.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import { type AnyObjectVersion, etagOf } from '../store/object-version.ts';

/** A write takes `If-None-Match: *` or `If-Match: ETAG`, and not both ("Conditional writes" of the user guide). */
export function refuseUnknownWriteConditions(headers: RequestHeaders): Refusal | undefined {
  const ifNoneMatch = headers.get('if-none-match');
  const ifMatch = headers.get('if-match');
  if (ifNoneMatch !== undefined && (ifNoneMatch !== '*' || ifMatch !== undefined)) {
    return notImplemented('If-None-Match with anything but * alone on a write', { Header: 'If-None-Match' });
  }
  return ifMatch === '*' ? notImplemented('If-Match with * on a write', { Header: 'If-Match' }) : undefined;
}

/**
 * A delete marker counts as no object. `before` is what there was when the request began: "if a delete request to an
 * object succeeds before a conditional write operation on that object is complete", S3 answers 409 Conflict.
 */
export function checkWriteConditions(
  headers: RequestHeaders,
  current: AnyObjectVersion | undefined,
  before?: AnyObjectVersion,
): Refusal | undefined {
  const object = current?.isDeleteMarker === false ? current : undefined;
  const isConditional = headers.has('if-match') || headers.has('if-none-match');
  if (isConditional && before?.isDeleteMarker === false && object === undefined) {
    return new Refusal('ConditionalRequestConflict');
  }
  if (headers.has('if-none-match') && object !== undefined) return failed('If-None-Match');
  const ifMatch = headers.get('if-match');
  if (ifMatch === undefined) return undefined;
  if (object === undefined) return new Refusal('NoSuchKey', undefined, current ? { Key: current.key } : {});
  return unquoted(ifMatch) === unquoted(etagOf(object)) ? undefined : failed('If-Match');
}

const failed = (condition: string): Refusal => new Refusal('PreconditionFailed', undefined, { Condition: condition });

const unquoted = (etag: string): string => etag.replaceAll('"', '');
