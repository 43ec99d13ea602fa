import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';
import { type PresignRequest, presign } from '../../lambdas/signing/presign.ts';
import { bucket, credentials, region } from '../local-s3/signed.ts';

export type S3Call = Pick<PresignRequest, 'method' | 'key' | 'query' | 'headers'>;

export const expiresInSeconds = 3600;

/** What stand-ins for a service ask of the local S3 that has nothing around it. */
export const bareS3At = (s3Origin: string) => {
  const endpoint = s3Endpoint({ bucket, region, endpointUrl: s3Origin });
  const sign = (call: S3Call): string =>
    presign({ ...call, endpoint, region, credentials, expiresInSeconds, now: new Date() });
  return {
    endpoint,
    sign,
    /** Rejects with what S3 says where it refuses. */
    send: async (call: S3Call, body: string | null = null): Promise<string> => {
      const response = await fetch(sign(call), { method: call.method, body, headers: { ...call.headers } });
      const text = await response.text();
      if (!response.ok) throw new Error(`S3 answered ${response.status}: ${text}`);
      return text;
    },
  };
};

/** The text of an element of S3's answers that stands for itself. */
export const textOf = (xml: string, name: string): string => new RegExp(`<${name}>([^<]+)<`).exec(xml)?.[1] ?? '';

/** The body of CompleteMultipartUpload. */
export const completion = (
  parts: readonly { readonly number: number | string; readonly etag: string; readonly sha256?: string }[],
): string => {
  const xml = parts.map(({ number, etag, sha256 }) => {
    const checksum = sha256 === undefined ? '' : `<ChecksumSHA256>${sha256}</ChecksumSHA256>`;
    return `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag>${checksum}</Part>`;
  });
  return `<CompleteMultipartUpload>${xml.join('')}</CompleteMultipartUpload>`;
};
