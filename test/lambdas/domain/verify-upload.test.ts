import { describe, expect, it } from 'vitest';
import type { PartsUpload } from '../../../lambdas/domain/document.ts';
import { pinnedFacts, rejectionByContent, rejectionByFacts } from '../../../lambdas/domain/verify-upload.ts';

const base64 = (byte: number, sizeBytes: number) => Buffer.alloc(sizeBytes, byte).toString('base64');
const declared = { sizeBytes: 3, sha256: 'aa'.repeat(32), mediaType: 'application/pdf' } as const;
const checksum = { algorithm: 'SHA256', type: 'FULL_OBJECT', value: base64(0xaa, 32) } as const;
const stored = { sizeBytes: 3, checksum, contentEncoding: undefined };

describe('what is stored against what was declared', () => {
  it('is accepted where all of it is the same', () => {
    expect(rejectionByFacts(declared, stored)).toBeUndefined();
    expect(rejectionByContent(declared, 'application/pdf')).toBeUndefined();
  });

  it.each([
    ['size-mismatch', { sizeBytes: 4 }],
    ['size-mismatch', { sizeBytes: 0 }],
    ['hash-mismatch', { checksum: { ...checksum, value: base64(0xbb, 32) } }],
    ['hash-mismatch', { checksum: { ...checksum, type: 'COMPOSITE' } }],
    ['hash-mismatch', { checksum: { ...checksum, algorithm: 'CRC64NVME' } }],
    ['hash-mismatch', { checksum: undefined }],
    ['content-encoded', { contentEncoding: 'gzip' }],
    ['content-encoded', { contentEncoding: '' }],
  ] as const)('is rejected for %s where S3 says %j', (reason, facts) => {
    expect(rejectionByFacts(declared, { ...stored, ...facts })).toBe(reason);
  });

  it.each(['image/png', undefined])('is rejected where its first bytes are of type %s', (mediaType) => {
    expect(rejectionByContent(declared, mediaType)).toBe('media-type-mismatch');
  });
});

describe('what came in parts against what was said of them', () => {
  const upload = (algorithm: PartsUpload['checksumAlgorithm'], value?: string): { upload: PartsUpload } => ({
    upload: { uploadId: 'u', partSizeBytes: 8, checksumAlgorithm: algorithm, ...(value && { checksum: value }) },
  });
  const composite = { algorithm: 'SHA256', type: 'COMPOSITE', value: base64(1, 32) } as const;
  const whole = { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: base64(2, 8) } as const;

  it.each([
    ['SHA256', composite],
    ['CRC64NVME', whole],
  ] as const)('is accepted where S3 made the same of it, by %s, and kept with the record', (algorithm, facts) => {
    const record = { sizeBytes: 20, ...upload(algorithm, facts.value) };
    const found = { sizeBytes: 20, checksum: facts, contentEncoding: undefined };
    expect(rejectionByFacts(record, found)).toBeUndefined();
    expect(pinnedFacts(record, found)).toEqual({
      checksum: algorithm === 'SHA256' ? { ...facts, partSizeBytes: 8 } : facts,
    });
  });

  it.each([
    ['SHA256', { ...composite, value: base64(9, 32) }],
    ['SHA256', { ...composite, type: 'FULL_OBJECT' }],
    ['SHA256', whole],
    ['CRC64NVME', { ...whole, value: base64(9, 8) }],
    ['CRC64NVME', composite],
  ] as const)('is rejected where it is to have one by %s and S3 has %j', (algorithm, facts) => {
    const record = { sizeBytes: 20, ...upload(algorithm, algorithm === 'SHA256' ? composite.value : whole.value) };
    expect(rejectionByFacts(record, { sizeBytes: 20, checksum: facts, contentEncoding: undefined })).toBe(
      'hash-mismatch',
    );
  });

  it('is held to its size alone where nobody said what it is', () => {
    const record = { sizeBytes: 20, ...upload('CRC64NVME') };
    expect(rejectionByFacts(record, { sizeBytes: 20, checksum: whole, contentEncoding: undefined })).toBeUndefined();
    expect(rejectionByFacts(record, { sizeBytes: 19, checksum: whole, contentEncoding: undefined })).toBe(
      'size-mismatch',
    );
  });
});

describe('what nobody declared the size of', () => {
  const open = { sizeBytes: 100, isSizeOpen: true } as const;
  const found = (sizeBytes: number) => ({ sizeBytes, checksum: undefined, contentEncoding: undefined });

  it.each([1, 99, 100])('may have %i of at most 100 bytes, and is then of that size', (sizeBytes) => {
    expect(rejectionByFacts(open, found(sizeBytes))).toBeUndefined();
    expect(pinnedFacts(open, found(sizeBytes))).toEqual({ sizeBytes });
  });

  it.each([0, 101])('may not have %i', (sizeBytes) => {
    expect(rejectionByFacts(open, found(sizeBytes))).toBe('size-mismatch');
  });
});
