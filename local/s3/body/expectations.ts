import type { RequestHeaders } from '../http/request.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import type { Identity } from '../sigv4/authenticate.ts';
import type { ChunkSeed } from '../sigv4/chunk-signatures.ts';
import { isSha256Hex, streamingPayloadOf } from '../sigv4/payload-hash.ts';
import { type Checksum, type ChecksumAlgorithm, isBase64Of } from './checksum.ts';
import { parseChecksum } from './checksum-headers.ts';

/** What a request says its body is. S3 keeps nothing of a body that is anything else. */
export interface BodyExpectations {
  /** Of the object; an `aws-chunked` body has more bytes than that on the wire. */
  readonly sizeBytes: number;
  /** From `x-amz-content-sha256`, in hexadecimal. */
  readonly contentSha256: string | undefined;
  /** From `Content-MD5`, in Base64. */
  readonly contentMd5: string | undefined;
  readonly checksum: Checksum | undefined;
  /** Of `checksum`, or of the trailer that will bring it. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  /** Undefined where the body is sent as it is. */
  readonly chunks: ChunkExpectations | undefined;
}

/** How a body in `aws-chunked` is to be read. */
export interface ChunkExpectations {
  /** Undefined where chunks are not signed. */
  readonly seed: ChunkSeed | undefined;
  readonly hasTrailers: boolean;
  /** Of the checksum announced in `x-amz-trailer`. */
  readonly trailer: ChecksumAlgorithm | undefined;
}

export function parseExpectations(
  headers: RequestHeaders,
  { claim, chunkSeed }: Pick<Identity, 'claim' | 'chunkSeed'>,
  sizeBytesMax: number,
): BodyExpectations | Refusal {
  const streaming = streamingPayloadOf(claim.payloadHash);
  // Without it the chunks would pass for unsigned ones.
  if (streaming?.isSigned && chunkSeed === undefined)
    throw new Error('Signed chunks came without what they start from.');
  const sizeBytes = parseSize(headers, streaming !== undefined, sizeBytesMax);
  if (sizeBytes instanceof Refusal) return sizeBytes;
  const contentMd5 = headers.get('content-md5');
  if (contentMd5 !== undefined && !isBase64Of(contentMd5, 16)) {
    return new Refusal('InvalidDigest', undefined, { 'Content-MD5': contentMd5 });
  }
  const said = parseChecksum(headers);
  if (said instanceof Refusal) return said;
  const { checksum, trailer } = said;
  if (trailer !== undefined && !streaming?.hasTrailers) return new Refusal('MalformedTrailerError');
  const contentSha256 = isSha256Hex(claim.payloadHash) ? claim.payloadHash.toLowerCase() : undefined;
  const chunks = streaming && { seed: chunkSeed, hasTrailers: streaming.hasTrailers, trailer };
  return { sizeBytes, contentSha256, contentMd5, checksum, checksumAlgorithm: checksum?.algorithm ?? trailer, chunks };
}

/** The length of a body in chunks is `x-amz-decoded-content-length`, and the whole may come in chunks of HTTP too. */
function parseSize(headers: RequestHeaders, isChunked: boolean, sizeBytesMax: number): number | Refusal {
  if (!isChunked && headers.has('transfer-encoding')) {
    return notImplemented('bodies of unknown length', { Header: 'Transfer-Encoding' });
  }
  const declared = headers.get(isChunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (declared === undefined || !/^\d+$/.test(declared)) return new Refusal('MissingContentLength');
  const sizeBytes = Number(declared);
  if (sizeBytes <= sizeBytesMax) return sizeBytes;
  return new Refusal('EntityTooLarge', undefined, { ProposedSize: sizeBytes, MaxSizeAllowed: sizeBytesMax });
}
