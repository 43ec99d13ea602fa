import { describe, expect, it } from 'vitest';
import type { S3RequestWish } from '../../../contract/schemas/s3-request.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { objectKey } from '../../../lambdas/domain/object-key.ts';
import { signS3Request } from '../../../lambdas/usecases/sign-s3-request.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { owner, spySigner, strangers } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

/** Declared with no hash of the whole. */
const { sha256: _, ...hashless } = aRecord();
const inParts: DocumentRecord = {
  ...hashless,
  upload: { uploadId: 'u', partSizeBytes: 8, checksumAlgorithm: 'SHA256' },
  sizeBytes: 20,
};

const build = (record: DocumentRecord = aRecord(), time = '2026-11-21T10:00:00.000Z') => {
  const { asked, signer } = spySigner();
  const deps = {
    clock: { now: () => new Date(time) },
    documents: memoryDocuments(record),
    signer,
    profile: defaultProfile,
  };
  const sign = (body: S3RequestWish, caller = owner) =>
    signS3Request(deps)({ caller, params: { documentId: record.documentId }, body });
  return { record, asked, sign };
};

describe('signing one request to S3', () => {
  it('holds a PUT to the declared file, and names its key', async () => {
    const { record, asked, sign } = build();
    expect(await sign({ operation: 'PutObject' })).toMatchObject({ ok: true, value: { key: objectKey(record) } });
    const { sizeBytes, sha256 } = record;
    expect(asked.request).toMatchObject([{ operation: 'PutObject', sizeBytes, sha256, state: 'incoming' }]);
  });

  it('holds a completion to the declared size', async () => {
    const { asked, sign } = build(inParts);
    await sign({ operation: 'CompleteMultipartUpload', uploadId: 'theirs' });
    expect(asked.request).toMatchObject([{ operation: 'CompleteMultipartUpload', uploadId: 'theirs', sizeBytes: 20 }]);
  });

  it.each<S3RequestWish>([
    { operation: 'CreateMultipartUpload' },
    { operation: 'UploadPart', uploadId: 'theirs', partNumber: 3 },
    { operation: 'UploadPart', uploadId: 'theirs', partNumber: 3, crc64nvme: 'AAAAAAAAAAA=' },
    { operation: 'CompleteMultipartUpload', uploadId: 'theirs', crc64nvme: 'AAAAAAAAAAA=' },
    { operation: 'ListParts', uploadId: 'theirs' },
    { operation: 'AbortMultipartUpload', uploadId: 'theirs' },
  ])('signs what an upload in parts needs: %j', async (wish) => {
    const { asked, sign } = build(inParts);
    expect((await sign(wish)).ok).toBe(true);
    expect(asked.request).toMatchObject([wish]);
  });

  it.each([
    [
      'what is recorded',
      aRecord({ state: 'available', versionId: 'v1' }),
      { operation: 'CreateMultipartUpload' },
      undefined,
    ],
    ['what came too late', aRecord(), { operation: 'CreateMultipartUpload' }, '2026-11-21T10:05:00.000Z'],
  ] as const)('signs nothing for %s', async (_name, record, wish, time) => {
    const { asked, sign } = build(record, time);
    expect(await sign(wish)).toEqual({ ok: false, failure: { kind: 'upload-ended' } });
    expect(asked.request).toEqual([]);
  });

  it.each<[string, DocumentRecord, S3RequestWish]>([
    ['go up in parts. Ask for CreateMultipartUpload.', inParts, { operation: 'PutObject' }],
    ['go up in parts. Ask for CreateMultipartUpload.', hashless, { operation: 'PutObject' }],
    ['with the SHA-256 of the whole file', aRecord(), { operation: 'CreateMultipartUpload' }],
    ['with the SHA-256 of the whole file', aRecord(), { operation: 'UploadPart', uploadId: 'theirs', partNumber: 1 }],
    ['with the SHA-256 of the whole file', aRecord(), { operation: 'CompleteMultipartUpload', uploadId: 'theirs' }],
  ])('says that it was declared to %s', async (words, record, wish) => {
    const { asked, sign } = build(record);
    const errors = [{ pointer: '/operation', detail: expect.stringContaining(words) }];
    expect(await sign(wish)).toMatchObject({ ok: false, failure: { kind: 'invalid-request', errors } });
    expect(asked.request).toEqual([]);
  });

  it('has an upload looked at and given up that never should have begun', async () => {
    const { sign } = build();
    for (const operation of ['ListParts', 'AbortMultipartUpload'] as const)
      expect((await sign({ operation, uploadId: 'theirs' })).ok).toBe(true);
  });

  it.each(strangers)('signs nothing for %j', async (caller) => {
    const { asked, sign } = build();
    expect((await sign({ operation: 'PutObject' }, caller)).ok).toBe(false);
    expect(asked.request).toEqual([]);
  });
});
