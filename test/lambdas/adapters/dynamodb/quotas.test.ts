import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../../lambdas/adapters/dynamodb/documents.ts';
import { dynamoQuotas } from '../../../../lambdas/adapters/dynamodb/quotas.ts';
import type { Counter, CounterRef } from '../../../../lambdas/domain/quota.ts';
import type { Quotas } from '../../../../lambdas/ports.ts';
import { startTable } from '../../../support/dynalite.ts';
import { memoryQuotas } from '../../../support/memory-quotas.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

const inDynamoDb = () => dynamoQuotas({ ...table, onceClient: table.client });
const suites: [string, () => Quotas][] = [
  ['in DynamoDB', inDynamoDb],
  ['in memory', memoryQuotas],
];

let tenants = 0;
const at = new Date('2026-11-24T08:00:00.000Z');
const later = new Date('2026-11-24T09:00:00.000Z');
const limit = { documentsMax: 2, sizeBytesMax: 100 };

/** A counter that nobody used before. */
const newUser = () => ({ tenantId: `clinic-${++tenants}`, ownerId: 'auth0|u#1' });

const found = async (quotas: Quotas, ref: CounterRef): Promise<Counter> => {
  const counter = await quotas.find(ref);
  if (counter === undefined) throw new Error('There is no such counter.');
  return counter;
};

