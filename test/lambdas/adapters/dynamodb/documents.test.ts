import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../../lambdas/adapters/dynamodb/documents.ts';
import { changeOf } from '../../../../lambdas/domain/change.ts';
import type { DocumentRecord } from '../../../../lambdas/domain/document.ts';
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
const newId = () => `01890a5d-ac96-774b-bcce-${String(++counter).padStart(12, '0')}`;
const origin = { at: new Date('2026-11-21T12:00:00Z'), by: 'record-upload', requestId: 'r2' };
const accepted = (record: DocumentRecord, versionId = 'v1') => {
  const change = changeOf('accept', record, { ...origin, cause: 'object-created' });
  return { change, versionId, etag: '"e"', availableAt: change.at };
};

const suites: [string, () => Documents][] = [
  ['in DynamoDB', () => dynamoDocuments(table)],
  ['in memory', () => memoryDocuments()],
];

describe.each(suites)('documents %s', (_where, build) => {
  it('are found as they were created, and only in their tenant', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId() });
    await documents.create(record);
    expect(await documents.find(record)).toEqual(record);
    expect(await documents.find({ ...record, tenantId: 'south-clinic' })).toBeUndefined();
  });

  it('are never created twice: who comes second is given what is there', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId() });
    expect(await documents.create(record)).toEqual(record);
    expect(await documents.create({ ...record, fileName: 'other.pdf' })).toEqual(record);
    expect(await documents.find(record)).toEqual(record);
  });

  it('are pinned once: a second version changes nothing and is told what is there', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId() });
    await documents.create(record);
    const first = await documents.apply('accept', record, accepted(record, 'v1'));
    expect(first).toMatchObject({ applied: true, record: { state: 'available', versionId: 'v1', etag: '"e"' } });
    const second = await documents.apply('accept', record, accepted(record, 'v2'));
    expect(second).toMatchObject({ applied: false, current: { state: 'available', versionId: 'v1' } });
  });

  it('are not pinned by a repeated state either while a version is pinned', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId(), versionId: 'v0' });
    await documents.create(record);
    expect((await documents.apply('accept', record, accepted(record, 'v1'))).applied).toBe(false);
  });

  it('change only from the states and the revision the lifecycle names', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId(), state: 'expired' });
    await documents.create(record);
    expect(await documents.apply('accept', record, accepted(record))).toEqual({ applied: false, current: record });
    const pending = aRecord({ documentId: newId() });
    await documents.create(pending);
    const facts = accepted(pending);
    const skipping = { ...facts, change: { ...facts.change, revision: 3 } };
    expect((await documents.apply('accept', pending, skipping)).applied).toBe(false);
  });

  it('are described as they were seen last, what is replaced goes into the history, and all can be taken away', async () => {
    const documents = build();
    const created = aRecord({ documentId: newId() });
    await documents.create(created);
    const change = (metadataRevision: number, requestId: string) => ({
      metadataRevision,
      revision: 1,
      at: `2026-11-21T12:00:0${metadataRevision}.000Z`,
      by: 'owner-1',
      requestId,
      fields: ['title', 'attributes'] as const,
    });
    const first = await documents.describe(
      created,
      { title: 'a', attributes: { n: 1.5, yes: true, constructor: 'x' } },
      change(1, 'a'),
    );
    expect(first).toMatchObject({
      applied: true,
      record: { metadata: { title: 'a', attributes: { n: 1.5, yes: true, constructor: 'x' } } },
    });
    const stale = await documents.describe(created, { title: 'b' }, change(1, 'b'));
    expect(stale).toMatchObject({ applied: false, current: { metadata: { title: 'a' } } });
    const seen = (first as { record: DocumentRecord }).record;
    const second = await documents.describe(seen, undefined, change(2, 'c'));
    const described = (second as { record: DocumentRecord }).record;
    expect(described).not.toHaveProperty('metadata');

    const accept = await documents.apply('accept', created, accepted(created));
    const { record } = accept as { record: DocumentRecord };
    // Nothing but the state is another than it was seen.
    expect((await documents.describe(described, { title: 'd' }, change(3, 'd'))).applied).toBe(false);
    expect(await documents.history(record)).toMatchObject([
      { kind: 'change', revision: 1 },
      { kind: 'metadata-changed', revision: 1, requestId: 'a' },
      { kind: 'metadata-changed', revision: 1, requestId: 'c' },
      { kind: 'change', revision: 2 },
    ]);
  });

  it('that are not there cannot change', async () => {
    const record = aRecord({ documentId: newId() });
    expect(await build().apply('accept', record, accepted(record))).toEqual({ applied: false, current: undefined });
  });
});

