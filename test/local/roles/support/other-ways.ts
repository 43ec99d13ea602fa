import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type S3RequestWish, SignedS3Request } from '../../../../contract/schemas/s3-request.ts';
import { defaultProfile } from '../../../../profiles/default.ts';
import type { Api } from '../../../support/api.ts';
import { jsonBody } from '../../../support/parts.ts';
import { companionOf } from '../../uppy/support/companion.ts';
import { aPdf } from './steps.ts';

/** What is done where a client speaks S3, Companion's protocol, or only forms; each name is where a right may be missed. */
export type OtherStep =
  | 'form'
  | 'form-send'
  | 's3-put'
  | 's3-put-send'
  | 's3-parts'
  | 's3-list'
  | 's3-abort'
  | 'token'
  | 'uppy-form'
  | 'uppy-form-send'
  | 'uppy-parts'
  | 'uppy-list'
  | 'uppy-complete'
  | 'uppy-abort';

interface Way {
  readonly api: Api;
  readonly at: (step: OtherStep) => void;
  /** Loses the events of the next uploads, so that no record tells what S3 alone knows. */
  readonly loseEvents: () => Promise<void>;
}

const Form = z.object({ url: z.string(), fields: z.record(z.string(), z.string()) });
const FormAnswer = z.object({ form: Form });
const Declared = z.object({ document: z.object({ id: z.string() }) });
const FormPost = z.object({ upload: Form });

const said = async (response: Response): Promise<string> => {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return text;
};

const asked = async (api: Api, path: string, body: object, headers = {}): Promise<unknown> => {
  const { status, text } = await api.call(path, jsonBody('POST', body, headers));
  if (status >= 300) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
};

const declarationOf = (content: Uint8Array) => ({
  fileName: 'a.pdf',
  mediaType: 'application/pdf',
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

/** So large that it goes up in parts. */
const largePdf = (): Uint8Array => {
  const content = new Uint8Array(defaultProfile.multipart.aboveSizeBytes + 1);
  content.set(aPdf());
  return content;
};

export const sendForm = async ({ url, fields }: z.infer<typeof Form>, content: Uint8Array): Promise<void> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(content)]));
  await said(await fetch(url, { method: 'POST', body: form }));
};

/** By a form, asked for twice by a key, as by a client whose first answer was lost. */
export const walkByForm = async ({ api, at }: Omit<Way, 'loseEvents'>): Promise<void> => {
  at('form');
  const content = aPdf();
  const key = { 'Idempotency-Key': randomUUID() };
  const ask = () => asked(api, '/v1/forms', declarationOf(content), key);
  await ask();
  const { form } = z.parse(FormAnswer, await ask());
  at('form-send');
  await sendForm(form, content);
};

/** A declaration, and one of many, whose client would rather have a form than a PUT. */
export const walkByTransfer = async (api: Api): Promise<void> => {
  const [one, other] = [aPdf(), aPdf()];
  const wish = (content: Uint8Array) => ({ ...declarationOf(content), transfer: 'form' });
  await sendForm(z.parse(FormPost, await asked(api, '/v1/documents', wish(one))).upload, one);
  const many = z.object({ results: z.tuple([FormPost]) });
  const { results } = z.parse(many, await asked(api, '/v1/documents/batch', { documents: [wish(other)] }));
  await sendForm(results[0].upload, other);
};

/** Of a client that speaks S3 itself: each request by a link of its own. */
export const walkByLinks = async ({ api, at }: Omit<Way, 'loseEvents'>): Promise<void> => {
  const declared = async () => {
    const content = aPdf();
    return { content, id: (await api.declare(content)).document.id };
  };
  const ask = async (id: string, wish: S3RequestWish, body?: Uint8Array | string): Promise<string> => {
    const { url, method, headers } = z.parse(
      SignedS3Request,
      await asked(api, `/v1/documents/${id}/s3-requests`, wish),
    );
    if (wish.operation === 'PutObject') at('s3-put-send');
    return said(
      await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body: new Blob([new Uint8Array(Buffer.from(body))]) }),
      }),
    );
  };
  const begin = async (id: string): Promise<string> =>
    /<UploadId>(.*?)<\/UploadId>/.exec(await ask(id, { operation: 'CreateMultipartUpload' }))?.[1] ?? '';
  const declaredInParts = async (content: Uint8Array): Promise<string> => {
    const { sha256: _, ...hashless } = declarationOf(content);
    return z.parse(Declared, await asked(api, '/v1/documents', hashless)).document.id;
  };
  at('s3-put');
  const small = await declared();
  await ask(small.id, { operation: 'PutObject' }, small.content);
  at('s3-parts');
  const content = largePdf();
  const id = await declaredInParts(content);
  const uploadId = await begin(id);
  await ask(id, { operation: 'UploadPart', uploadId, partNumber: 1 }, content);
  at('s3-list');
  const etag = /<ETag>(.*?)<\/ETag>/.exec(await ask(id, { operation: 'ListParts', uploadId }))?.[1];
  at('s3-parts');
  const parts = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
  await ask(id, { operation: 'CompleteMultipartUpload', uploadId }, parts);
  at('s3-abort');
  const other = await declaredInParts(content);
  await ask(other, { operation: 'AbortMultipartUpload', uploadId: await begin(other) });
};

/** Of Uppy's client, which can send no headers: all of Companion's calls, by a token in the path. */
export const walkByToken = async ({ api, at, loseEvents }: Way): Promise<void> => {
  at('token');
  const { companionUrl } = z.parse(z.object({ companionUrl: z.string() }), await asked(api, '/v1/upload-tokens', {}));
  const uppy = companionOf(companionUrl, {});
  at('uppy-form');
  const form = await uppy.form('a.pdf', 'application/pdf');
  at('uppy-form-send');
  await sendForm(form, aPdf());
  at('uppy-parts');
  const file = { filename: 'a.pdf', type: 'application/pdf' };
  const begin = () => uppy.json<{ key: string; uploadId: string; bucket: string }>('POST', '/s3/multipart', {}, file);
  const upload = await begin();
  const path = `/s3/multipart/${upload.uploadId}`;
  const { url } = await uppy.json<{ url: string }>('GET', `${path}/1`, upload);
  await said(await fetch(url, { method: 'PUT', body: new Blob([new Uint8Array(aPdf())]) }));
  at('uppy-list');
  const parts = await uppy.json<object[]>('GET', path, upload);
  at('uppy-complete');
  await loseEvents();
  for (const _time of [1, 2]) await uppy.json('POST', `${path}/complete`, upload, { parts });
  at('uppy-abort');
  const other = await begin();
  await uppy.json('DELETE', `/s3/multipart/${other.uploadId}`, other);
};
