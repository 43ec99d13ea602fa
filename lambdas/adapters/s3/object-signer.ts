import { checksumHeaders } from '../../../contract/checksums.ts';
import { linkExpiry } from '../../domain/link-expiry.ts';
import type { ObjectSigner, SignedRequest } from '../../ports.ts';
import { dualStackHostOf } from '../../signing/dual-stack-host.ts';
import type { S3Endpoint } from '../../signing/endpoint.ts';
import { type PresignRequest, presign } from '../../signing/presign.ts';
import { presignForm } from '../../signing/presign-form.ts';
import { presignParts } from '../../signing/presign-parts.ts';
import type { Credentials } from '../../signing/signing-key.ts';
import { s3Request } from './s3-request.ts';
import { uploadFields } from './upload-headers.ts';

export interface SigningContext {
  readonly endpoint: S3Endpoint;
  readonly region: string;
  /** Asked for each signature: the credentials of a role change while a function lives. */
  readonly credentials: () => Credentials;
}

interface ToSign {
  readonly key: string;
  readonly signedAt: Date;
  readonly expiresInSeconds: number;
}

/**
 * Signs what a browser may do, and everything it could do otherwise is signed shut. On a PUT that is type, length,
 * SHA-256, the tags and `if-none-match: *`; all of them as headers, because S3 enforces no checksum that stands in
 * the query. On a GET the version and the headers of the answer. On a form all that a policy can hold.
 */
export const s3ObjectSigner = ({ endpoint, region, credentials }: SigningContext): ObjectSigner => {
  const termsOf = ({ key, signedAt, expiresInSeconds }: ToSign) => ({
    ...{ endpoint, region, credentials: credentials(), key, now: signedAt, expiresInSeconds },
  });
  const dualStackHost = dualStackHostOf(endpoint.host);
  const expiryOf = ({ signedAt, expiresInSeconds }: ToSign) => linkExpiry(signedAt, expiresInSeconds);
  const sign = (link: ToSign, request: Pick<PresignRequest, 'method' | 'query' | 'headers'>): SignedRequest => {
    // Every HTTP client sends the length by itself, and browsers forbid setting it.
    const { 'content-length': _, ...headers } = request.headers ?? {};
    return { url: presign({ ...termsOf(link), ...request }), headers, expiresAt: expiryOf(link) };
  };
  return {
    signPut: async (upload) => sign(upload, s3Request({ ...upload, operation: 'PutObject' })),

    signGet: async (download) => {
      const query = {
        'response-cache-control': 'no-store',
        'response-content-disposition': download.contentDisposition,
        'response-content-type': download.mediaType,
        versionId: download.versionId,
      };
      return sign(download, { method: 'GET', query });
    },

    signParts: async (batch) => {
      const { uploadId, parts } = batch;
      const checksumHeader = checksumHeaders[batch.checksumAlgorithm];
      return {
        ...presignParts({ ...termsOf(batch), uploadId, parts, checksumHeader }),
        headers: {},
        ...(parts[0]?.checksum !== undefined && { checksumHeader }),
        expiresAt: expiryOf(batch),
      };
    },

    signForm: async (form) => {
      const { sizeBytesMin, sizeBytesMax, successRedirect, successStatus } = form;
      const fields = {
        ...uploadFields(form),
        ...(successRedirect !== undefined && { success_action_redirect: successRedirect }),
        ...(successStatus !== undefined && { success_action_status: successStatus }),
      };
      const signed = presignForm({ ...termsOf(form), sizeBytesMin, sizeBytesMax, fields });
      const dualStackUrl = dualStackHost && signed.url.replace(endpoint.host, dualStackHost);
      return { ...signed, ...(dualStackUrl && { dualStackUrl }), expiresAt: expiryOf(form) };
    },

    signRequest: async (request) => {
      const onTheWire = s3Request(request);
      return { method: onTheWire.method, ...sign(request, onTheWire) };
    },
  };
};
