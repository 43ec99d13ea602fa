import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declarationOf } from '../../../../lambdas/usecases/companion/declaration.ts';

const file = (metadata: Record<string, unknown>) => ({ fileName: 'a.pdf', mediaType: 'application/pdf', metadata });
const read = (metadata: Record<string, unknown>) => declarationOf(file(metadata), 1000);

describe('what Uppy says of a file', () => {
  it('without a size is as large as it may be, at most', () => {
    expect(read({})).toEqual({
      ok: true,
      value: { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 1000, isSizeOpen: true },
    });
  });

  it('is read where it is known here, from texts', () => {
    const metadata = {
      name: 'a.pdf',
      relativePath: 'x/a.pdf',
      sizeBytes: '12',
      sha256: 'ab'.repeat(32),
      title: 'Letter',
      tags: 'one, two',
      subject: 'patient/p-2041',
      documentDate: '2026-11-21',
      retentionClass: 'quarter',
      category: '',
    };
    expect(read(metadata)).toEqual({
      ok: true,
      value: {
        fileName: 'a.pdf',
        mediaType: 'application/pdf',
        sizeBytes: 12,
        sha256: 'ab'.repeat(32),
        title: 'Letter',
        tags: ['one', 'two'],
        subject: { type: 'patient', id: 'p-2041' },
        documentDate: '2026-11-21',
        retentionClass: 'quarter',
      },
    });
  });

  it.each([
    ['/metadata/sizeBytes', { sizeBytes: '0' }],
    ['/metadata/sizeBytes', { sizeBytes: 'many' }],
    ['/metadata/sha256', { sha256: 'AB' }],
    ['/metadata/title', { title: 'x'.repeat(201) }],
    ['/metadata/tags', { tags: 'one,one' }],
    ['/metadata/tags/1', { tags: 'one,' }],
    ['/metadata/subject/type', { subject: 'no such/p-1' }],
    ['/metadata/documentDate', { documentDate: 'yesterday' }],
  ])('is refused at %s where that does not fit: %j', (pointer, metadata) => {
    expect(read(metadata)).toMatchObject({ ok: false, failure: { kind: 'invalid-request', errors: [{ pointer }] } });
  });

  it('may be anything at all, and is then accepted or refused, and never makes a field that is not known', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (metadata) => {
        const outcome = read(metadata);
        if (!outcome.ok) return expect(outcome.failure.kind).toBe('invalid-request');
        expect(outcome.value.sizeBytes).toBeGreaterThan(0);
        expect(Object.keys(outcome.value)).not.toContain('ownerId');
      }),
    );
  });
});
