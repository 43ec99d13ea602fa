import { type ObjectState, objectStateTagKey, retentionTagKey } from '../../../contract/states.ts';
import { linkExpiry } from '../../domain/link-expiry.ts';
import type { ObjectSigner, SignedRequest } from '../../ports.ts';
import type { S3Endpoint } from '../../signing/endpoint.ts';
import { type Credentials, presign } from '../../signing/presign.ts';

export interface SigningContext {
  readonly endpoint: S3Endpoint;
  readonly region: string;
  /** Asked for each signature: the credentials of a role change while a function lives. */
  readonly credentials: () => Credentials;
}

type Unsigned = Pick<
  Parameters<typeof presign>[0],
  'method' | 'key' | 'query' | 'headers' | 'now' | 'expiresInSeconds'
>;

/** Neither states nor names of classes have anything to escape in a query. */
const tagging = (state: ObjectState, retentionClass: string | undefined): string =>
  [
    `${objectStateTagKey}=${state}`,
    ...(retentionClass === undefined ? [] : [`${retentionTagKey}=${retentionClass}`]),
  ].join('&');

/**
 * Signs what a browser may do, and everything it could do otherwise is signed shut. On a PUT that is type, length,
 * SHA-256, the tags and `if-none-match: *`; all of them as headers, because S3 enforces no checksum that stands in
 * the query. On a GET the version and the headers of the answer.
 */
export const s3ObjectSigner = ({ endpoint, region, credentials }: SigningContext): ObjectSigner => {
  const sign = (request: Unsigned): Pick<SignedRequest, 'url' | 'expiresAt'> => {
    const url = presign({ ...request, endpoint, region, credentials: credentials() });
    return { url, expiresAt: linkExpiry(request.now, request.expiresInSeconds) };
  };
  return {
    signPut: async ({ key, mediaType, sizeBytes, sha256, state, retentionClass, signedAt, expiresInSeconds }) => {
      const headers = {
        'content-type': mediaType,
        'if-none-match': '*',
        'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
        'x-amz-tagging': tagging(state, retentionClass),
      };
      const signedHeaders = { ...headers, 'content-length': String(sizeBytes) };
      return { ...sign({ method: 'PUT', key, headers: signedHeaders, now: signedAt, expiresInSeconds }), headers };
    },

    signGet: async ({ key, versionId, mediaType, contentDisposition, signedAt, expiresInSeconds }) => {
      const query = {
        'response-cache-control': 'no-store',
        'response-content-disposition': contentDisposition,
        'response-content-type': mediaType,
        versionId,
      };
      return { ...sign({ method: 'GET', key, query, now: signedAt, expiresInSeconds }), headers: {} };
    },
  };
};
