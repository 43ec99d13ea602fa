import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../../../lambdas/domain/verify-upload.ts';

const declared = { sizeBytes: 3, sha256: 'a'.repeat(64), mediaType: 'application/pdf' } as const;

describe('what is stored against what was declared', () => {
  it('is accepted where all of it is the same', () => {
    expect(rejectionOf(declared, declared)).toBeUndefined();
  });

  it.each([
    ['size-mismatch', { sizeBytes: 4 }],
    ['hash-mismatch', { sha256: 'b'.repeat(64) }],
    ['hash-mismatch', { sha256: undefined }],
    ['media-type-mismatch', { mediaType: 'image/png' }],
    ['media-type-mismatch', { mediaType: undefined }],
  ] as const)('is rejected for %s', (reason, observed) => {
    expect(rejectionOf(declared, { ...declared, ...observed })).toBe(reason);
  });
});
