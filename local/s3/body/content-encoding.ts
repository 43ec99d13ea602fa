import type { RequestHeaders } from '../http/request.ts';
import { streamingPayloadOf } from '../sigv4/payload-hash.ts';

/**
 * The Content-Encoding of the object: how its body was sent is no part of it ("S3 stores the resulting object without
 * the aws-chunked value in the content-encoding header"). A body that was not in chunks keeps what it says of itself.
 */
export function contentEncodingOf(headers: RequestHeaders): string | undefined {
  const declared = headers.get('content-encoding');
  if (declared === undefined || streamingPayloadOf(headers.get('x-amz-content-sha256')) === undefined) return declared;
  const kept = declared.split(',').map((coding) => coding.trim());
  return kept.filter((coding) => coding.toLowerCase() !== 'aws-chunked').join(', ') || undefined;
}
