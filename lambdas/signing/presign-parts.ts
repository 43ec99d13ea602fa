import { encodeUri } from './encode.ts';
import type { S3Endpoint } from './endpoint.ts';
import { signedHeaders } from './headers.ts';
import { linkTerms, type SigningTerms } from './link-terms.ts';
import { objectPath } from './object-path.ts';
import { signInLanes } from './sign-in-lanes.ts';
import { signOneByOne } from './sign-one-by-one.ts';

/** One part of a multipart upload. All parts of one batch say the same of themselves. */
export interface PartToSign {
  readonly partNumber: number;
  /** Where it is given, S3 takes no other length. */
  readonly sizeBytes?: number | undefined;
  /** In Base64, as S3 writes it. Where it is given, S3 takes no other bytes. */
  readonly checksum?: string | undefined;
}

/** `UploadPart`, of any number of parts of one upload. */
export interface PresignPartsRequest extends SigningTerms {
  readonly endpoint: S3Endpoint;
  /** 1 to 1,024 bytes of UTF-8, not encoded. */
  readonly key: string;
  /** As S3 gave it, not encoded. */
  readonly uploadId: string;
  readonly parts: readonly PartToSign[];
  /** The header that checksums are sent in. */
  readonly checksumHeader: keyof typeof checksumLengths;
}

/**
 * The URL of a part is the template with `{partNumber}` and `{signature}` replaced; each occurs once, for a brace in
 * anything else is encoded. Whole URLs of 10,000 parts would be larger than what a function can answer with.
 */
export interface PresignedParts {
  readonly urlTemplate: string;
  /** In hexadecimal, in the order of the parts. */
  readonly signatures: readonly string[];
}

/** S3 user guide, "Amazon S3 multipart upload limits". */
export const partNumberMax = 10_000;
export const partSizeBytesMax = 5 * 2 ** 30;

/**
 * Fewer are signed one by one in a millisecond or so; what signs four at a time has to be compiled first, which takes
 * ten, once in the life of a function.
 */
export const worthLanes = 500;

/** Digests of 32 and of 8 bytes in Base64. */
const checksumLengths = { 'x-amz-checksum-sha256': 44, 'x-amz-checksum-crc64nvme': 12 } as const;
/** Of one part: digits of its number and of its length, and a checksum. */
const valuesSizeBytesMax = 5 + 10 + 44;
/** The class lets an underscore through, which S3 refuses then, and is seven times as fast as the exact one. */
const base64 = /^[\w+/]+=$/;

/**
 * Signs a PUT for each part. A URL made of the answer is byte for byte the one that `presign` makes of the same request.
 * In a canonical request everything before the part's number is the same for all, the long session token too, and is
 * hashed once where there are many.
 *
 * Throws RangeError (URIError for a lone surrogate in the id of the upload) for what no request may be.
 */
export const presignParts = (request: PresignPartsRequest): PresignedParts => {
  const { endpoint, parts, checksumHeader } = request;
  const path = objectPath(endpoint, request.key);
  const { parameters, signatureOf, key, timestamp } = linkTerms(request);
  const has = { sizeBytes: parts[0]?.sizeBytes !== undefined, checksum: parts[0]?.checksum !== undefined };
  for (const part of parts) assertPart(part, has, checksumLengths[checksumHeader]);
  const signed = signedHeaders({
    ...(has.sizeBytes && { 'content-length': '' }),
    ...(has.checksum && { [checksumHeader]: '' }),
  });
  const uploadId = `&uploadId=${encodeUri(request.uploadId)}`;
  const beginning = Buffer.from(`PUT\n${path}\n${parameters}${signed.parameter}&partNumber=`);
  const afterNumber = Buffer.from(`${uploadId}${has.sizeBytes ? '\ncontent-length:' : ''}`);
  const afterSize = Buffer.from(`\nhost:${endpoint.host}${has.checksum ? `\n${checksumHeader}:` : ''}`);
  const ending = Buffer.from(signed.ending);
  const restSizeBytesMax = afterNumber.length + afterSize.length + ending.length + valuesSizeBytesMax;
  /** The canonical request of a part from its number on; answers where it ends. */
  const write = (index: number, bytes: Buffer, start: number): number => {
    const { partNumber, sizeBytes, checksum } = parts[index] as PartToSign;
    let at = start + bytes.write(String(partNumber), start, 'latin1');
    bytes.set(afterNumber, at);
    at += afterNumber.length;
    if (sizeBytes !== undefined) at += bytes.write(String(sizeBytes), at, 'latin1');
    bytes.set(afterSize, at);
    at += afterSize.length;
    if (checksum !== undefined) at += bytes.write(checksum, at, 'latin1');
    bytes.set(ending, at);
    return at + ending.length;
  };
  const requests = { key, timestamp, signatureOf, beginning, count: parts.length, write, restSizeBytesMax };
  const signatures = (parts.length >= worthLanes && signInLanes(requests)) || signOneByOne(requests);
  const urlTemplate =
    `${endpoint.protocol}//${endpoint.host}${path}?${parameters}&X-Amz-Signature={signature}` +
    `${signed.parameter}&partNumber={partNumber}${uploadId}`;
  return { urlTemplate, signatures };
};

const assertPart = (
  { partNumber, sizeBytes, checksum }: PartToSign,
  has: { readonly sizeBytes: boolean; readonly checksum: boolean },
  checksumLength: number,
): void => {
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > partNumberMax) {
    throw new RangeError(`A part has a number of 1 to ${partNumberMax}, not ${partNumber}.`);
  }
  if ((sizeBytes !== undefined) !== has.sizeBytes || (checksum !== undefined) !== has.checksum) {
    throw new RangeError(`Part ${partNumber} says more or less of itself than the first: one template is for all.`);
  }
  if (sizeBytes !== undefined && !(Number.isInteger(sizeBytes) && sizeBytes >= 0 && sizeBytes <= partSizeBytesMax)) {
    throw new RangeError(`Part ${partNumber} has 0 to ${partSizeBytesMax} bytes, not ${sizeBytes}.`);
  }
  if (checksum !== undefined && !(checksum.length === checksumLength && base64.test(checksum))) {
    throw new RangeError(`The checksum of part ${partNumber} is no digest of its algorithm in Base64.`);
  }
};
