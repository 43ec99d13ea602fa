import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type S3RequestWish, SignedS3Request } from '../../../contract/schemas/s3-request.ts';
import { type Api, apiOf } from '../../support/api.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { InParts, jsonBody } from '../../support/parts.ts';

const MiB = 1024 ** 2;
let cloud: TestCloud;
let patient: Api;

beforeAll(async () => {
  cloud = await startTestCloud();
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

const aPdf = (sizeBytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(sizeBytes - 9)]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const declaredInParts = async (sizeBytes: number): Promise<string> => {
  const body = { fileName: 'scan.pdf', mediaType: 'application/pdf', sizeBytes };
  const answer = await patient.call('/v1/documents', jsonBody('POST', body));
  return z.parse(InParts, JSON.parse(answer.text)).document.id;
};

const ask = (id: string, wish: S3RequestWish, by = patient) =>
  by.call(`/v1/documents/${id}/s3-requests`, jsonBody('POST', wish));

const signed = async (id: string, wish: S3RequestWish): Promise<SignedS3Request> => {
  const { status, text } = await ask(id, wish);
  expect([status, text]).toEqual([200, text]);
  return z.parse(SignedS3Request, JSON.parse(text));
};

/** As Uppy does: with exactly the headers it was told to send. */
const send = async ({ method, url, headers }: SignedS3Request, bytes?: Uint8Array<ArrayBuffer>) => {
  const response = await fetch(url, { method, headers, ...(bytes && { body: new Blob([bytes]) }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const tagIn = (name: string, xml: string): string => new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1] ?? '';

const begun = async (id: string): Promise<string> => {
  const { status, text } = await send(await signed(id, { operation: 'CreateMultipartUpload' }));
  expect([status, text]).toEqual([200, text]);
  return tagIn('UploadId', text);
};

const sendParts = async (id: string, uploadId: string, content: Buffer<ArrayBuffer>, partSizeBytes: number) => {
  const etags: string[] = [];
  for (let start = 0; start < content.length; start += partSizeBytes) {
    const link = await signed(id, { operation: 'UploadPart', uploadId, partNumber: etags.length + 1 });
    const { status, headers } = await send(link, new Uint8Array(content.subarray(start, start + partSizeBytes)));
    expect(status).toBe(200);
    etags.push(headers.get('etag') ?? '');
  }
  return etags;
};

const complete = async (id: string, uploadId: string, etags: readonly string[]) => {
  const parts = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
  const xml = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  return send(await signed(id, { operation: 'CompleteMultipartUpload', uploadId }), new Uint8Array(Buffer.from(xml)));
};

describe('a client that speaks S3 itself', () => {
  it('puts a small file, and no other bytes', async () => {
    const content = aPdf(500);
    const { id } = (await patient.declare(content)).document;
    const link = await signed(id, { operation: 'PutObject' });
    expect((await send(link, new Uint8Array(aPdf(500)))).text).toContain('<Code>BadDigest</Code>');
    expect((await send(link, new Uint8Array(content))).status).toBe(200);
    expect((await send(link, new Uint8Array(content))).text).toContain('<Code>PreconditionFailed</Code>');
    expect(await patient.settle(id)).toMatchObject({ state: 'available', sha256: sha256(content) });
  });

  it('sends a large file in parts of its own size, lists them, and completes them once', async () => {
    const content = aPdf(17 * MiB);
    const id = await declaredInParts(content.length);
    const uploadId = await begun(id);
    const etags = await sendParts(id, uploadId, content, 6 * MiB);
    const listed = await send(await signed(id, { operation: 'ListParts', uploadId }));
    expect(listed.text.match(/<Size>\d+<\/Size>/g)).toEqual([6, 6, 5].map((size) => `<Size>${size * MiB}</Size>`));
    expect(await complete(id, uploadId, etags)).toMatchObject({ status: 200 });
    const document = await patient.settle(id);
    expect(document).toMatchObject({ state: 'available', sizeBytes: content.length });
    expect(sha256(await patient.download(id))).toBe(sha256(content));
    // Its time is over once it is recorded: nothing more is signed for it.
    expect((await ask(id, { operation: 'CreateMultipartUpload' })).status).toBe(409);
  });

  it('cannot make another object of the same key while the first is not recorded yet', async () => {
    const content = aPdf(17 * MiB);
    const id = await declaredInParts(content.length);
    const [first, second] = [await begun(id), await begun(id)];
    const [etags, others] = [
      await sendParts(id, first, content, 6 * MiB),
      await sendParts(id, second, aPdf(17 * MiB), 6 * MiB),
    ];
    const late = await signed(id, { operation: 'CompleteMultipartUpload', uploadId: second });
    expect((await complete(id, first, etags)).status).toBe(200);
    const parts = others.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
    const xml = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
    const refused = await send(late, new Uint8Array(Buffer.from(xml)));
    expect([refused.status, tagIn('Code', refused.text)]).toEqual([412, 'PreconditionFailed']);
    expect(await patient.settle(id)).toMatchObject({ state: 'available' });
    expect(sha256(await patient.download(id))).toBe(sha256(content));
  });

  it('is refused by S3 where the parts are not as large together as was declared', async () => {
    const id = await declaredInParts(17 * MiB);
    const uploadId = await begun(id);
    const etags = await sendParts(id, uploadId, aPdf(18 * MiB), 6 * MiB);
    const refused = await complete(id, uploadId, etags);
    expect([refused.status, tagIn('Code', refused.text)]).toEqual([400, 'InvalidRequest']);
    expect(await patient.get(id)).toMatchObject({ state: 'pending' });
  });

  it('gives an upload up, and S3 knows nothing of it any more', async () => {
    const id = await declaredInParts(17 * MiB);
    const uploadId = await begun(id);
    expect((await send(await signed(id, { operation: 'AbortMultipartUpload', uploadId }))).status).toBe(204);
    const gone = await send(await signed(id, { operation: 'ListParts', uploadId }));
    expect([gone.status, tagIn('Code', gone.text)]).toEqual([404, 'NoSuchUpload']);
  });

  it('reaches no key but that of its document, nor another’s upload by it', async () => {
    const [mine, other] = [await declaredInParts(17 * MiB), await declaredInParts(17 * MiB)];
    const uploadId = await begun(other);
    // An upload is of the key that it began with.
    const link = await signed(mine, { operation: 'UploadPart', uploadId, partNumber: 1 });
    expect((await send(link, new Uint8Array(aPdf(MiB)))).text).toContain('<Code>NoSuchUpload</Code>');
    const moved = { ...link, url: link.url.replace(mine, other) };
    expect((await send(moved, new Uint8Array(aPdf(MiB)))).text).toContain('<Code>SignatureDoesNotMatch</Code>');
    const stranger = await apiOf(cloud, 'patient-south');
    expect((await ask(mine, { operation: 'CreateMultipartUpload' }, stranger)).status).toBe(404);
  });

  it('cannot leave the state away, nor bring another, nor put parts together without the condition', async () => {
    const id = await declaredInParts(17 * MiB);
    const create = await signed(id, { operation: 'CreateMultipartUpload' });
    const { 'x-amz-tagging': _tags, ...untagged } = create.headers;
    expect((await send({ ...create, headers: untagged })).status).toBe(403);
    const tagged = { ...create.headers, 'x-amz-tagging': 'sealdrop-state=available' };
    expect((await send({ ...create, headers: tagged })).status).toBe(403);
    const uploadId = await begun(id);
    const link = await signed(id, { operation: 'CompleteMultipartUpload', uploadId });
    const { 'if-none-match': _condition, ...unconditional } = link.headers;
    expect((await send({ ...link, headers: unconditional }, new Uint8Array(1))).status).toBe(403);
  });
});
