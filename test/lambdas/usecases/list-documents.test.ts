import { beforeEach, describe, expect, it } from 'vitest';
import { sealCursor } from '../../../lambdas/domain/cursor.ts';
import { listDocuments } from '../../../lambdas/usecases/list-documents.ts';
import { listOwnDocuments } from '../../../lambdas/usecases/list-own-documents.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { owner } from '../../support/callers.ts';
import { aCursorKey, type MemoryCursorKeys, memoryCursorKeys } from '../../support/cursor-keys.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const refused = {
  ok: false,
  failure: {
    kind: 'invalid-request',
    errors: [{ pointer: 'query:cursor', detail: expect.stringContaining('start anew') }],
  },
};

describe('listing documents', () => {
  const ids = Array.from({ length: 5 }, (_, index) => `01890a5d-ac96-774b-bcce-00000000000${index}`);
  const documents = memoryDocuments(
    ...ids.map((documentId) => aRecord({ documentId })),
    aRecord({ documentId: '01890a5d-ac96-774b-bcce-000000000009', ownerId: 'owner-2' }),
  );
  let cursorKeys: MemoryCursorKeys;

  beforeEach(() => {
    cursorKeys = memoryCursorKeys();
  });

  const list = async (query: { limit?: number; cursor?: string }, caller = owner) =>
    listDocuments({ documents, cursorKeys })({ caller, query });

  const firstCursor = async (): Promise<string> => {
    const first = await list({ limit: 3 });
    if (!first.ok || first.value.nextCursor === undefined) throw new Error('no first page');
    return first.value.nextCursor;
  };

  const idsOf = async (query: { limit?: number; cursor?: string }): Promise<readonly string[]> => {
    const page = await list(query);
    if (!page.ok) throw new Error(page.failure.kind);
    return page.value.documents.map(({ id }) => id);
  };

  it('gives pages of the own documents, newest first, to the end', async () => {
    const first = await idsOf({ limit: 3 });
    const second = await list({ limit: 3, cursor: await firstCursor() });
    if (!second.ok) throw new Error('no second page');
    expect([...first, ...second.value.documents.map(({ id }) => id)]).toEqual(ids.toReversed());
    expect(second.value).not.toHaveProperty('nextCursor');
  });

  it('goes on with pages of another size', async () => {
    expect(await idsOf({ limit: 1, cursor: await firstCursor() })).toEqual([ids[1]]);
  });

  it('goes on after one rotation of the key, and not after two', async () => {
    const cursor = await firstCursor();
    cursorKeys.rotate(aCursorKey('2'));
    expect(await idsOf({ cursor })).toEqual([ids[1], ids[0]]);
    expect(await firstCursor()).not.toBe(cursor);
    cursorKeys.rotate(aCursorKey('3'));
    expect(await list({ cursor })).toMatchObject(refused);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['no cursor', () => 'x'],
    ['cut', async () => (await firstCursor()).slice(0, -4)],
    [
      'sealed by somebody else',
      () => sealCursor('01890a5d-ac96-774b-bcce-000000000003', scopeOf(owner), aCursorKey('9')),
    ],
    [
      "another person's",
      () =>
        sealCursor(
          '01890a5d-ac96-774b-bcce-000000000003',
          scopeOf({ ...owner, subjectId: 'owner-2' }),
          aCursorKey('1'),
        ),
    ],
    [
      "another tenant's",
      () =>
        sealCursor('01890a5d-ac96-774b-bcce-000000000003', scopeOf({ ...owner, tenantId: 'south' }), aCursorKey('1')),
    ],
    [
      "another list's",
      () =>
        sealCursor(
          '01890a5d-ac96-774b-bcce-000000000003',
          { ...scopeOf(owner), route: 'GET /v1/me/documents' },
          aCursorKey('1'),
        ),
    ],
    [
      'of other filters',
      () =>
        sealCursor(
          '01890a5d-ac96-774b-bcce-000000000003',
          { ...scopeOf(owner), filters: { state: 'available' } },
          aCursorKey('1'),
        ),
    ],
  ])('refuses a cursor that is %s in the same words', async (_, make) => {
    expect(await list({ cursor: await make() })).toEqual(refused);
  });

  it('links to the next page, and not from the last one', async () => {
    const [first, all] = [await list({ limit: 3 }), await list({})];
    if (!first.ok) throw new Error('no first page');
    expect(first.headers).toEqual({ Link: `<?limit=3&cursor=${first.value.nextCursor}>; rel="next"` });
    expect(all).not.toHaveProperty('headers');
  });

  it('is for nobody without a role', async () => {
    const failure = { ok: false, failure: { kind: 'not-permitted' } };
    const input = { caller: { ...owner, roles: [] }, query: {} };
    expect(await listDocuments({ documents, cursorKeys })(input)).toEqual(failure);
    expect(await listOwnDocuments({ documents, cursorKeys })(input)).toEqual(failure);
  });

  it('reads no key where no page follows', async () => {
    const never = async () => {
      throw new Error('asked for a key');
    };
    const all = await listDocuments({ documents, cursorKeys: { current: never, find: never } })({
      caller: owner,
      query: {},
    });
    expect(all.ok).toBe(true);
  });
});

function scopeOf(caller: typeof owner) {
  return { caller, route: 'GET /v1/documents', filters: {} };
}
