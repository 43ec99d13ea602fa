import { checksumHeader, checksumTypeOf } from '../body/checksum.ts';
import { queryValue } from '../http/query.ts';
import { Refusal } from '../refusal.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { type ByteRange, parseRange } from './byte-range.ts';
import { isOfParts } from './etag.ts';
import { parsePartNumber } from './multipart/part-number.ts';
import { checksumHeaders } from './object-headers.ts';
import type { Call } from './operation.ts';
import { rangeIsOfVersion } from './read-conditions.ts';

/** What of an object is asked for; of one without bytes `last` is -1. */
export interface RequestedBytes extends ByteRange {
  readonly isRange: boolean;
  /** Told to who asks for a part of an object that was uploaded in parts. */
  readonly partsCount?: number;
  /** Of these bytes; S3 tells none of a range. */
  readonly checksumHeaders: Readonly<Record<string, string>>;
}

/** `Range`, held to `If-Range`, or `partNumber` of GetObject and HeadObject. */
export function requestedBytes(call: Call, version: ObjectVersion): RequestedBytes | Refusal {
  const { headers, query } = call.request;
  const { sizeBytes } = version;
  const whole = { first: 0, last: sizeBytes - 1, isRange: false, checksumHeaders: checksumHeaders(version.attributes) };
  const partNumber = queryValue(query, 'partNumber');
  const rangeHeader = headers.get('range');
  if (partNumber !== undefined) {
    if (rangeHeader === undefined) return bytesOfPart(call, version, partNumber, whole);
    return new Refusal('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  }
  const range = rangeIsOfVersion(headers, version) ? parseRange(rangeHeader, sizeBytes) : undefined;
  if (range instanceof Refusal) return range;
  return range === undefined ? whole : { ...range, isRange: true, checksumHeaders: {} };
}

/** An object that was not uploaded in parts is its own first part. */
function bytesOfPart(
  { store }: Call,
  { blobId, md5, sizeBytes, attributes: { checksum } }: ObjectVersion,
  partNumber: string,
  whole: RequestedBytes,
): RequestedBytes | Refusal {
  const number = parsePartNumber(partNumber);
  if (number instanceof Refusal) return number;
  const isMultipart = isOfParts(md5);
  const partsCount = isMultipart ? Math.max(store.objectParts.count(blobId), 1) : 1;
  if (number > partsCount) {
    const elements = { PartNumberRequested: number, ActualPartCount: partsCount };
    return new Refusal('InvalidPartNumber', undefined, elements);
  }
  const part = isMultipart ? store.objectParts.find(blobId, number) : undefined;
  const told = isMultipart ? { partsCount } : {};
  if (part === undefined) return { ...whole, ...told, isRange: sizeBytes > 0 };
  const isComposite = checksum !== undefined && checksumTypeOf(checksum) === 'COMPOSITE' && part.checksum !== '';
  return {
    ...told,
    first: part.firstByte,
    last: part.firstByte + part.sizeBytes - 1,
    isRange: part.sizeBytes > 0,
    checksumHeaders: isComposite
      ? { ...whole.checksumHeaders, [checksumHeader(checksum.algorithm)]: part.checksum }
      : {},
  };
}
