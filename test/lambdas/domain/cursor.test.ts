import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../contract/limits.ts';
import { type CursorScope, isGenuine, parseCursor, sealCursor } from '../../../lambdas/domain/cursor.ts';
import { uuidV7 } from '../../support/arbitraries.ts';
import { aCursorKey } from '../../support/cursor-keys.ts';

const key = aCursorKey('a');
const scope: CursorScope = {
  caller: { tenantId: 'north', subjectId: 'owner-1', roles: ['patient'] },
  route: 'GET /v1/documents',
  filters: { category: 'report', state: 'available' },
};
const documentId = '01890a5d-ac96-774b-bcce-b302099a8057';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The document id that a cursor leads to, undefined where it is refused. */
const open = (cursor: string, within: CursorScope = scope, by = key): string | undefined => {
  const parsed = parseCursor(cursor);
  return parsed && isGenuine(parsed, within, by) ? parsed.documentId : undefined;
};

describe('a cursor', () => {
  it('leads to the document it was sealed with, and names its key', () => {
    fc.assert(
      fc.property(uuidV7, (id) => {
        const cursor = sealCursor(id, scope, key);
        expect(open(cursor)).toBe(id);
        expect(parseCursor(cursor)?.keyId).toBe(key.id);
        expect(cursor.length).toBeLessThanOrEqual(limits.cursorLengthMax);
      }),
    );
  });

  it('with any character changed is refused', () => {
    const cursor = sealCursor(documentId, scope, key);
    for (let index = 0; index < cursor.length; index += 1) {
      for (const character of `${alphabet}+/=. é`.replace(cursor.charAt(index), '')) {
        const changed = cursor.slice(0, index) + character + cursor.slice(index + 1);
        if (open(changed) !== undefined) expect(changed).toBe('refused');
      }
    }
  });

  it('cut anywhere, lengthened or padded is refused', () => {
    const cursor = sealCursor(documentId, scope, key);
    const cuts = Array.from(cursor, (_, length) => cursor.slice(0, length));
    for (const text of [...cuts, `${cursor}A`, `${cursor}=`, ` ${cursor}`, `${cursor}\n`, cursor + cursor]) {
      expect(open(text)).toBeUndefined();
    }
  });

  it('of any other text is none', () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => open(text) === undefined));
    const bytes = fc.uint8Array({ minLength: 57, maxLength: 57 });
    fc.assert(fc.property(bytes, (made) => open(Buffer.from(made).toString('base64url')) === undefined));
  });

  it.each<[string, CursorScope]>([
    ['another tenant', { ...scope, caller: { ...scope.caller, tenantId: 'south' } }],
    ['another person', { ...scope, caller: { ...scope.caller, subjectId: 'owner-2' } }],
    [
      'a tenant and person that read the same together',
      { ...scope, caller: { ...scope.caller, tenantId: 'northo', subjectId: 'wner-1' } },
    ],
    ['another route', { ...scope, route: 'GET /v1/subjects' }],
    ['another filter', { ...scope, filters: { ...scope.filters, category: 'letter' } }],
    ['a filter more', { ...scope, filters: { ...scope.filters, tag: 'x' } }],
    ['a filter less', { ...scope, filters: { category: 'report' } }],
    ['values changed about', { ...scope, filters: { category: 'available', state: 'report' } }],
  ])('is refused with %s', (_, other) => {
    const cursor = sealCursor(documentId, scope, key);
    expect(open(cursor)).toBe(documentId);
    expect(open(cursor, other)).toBeUndefined();
  });

  it('is the same whatever order the filters are in', () => {
    const turned = { ...scope, filters: { state: 'available', category: 'report' } };
    expect(sealCursor(documentId, turned, key)).toBe(sealCursor(documentId, scope, key));
  });

  it('of another key is refused, also where it calls itself one of this key', () => {
    const other = aCursorKey('b');
    expect(open(sealCursor(documentId, scope, other))).toBeUndefined();
    expect(open(sealCursor(documentId, scope, { ...other, id: key.id }))).toBeUndefined();
    expect(open(sealCursor(documentId, scope, { ...key, id: other.id }))).toBeUndefined();
  });
});
