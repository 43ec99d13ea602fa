import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../../contract/schemas/document.ts';
import { withFirstPage, withOlderPage, withSeen } from '../../../web/src/documents/known-documents.ts';

const moment = (second: number) => `2026-01-01T00:00:0${second}.000Z`;

const look = (number: number, second: number): Document => ({
  id: `01890000-0000-7000-8000-00000000000${number}`,
  revision: second + 1,
  metadataRevision: 0,
  state: second < 5 ? 'scanning' : 'available',
  fileName: `${number}.pdf`,
  mediaType: 'application/pdf',
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  uploadedBy: 'owner-1',
  createdAt: moment(0),
  updatedAt: moment(second),
  uploadExpiresAt: moment(0),
});

const looks = fc.array(
  fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 9 })).map(([number, second]) => look(number, second)),
);

describe('withSeen', () => {
  it('keeps the youngest look at each document, newest document first, in whatever order the looks came', () => {
    fc.assert(
      fc.property(looks, looks, (first, second) => {
        const known = withSeen(withSeen([], first), second);
        expect(known).toEqual(withSeen([], [...second, ...first]));
        expect(known.map(({ id }) => id)).toEqual(
          [...new Set([...first, ...second].map(({ id }) => id))].sort().reverse(),
        );
        for (const document of [...first, ...second]) {
          const kept = known.find(({ id }) => id === document.id);
          expect(kept !== undefined && kept.updatedAt >= document.updatedAt).toBe(true);
        }
      }),
    );
  });
});

describe('pages', () => {
  it('keep the cursor of the oldest page when the first is looked at again', () => {
    const first = withFirstPage(undefined, { documents: [look(4, 1), look(3, 1)], nextCursor: 'before-3' });
    const two = withOlderPage(first, { documents: [look(2, 1)], nextCursor: 'before-2' });
    const again = withFirstPage(two, { documents: [look(5, 1), look(4, 6)], nextCursor: 'before-4' });
    expect(again.nextCursor).toBe('before-2');
    expect(again.documents.map(({ fileName, state }) => [fileName, state])).toEqual([
      ['5.pdf', 'scanning'],
      ['4.pdf', 'available'],
      ['3.pdf', 'scanning'],
      ['2.pdf', 'scanning'],
    ]);
  });

  it('lose the cursor with the last one', () => {
    const first = withFirstPage(undefined, { documents: [], nextCursor: 'more' });
    expect(withOlderPage(first, { documents: [] }).nextCursor).toBeUndefined();
  });
});
