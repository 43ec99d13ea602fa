import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../../support/api.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { type Companion, companionOf, type UppyUpload } from './support/companion.ts';

const MiB = 1024 ** 2;
let cloud: TestCloud;
let patient: Api;
let companion: Companion;

beforeAll(async () => {
  cloud = await startTestCloud();
  patient = await apiOf(cloud, 'patient-north');
  companion = companionOf(cloud.origin, { authorization: `Bearer ${patient.token}` });
}, 120_000);
afterAll(() => cloud.close());

const aPdf = (sizeBytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(sizeBytes - 9)]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const idOf = (key: string): string => key.split('/').at(-1) ?? '';

const putAll = async (upload: UppyUpload, content: Uint8Array, partSizeBytes: number) => {
  const parts = [];
  for (let start = 0, number = 1; start < content.length; start += partSizeBytes, number += 1) {
    const { url } = await companion.json<{ url: string }>('GET', `/s3/multipart/${upload.uploadId}/${number}`, upload);
    const sent = await fetch(url, { method: 'PUT', body: content.slice(start, start + partSizeBytes) });
    expect(sent.status).toBe(200);
    parts.push({ PartNumber: number, ETag: sent.headers.get('etag') ?? '' });
  }
  return parts;
};

const begin = (metadata: object = {}) =>
  companion.json<UppyUpload>('POST', '/s3/multipart', {}, { filename: 'scan.pdf', type: 'application/pdf', metadata });

const arrived = async (key: string, content: Uint8Array) => {
  const document = await patient.settle(idOf(key));
  expect([document.state, document.sizeBytes]).toEqual(['available', content.length]);
  expect(sha256(await patient.download(document.id))).toBe(sha256(content));
  return document;
};

describe('a small file of Uppy’s', () => {
  it('goes up by a form, of whatever size it is, and S3 keeps its checksum', async () => {
    const content = aPdf(5000);
    const metadata = { title: 'A letter', tags: 'post, north', relativePath: 'x/y' };
    const form = await companion.form('letter.pdf', 'application/pdf', metadata);
    expect(form).toMatchObject({ method: 'POST', fields: { success_action_status: '201' } });
    const sent = await companion.send(form, content);
    expect(sent.status).toBe(201);
    const document = await arrived(form.fields.key ?? '', content);
    expect(document).toMatchObject({ fileName: 'letter.pdf', title: 'A letter', tags: ['post', 'north'] });
    expect(document.sha256).toBeUndefined();
  });

  it('is held to size and hash where the application says them', async () => {
    const content = aPdf(500);
    const metadata = { sizeBytes: '500', sha256: sha256(content) };
    const form = await companion.form('letter.pdf', 'application/pdf', metadata);
    expect((await companion.send(form, aPdf(500))).status).toBe(400);
    expect((await companion.send(form, aPdf(501))).status).toBe(400);
    expect((await companion.send(form, content)).status).toBe(201);
    expect(await arrived(form.fields.key ?? '', content)).toMatchObject({ sha256: sha256(content) });
  });

  it('that comes twice is the first one, whatever the second is', async () => {
    const content = aPdf(500);
    const form = await companion.form('letter.pdf', 'application/pdf');
    await companion.send(form, content);
    await arrived(form.fields.key ?? '', content);
    await companion.send(form, aPdf(600));
    await cloud.settled();
    await arrived(form.fields.key ?? '', content);
  });

  it('of a type that is not taken is refused with a message for the person', async () => {
    const answer = await companion.call('GET', '/s3/params', { filename: 'a.svg', type: 'image/svg+xml' });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text)).toMatchObject({ message: expect.stringMatching(/^Choose a file of one of these/) });
  });
});

