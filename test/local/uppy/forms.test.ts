import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { UploadForm } from '../../../contract/schemas/form.ts';
import { FormPost, UploadInstruction } from '../../../contract/schemas/upload.ts';
import { type Api, apiOf, problemOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { jsonBody } from '../../support/parts.ts';

const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

const aPdf = (sizeBytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(sizeBytes - 9)]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pdf = { fileName: 'letter.pdf', mediaType: 'application/pdf' };
const declared = (content: Uint8Array) => ({ ...pdf, sizeBytes: content.length, sha256: sha256(content) });

const ask = (body: object) => patient.call('/v1/forms', jsonBody('POST', body));

const formFor = async (body: object): Promise<UploadForm> => {
  const { status, text } = await ask(body);
  expect([status, text]).toEqual([201, text]);
  return z.parse(UploadForm, JSON.parse(text));
};

type Fields = Readonly<Record<string, string>>;

const send = async (form: { url: string; fields: Fields }, content: Uint8Array<ArrayBuffer>, changed: Fields = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...form.fields, ...changed })) body.append(name, value);
  body.append('file', new Blob([content]));
  const response = await fetch(form.url, { method: 'POST', body, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, headers: response.headers, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1] };
};

describe('a form', () => {
  it('brings a file from a page without scripts, and leads the browser back to a page of the application', async () => {
    const successRedirect = `${cloud.origin}/done`;
    const { document, form } = await formFor({ ...pdf, successRedirect });
    const content = aPdf(700);
    const { status, headers } = await send(form, content);
    expect(status).toBe(303);
    const led = new URL(headers.get('location') ?? '');
    expect([led.origin + led.pathname, led.searchParams.get('key')?.endsWith(document.id)]).toEqual([
      successRedirect,
      true,
    ]);
    expect(await patient.settle(document.id)).toMatchObject({ state: 'available', sizeBytes: 700 });
    expect(sha256(await patient.download(document.id))).toBe(sha256(content));
  });

  it('that would lead elsewhere is not made', async () => {
    const problem = problemOf(await ask({ ...pdf, successRedirect: 'https://evil.example/' }));
    expect([problem.status, problem.errors?.[0]?.pointer]).toEqual([422, '/successRedirect']);
  });

  it.each<[what: string, changed: Fields, code: string]>([
    ['another type', { 'content-type': 'text/html' }, 'AccessDenied'],
    [
      'another state',
      { tagging: '<Tagging><TagSet><Tag><Key>sealdrop-state</Key><Value>available</Value></Tag></TagSet></Tagging>' },
      'AccessDenied',
    ],
    ['another key', { key: 'documents/north-clinic/00/another' }, 'AccessDenied'],
    ['an end elsewhere', { success_action_redirect: 'https://evil.example/' }, 'AccessDenied'],
    ['a field that its policy does not name', { 'x-amz-meta-more': 'x' }, 'AccessDenied'],
    ['another hash', { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') }, 'AccessDenied'],
    [
      'another policy',
      { Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64') },
      'SignatureDoesNotMatch',
    ],
  ])('with %s is refused by S3, and the file that was meant comes all the same', async (_what, changed, code) => {
    const content = aPdf(300);
    const { document, form } = await formFor(declared(content));
    expect(await send(form, content, changed)).toMatchObject({ status: 403, code });
    expect((await send(form, content)).status).toBe(204);
    expect(await patient.settle(document.id)).toMatchObject({ state: 'available' });
  });

  it.each<[what: string, sizeBytes: number, code: string]>([
    ['of other bytes', 300, 'BadDigest'],
    ['that is larger', 301, 'EntityTooLarge'],
    ['that is smaller', 299, 'EntityTooSmall'],
  ])('takes no file %s than was declared', async (_what, sizeBytes, code) => {
    const { form } = await formFor(declared(aPdf(300)));
    expect(await send(form, aPdf(sizeBytes))).toMatchObject({ status: 400, code });
  });

  it('without its state is refused though its policy is good', async () => {
    const { form } = await formFor(pdf);
    const { tagging: _tagging, ...untagged } = form.fields;
    expect(await send({ ...form, fields: untagged }, aPdf(300))).toMatchObject({ status: 403 });
  });

  it('is good for minutes, and not for one more', async () => {
    const { document, form } = await formFor(pdf);
    clock.advance(Date.parse(form.expiresAt) - clock.now().getTime() + 1000);
    expect(await send(form, aPdf(300))).toMatchObject({ status: 403, code: 'AccessDenied' });
    patient = await apiOf(cloud, 'patient-north');
    expect(await patient.get(document.id)).toMatchObject({ state: 'pending' });
  });
});

describe('a small file whose client would rather have a form', () => {
  it('is given one in place of a PUT, for exactly what was declared', async () => {
    const content = aPdf(400);
    const body = { ...declared(content), transfer: 'form' };
    const answer = await patient.call('/v1/documents', jsonBody('POST', body));
    const { document, upload } = z.parse(z.extend(UploadInstruction, { upload: FormPost }), JSON.parse(answer.text));
    expect((await send(upload, aPdf(400))).code).toBe('BadDigest');
    expect((await send(upload, content)).status).toBe(201);
    expect(await patient.settle(document.id)).toMatchObject({ state: 'available', sha256: sha256(content) });
  });

  it('goes up in parts where it is no small one', async () => {
    const body = { ...pdf, sizeBytes: 17 * 1024 ** 2, transfer: 'form' };
    const answer = await patient.call('/v1/documents', jsonBody('POST', body));
    expect(JSON.parse(answer.text)).toMatchObject({ upload: { kind: 'multipart' } });
  });
});
