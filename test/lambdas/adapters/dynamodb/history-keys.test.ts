import { expect, it } from 'vitest';
import { limits } from '../../../../contract/limits.ts';
import { downloadItem, metadataChangeItem } from '../../../../lambdas/adapters/dynamodb/items.ts';
import { available } from '../../../support/callers.ts';

/** DynamoDB developer guide, "Quotas": the longest sort key. */
const sortKeySizeBytesMax = 1024;
/** Of the tokens that the authorizer takes. */
const subjectLengthMax = 255;

it('what happened has a key that fits, with the longest ids of people and requests in their longest UTF-8', () => {
  const entry = {
    revision: 999_999,
    at: '2026-11-21T12:00:00.000Z',
    by: '\u4e2d'.repeat(subjectLengthMax),
    requestId: '\u4e2d'.repeat(limits.requestIdLengthMax),
  };
  const items = [
    downloadItem(available, { ...entry, expiresAt: entry.at }),
    metadataChangeItem(available, { ...entry, metadataRevision: 1, fields: ['title'] }),
  ];
  for (const { sk } of items) expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(sortKeySizeBytesMax);
});