describe.each(suites)('the history %s', (_where, build) => {
  it('has every change once, the last one from the record, and the links that were given out in between', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId() });
    await documents.create(record);
    expect(await documents.history(record)).toMatchObject([{ kind: 'change', revision: 1, from: null, to: 'pending' }]);

    const accept = await documents.apply('accept', record, accepted(record));
    if (!accept.applied) throw new Error('not applied');
    const link = { revision: 2, at: '2026-11-21T12:30:00.000Z', by: 'owner-1', requestId: 'r3', expiresAt: 'later' };
    await documents.recordDownload(accept.record, link);
    await documents.recordDownload(accept.record, link);
    expect(await documents.history(accept.record)).toEqual([
      { kind: 'change', ...record.lastChange },
      { kind: 'change', ...accept.record.lastChange },
      { kind: 'download-issued', ...link },
    ]);
  });

  it('keeps what was written first, whoever writes it again', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId() });
    await documents.create(record);
    await documents.apply('accept', record, accepted(record));
    const forged = { ...record, lastChange: { ...record.lastChange, by: 'someone else' } };
    const { current } = (await documents.apply('accept', forged, accepted(record))) as { current: DocumentRecord };
    expect((await documents.history(current))[0]).toMatchObject({ by: 'owner-1' });
  });
});

describe.each(suites)('records that are due %s', (_where, build) => {
  const dueIds = async (documents: Documents, record: DocumentRecord, now: string) => {
    const shard = Number.parseInt(record.documentId.slice(-1), 16);
    const due = await documents.listDue({ shard, now: new Date(now), limit: 100 });
    return due.flatMap((ref) => ('documentId' in ref && ref.tenantId === record.tenantId ? ref.documentId : []));
  };

  it('are found from then on, the longest overdue first, until nothing is to be done', async () => {
    const documents = build();
    const tenantId = `tenant-${newId()}`;
    const later = aRecord({ tenantId, documentId: `${newId().slice(0, -1)}7`, dueAt: '2026-11-21T11:30:00.000Z' });
    const sooner = aRecord({ tenantId, documentId: `${newId().slice(0, -2)}f7`, dueAt: '2026-11-21T11:00:00.000Z' });
    await documents.create(later);
    await documents.create(sooner);
    expect(await dueIds(documents, later, '2026-11-21T10:59:59.999Z')).toEqual([]);
    expect(await dueIds(documents, later, '2026-11-21T11:00:00.000Z')).toEqual([sooner.documentId]);
    expect(await dueIds(documents, later, '2026-11-21T12:00:00.000Z')).toEqual([sooner.documentId, later.documentId]);

    await documents.apply('accept', sooner, accepted(sooner));
    expect(await documents.setDue(later, undefined)).toBe(true);
    expect(await dueIds(documents, later, '2036-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('are not touched by whoever knew an earlier revision', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId() });
    await documents.create(record);
    await documents.apply('accept', record, accepted(record));
    expect(await documents.setDue(record, '2026-11-21T11:00:00.000Z')).toBe(false);
    expect(await documents.markPublished(record)).toBe(false);
    expect(await documents.find(record)).not.toHaveProperty('dueAt');
  });
});
