import type { RequestHeaders } from '../http/request.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import {
  type Checksum,
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  isChecksumValue,
} from './checksum.ts';

/** Headers that start like a checksum and are none. */
const notChecksums = ['x-amz-checksum-mode', 'x-amz-checksum-algorithm', 'x-amz-checksum-type'];

/** A checksum comes in a header or, announced by `x-amz-trailer`, behind the body; never in both. */
export interface AnnouncedChecksum {
  readonly checksum?: Checksum;
  readonly trailer?: ChecksumAlgorithm;
}

/** "Checking object integrity": the one checksum of a request. */
export function parseChecksum(headers: RequestHeaders): AnnouncedChecksum | Refusal {
  const names = [...headers.keys()].filter(
    (name) => name.startsWith('x-amz-checksum-') && !notChecksums.includes(name),
  );
  const trailers = (headers.get('x-amz-trailer') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const single = 'Expecting a single x-amz-checksum- header';
  if (names.length > 1 || trailers.length > 1) {
    return new Refusal('InvalidRequest', `${single}. Multiple checksum Types are not allowed.`);
  }
  if (names.length > 0 && trailers.length > 0) return new Refusal('InvalidRequest', single);
  const name = names[0] ?? trailers[0];
  const announced = headers.get('x-amz-sdk-checksum-algorithm')?.toUpperCase();
  if (name === undefined) {
    if (announced === undefined) return {};
    const message =
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.';
    return new Refusal('InvalidRequest', message);
  }
  const algorithm = checksumAlgorithms.find((candidate) => checksumHeader(candidate) === name);
  if (algorithm === undefined) return unknownChecksum(name, trailers.length > 0);
  if (announced !== undefined && announced !== algorithm) {
    return new Refusal('InvalidRequest', 'Value for x-amz-sdk-checksum-algorithm header is invalid.');
  }
  if (trailers.length > 0) return { trailer: algorithm };
  const checksum = { algorithm, value: headers.get(name) ?? '' };
  return isChecksumValue(checksum)
    ? { checksum }
    : new Refusal('InvalidRequest', `Value for ${name} header is invalid.`);
}

const unknownChecksum = (name: string, isTrailer: boolean): Refusal =>
  isTrailer
    ? new Refusal('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported')
    : notImplemented(`the header ${name}`, { Header: name });