describe('a large file of Uppy’s', () => {
  it('goes up in parts of the size that Uppy chooses, and its record says what came', async () => {
    const content = aPdf(11 * MiB);
    const upload = await begin({ title: 'A scan' });
    const { presignedUrls } = await companion.json<{ presignedUrls: Record<string, string> }>(
      'GET',
      `/s3/multipart/${upload.uploadId}/batch`,
      { key: upload.key, partNumbers: '1,2,3' },
    );
    expect(Object.keys(presignedUrls)).toEqual(['1', '2', '3']);
    const parts = await putAll(upload, content, 5 * MiB);
    const listed = await companion.json<object[]>('GET', `/s3/multipart/${upload.uploadId}`, upload);
    expect(listed).toEqual(parts.map((part, index) => ({ ...part, Size: index < 2 ? 5 * MiB : MiB })));
    const done = await companion.json('POST', `/s3/multipart/${upload.uploadId}/complete`, upload, { parts });
    expect(done).toMatchObject({ key: upload.key, bucket: upload.bucket });
    // A client whose answer was lost asks again.
    expect((await companion.call('POST', `/s3/multipart/${upload.uploadId}/complete`, upload, { parts })).status).toBe(
      200,
    );
    const document = await arrived(upload.key, content);
    expect(document).toMatchObject({ title: 'A scan', checksum: { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' } });
  });

  it('whose parts are not as S3 has them is not completed, and the parts are named', async () => {
    const upload = await begin();
    const parts = await putAll(upload, aPdf(11 * MiB), 5 * MiB);
    const complete = (named: object[]) =>
      companion.call('POST', `/s3/multipart/${upload.uploadId}/complete`, upload, { parts: named });
    const wrong = await complete([{ ...parts[0], ETag: '"another"' }, ...parts.slice(1)]);
    expect(JSON.parse(wrong.text)).toMatchObject({ status: 409, errors: [{ pointer: '/parts/1' }] });
    expect(JSON.parse((await complete(parts.slice(0, 2))).text)).toMatchObject({ errors: [{ pointer: '/parts/3' }] });
    // Resumed with parts of another size: what S3 would put together is not the file.
    const { url } = await companion.json<{ url: string }>('GET', `/s3/multipart/${upload.uploadId}/2`, upload);
    const sent = await fetch(url, { method: 'PUT', body: randomBytes(6 * MiB) });
    const mixed = [parts[0], { PartNumber: 2, ETag: sent.headers.get('etag') }, parts[2]];
    expect(JSON.parse((await complete(mixed as object[])).text)).toMatchObject({
      errors: [{ pointer: '/parts/2' }, { pointer: '/parts/3' }],
    });
  });

  it('may be given up, and then takes no more parts', async () => {
    const upload = await begin();
    const gone = await companion.call('DELETE', `/s3/multipart/${upload.uploadId}`, upload);
    expect([gone.status, gone.text]).toEqual([200, '{}']);
    expect((await companion.call('GET', `/s3/multipart/${upload.uploadId}/1`, upload)).status).toBe(409);
  });

  it('is bound to its key, its id and who declared it', async () => {
    const [upload, other] = [await begin(), await begin()];
    const sign = (by: Companion, { uploadId, key }: UppyUpload) =>
      by.call('GET', `/s3/multipart/${uploadId}/1`, { key });
    const neighbour = companionOf(cloud.origin, {
      authorization: `Bearer ${(await apiOf(cloud, 'clinician-north')).token}`,
    });
    const stranger = companionOf(cloud.origin, {
      authorization: `Bearer ${(await apiOf(cloud, 'patient-south')).token}`,
    });
    expect((await sign(companion, { ...upload, key: other.key })).status).toBe(404);
    expect((await sign(companion, { ...upload, key: 'documents/../x' })).status).toBe(404);
    expect((await sign(stranger, upload)).status).toBe(404);
    expect((await sign(neighbour, upload)).status).toBe(403);
  });
});

describe('an upload token in the path', () => {
  const token = async (): Promise<{ companionUrl: string; token: string }> => {
    const answer = await patient.call('/v1/upload-tokens', { method: 'POST' });
    expect(answer.status).toBe(201);
    return JSON.parse(answer.text);
  };

  it('lets a client upload that can send no headers, and do nothing else', async () => {
    const { companionUrl, token: secret } = await token();
    const byPath = companionOf(companionUrl, {});
    const content = aPdf(700);
    const form = await byPath.form('letter.pdf', 'application/pdf');
    expect((await byPath.send(form, content)).status).toBe(201);
    await arrived(form.fields.key ?? '', content);
    expect((await fetch(`${companionUrl}/v1/me/documents`)).status).toBe(404);
    const asBearer = { headers: { authorization: `Bearer ${secret}` } };
    expect((await fetch(`${cloud.origin}/v1/me/documents`, asBearer)).status).toBe(401);
  });

  it('that is nobody’s is refused in the words of the API', async () => {
    const nobody = companionOf(`${cloud.origin}/u/${'a'.repeat(43)}`, {});
    const answer = await nobody.call('GET', '/s3/params', { filename: 'a.pdf', type: 'application/pdf' });
    expect([answer.status, JSON.parse(answer.text).title]).toEqual([401, 'No valid access token']);
  });
});

it('credentials are not given out, and Uppy is told so', async () => {
  const answer = await companion.call('GET', '/s3/sts', {});
  expect([answer.status, JSON.parse(answer.text).title]).toEqual([403, 'No credentials are given out']);
});
