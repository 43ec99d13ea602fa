import { describe, expect, it } from 'vitest';
import { rejectionByContent, rejectionByFacts } from '../../../lambdas/domain/verify-upload.ts';

const declared = { sizeBytes: 3, sha256: 'a'.repeat(64), mediaType: 'application/pdf' } as const;
const stored = { ...declared, contentEncoding: undefined };

describe('what is stored against what was declared', () => {
  it('is accepted where all of it is the same', () => {
    expect(rejectionByFacts(declared, stored)).toBeUndefined();
    expect(rejectionByContent(declared, 'application/pdf')).toBeUndefined();
  });

  it.each([
    ['size-mismatch', { sizeBytes: 4 }],
    ['size-mismatch', { sizeBytes: 0 }],
    ['hash-mismatch', { sha256: 'b'.repeat(64) }],
    ['hash-mismatch', { sha256: undefined }],
    ['content-encoded', { contentEncoding: 'gzip' }],
    ['content-encoded', { contentEncoding: '' }],
  ] as const)('is rejected for %s where S3 says %j', (reason, facts) => {
    expect(rejectionByFacts(declared, { ...stored, ...facts })).toBe(reason);
  });

  it.each(['image/png', undefined])('is rejected where its first bytes are of type %s', (mediaType) => {
    expect(rejectionByContent(declared, mediaType)).toBe('media-type-mismatch');
  });
});
