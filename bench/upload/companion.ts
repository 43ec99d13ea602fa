import { randomUUID } from 'node:crypto';
import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';
import { type PresignRequest, presign } from '../../lambdas/signing/presign.ts';
import { presignForm } from '../../lambdas/signing/presign-form.ts';
import { bucket, credentials, region } from '../local-s3/signed.ts';
import { gibibyte } from './sizes.ts';

/** What is asked of Companion: method, path with its query, JSON body. */
export interface CompanionRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

const expiresInSeconds = 3600;

/**
 * Companion's S3 routes as Uppy's clients know them, at the least cost there can be: nobody is asked who they are,
 * nothing is recorded, and the fast signer signs. Undefined for any other path.
 */
export const companionFor = (s3Origin: string) => {
  const endpoint = s3Endpoint({ bucket, region, endpointUrl: s3Origin });
  const sign = (request: Pick<PresignRequest, 'method' | 'key' | 'query' | 'headers'>): string =>
    presign({ ...request, endpoint, region, credentials, expiresInSeconds, now: new Date() });

  const sendToS3 = async (request: Parameters<typeof sign>[0], body: string | null = null): Promise<string> => {
    const response = await fetch(sign(request), { method: request.method, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`S3 answered ${response.status}: ${text}`);
    return text;
  };

  const create = async (): Promise<object> => {
    const key = randomUUID();
    const text = await sendToS3({ method: 'POST', key, query: { uploads: '' } });
    return { key, uploadId: /<UploadId>([^<]+)</.exec(text)?.[1], bucket };
  };

  const complete = async (key: string, uploadId: string, body: unknown): Promise<object> => {
    const { parts } = body as { parts: readonly { readonly PartNumber: number; readonly ETag: string }[] };
    const xml = parts.map(
      ({ PartNumber, ETag }) => `<Part><PartNumber>${PartNumber}</PartNumber><ETag>${ETag}</ETag></Part>`,
    );
    const document = `<CompleteMultipartUpload>${xml.join('')}</CompleteMultipartUpload>`;
    await sendToS3({ method: 'POST', key, query: { uploadId } }, document);
    return { location: `${s3Origin}/${bucket}/${key}`, bucket, key };
  };

  const form = (contentType: string): object => {
    const terms = { endpoint, region, credentials, expiresInSeconds, now: new Date() };
    const fields = { 'content-type': contentType, success_action_status: '201' };
    const sizes = { sizeBytesMin: 0, sizeBytesMax: 5 * gibibyte };
    return { method: 'POST', ...presignForm({ ...terms, ...sizes, key: randomUUID(), fields }) };
  };

  return async ({ method, url, body }: CompanionRequest): Promise<object | undefined> => {
    if (url.pathname === '/s3/params') return form(url.searchParams.get('type') ?? '');
    if (url.pathname === '/s3/multipart' && method === 'POST') return create();
    const [, uploadId = '', step = ''] = /^\/s3\/multipart\/([^/]+)\/([^/]+)$/.exec(url.pathname) ?? [];
    const key = url.searchParams.get('key') ?? '';
    if (step === 'complete') return complete(key, decodeURIComponent(uploadId), body);
    if (step === '') return undefined;
    const query = { partNumber: step, uploadId: decodeURIComponent(uploadId) };
    return { url: sign({ method: 'PUT', key, query }), expires: expiresInSeconds };
  };
};
