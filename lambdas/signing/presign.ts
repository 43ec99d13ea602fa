import { hash } from 'node:crypto';
import { encodeUri } from './encode.ts';
import type { S3Endpoint } from './endpoint.ts';
import { canonicalHeaders, signedHeaders } from './headers.ts';
import { linkTerms, type SigningTerms } from './link-terms.ts';
import { objectPath } from './object-path.ts';

/** One request to an object, that whoever holds its URL may make until it expires. */
export interface PresignRequest extends SigningTerms {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly endpoint: S3Endpoint;
  /** 1 to 1,024 bytes of UTF-8, not encoded. */
  readonly key: string;
  /** S3's own parameters, not encoded: `versionId`, `response-content-disposition`, `partNumber` … */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers the client must send exactly so, names in lower case. `host` is always signed and not given here. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Headers of S3 are no parameters: in the query S3 would accept a checksum and not enforce it. */
const parameterName = /^(?!x-amz-)[a-z][A-Za-z0-9-]*$/;

/**
 * Signs a request into a URL (SigV4 in the query, payload unsigned). Byte for byte the URL that `S3RequestPresigner`
 * of `@aws-sdk/s3-request-presigner` makes when it is told to leave every header a header.
 *
 * Throws RangeError (URIError for a lone surrogate in a parameter) for what no request may be: a bug of the caller.
 */
export const presign = (request: PresignRequest): string => {
  const { endpoint } = request;
  const path = objectPath(endpoint, request.key);
  const { parameters, signatureOf } = linkTerms(request);
  const { headers = {}, query = {} } = request;
  const signed = signedHeaders(headers);
  const ofRequest = signed.parameter + s3Parameters(query);
  const lines = canonicalHeaders(signed, endpoint.host, headers);
  const canonicalRequest = `${request.method}\n${path}\n${parameters}${ofRequest}${lines}${signed.ending}`;
  const signature = signatureOf(hash('sha256', canonicalRequest));
  return `${endpoint.protocol}//${endpoint.host}${path}?${parameters}&X-Amz-Signature=${signature}${ofRequest}`;
};

const s3Parameters = (query: Readonly<Record<string, string>>): string => {
  let parameters = '';
  for (const name of Object.keys(query).sort()) {
    if (!parameterName.test(name)) throw new RangeError(`'${name}' is no query parameter of S3.`);
    parameters += `&${name}=${encodeUri(query[name] ?? '')}`;
  }
  return parameters;
};
