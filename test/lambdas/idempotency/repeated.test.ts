import { beforeAll, describe, expect, it, vi } from 'vitest';
import { movableClock } from '../../support/clock.ts';
import { aBody, declareOver, memoryPorts, profile } from './support/world.ts';

beforeAll(() => void vi.spyOn(console, 'error').mockReturnValue());

const world = () => {
  const ports = memoryPorts();
  const clock = movableClock(new Date('2026-11-21T10:00:00.500Z'));
  const only = () => {
    const [record, ...others] = ports.documents.records.values();
    if (record === undefined || others.length > 0) throw new Error(`There are ${others.length + 1} documents or none.`);
    return record;
  };
  return { ...ports, clock, only, declare: declareOver(ports, clock) };
};

describe('a declaration that is sent again with its key', () => {
  it('is answered with the same document, counted once, with a link that ends when the first one did', async () => {
    const { declare, clock, documents, quotas } = world();
    const first = await declare({ key: 'k' });
    clock.advance(60_000);
    const again = await declare({ key: '"k"' });
    expect([first.status, first.isReplayed, again.status, again.isReplayed]).toEqual([201, false, 201, true]);
    expect(again.answer?.document).toEqual(first.answer?.document);
    expect(again.answer?.upload.kind).toBe('single-put');
    expect(documents.records.size).toBe(1);
    expect([...quotas.counters.values()].map((counter) => counter.documents)).toEqual([1, 1]);
  });

  it('is answered where the quota has no room but for what it made', async () => {
    const { clock, ...ports } = world();
    const limit = { documentsMax: 1, sizeBytesMax: 1000 };
    const declare = declareOver(ports, clock, { ...profile, quota: { user: limit, tenant: limit } });
    const first = await declare({ key: 'k' });
    expect((await declare({ key: 'k' })).answer?.document).toEqual(first.answer?.document);
    expect((await declare({ key: 'other' })).status).toBe(409);
  });

  it('may have its fields in another order', async () => {
    const { declare, only } = world();
    await declare({ key: 'k', body: { ...aBody, attributes: { a: 1, b: 2 } } });
    const reversed = Object.fromEntries(Object.entries({ ...aBody, attributes: { b: 2, a: 1 } }).toReversed());
    expect(await declare({ key: 'k', body: reversed })).toMatchObject({ status: 201, isReplayed: true });
    expect(only().fileName).toBe('a.pdf');
  });

  it('gets nothing to send where the bytes came, or may come no more', async () => {
    const { declare, clock, documents, only } = world();
    await declare({ key: 'k' });
    clock.advance(299_000);
    expect((await declare({ key: 'k' })).answer?.upload.kind).toBe('single-put');
    clock.advance(1000);
    expect((await declare({ key: 'k' })).answer).toMatchObject({
      document: { state: 'pending' },
      upload: { kind: 'none' },
    });
    const record = only();
    documents.records.set(`${record.tenantId}/${record.documentId}`, { ...record, state: 'available' });
    expect((await declare({ key: 'k' })).answer).toMatchObject({
      document: { state: 'available' },
      upload: { kind: 'none' },
    });
  });

  it('is another one after a day, and until then is not', async () => {
    const { declare, clock, documents } = world();
    await declare({ key: 'k' });
    clock.advance(86_399_000);
    expect((await declare({ key: 'k' })).isReplayed).toBe(true);
    clock.advance(1000);
    expect((await declare({ key: 'k', body: { ...aBody, fileName: 'b.pdf' } })).isReplayed).toBe(false);
    expect(documents.records.size).toBe(2);
  });

  it('is refused for another body, and changes nothing', async () => {
    const { declare, only, quotas } = world();
    await declare({ key: 'k' });
    const { status, problem } = await declare({ key: 'k', body: { ...aBody, sizeBytes: 11 } });
    expect([status, problem?.type.split('/').at(-1)]).toEqual([422, 'idempotency-key-reused']);
    expect(only().sizeBytes).toBe(10);
    expect([...quotas.counters.values()].map((counter) => counter.documents)).toEqual([1, 1]);
  });

  it.each([{ subjectId: 'owner-2' }, { tenantId: 'south-clinic' }])('is not that of %j', async (other) => {
    const { declare, documents } = world();
    await declare({ key: 'k' });
    expect(await declare({ key: 'k', body: { ...aBody, fileName: 'b.pdf' }, ...other })).toMatchObject({
      status: 201,
      isReplayed: false,
    });
    expect(documents.records.size).toBe(2);
  });

  it('makes what was never made, where the first one died in between', async () => {
    const { declare, documents, quotas, clock, only } = world();
    const { create } = documents;
    documents.create = async () => Promise.reject(new Error('away'));
    expect((await declare({ key: 'k' })).status).toBe(500);
    documents.create = create;
    const firstAt = clock.now().toISOString();
    clock.advance(3_600_000);
    const { answer } = await declare({ key: 'k' });
    expect(answer?.document.id).toBe(only().documentId);
    // As old as its id, by which lists end; but its bytes may come from now on.
    expect(answer?.document.createdAt).toBe(firstAt);
    expect(answer?.upload.kind).toBe('single-put');
    expect([...quotas.counters.values()].map(({ touchedAt }) => touchedAt)).toContain(clock.now().toISOString());
  });
});

describe('a declaration', () => {
  it('without a key is a new one each time and binds nothing', async () => {
    const { declare, documents, claims } = world();
    for (const _time of [1, 2]) expect((await declare()).isReplayed).toBe(false);
    expect(documents.records.size).toBe(2);
    expect(claims.held.size).toBe(0);
  });

  it.each(['', 'a b', '"', 'x'.repeat(256)])('with the key %j is told so, and leaves nothing behind', async (key) => {
    const { declare, documents, claims } = world();
    const { status, problem } = await declare({ key });
    expect([status, problem?.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['header:Idempotency-Key']]);
    expect([documents.records.size, claims.held.size]).toEqual([0, 0]);
  });

  it('that does not fit its schema binds no key', async () => {
    const { declare } = world();
    expect((await declare({ key: 'k', body: { ...aBody, sizeBytes: 0 } })).status).toBe(422);
    expect((await declare({ key: 'k' })).status).toBe(201);
  });

  it('never takes an id that somebody else has', async () => {
    const { declare, documents, only } = world();
    await declare();
    const stored = { ...only(), ownerId: 'owner-2' };
    documents.create = async () => stored;
    expect((await declare({ key: 'k' })).status).toBe(500);
    expect((await declare()).status).toBe(500);
  });
});
