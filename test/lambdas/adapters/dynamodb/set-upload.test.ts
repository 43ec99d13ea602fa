import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../../lambdas/adapters/dynamodb/documents.ts';
import { changeOf } from '../../../../lambdas/domain/change.ts';
import type { Documents } from '../../../../lambdas/ports.ts';
import { aRecord } from '../../../support/arbitraries.ts';
import { startTable } from '../../../support/dynalite.ts';
import { memoryDocuments } from '../../../support/memory-documents.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

const suites: [string, () => Documents][] = [
  ['in DynamoDB', () => dynamoDocuments(table)],
  ['in memory', () => memoryDocuments()],
];

const upload = { uploadId: 'first', partSizeBytes: 8_388_608, checksumAlgorithm: 'CRC64NVME' } as const;
const at = new Date('2026-11-21T12:00:00Z');
const until = '2026-11-21T12:15:00.000Z';
let counter = 0;

describe.each(suites)('the upload in parts of a document %s', (_where, build) => {
  const declared = async () => {
    const documents = build();
    const record = aRecord({ documentId: `01890a5d-ac96-774b-bcce-${String(++counter).padStart(12, '0')}`, upload });
    await documents.create(record);
    return { documents, record };
  };

  it('is written down, and nothing besides', async () => {
    const { documents, record } = await declared();
    const held = { ...upload, checksum: 'AAAAAAAAAAA=' };
    expect(await documents.setUpload(record, held)).toBe(true);
    expect(await documents.find(record)).toEqual({ ...record, upload: held });
  });

  it('that was given up is settled when it is said', async () => {
    const { documents, record } = await declared();
    const aborted = { ...upload, abortedAt: at.toISOString() };
    expect(await documents.setUpload(record, aborted, until)).toBe(true);
    expect(await documents.find(record)).toEqual({ ...record, upload: aborted, sweepAfter: until, dueAt: until });
  });

  it('is left as it is where it is another one by now', async () => {
    const { documents, record } = await declared();
    const second = { ...upload, uploadId: 'second' };
    expect(await documents.setUpload(record, second)).toBe(true);
    expect(await documents.setUpload(record, { ...upload, checksum: 'AAAAAAAAAAA=' })).toBe(false);
    expect(await documents.find(record)).toEqual({ ...record, upload: second });
  });

  it('is left as it is where the document is pending no more', async () => {
    const { documents, record } = await declared();
    const change = changeOf('expire', record, { at, by: 'sweep', cause: 'sweep', requestId: 'r2' });
    await documents.apply('expire', record, { change });
    const expired = await documents.find(record);
    expect(await documents.setUpload(record, { ...upload, checksum: 'AAAAAAAAAAA=' }, until)).toBe(false);
    expect(await documents.find(record)).toEqual(expired);
  });
});
