import { encodeKey, encodeUri } from './encode.ts';
import type { S3Endpoint } from './endpoint.ts';
import { canonicalHeaders } from './headers.ts';
import { signatureOf } from './signature.ts';
import { type Credentials, signingKey } from './signing-key.ts';

export type { Credentials };

/** One request to an object, that whoever holds its URL may make until it expires. */
export interface PresignRequest {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly endpoint: S3Endpoint;
  /** 1 to 1,024 bytes of UTF-8, not encoded. */
  readonly key: string;
  /** S3's own parameters, not encoded: `versionId`, `response-content-disposition`, `partNumber` … */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers the client must send exactly so, names in lower case. `host` is always signed and not given here. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly region: string;
  readonly credentials: Credentials;
  /** A whole number, 1 to 604,800 (seven days). The URL dies earlier if its credentials do. */
  readonly expiresInSeconds: number;
  readonly now: Date;
}

/** S3 API reference, "Authenticating Requests: Using Query Parameters", X-Amz-Expires. */
export const expiresInSecondsMax = 604_800;
/** S3 user guide, "Naming Amazon S3 objects". */
export const keySizeBytesMax = 1024;

/** Headers of S3 are no parameters: in the query S3 would accept a checksum and not enforce it. */
const parameterName = /^(?!x-amz-)[a-z][A-Za-z0-9-]*$/;

/**
 * Signs a request into a URL (SigV4 in the query, payload unsigned). Byte for byte the URL that `S3RequestPresigner`
 * of `@aws-sdk/s3-request-presigner` makes when it is told to leave every header a header.
 *
 * Throws RangeError (URIError for a lone surrogate in a parameter) for what no request may be: a bug of the caller.
 */
export const presign = (request: PresignRequest): string => {
  const { method, endpoint, now, expiresInSeconds } = request;
  assertKey(request.key);
  assertExpiry(expiresInSeconds);
  const key = signingKey(request.credentials, request.region, now);
  const timestamp = `${key.day}T${two(now.getUTCHours())}${two(now.getUTCMinutes())}${two(now.getUTCSeconds())}Z`;
  const headers = canonicalHeaders(endpoint.host, request.headers ?? {});
  const path = `${endpoint.basePath}/${encodeKey(request.key)}`;
  // SigV4 sorts parameters by code point. Its own start with a capital and so come before S3's, which never do.
  const beforeSignature =
    `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&${key.credentialParameter}` +
    `&X-Amz-Date=${timestamp}&X-Amz-Expires=${expiresInSeconds}${key.tokenParameter}`;
  const afterSignature = `&X-Amz-SignedHeaders=${headers.names.replaceAll(';', '%3B')}${s3Parameters(request.query ?? {})}`;
  const signature = signatureOf(
    `${method}\n${path}\n${beforeSignature}${afterSignature}\n${headers.lines}\n${headers.names}\nUNSIGNED-PAYLOAD`,
    key,
    timestamp,
  );
  return (
    `${endpoint.protocol}//${endpoint.host}${path}` +
    `?${beforeSignature}&X-Amz-Signature=${signature}${afterSignature}`
  );
};

const s3Parameters = (query: Readonly<Record<string, string>>): string => {
  let parameters = '';
  for (const name of Object.keys(query).sort()) {
    if (!parameterName.test(name)) throw new RangeError(`'${name}' is no query parameter of S3.`);
    parameters += `&${name}=${encodeUri(query[name] ?? '')}`;
  }
  return parameters;
};

const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`);

const assertKey = (key: string): void => {
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes === 0 || sizeBytes > keySizeBytesMax) {
    throw new RangeError(`An object key has 1 to ${keySizeBytesMax} bytes of UTF-8, not ${sizeBytes}.`);
  }
  if (!key.isWellFormed()) throw new RangeError('An object key cannot hold a lone surrogate: it has no UTF-8 form.');
};

const assertExpiry = (expiresInSeconds: number): void => {
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 1 || expiresInSeconds > expiresInSecondsMax) {
    throw new RangeError(`A presigned URL lives 1 to ${expiresInSecondsMax} whole seconds, not ${expiresInSeconds}.`);
  }
};
