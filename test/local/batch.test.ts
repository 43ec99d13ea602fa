import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { UploadInstructions } from '../../contract/schemas/upload.ts';
import { type Api, apiOf, problemOf, SendableUpload } from '../support/api.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { jsonBody, threeParts } from '../support/parts.ts';

let cloud: TestCloud;
let patient: Api;

beforeAll(async () => {
  cloud = await startTestCloud();
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

const aPdf = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200)]);

const declarationOf = (content: Buffer, more: object = {}) => ({
  fileName: 'letter.pdf',
  mediaType: 'application/pdf',
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  ...more,
});

const ask = (documents: readonly object[], headers = {}) =>
  patient.call('/v1/documents/batch', jsonBody('POST', { documents }, headers));

const declare = async (documents: readonly object[], headers = {}) => {
  const { status, text } = await ask(documents, headers);
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return z.parse(UploadInstructions, JSON.parse(text)).results;
};

const idsOf = (results: Awaited<ReturnType<typeof declare>>) =>
  results.map((result) => ('document' in result ? result.document.id : undefined));

describe('many declarations in one request', () => {
  it('are a hundred documents, each with a link of its own, and arrive', { timeout: 120_000 }, async () => {
    const contents = Array.from({ length: 100 }, aPdf);
    const results = await declare(contents.map((content) => declarationOf(content)));
    expect(new Set(idsOf(results)).size).toBe(100);
    for (const [index, result] of results.slice(0, 5).entries()) {
      const instruction = z.parse(SendableUpload, result);
      const content = contents[index] ?? Buffer.alloc(0);
      expect((await patient.put(instruction, content)).status).toBe(200);
      expect(await patient.settle(instruction.document.id)).toMatchObject({ state: 'available' });
      expect(content.equals(await patient.download(instruction.document.id))).toBe(true);
    }
  });

  it('are accepted and refused each by itself, in their order', async () => {
    const { sha256: _none, ...large } = declarationOf(threeParts());
    const results = await declare([
      declarationOf(aPdf()),
      declarationOf(aPdf(), { mediaType: 'text/html' }),
      large,
      declarationOf(aPdf(), { sizeBytes: 6 * 1024 ** 3 }),
      { ...large, sizeBytes: 100 },
    ]);
    const isProblem = (kind: string, more = {}) => ({
      problem: { type: expect.stringMatching(new RegExp(`^${cloud.origin}.*/problems/${kind}$`)), ...more },
    });
    expect(results).toMatchObject([
      { document: { state: 'pending' }, upload: { kind: 'single-put' } },
      isProblem('media-type-not-allowed', { status: 422 }),
      { document: { state: 'pending' }, upload: { kind: 'multipart', partsCount: 3 } },
      isProblem('file-too-large'),
      isProblem('invalid-request', { errors: [{ pointer: '/sha256' }] }),
    ]);
  });

  it('sent again under the same key are the same documents, and under another others', async () => {
    const documents = [declarationOf(aPdf()), declarationOf(aPdf(), { mediaType: 'text/html' }), declarationOf(aPdf())];
    const key = { 'Idempotency-Key': 'batch-1' };
    const [first, second] = [await declare(documents, key), await declare(documents, key)];
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(new Set([...idsOf(first), ...idsOf(await declare(documents, { 'Idempotency-Key': 'batch-2' }))]).size).toBe(
      5,
    );
    const changed = await ask(documents.slice(1), key);
    expect(problemOf(changed).type).toMatch(/idempotency-key-reused$/);
  });

  it('more than a hundred, or none, are refused as a whole', async () => {
    for (const documents of [[], Array.from({ length: 101 }, () => declarationOf(aPdf()))])
      expect(problemOf(await ask(documents))).toMatchObject({ status: 422, errors: [{ pointer: '/documents' }] });
  });
});
