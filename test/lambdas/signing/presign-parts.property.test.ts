import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presign } from '../../../lambdas/signing/presign.ts';
import { type PresignPartsRequest, presignParts, worthLanes } from '../../../lambdas/signing/presign-parts.ts';
import { presignRequests } from './arbitraries.ts';
import { presignBySdk } from './sdk-presigner.ts';
import { refusalOf } from './verifier.ts';

const partNumber = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 9, 10, 9999, 10_000));
const sizeBytes = fc.oneof(fc.nat(5 * 2 ** 30), fc.constantFrom(0, 5 * 2 ** 30, 8 * 2 ** 20));
const digest = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('base64'));

const batch = fc.oneof(
  ...([['x-amz-checksum-sha256', 32] as const, ['x-amz-checksum-crc64nvme', 8] as const] as const).flatMap(
    ([checksumHeader, length]) =>
      [
        fc.record({ partNumber }),
        fc.record({ partNumber, sizeBytes }),
        fc.record({ partNumber, sizeBytes, checksum: digest(length) }),
        fc.record({ partNumber, checksum: digest(length) }),
      ].map((part) =>
        fc.record({ checksumHeader: fc.constant(checksumHeader), parts: fc.array(part, { maxLength: 9 }) }),
      ),
  ),
);
const uploadId = fc.oneof(fc.stringMatching(/^[A-Za-z0-9._-]{1,128}$/), fc.string({ unit: 'grapheme', minLength: 1 }));

const requests: fc.Arbitrary<PresignPartsRequest> = fc
  .tuple(presignRequests, batch, uploadId)
  .map(([{ method: _, query: __, headers: ___, ...rest }, parts, id]) => ({ ...rest, ...parts, uploadId: id }));

/** Ids of access keys that AWS would give: the verifier takes them apart. */
const credentials = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'AQoDYXdz//+token==',
};

type Part = PresignPartsRequest['parts'][number];

const headersOf = ({ checksumHeader }: PresignPartsRequest, { sizeBytes, checksum }: Part) => ({
  ...(sizeBytes !== undefined && { 'content-length': String(sizeBytes) }),
  ...(checksum !== undefined && { [checksumHeader]: checksum }),
});

const asOneRequest = (request: PresignPartsRequest, part: Part) => ({
  ...request,
  method: 'PUT' as const,
  query: { partNumber: String(part.partNumber), uploadId: request.uploadId },
  headers: headersOf(request, part),
});

/** As a client does it, which knows nothing of what the URL means. */
const assemble = (template: string, partNumber: number, signature: string): string =>
  template.replace('{partNumber}', String(partNumber)).replace('{signature}', signature);

const urlsOf = (request: PresignPartsRequest): string[] => {
  const { urlTemplate, signatures } = presignParts(request);
  expect(urlTemplate.match(/[{}]/g)).toHaveLength(4);
  expect(signatures).toHaveLength(request.parts.length);
  return request.parts.map(({ partNumber }, index) => assemble(urlTemplate, partNumber, signatures[index] ?? ''));
};

describe('presignParts', () => {
  it('makes the URLs that presign and the SDK make of each part, byte for byte', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        for (const [index, url] of urlsOf(request).entries()) {
          const one = asOneRequest(request, request.parts[index] as Part);
          expect(url).toBe(presign(one));
          expect(url).toBe(await presignBySdk(one));
          compared++;
        }
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(2000);
  }, 120_000);

  it('is accepted by code that shares nothing with it, and by it alone as it was signed', () => {
    let refused = 0;
    fc.assert(
      fc.property(requests, fc.nat(), (generated, choice) => {
        const request = { ...generated, credentials };
        fc.pre(request.parts.length > 0);
        const urls = urlsOf(request);
        const index = choice % urls.length;
        const part = request.parts[index] as Part;
        const url = urls[index] ?? '';
        const headers = headersOf(request, part);
        expect(refusalOf(url, 'PUT', headers, request)).toBeUndefined();
        const changed = (name: string, value: string): string => {
          const other = new URL(url);
          other.searchParams.set(name, value);
          return url.slice(0, url.indexOf('?')) + other.search.replaceAll('+', '%20');
        };
        const otherNumber = String((part.partNumber % 10_000) + 1);
        const mismatch = 'SignatureDoesNotMatch';
        expect(refusalOf(changed('partNumber', otherNumber), 'PUT', headers, request)).toBe(mismatch);
        expect(refusalOf(changed('uploadId', `${request.uploadId}a`), 'PUT', headers, request)).toBe(mismatch);
        expect(refusalOf(url, 'GET', headers, request)).toBe(mismatch);
        for (const [name, value] of Object.entries(headers)) {
          expect(refusalOf(url, 'PUT', { ...headers, [name]: `1${value}` }, request)).toBe(mismatch);
          refused++;
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(200);
  }, 60_000);

  it('signs a large batch, four parts at a time, as it signs each by itself', () => {
    const manyParts = fc
      .record({
        checksumHeader: fc.constantFrom('x-amz-checksum-sha256', 'x-amz-checksum-crc64nvme'),
        numbers: fc.uniqueArray(partNumber, { minLength: worthLanes, maxLength: worthLanes + 9 }),
        sizes: fc.option(fc.tuple(sizeBytes, sizeBytes)),
        hasChecksums: fc.boolean(),
        isOrdered: fc.boolean(),
      })
      .map(({ checksumHeader, numbers, sizes, hasChecksums, isOrdered }) => {
        const ordered = isOrdered ? numbers.toSorted((left, right) => left - right) : numbers;
        const digestSizeBytes = checksumHeader === 'x-amz-checksum-sha256' ? 32 : 8;
        const parts = ordered.map((number) => ({
          partNumber: number,
          sizeBytes: sizes?.[number % 7 === 0 ? 1 : 0],
          checksum: hasChecksums ? Buffer.alloc(digestSizeBytes, number).toString('base64') : undefined,
        }));
        return { checksumHeader, parts } as const;
      });
    const longId = fc.constantFrom('ü'.repeat(100), 'u'.repeat(20_000));
    let compared = 0;
    fc.assert(
      fc.property(requests, manyParts, fc.oneof({ weight: 9, arbitrary: uploadId }, longId), (one, batch, id) => {
        const request = { ...one, ...batch, uploadId: id };
        const urls = urlsOf(request);
        for (const [index, part] of request.parts.entries()) {
          if (urls[index] !== presign(asOneRequest(request, part))) expect.fail(`part ${part.partNumber} differs`);
          compared++;
        }
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThanOrEqual(100 * worthLanes);
  }, 60_000);
});