describe.each(suites)('counters %s', (_where, build) => {
  it('begin at nothing, count up and down, and become due a day after the first touch', async () => {
    const quotas = build();
    const ref = newUser();
    expect(await quotas.find(ref)).toBeUndefined();
    expect(await quotas.reserve(ref, 60, limit, at)).toBeUndefined();
    await quotas.touch(ref, later);
    await quotas.release(ref, 60, later);
    expect(await quotas.find(ref)).toEqual({
      ...ref,
      documents: 0,
      sizeBytes: 0,
      revision: 3,
      touchedAt: later.toISOString(),
      dueAt: '2026-11-25T08:00:00.000Z',
    });
  });

  it.each([
    ['as many documents as the limit', [1, 1], 1],
    ['as many bytes as the limit', [60, 40], 1],
    ['one byte more than the limit', [60], 41],
  ])('refuse a document after %s, and say what they hold', async (_what, held, sizeBytes) => {
    const quotas = build();
    const ref = newUser();
    for (const size of held) expect(await quotas.reserve(ref, size, limit, at)).toBeUndefined();
    const before = await found(quotas, ref);
    expect(await quotas.reserve(ref, sizeBytes, limit, later)).toMatchObject({
      documents: held.length,
      sizeBytes: held.reduce((sum, size) => sum + size),
    });
    expect(await quotas.find(ref)).toEqual(before);
  });

  it('take many documents at once, or none of them', async () => {
    const quotas = build();
    const ref = newUser();
    expect(await quotas.reserveMany(ref, { documents: 3, sizeBytes: 3 }, limit, at)).toEqual({
      documents: 0,
      sizeBytes: 0,
    });
    expect(await quotas.reserveMany(ref, { documents: 1, sizeBytes: 101 }, limit, at)).toMatchObject({ documents: 0 });
    expect(await quotas.find(ref)).toBeUndefined();
    expect(await quotas.reserveMany(ref, { documents: 2, sizeBytes: 99 }, limit, at)).toBeUndefined();
    expect(await quotas.find(ref)).toMatchObject({ documents: 2, sizeBytes: 99, revision: 1 });
    expect(await quotas.reserveMany(ref, { documents: 1, sizeBytes: 1 }, limit, at)).toMatchObject({ documents: 2 });
    expect(await quotas.reserveMany(ref, { documents: 5, sizeBytes: 500 }, undefined, at)).toBeUndefined();
    expect(await quotas.find(ref)).toMatchObject({ documents: 7, sizeBytes: 599, revision: 2 });
  });

  it('take what fits to the last byte, and anything where there is no limit', async () => {
    const quotas = build();
    const ref = newUser();
    expect(await quotas.reserve(ref, 60, limit, at)).toBeUndefined();
    expect(await quotas.reserve(ref, 40, limit, at)).toBeUndefined();
    expect(await quotas.reserve(ref, 1000, undefined, at)).toBeUndefined();
    expect(await quotas.find(ref)).toMatchObject({ documents: 3, sizeBytes: 1100 });
  });

  it('never count less than nothing', async () => {
    const quotas = build();
    const ref = newUser();
    await quotas.release(ref, 10, at);
    await quotas.reserve(ref, 5, limit, at);
    await quotas.release(ref, 10, at);
    expect(await quotas.find(ref)).toMatchObject({ documents: 1, sizeBytes: 5 });
  });

  it('shrink by what did not come, and no further than to nothing: the document stays counted', async () => {
    const quotas = build();
    const ref = newUser();
    await quotas.shrink(ref, 10, at);
    expect(await quotas.find(ref)).toBeUndefined();
    await quotas.reserve(ref, 60, limit, at);
    await quotas.shrink(ref, 45, later);
    expect(await quotas.find(ref)).toMatchObject({
      documents: 1,
      sizeBytes: 15,
      revision: 2,
      touchedAt: later.toISOString(),
    });
    await quotas.shrink(ref, 16, later);
    expect(await quotas.find(ref)).toMatchObject({ documents: 1, sizeBytes: 15, revision: 2 });
  });

  it('of the users of a tenant are summed up, and nothing else is', async () => {
    const quotas = build();
    const ref = newUser();
    const { tenantId } = ref;
    await quotas.reserve(ref, 5, limit, at);
    await quotas.reserve({ tenantId, ownerId: 'u2' }, 7, limit, at);
    await quotas.reserve({ tenantId }, 100, limit, at);
    await quotas.reserve({ tenantId: `${tenantId}0`, ownerId: 'u2' }, 9, limit, at);
    expect(await quotas.sumOfUsers(tenantId)).toEqual({ documents: 2, sizeBytes: 12 });
  });

  it('are settled and keep progress only as they were read', async () => {
    const quotas = build();
    const ref = newUser();
    await quotas.reserve(ref, 5, limit, at);
    const counter = await found(quotas, ref);
    const progress = { revision: 1, before: 'd', documents: 1, sizeBytes: 5 };
    expect(await quotas.keepProgress(counter, progress)).toBe(true);
    expect(await quotas.find(ref)).toEqual({ ...counter, progress });
    await quotas.touch(ref, later);
    expect(await quotas.keepProgress(counter, progress)).toBe(false);
    expect(await quotas.settle(counter, { documents: 0, sizeBytes: 0 })).toBe(false);
    expect(await quotas.settle(await found(quotas, ref), { documents: 4, sizeBytes: 9 })).toBe(true);
    const settled = await found(quotas, ref);
    expect(settled).toEqual({ ...ref, documents: 4, sizeBytes: 9, revision: 3, touchedAt: later.toISOString() });
    await quotas.setDue(ref, later.toISOString());
    expect(await quotas.find(ref)).toEqual(settled);
  });

  it('can be looked at later while they are due', async () => {
    const quotas = build();
    const ref = newUser();
    await quotas.touch(ref, at);
    await quotas.setDue(ref, '2027-01-01T00:00:00.000Z');
    expect(await quotas.find(ref)).toMatchObject({ dueAt: '2027-01-01T00:00:00.000Z', revision: 1 });
  });
});

describe('counters in DynamoDB', () => {
  it('let in exactly what the limit allows, however many come at once', async () => {
    const quotas = inDynamoDb();
    const ref = newUser();
    const declared = Array.from({ length: 50 }, () =>
      quotas.reserve(ref, 10, { documentsMax: 17, sizeBytesMax: 1000 }, at),
    );
    const admitted = (await Promise.all(declared)).filter((refused) => refused === undefined);
    expect(admitted).toHaveLength(17);
    expect(await quotas.find(ref)).toMatchObject({ documents: 17, sizeBytes: 170 });
  });

  it('are found in the index of what is due, the tenant’s and the users’', async () => {
    const quotas = inDynamoDb();
    const user = newUser();
    const tenant = { tenantId: user.tenantId };
    for (const ref of [user, tenant]) await quotas.touch(ref, at);
    const shards = Array.from({ length: 16 }, (_, shard) =>
      dynamoDocuments(table).listDue({ shard, now: new Date('2026-11-25T08:00:00.000Z'), limit: 100 }),
    );
    const due = (await Promise.all(shards)).flat().filter(({ tenantId }) => tenantId === user.tenantId);
    expect(due).toHaveLength(2);
    expect(due).toEqual(expect.arrayContaining([user, tenant]));
  });
});
