import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../lambdas/domain/cursor.ts';
import { uuidV7 } from '../../support/arbitraries.ts';

describe('cursors', () => {
  it('give back the document id', () => {
    fc.assert(
      fc.property(uuidV7, (id) => {
        expect(decodeCursor(encodeCursor(id))).toBe(id);
      }),
    );
  });

  it('of another kind, cut or changed are none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(decodeCursor(text)).toBeUndefined();
      }),
    );
    const cursor = encodeCursor('01890a5d-ac96-774b-bcce-b302099a8057');
    expect(decodeCursor(cursor.slice(0, -1))).toBeUndefined();
    expect(decodeCursor(`${cursor}=`)).toBeUndefined();
    expect(decodeCursor(` ${cursor}`)).toBeUndefined();
  });
});
