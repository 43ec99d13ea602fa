import { randomBytes } from 'node:crypto';
import type { Answer, Api } from '../../../support/api.ts';

/** What a person does with large files, and with many; `restart` is where S3 wants all parts again. */
export type PartsStep = 'batch' | 'batch-put' | 'sign' | 'send' | 'list-parts' | 'complete' | 'restart' | 'give-up';

/** What a person does with a document, and what happens meanwhile; `vanished` is an event whose object is gone again. */
export type Step =
  | PartsStep
  | 'declare'
  | 'put'
  | 'event'
  | 'vanished'
  | 'settings'
  | 'list'
  | 'list-own'
  | 'get'
  | 'head'
  | 'update'
  | 'list-about'
  | 'download'
  | 'share'
  | 'open'
  | 'history'
  | 'delete'
  | 'restore';

/** The body of an answer that is as it should be. */
export const okay = ({ status, text }: Answer): string => {
  if (status === 200) return text;
  throw new Error(`${status}: ${text}`);
};

/** Makes a link that works once, as a client does whose first answer was lost; throws where there is none. */
export const share = async (api: Api, documentId: string): Promise<string> => {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': `share-${documentId}` };
  const ask = () => api.call(`/v1/documents/${documentId}/links`, { method: 'POST', headers, body: '{}' });
  await ask();
  const answer = await ask();
  if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`);
  return JSON.parse(answer.text).url;
};

/** Opens it as a browser does, and then once more, which must be in vain. */
export const openOnce = async (url: string): Promise<void> => {
  const response = await fetch(url);
  okay({ status: response.status, headers: response.headers, text: await response.text() });
  const again = await fetch(url);
  if (again.status !== 410) throw new Error(`${again.status}: ${await again.text()}`);
};

export const aPdf = (): Uint8Array => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200)]);

/** The event of a version that S3 does not have, as one is when a lifecycle rule was faster. */
export const goneEvent = (uploadUrl: string): string => {
  const [, bucket, ...key] = new URL(uploadUrl).pathname.split('/');
  const object = { key: key.join('/'), versionId: randomBytes(16).toString('hex') };
  return JSON.stringify({ Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object } }] });
};
