import { describe, expect, it } from 'vitest';
import type { StoredPart } from '../../../contract/schemas/parts.ts';
import { partErrors, type UploadingRecord } from '../../../lambdas/domain/parts.ts';
import { aRecord } from '../../support/arbitraries.ts';

const record = (changes: Partial<UploadingRecord>): UploadingRecord =>
  ({
    ...aRecord({ sizeBytes: 25 }),
    upload: { uploadId: 'u', partSizeBytes: 10, checksumAlgorithm: 'SHA256' },
    ...changes,
  }) as UploadingRecord;

const parts = (...sizes: number[]): StoredPart[] =>
  sizes.flatMap((sizeBytes, index) => (sizeBytes < 0 ? [] : [{ partNumber: index + 1, sizeBytes, etag: `e${index}` }]));

const missing = -1;
const pointers = (of: UploadingRecord, ...sizes: number[]) =>
  partErrors(of, parts(...sizes)).map(({ pointer }) => pointer);

describe('the parts that S3 holds, against the plan', () => {
  it('are the file where all are there in their sizes', () => {
    expect(partErrors(record({}), parts(10, 10, 5))).toEqual([]);
    expect(partErrors(record({ sizeBytes: 20 }), parts(10, 10))).toEqual([]);
  });

  it.each([
    [[], ['/parts/1', '/parts/2', '/parts/3']],
    [[10, missing, 5], ['/parts/2']],
    [[10, 10, missing], ['/parts/3']],
    [[10, 9, 5], ['/parts/2']],
    [[10, 10, 6], ['/parts/3']],
    [[10, 10, 5, 1], ['/parts/4']],
    [
      [5, 10, 10],
      ['/parts/1', '/parts/3'],
    ],
  ])('of the sizes %j are not: %j', (sizes, expected) => {
    expect(pointers(record({}), ...sizes)).toEqual(expected);
  });

  it('names at most twenty that do not fit', () => {
    expect(partErrors(record({ sizeBytes: 1000 }), [])).toHaveLength(20);
  });
});

describe('the parts of a client that chose their size', () => {
  const chosen = record({ upload: { uploadId: 'u', checksumAlgorithm: 'CRC64NVME' } });

  it('may have any size, all but the last the same', () => {
    expect(pointers(chosen, 12, 12, 1)).toEqual([]);
    expect(pointers(chosen, 25)).toEqual([]);
    expect(pointers(chosen, 12, 13)).toEqual(['/parts/2', '/parts/3']);
    expect(pointers(chosen, 12, missing, 1)).toEqual(['/parts/2']);
  });

  it('are as many as there are where nobody said how large the file is, none between them missing', () => {
    const open = { ...chosen, sizeBytes: 1000, isSizeOpen: true as const };
    expect(pointers(open, 12, 12, 1)).toEqual([]);
    expect(pointers(open, 12, missing, 12)).toEqual(['/parts/2', '/parts/3']);
    expect(pointers(open, 12, 11, 12)).not.toEqual([]);
  });
});
