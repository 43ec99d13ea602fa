import type { RequestHeaders } from '../http/request.ts';
import { notImplemented, Refusal } from '../refusal.ts';
import { isSha256Hex } from '../sigv4/payload-hash.ts';
import { type Checksum, checksumAlgorithms, checksumHeader, checksumSizeBytes } from './checksum.ts';

/** What a request says its body is. S3 keeps nothing of a body that is anything else. */
export interface BodyExpectations {
  readonly sizeBytes: number;
  /** From `x-amz-content-sha256`, in hexadecimal. */
  readonly contentSha256: string | undefined;
  /** From `Content-MD5`, in Base64. */
  readonly contentMd5: string | undefined;
  readonly checksum: Checksum | undefined;
}

/** Headers that start like a checksum and are none. */
const notChecksums = ['x-amz-checksum-mode', 'x-amz-checksum-algorithm', 'x-amz-checksum-type'];

export function parseExpectations(
  headers: RequestHeaders,
  payloadHash: string,
  sizeBytesMax: number,
): BodyExpectations | Refusal {
  const sizeBytes = parseSize(headers, sizeBytesMax);
  if (sizeBytes instanceof Refusal) return sizeBytes;
  const contentMd5 = headers.get('content-md5');
  if (contentMd5 !== undefined && !isBase64Of(contentMd5, 16)) {
    return new Refusal('InvalidDigest', undefined, { 'Content-MD5': contentMd5 });
  }
  const checksum = parseChecksum(headers);
  if (checksum instanceof Refusal) return checksum;
  const contentSha256 = isSha256Hex(payloadHash) ? payloadHash.toLowerCase() : undefined;
  return { sizeBytes, contentSha256, contentMd5, checksum };
}

function parseSize(headers: RequestHeaders, sizeBytesMax: number): number | Refusal {
  if (headers.has('transfer-encoding')) {
    return notImplemented('bodies of unknown length', { Header: 'Transfer-Encoding' });
  }
  if (headers.get('content-encoding')?.includes('aws-chunked')) {
    return notImplemented('aws-chunked bodies', { Header: 'Content-Encoding' });
  }
  const declared = headers.get('content-length');
  if (declared === undefined) return new Refusal('MissingContentLength');
  const sizeBytes = Number(declared);
  if (sizeBytes <= sizeBytesMax) return sizeBytes;
  return new Refusal('EntityTooLarge', undefined, { ProposedSize: sizeBytes, MaxSizeAllowed: sizeBytesMax });
}

function parseChecksum(headers: RequestHeaders): Checksum | undefined | Refusal {
  if (headers.has('x-amz-trailer')) return notImplemented('checksums in trailers', { Header: 'x-amz-trailer' });
  const names = [...headers.keys()].filter(
    (name) => name.startsWith('x-amz-checksum-') && !notChecksums.includes(name),
  );
  const [name] = names;
  if (names.length > 1) {
    const message = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.';
    return new Refusal('InvalidRequest', message);
  }
  const announced = headers.get('x-amz-sdk-checksum-algorithm')?.toUpperCase();
  if (name === undefined) {
    if (announced === undefined) return undefined;
    const message =
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.';
    return new Refusal('InvalidRequest', message);
  }
  const algorithm = checksumAlgorithms.find((candidate) => checksumHeader(candidate) === name);
  if (algorithm === undefined) return notImplemented(`the header ${name}`, { Header: name });
  if (announced !== undefined && announced !== algorithm) {
    return new Refusal('InvalidRequest', 'Value for x-amz-sdk-checksum-algorithm header is invalid.');
  }
  const value = headers.get(name) ?? '';
  if (!isBase64Of(value, checksumSizeBytes[algorithm])) {
    return new Refusal('InvalidRequest', `Value for ${name} header is invalid.`);
  }
  return { algorithm, value };
}

/** Exactly one spelling is accepted: a second one would make two texts equal that are compared as texts. */
const isBase64Of = (text: string, sizeBytes: number): boolean => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === sizeBytes && bytes.toString('base64') === text;
};
