import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ProblemKind, problemType } from '../../contract/problems.ts';
import { startLocalCloud } from '../../local/cloud.ts';
import { createIdentity } from '../../local/identity/identity.ts';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';

/** A file that begins like a PDF; the rest is nobody's business but the hash's. */
const aPdf = (): Uint8Array => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(5000)]);

const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;
let clinician: Api;
let otherPatient: Api;
let southern: Api;

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  patient = await apiOf(cloud, 'patient-north');
  clinician = await apiOf(cloud, 'clinician-north');
  otherPatient = await apiOf(cloud, 'other-patient-north');
  southern = await apiOf(cloud, 'patient-south');
}, 120_000);

afterEach(() => clock.reset());
afterAll(async () => cloud.close());

/** The same of what functions refuse and of what the gateway does: the address that was asked. */
const typeOf = (kind: ProblemKind) => problemType(cloud.origin, kind);

const codeOf = (xml: string) => /<Code>(.*)<\/Code>/.exec(xml)?.[1];

describe('the main job, from the template', () => {
  it('declares, uploads, verifies and downloads the same bytes', async () => {
    const content = aPdf();
    const document = await patient.upload(content);

    expect(document).toMatchObject({ state: 'available', fileName: 'report.pdf', sizeBytes: content.length });
    expect(Buffer.from(await patient.download(document.id)).equals(content)).toBe(true);
  });

  it('rejects a file that is not what its type says', async () => {
    const document = await patient.upload(randomBytes(500));

    expect(document).toMatchObject({ state: 'rejected', rejection: { reason: 'media-type-mismatch' } });
    const answer = await patient.call(`/v1/documents/${document.id}/download`);
    expect(problemOf(answer)).toMatchObject({ type: typeOf('document-not-available'), state: 'rejected' });
  });

  it('lists own documents only, newest first', async () => {
    const first = await clinician.upload(aPdf(), 'first.pdf');
    const second = await clinician.upload(aPdf(), 'second.pdf');

    const { documents } = JSON.parse((await clinician.call('/v1/me/documents')).text);
    expect(documents.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
  });

  it('keeps everything through a restart, and finishes what was under way', async () => {
    const content = aPdf();
    const before = await patient.upload(content);
    const declared = await patient.declare(content);
    const uploaded = await patient.declare(content);
    await patient.put(uploaded, content);

    cloud = await cloud.restart();
    patient = await apiOf(cloud, 'patient-north');
    clinician = await apiOf(cloud, 'clinician-north');
    southern = await apiOf(cloud, 'patient-south');

    expect(await patient.get(before.id)).toEqual(before);
    expect(Buffer.from(await patient.download(before.id)).equals(content)).toBe(true);
    expect(await patient.settle(uploaded.document.id)).toMatchObject({ state: 'available' });
    // A URL that was signed before the restart is good after it.
    expect((await patient.put(declared, content)).status).toBe(200);
    expect(await patient.settle(declared.document.id)).toMatchObject({ state: 'available' });
  });
});

describe('a token', () => {
  const withToken = async (token: string | undefined) => {
    const headers: HeadersInit = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const response = await fetch(`${cloud.origin}/v1/documents`, { headers });
    return problemOf({ status: response.status, headers: response.headers, text: await response.text() });
  };
  const unauthenticated = () => ({ status: 401, type: typeOf('unauthenticated') });

  it('must be there', async () => {
    expect(await withToken(undefined)).toMatchObject(unauthenticated());
  });

  it('must not have expired', async () => {
    const token = await cloud.identity.issueToken('patient-north', { expiresInSeconds: -3600 });
    expect(await withToken(token)).toMatchObject(unauthenticated());
  });

  it('must be of this audience', async () => {
    const token = await cloud.identity.issueToken('patient-north', { audience: 'another-api' });
    expect(await withToken(token)).toMatchObject(unauthenticated());
  });

  it('must be of this issuer', async () => {
    const settings = { audience: 'sealdrop', dataDirectory: `${cloud.dataDirectory}/other-issuer` };
    const other = await createIdentity({ ...settings, issuer: 'http://127.0.0.1:1/identity' });
    expect(await withToken(await other.issueToken('patient-north'))).toMatchObject(unauthenticated());
    // The same issuer's name and another key.
    const forger = await createIdentity({ ...settings, issuer: `${cloud.origin}/identity` });
    expect(await withToken(await forger.issueToken('patient-north'))).toMatchObject(unauthenticated());
  });

  it('must have the scope of the route', async () => {
    const token = await cloud.identity.issueToken('patient-north', { scopes: ['documents:write'] });
    expect(await withToken(token)).toMatchObject({ status: 403, type: typeOf('insufficient-scope') });
  });
});

describe("another one's document", () => {
  const withoutRequestId = (text: string) => text.replace(/"requestId":"[^"]+"/, '"requestId":""');

  it.each(['', '/download'])('is answered byte for byte like one that does not exist (GET …%s)', async (suffix) => {
    const { id } = await patient.upload(aPdf());
    const missing = await patient.call(`/v1/documents/01890a5d-ac96-774b-bcce-b302099a8057${suffix}`);
    const sameTenant = await otherPatient.call(`/v1/documents/${id}${suffix}`);
    const otherTenant = await southern.call(`/v1/documents/${id}${suffix}`);

    expect(problemOf(missing)).toMatchObject({ status: 404, type: typeOf('document-not-found') });
    expect(sameTenant.status).toBe(404);
    expect(withoutRequestId(sameTenant.text)).toBe(withoutRequestId(missing.text));
    expect(withoutRequestId(otherTenant.text)).toBe(withoutRequestId(missing.text));
  });
});

describe('a download', () => {
  it('is refused before the document is available', async () => {
    const { document } = await patient.declare(aPdf());
    const answer = await patient.call(`/v1/documents/${document.id}/download`);

    expect(problemOf(answer)).toMatchObject({
      status: 409,
      type: typeOf('document-not-available'),
      state: 'pending',
    });
  });
});

describe('a declaration', () => {
  const declare = async (body: string, contentType = 'application/json') =>
    problemOf(await patient.call('/v1/documents', { method: 'POST', headers: { 'Content-Type': contentType }, body }));
  const valid = {
    fileName: 'report.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 5,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  };

  it.each([
    ['JSON that is none', '{"fileName":', 'malformed-json', 400],
    ['no object', '[]', 'malformed-json', 400],
    ['no body', '', 'malformed-json', 400],
    [
      'a type that is not accepted',
      JSON.stringify({ ...valid, mediaType: 'text/html' }),
      'media-type-not-allowed',
      422,
    ],
    ['an empty file', JSON.stringify({ ...valid, sizeBytes: 0 }), 'invalid-request', 422],
    ['too large a file', JSON.stringify({ ...valid, sizeBytes: 5e12 }), 'file-too-large', 422],
    ['no hash', JSON.stringify({ ...valid, sha256: undefined }), 'invalid-request', 422],
    ['a malformed hash', JSON.stringify({ ...valid, sha256: 'abc' }), 'invalid-request', 422],
    ['an unknown field', JSON.stringify({ ...valid, tenantId: 'south-clinic' }), 'invalid-request', 422],
    ['no name', JSON.stringify({ ...valid, fileName: '' }), 'invalid-request', 422],
    ['too long a name', JSON.stringify({ ...valid, fileName: 'a'.repeat(256) }), 'invalid-request', 422],
    ['more than 64 kB', JSON.stringify({ ...valid, fileName: 'a'.repeat(70_000) }), 'body-too-large', 413],
  ] as const)('with %s is refused with words', async (_, body, kind, status) => {
    const problem = await declare(body);

    expect(problem).toMatchObject({ type: typeOf(kind), status });
    expect(problem.detail.length).toBeGreaterThan(10);
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('over 10 MB is refused by the gateway itself', async () => {
    expect(await declare('x'.repeat(10 * 1024 * 1024 + 1))).toMatchObject({ type: typeOf('body-too-large') });
  });

  it('must be sent as JSON', async () => {
    expect(await declare(JSON.stringify(valid), 'text/plain')).toMatchObject({
      type: typeOf('unsupported-media-type'),
      status: 415,
    });
  });

  it('keeps a name as it came and makes it safe in the download', async () => {
    const fileName = 'a\r\nb‮/../c"d.pdf';
    const content = aPdf();
    const document = await patient.upload(content, fileName);
    const link = JSON.parse((await patient.call(`/v1/documents/${document.id}/download`)).text);
    const response = await fetch(link.url);
    await response.bytes();

    expect(document.fileName).toBe(fileName);
    expect(response.headers.get('content-disposition')).not.toMatch(/[\r\n‮/]/);
  });
});

describe('S3 itself', () => {
  it('refuses other bytes, and the document stays pending', async () => {
    const content = aPdf();
    const instruction = await patient.declare(content);
    const other = Buffer.from(content);
    other[100] = (other[100] ?? 0) ^ 1;
    const answer = await patient.put(instruction, other);

    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'BadDigest']);
    expect(await patient.get(instruction.document.id)).toMatchObject({ state: 'pending' });
  });

  it('refuses another length', async () => {
    const content = aPdf();
    const answer = await patient.put(await patient.declare(content), content.subarray(1));

    expect([answer.status, codeOf(answer.text)]).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it.each([
    ['type', { 'content-type': 'text/html' }],
    ['state', { 'x-amz-tagging': 'sealdrop-state=available' }],
    ['hash', { 'x-amz-checksum-sha256': 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=' }],
    ['condition', { 'if-none-match': '"abc"' }],
  ])('refuses another %s', async (_, headers) => {
    const content = aPdf();
    const answer = await patient.put(await patient.declare(content), content, headers);

    expect([answer.status, codeOf(answer.text)]).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('refuses a second upload', async () => {
    const content = aPdf();
    const instruction = await patient.declare(content);
    await patient.put(instruction, content);
    const answer = await patient.put(instruction, content);

    expect([answer.status, codeOf(answer.text)]).toEqual([412, 'PreconditionFailed']);
    expect(await patient.settle(instruction.document.id)).toMatchObject({ state: 'available' });
  });

  it('refuses an upload after its URL expired', async () => {
    const content = aPdf();
    const instruction = await patient.declare(content);
    clock.advance(301_000);
    const answer = await patient.put(instruction, content);

    expect([answer.status, codeOf(answer.text)]).toEqual([403, 'AccessDenied']);
    expect(answer.text).toContain('Request has expired');
  });

  it('lets the page of this origin send what the upload needs, and no other origin', async () => {
    const { upload } = await patient.declare(aPdf());
    const preflight = async (origin: string) =>
      fetch(upload.url, {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'PUT',
          'Access-Control-Request-Headers': Object.keys(upload.headers).join(','),
        },
      });

    const own = await preflight(cloud.origin);
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, cloud.origin]);
    expect((await preflight('http://127.0.0.1:1')).status).toBe(403);
  });
});

describe('what listens', () => {
  it('answers preflights of the API without a token', async () => {
    const response = await fetch(`${cloud.origin}/v1/documents`, {
      method: 'OPTIONS',
      headers: { Origin: 'http://evil.example', 'Access-Control-Request-Method': 'POST' },
    });

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(cloud.origin);
  });

  it('answers an unknown route with a problem', async () => {
    expect(problemOf(await patient.call('/v2/documents'))).toMatchObject({ type: typeOf('route-not-found') });
  });

  it('refuses requests for another host, which a page of the internet could make', async () => {
    const { port } = new URL(cloud.origin);
    const status = await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/config.json', headers: { Host: `evil.example:${port}` } }, (response) =>
        resolve(response.resume().statusCode),
      ).once('error', reject);
    });
    expect(status).toBe(421);
  });

  it('is on 127.0.0.1 only', async () => {
    const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
      addresses.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
    );
    // 127.0.0.2 is the same interface on Linux: a server on all addresses answers there, whatever network there is.
    const origins = [cloud.origin, cloud.s3Origin].flatMap((origin) =>
      ['127.0.0.2', ...others].map((address) => origin.replace('127.0.0.1', address)),
    );
    const reached = await Promise.all(
      origins.map((origin) =>
        fetch(origin).then(
          () => origin,
          () => undefined,
        ),
      ),
    );
    expect(reached.filter((origin) => origin !== undefined)).toEqual([]);
  });

  it('refuses a second local cloud on the same data', async () => {
    const second = startLocalCloud({ port: 0, dataDirectory: cloud.dataDirectory });
    await expect(second).rejects.toThrow(/Another Sealdrop is using .*--data/);
  });
});
