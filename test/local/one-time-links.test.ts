import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';

const isKind = (kind: string) => expect.stringMatching(new RegExp(`/problems/${kind}$`));
const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(3000)]);
const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;
let id: string;

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  patient = await apiOf(cloud, 'patient-north');
  id = (await patient.upload(content, 'letter.pdf')).id;
}, 120_000);
afterAll(async () => cloud.close());

const share = async (body: object = {}, api = patient, documentId = id) =>
  api.call(`/v1/documents/${documentId}/links`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const shared = async (body: object = {}) => {
  const { status, text } = await share(body);
  if (status !== 201) throw new Error(`Sharing was answered ${status}: ${text}`);
  return JSON.parse(text) as { url: string; expiresAt: string };
};
/** As somebody who has nothing but the link. */
const open = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });
const kindOfOpening = async (url: string) => {
  const response = await open(url);
  const { status, headers } = response;
  return problemOf({ status, headers, text: await response.text() });
};

describe('a one-time link', () => {
  it('gives the bytes to whoever holds it, once', async () => {
    const { url } = await shared({ disposition: 'inline', reason: 'Second opinion' });

    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toBe('inline; filename="letter.pdf"');
    expect(Buffer.from(await response.bytes()).equals(content)).toBe(true);
    expect(await kindOfOpening(url)).toMatchObject({ status: 410, type: isKind('link-used-up') });
    const { entries } = JSON.parse((await patient.call(`/v1/documents/${id}/history`)).text);
    expect(entries.at(-1)).toMatchObject({
      kind: 'download-issued',
      reason: 'Second opinion',
      linkCreatedAt: expect.stringMatching(/Z$/),
    });
  });

  it('is not used up by a HEAD, a preflight or a prefetch', async () => {
    const { url } = await shared();

    expect((await open(url, { method: 'HEAD' })).status).toBe(404);
    expect((await open(url, { method: 'OPTIONS', headers: { Origin: cloud.origin } })).status).toBe(204);
    expect((await open(url, { headers: { 'Sec-Purpose': 'prefetch' } })).status).toBe(403);
    const { status, headers } = await open(url);
    expect([status, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      302,
      'no-store',
      'no-referrer',
    ]);
  });

  it('leads to a link that is good for half a minute', async () => {
    const { headers } = await open((await shared()).url);
    const location = headers.get('location') ?? '';
    clock.advance(31_000);

    expect((await fetch(location)).status).toBe(403);
  });

  it('ends with its time, and with its document', async () => {
    const short = await shared({ expiresInSeconds: 60 });
    clock.advance(61_000);
    expect(await kindOfOpening(short.url)).toMatchObject({ type: isKind('link-used-up') });

    const { url } = await shared();
    await patient.call(`/v1/documents/${id}`, { method: 'DELETE' });
    expect(await kindOfOpening(url)).toMatchObject({ type: isKind('link-used-up') });
    await patient.call(`/v1/documents/${id}/restore`, { method: 'POST' });
  });

  it('that never was is not found', async () => {
    const { url } = await shared();
    expect(await kindOfOpening(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`)).toMatchObject({
      status: 404,
      type: isKind('link-not-found'),
    });
  });

  it('is made for nobody else, who is told the same as of a document that is missing', async () => {
    const other = await apiOf(cloud, 'other-patient-north');
    const withoutRequestId = (text: string) => text.replace(/"requestId":"[^"]+"/, '');
    const foreign = await share({}, other);
    const missing = await share({}, other, '01890a5d-ac96-774b-bcce-b302099a8057');

    expect(problemOf(foreign)).toMatchObject({ status: 404, type: isKind('document-not-found') });
    expect(withoutRequestId(foreign.text)).toBe(withoutRequestId(missing.text));
  });

  it('leaves neither token nor reason in any log', async () => {
    const { url } = await shared({ reason: 'Nobody may read this reason' });
    await open(url);
    const logs = join(cloud.dataDirectory, 'logs');
    const written = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));

    expect(written.join('')).toContain('REQUEST_SERVED');
    expect(written.filter((text) => text.includes(url.split('/').at(-1) ?? ''))).toEqual([]);
    expect(written.filter((text) => text.includes('Nobody may read'))).toEqual([]);
  });
});
