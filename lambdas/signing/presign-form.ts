import type { S3Endpoint } from './endpoint.ts';
import { hmacSha256 } from './hmac.ts';
import { assertExpiry, type SigningTerms, timestampOf } from './link-terms.ts';
import { assertKey } from './object-path.ts';
import { signingKey } from './signing-key.ts';

/** One upload by an HTML form, with nothing left for its sender to choose but the bytes. */
export interface PresignFormRequest extends SigningTerms {
  readonly endpoint: S3Endpoint;
  /** 1 to 1,024 bytes of UTF-8. */
  readonly key: string;
  /** How large the file may be, both inclusive. */
  readonly sizeBytesMin: number;
  readonly sizeBytesMax: number;
  /** What is said of the object and of the answer, by the names of S3's form fields. Each must be sent exactly so. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a form must hold, in any order, before a last field `file`. */
export interface PresignedForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** S3 API reference, "POST Object", form fields: those that make no object public and nothing S3 would not check. */
const fieldName =
  /^(?:content-type|tagging|success_action_(?:redirect|status)|x-amz-checksum-sha256|x-amz-meta-[a-z0-9._-]+)$/;
/** S3 puts the name of the sender's file in its place, in any field, so no field that holds it would be exact. */
const nameOfFile = '$'.concat('{filename}');
const control = /\p{Cc}/u;

/**
 * Signs a form (POST policy, SigV4). The same form, byte for byte, as `createPresignedPost` of
 * `@aws-sdk/s3-presigned-post` makes of these fields and this range of sizes.
 *
 * Throws RangeError for what no form may be: a bug of the caller.
 */
export const presignForm = (request: PresignFormRequest): PresignedForm => {
  const { endpoint, key, sizeBytesMin, sizeBytesMax, expiresInSeconds, now, credentials } = request;
  assertKey(key);
  assertExpiry(expiresInSeconds);
  assertRange(sizeBytesMin, sizeBytesMax);
  assertValue('key', key);
  for (const [name, value] of Object.entries(request.fields)) {
    if (!fieldName.test(name)) throw new RangeError(`'${name}' is no field that a form may have.`);
    assertValue(name, value);
  }
  const { scope, hmac } = signingKey(credentials, request.region, now);
  const fields = {
    ...request.fields,
    bucket: endpoint.bucket,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': timestampOf(now),
    ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
    key,
  };
  const document = {
    expiration: withoutFraction(new Date(now.getTime() + expiresInSeconds * 1000)),
    conditions: [
      ['content-length-range', sizeBytesMin, sizeBytesMax],
      ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    ],
  };
  const policy = Buffer.from(JSON.stringify(document)).toString('base64');
  return {
    url: `${endpoint.protocol}//${endpoint.host}${endpoint.basePath || '/'}`,
    fields: { ...fields, Policy: policy, 'X-Amz-Signature': hmacSha256(hmac, policy, 'hex') },
  };
};

/** `2013-05-24T00:00:00Z` */
const withoutFraction = (time: Date): string => time.toISOString().replace(/\.\d{3}Z$/, 'Z');

const assertRange = (sizeBytesMin: number, sizeBytesMax: number): void => {
  if (!Number.isSafeInteger(sizeBytesMin) || !Number.isSafeInteger(sizeBytesMax) || sizeBytesMin < 0) {
    throw new RangeError(`A form takes a whole number of bytes, not ${sizeBytesMin} to ${sizeBytesMax}.`);
  }
  if (sizeBytesMin > sizeBytesMax) throw new RangeError(`No file has ${sizeBytesMin} to ${sizeBytesMax} bytes.`);
};

const assertValue = (name: string, value: string): void => {
  if (control.test(value) || !value.isWellFormed() || value.includes(nameOfFile)) {
    throw new RangeError(`The form field '${name}' holds what S3 would not take as it is.`);
  }
};
