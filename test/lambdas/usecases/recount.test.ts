import { describe, expect, it } from 'vitest';
import { recount } from '../../../lambdas/usecases/recount.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { movableClock } from '../../support/clock.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';

const tenantId = 'north-clinic';
const user = { tenantId, ownerId: 'owner-1' };
const tenant = { tenantId };
const day = 86_400_000;
const minute = 60_000;

const documentId = (index: number) => `01890a5d-ac96-774b-bcce-${String(index).padStart(12, '0')}`;

/** A user who holds so many documents of three bytes, and counters that know of none, touched a day ago. */
const world = async (documentsCount: number) => {
  const records = Array.from({ length: documentsCount }, (_, index) => aRecord({ documentId: documentId(index) }));
  const documents = memoryDocuments(...records);
  const quotas = memoryQuotas();
  const clock = movableClock();
  await quotas.touch(user, clock.now());
  clock.advance(day);
  const { list } = documents;
  let pages = 0;
  documents.list = async (query) => {
    pages += 1;
    return list(query);
  };
  return {
    documents,
    quotas,
    clock,
    pages: () => pages,
    run: (hasTime = () => true, ref: typeof tenant | typeof user = user) =>
      recount({ clock, documents, quotas }, ref, hasTime),
    counter: () => quotas.find(user),
  };
};

describe('a recount of a user', () => {
  it('counts what is held, writes it in one go, and has the tenant recounted after it', async () => {
    const { run, counter, quotas, documents, clock } = await world(3);
    await documents.create(aRecord({ documentId: documentId(3), state: 'rejected' }));
    await documents.create(aRecord({ documentId: documentId(4), state: 'deleted', deletedFrom: 'available' }));
    await documents.create(aRecord({ documentId: documentId(5), ownerId: 'owner-2' }));
    await run();
    expect(await counter()).toMatchObject({ documents: 4, sizeBytes: 12, revision: 2 });
    expect(await counter()).not.toHaveProperty('dueAt');
    expect(await quotas.find(tenant)).toMatchObject({ documents: 0, touchedAt: clock.now().toISOString() });
    clock.advance(40 * minute);
    await run(undefined, tenant);
    expect(await quotas.find(tenant)).toMatchObject({ documents: 4, sizeBytes: 12 });
  });

  it('that was right only takes it off what is due', async () => {
    const { run, counter, quotas } = await world(0);
    await run();
    expect(await counter()).toMatchObject({ documents: 0, sizeBytes: 0 });
    expect(await counter()).not.toHaveProperty('dueAt');
    expect(await quotas.find(tenant)).toBeUndefined();
  });

  it('reads a thousand records in one run, and goes on from there in the next', async () => {
    const { run, counter, pages } = await world(1050);
    await run();
    expect(pages()).toBe(10);
    expect(await counter()).toMatchObject({ documents: 0, progress: { documents: 1000, sizeBytes: 3000 } });
    await run();
    expect(pages()).toBe(11);
    expect(await counter()).toMatchObject({ documents: 1050, sizeBytes: 3150 });
    expect(await counter()).not.toHaveProperty('progress');
  });

  it('begins anew where the counter was touched since', async () => {
    const { run, counter, quotas, clock, pages } = await world(150);
    await run(() => false);
    expect(await counter()).toMatchObject({ progress: { documents: 100 } });
    await quotas.touch(user, clock.now());
    clock.advance(day);
    await run();
    expect(pages()).toBe(3);
    expect(await counter()).toMatchObject({ documents: 150 });
  });

  it('waits until nobody who touched the counter can still be under way', async () => {
    const { run, counter, quotas, clock, pages } = await world(1);
    await quotas.touch(user, clock.now());
    const quiet = new Date(clock.now().getTime() + 40 * minute).toISOString();
    await run();
    expect(await counter()).toMatchObject({ documents: 0, dueAt: quiet });
    clock.advance(40 * minute - 1);
    await run();
    expect(pages()).toBe(0);
    clock.advance(1);
    await run();
    expect(await counter()).toMatchObject({ documents: 1 });
  });

  it('is left alone until it is due, and where it is not there', async () => {
    const { run, clock, counter, pages } = await world(1);
    clock.advance(-1);
    await run();
    await run(undefined, tenant);
    expect(pages()).toBe(0);
    expect(await counter()).toMatchObject({ revision: 1 });
  });

  it('writes nothing where someone declares meanwhile', async () => {
    const { run, counter, documents, quotas, clock } = await world(1);
    const { list } = documents;
    documents.list = async (query) => {
      const page = await list(query);
      await quotas.reserve(user, 3, undefined, clock.now());
      return page;
    };
    await run();
    expect(await counter()).toMatchObject({ documents: 1, revision: 2 });
    expect((await counter())?.dueAt).toBeDefined();
  });
});
