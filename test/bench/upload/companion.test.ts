import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Child, startOwn } from '../../../bench/local-s3/child.ts';
import { companionFor } from '../../../bench/upload/companion.ts';

let s3: Child;
beforeAll(async () => {
  s3 = await startOwn('local-s3/s3.ts');
});
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
});

const ask = async (method: string, path: string, body?: unknown) =>
  (await companionFor(s3.origin)({ method, url: new URL(path, 'http://companion'), body })) as Record<string, string>;

it('begins, signs and completes an upload in parts, as Uppy asks for it', async () => {
  const { key = '', uploadId = '' } = await ask('POST', '/s3/multipart', {});
  const at = `/s3/multipart/${encodeURIComponent(uploadId)}`;
  const { url = '' } = await ask('GET', `${at}/1?key=${key}`);
  const put = await fetch(url, { method: 'PUT', body: 'the only part' });
  const parts = [{ PartNumber: 1, ETag: put.headers.get('etag') }];
  const { location } = await ask('POST', `${at}/complete?key=${key}`, { parts });
  expect(location).toBe(`${s3.origin}/sealdrop-bench/${key}`);
});

it('gives a form for a file in one piece', async () => {
  const { url = '', fields } = (await ask('GET', '/s3/params?filename=a.pdf&type=application/pdf')) as never as {
    url: string;
    fields: Record<string, string>;
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob(['content']));
  expect((await fetch(url, { method: 'POST', body: form })).status).toBe(201);
});

it('knows no other path', async () => {
  expect(await ask('GET', '/s3/sts')).toBeUndefined();
});
