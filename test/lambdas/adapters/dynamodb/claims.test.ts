import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoClaims } from '../../../../lambdas/adapters/dynamodb/claims.ts';
import type { Claim } from '../../../../lambdas/domain/claim.ts';
import type { Claims } from '../../../../lambdas/ports.ts';
import { startTable } from '../../../support/dynalite.ts';
import { memoryClaims } from '../../../support/memory-claims.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

const suites: [string, () => Claims][] = [
  ['in DynamoDB', () => dynamoClaims(table)],
  ['in memory', memoryClaims],
];

const now = new Date('2026-11-21T10:00:00.900Z');
const endsAt = Math.floor(now.getTime() / 1000) + 10;
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const aClaim = (changes: Partial<Claim> = {}): Claim => ({
  requestHash: 'hash-1',
  resourceId: 'id-1',
  expiresAtSeconds: endsAt,
  ...changes,
});
let keys = 0;
const aRef = (changes = {}) => ({ tenantId: 'north-clinic', subjectId: 'owner-1', key: `key-${++keys}`, ...changes });

describe.each(suites)('claims %s', (_where, build) => {
  it('bind a key to what came first', async () => {
    const claims = build();
    const ref = aRef();
    expect(await claims.claim(ref, aClaim(), now)).toEqual(aClaim());
    const second = aClaim({ requestHash: 'hash-2', resourceId: 'id-2', expiresAtSeconds: endsAt + 5 });
    expect(await claims.claim(ref, second, later(5))).toEqual(aClaim());
  });

  it('end at their second, whether the item is still there or not', async () => {
    const claims = build();
    const ref = aRef();
    await claims.claim(ref, aClaim(), now);
    const second = aClaim({ resourceId: 'id-2', expiresAtSeconds: endsAt + 60 });
    expect(await claims.claim(ref, second, later(9))).toEqual(aClaim());
    expect(await claims.claim(ref, second, later(10))).toEqual(second);
    expect(await claims.claim(ref, aClaim(), later(11))).toEqual(second);
  });

  it('let one win where many come at once', async () => {
    const claims = build();
    const ref = aRef();
    const all = Array.from({ length: 20 }, (_, index) => claims.claim(ref, aClaim({ resourceId: `id-${index}` }), now));
    expect(new Set((await Promise.all(all)).map(({ resourceId }) => resourceId)).size).toBe(1);
  });

  it.each([
    ['another subject', { subjectId: 'owner-2' }],
    ['another tenant', { tenantId: 'another-tenant' }],
    ['another key', { key: 'KEY' }],
    ['a subject that ends as the key begins', { subjectId: 'owner-1k', key: 'ey' }],
  ])('of %s are not the same', async (_who, changes) => {
    const claims = build();
    // A tenant of this case alone, before the case changes it.
    const ref = { tenantId: `tenant-${++keys}`, subjectId: 'owner-1', key: 'key' };
    await claims.claim(ref, aClaim(), now);
    const other = aClaim({ resourceId: 'id-2' });
    expect(await claims.claim({ ...ref, ...changes }, other, now)).toEqual(other);
    expect(await claims.claim(ref, other, now)).toEqual(aClaim());
  });
});

it('keep no key and no subject in the table', async () => {
  await dynamoClaims(table).claim(aRef({ subjectId: 'a-subject', key: 'a-secret-key' }), aClaim(), now);
  const { Items } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  expect(JSON.stringify(Items)).not.toMatch(/a-secret-key|a-subject/);
  expect(JSON.stringify(Items)).toContain('I#north-clinic#');
});
