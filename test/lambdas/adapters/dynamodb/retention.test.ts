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

const suites: [string, () => Documents][] = [
  ['in DynamoDB', () => dynamoDocuments(table)],
  ['in memory', () => memoryDocuments()],
];

describe.each(suites)('documents with a retention %s', (_where, build) => {
  it('lapse when their retention is over and not before, and without one never', async () => {
    const documents = build();
    const lapsed = async (retention: Partial<DocumentRecord>) => {
      const record = aRecord({ documentId: newId(), state: 'available', versionId: 'v1', ...retention });
      await documents.create(record);
      const change = changeOf('lapse', record, { ...origin, cause: 'sweep' });
      return documents.apply('lapse', record, { change, versionId: 'v1', deletedFrom: 'available' });
    };
    expect(await lapsed({ retainUntil: '2026-11-21T12:00:00.000Z' })).toMatchObject({
      applied: true,
      record: { state: 'purging', deletedFrom: 'available', dueAt: '2026-11-21T12:00:00.000Z' },
    });
    expect(await lapsed({ retainUntil: '2026-11-21T12:00:00.001Z' })).toMatchObject({ applied: false });
    expect(await lapsed({})).toMatchObject({ applied: false });
  });

  it('are due when it is over, from the moment they are available', async () => {
    const documents = build();
    const record = aRecord({ documentId: newId(), retainUntil: '2126-10-28T10:00:00.000Z' });
    await documents.create(record);
    const change = changeOf('accept', record, { ...origin, cause: 'object-created' });
    expect(await documents.apply('accept', record, { change, versionId: 'v1' })).toMatchObject({
      record: { dueAt: '2126-10-28T10:00:00.000Z' },
    });
  });
});
