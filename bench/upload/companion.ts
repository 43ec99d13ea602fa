import { randomUUID } from 'node:crypto';
import { presignForm } from '../../lambdas/signing/presign-form.ts';
import { bucket, credentials, region } from '../local-s3/signed.ts';
import { bareS3At, completion, expiresInSeconds, textOf } from './bare-s3.ts';
import { gibibyte } from './sizes.ts';

/** What is asked of Companion: method, path with its query, JSON body. */
export interface CompanionRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

/**
 * Companion's S3 routes as Uppy's clients know them, at the least cost there can be: nobody is asked who they are,
 * nothing is recorded, and the fast signer signs. Undefined for any other path.
 */
export const companionFor = (s3Origin: string) => {
  const { endpoint, sign, send } = bareS3At(s3Origin);

  const create = async (): Promise<object> => {
    const key = randomUUID();
    const text = await send({ method: 'POST', key, query: { uploads: '' } });
    return { key, uploadId: textOf(text, 'UploadId'), bucket };
  };

  const complete = async (key: string, uploadId: string, body: unknown): Promise<object> => {
    const { parts } = body as { parts: readonly { readonly PartNumber: number; readonly ETag: string }[] };
    const listed = parts.map(({ PartNumber, ETag }) => ({ number: PartNumber, etag: ETag }));
    await send({ method: 'POST', key, query: { uploadId } }, completion(listed));
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
