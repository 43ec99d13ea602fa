import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../../lambdas/adapters/dynamodb/documents.ts';
import { changeOf } from '../../../../lambdas/domain/change.ts';
import type { DocumentRecord } from '../../../../lambdas/domain/document.ts';
import type { Place } from '../../../../lambdas/domain/place.ts';
import type { Documents } from '../../../../lambdas/ports.ts';
import { aRecord } from '../../../support/arbitraries.ts';
import { startTable } from '../../../support/dynalite.ts';
import { memoryDocuments } from '../../../support/memory-documents.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

let counter = 0;
const newId = () => `01890a5d-ac96-774b-bcce-${(++counter).toString(16).padStart(12, '0')}`;

const subject = { type: 'patient', id: 'p:1' };
const north = { tenantId: 'north-clinic' } as const;
const suites: [string, () => Documents][] = [
  ['in DynamoDB', () => dynamoDocuments(table)],
  ['in memory', () => memoryDocuments()],
];

const pagesOf = async (documents: Documents, place: Place, limit: number, bounds: { from?: string } = {}) => {
  const pages: (readonly string[])[] = [];
  let before: string | undefined;
  do {
    const page = await documents.list({ place, limit, before, ...bounds });
    pages.push(page.records.map(({ documentId }) => documentId));
    before = page.nextBefore;
  } while (before !== undefined);
  return pages;
};

describe.each(suites)('lists %s', (where, build) => {
  /** Of a tenant of its own, so that tests do not see each other's. */
  const tenantId = `tenant-${where.replaceAll(' ', '-').toLowerCase()}`;
  const place: Place = { kind: 'tenant', tenantId };

  it.each<[string, Place, Partial<DocumentRecord>, Partial<DocumentRecord>]>([
    ['an owner', { kind: 'owner', ...north, ownerId: 'o' }, { ownerId: 'o' }, { ownerId: 'ox' }],
    ['a subject', { kind: 'subject', ...north, subject }, { metadata: { subject } }, { metadata: { title: 'no' } }],
    [
      'a subject, not of one that begins alike',
      { kind: 'subject', ...north, subject: { ...subject, type: 'case' } },
      { metadata: { subject: { ...subject, type: 'case' } } },
      { metadata: { subject: { type: 'case', id: `${subject.id}x` } } },
    ],
    ['a tenant', place, { tenantId }, { tenantId: `${tenantId}x` }],
  ])('of %s are newest first, page by page, each once, and nothing else', async (_, of, here, elsewhere) => {
    const documents = build();
    const ids = Array.from({ length: 7 }, newId);
    for (const documentId of ids) {
      await documents.create(aRecord({ ...here, documentId }));
      await documents.create(aRecord({ ...here, ...elsewhere, documentId: newId() }));
      if (of.kind !== 'tenant') await documents.create(aRecord({ ...here, tenantId: 'south', documentId: newId() }));
    }
    const pages = await pagesOf(documents, of, 3);
    expect(pages.flat()).toEqual(ids.toReversed());
    // Ids of others would leave gaps in the pages, even where their records stay unread.
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(await documents.list({ place: of, limit: 7 })).not.toHaveProperty('nextBefore');
  });

  it('of a tenant are the same however its documents fall into shards', async () => {
    const documents = build();
    const sharded = `${tenantId}-sharded`;
    // Most of them end in one shard.
    const ids = [...'0000418c2'].map((end, index) => `01890a5d-ac96-774b-bcce-${index}0000000000${end}`);
    for (const documentId of ids) await documents.create(aRecord({ tenantId: sharded, documentId }));
    const expected = ids.toReversed();
    for (const limit of [1, 2, 4, 9, 100])
      expect((await pagesOf(documents, { kind: 'tenant', tenantId: sharded }, limit)).flat()).toEqual(expected);
  });

  it('end at a bound', async () => {
    const documents = build();
    const bounded: Place = { kind: 'tenant', tenantId: `${tenantId}-bounded` };
    const ids = Array.from({ length: 6 }, newId);
    for (const documentId of ids) await documents.create(aRecord({ tenantId: bounded.tenantId, documentId }));
    expect((await pagesOf(documents, bounded, 2, { from: ids[2] ?? '' })).flat()).toEqual(ids.slice(2).toReversed());
    expect(await documents.list({ place: bounded, limit: 2, before: ids[0] })).toEqual({ records: [] });
    expect(await documents.list({ place: bounded, limit: 2, from: 'f', before: '0' })).toEqual({ records: [] });
  });

  it('follow a subject that is changed, given or taken away, whatever became of the state meanwhile', async () => {
    const documents = build();
    const listOf = (id: string): Place => ({ kind: 'subject', ...north, subject: { type: 'case', id } });
    const idsOf = async (id: string) => (await documents.list({ place: listOf(id), limit: 9 })).records;
    const created = aRecord({ documentId: newId(), metadata: { subject: { type: 'case', id: 'a' } } });
    await documents.create(created);
    const change = (metadataRevision: number) => ({
      metadataRevision,
      revision: 1,
      at: `2026-11-21T12:00:0${metadataRevision}.000Z`,
      by: 'owner-1',
      requestId: String(metadataRevision),
      fields: ['subject'] as const,
    });
    const describe = async (record: DocumentRecord, metadata: DocumentRecord['metadata'], revision: number) => {
      const outcome = await documents.describe(record, metadata, change(revision));
      if (!outcome.applied) throw new Error('not applied');
      return outcome.record;
    };
    const moved = await describe(created, { subject: { type: 'case', id: 'b' }, title: 't' }, 1);
    expect([await idsOf('a'), await idsOf('b')]).toEqual([[], [moved]]);
    const titled = await describe(moved, { title: 't' }, 2);
    expect([await idsOf('a'), await idsOf('b')]).toEqual([[], []]);
    const back = await describe(titled, { subject: { type: 'case', id: 'a' } }, 3);
    expect(await idsOf('a')).toEqual([back]);
    const bare = await describe(back, undefined, 4);
    expect(bare).not.toHaveProperty('metadata');
    expect(await idsOf('a')).toEqual([]);
  });

  it('show the state as it is now', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId(), ownerId: `owner-${newId()}` });
    await documents.create(record);
    const origin = { at: new Date('2026-11-21T12:00:00Z'), by: 'record-upload', requestId: 'r2' };
    const change = changeOf('accept', record, { ...origin, cause: 'object-created' });
    await documents.apply('accept', record, { change, versionId: 'v1', etag: '"e"', availableAt: change.at });
    const { records } = await documents.list({ place: { kind: 'owner', ...record }, limit: 1 });
    expect(records).toMatchObject([{ state: 'available' }]);
  });
});
