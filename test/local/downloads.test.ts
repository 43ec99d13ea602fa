import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';

const isKind = (kind: string) => expect.stringMatching(new RegExp(`/problems/${kind}$`));
const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(3000)]);
let cloud: TestCloud;
let patient: Api;
let other: Api;
let id: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  patient = await apiOf(cloud, 'patient-north');
  other = await apiOf(cloud, 'other-patient-north');
  id = (await patient.upload(content, 'Befund für Zoë.pdf')).id;
}, 120_000);
afterAll(async () => cloud.close());

const download = (query: string) => patient.call(`/v1/documents/${id}/download${query}`, { redirect: 'manual' });
const head = (api: Api, path: string) => api.call(`/v1/documents/${path}`, { method: 'HEAD' });

describe('a download', () => {
  it.each([
    ['', 'attachment'],
    ['?disposition=attachment', 'attachment'],
    ['?disposition=inline', 'inline'],
  ])('asked for as %j comes from S3 as %s, with its true name', async (query, disposition) => {
    const { url } = JSON.parse((await download(query)).text);
    const response = await fetch(url);

    expect(response.headers.get('content-disposition')).toBe(
      `${disposition}; filename="Befund f_r Zo_.pdf"; filename*=UTF-8''Befund%20f%C3%BCr%20Zo%C3%AB.pdf`,
    );
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await response.bytes()).equals(content)).toBe(true);
  });

  it('by a plain link is a redirect to the bytes that nothing keeps and no other site is told of', async () => {
    const { status, headers, text } = await download('?redirect=true');

    expect([status, text]).toEqual([302, '']);
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
    const response = await fetch(headers.get('location') ?? '');
    expect(Buffer.from(await response.bytes()).equals(content)).toBe(true);
  });

  it('keeps the reason in the history', async () => {
    const reason = 'Überweisung an die Klinik, 診断';
    await download(`?reason=${encodeURIComponent(reason)}&disposition=inline`);
    const { entries } = JSON.parse((await patient.call(`/v1/documents/${id}/history`)).text);

    expect(entries.at(-1)).toMatchObject({ kind: 'download-issued', reason, disposition: 'inline' });
  });

  it.each([
    ['disposition', 'frame'],
    ['redirect', 'yes'],
    ['reason', 'ab'],
    ['reason', 'a%0Ab%0Ac'],
    ['reason', 'x'.repeat(201)],
    ['expires', '900'],
  ])('with %s=%s is refused, and the field named', async (name, value) => {
    expect(problemOf(await download(`?${name}=${value}`))).toMatchObject({
      type: isKind('invalid-request'),
      errors: [{ pointer: `query:${name}` }],
    });
  });
});

describe('a HEAD', () => {
  it('says what there is to know of a document', async () => {
    const { status, headers, text } = await head(patient, id);
    const document = await patient.get(id);

    expect([status, text]).toEqual([200, '']);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-document-state': 'available',
      'x-document-size': String(content.length),
      'x-document-media-type': 'application/pdf',
      'x-document-sha256': document.sha256,
      'x-document-available-at': document.availableAt,
      'last-modified': new Date(document.updatedAt).toUTCString(),
    });
    expect(headers.get('etag')).toBe((await patient.call(`/v1/documents/${id}`)).headers.get('etag'));
  });

  it('says the same of what is missing and of what is somebody else’s: nothing', async () => {
    const missing = await head(patient, '01890a5d-ac96-774b-bcce-b302099a8057');
    const foreign = await head(other, id);
    const told = ({ headers }: typeof missing) =>
      [...headers].filter(([name]) => !/^(date|x-request-id|x-amzn-requestid)$/.test(name));

    expect([missing.status, missing.text]).toEqual([404, '']);
    expect([foreign.status, foreign.text]).toEqual([404, '']);
    expect(told(foreign)).toEqual(told(missing));
  });
});
