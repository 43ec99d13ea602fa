import type { RequestHeaders } from '../http/request.ts';
import { Refusal } from '../refusal.ts';

/** Some documents S3 only takes with a proof of their integrity: "The Content-MD5 request header is required". */
export function requireChecksum(headers: RequestHeaders): Refusal | undefined {
  const isThere =
    headers.has('content-md5') ||
    headers.has('x-amz-trailer') ||
    [...headers.keys()].some((name) => /^x-amz-checksum-(crc|sha)/.test(name));
  return isThere ? undefined : new Refusal('InvalidRequest', 'Missing required header for this request: Content-MD5');
}
