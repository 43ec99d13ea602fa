import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDocuments } from '../../lambdas/adapters/dynamodb/documents.ts';
import { dynamoQuotas } from '../../lambdas/adapters/dynamodb/quotas.ts';
import { changeOf } from '../../lambdas/domain/change.ts';
import type { DocumentRecord } from '../../lambdas/domain/document.ts';
import { type TransitionName, transitions } from '../../lambdas/domain/lifecycle.ts';
import { aRecord } from '../support/arbitraries.ts';
import { startTable } from '../support/dynalite.ts';
import { type Random, randomOf } from './random.ts';
import { SimulatedTable } from './world/dynamodb.ts';

let emulated: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  emulated = await startTable();
});
afterAll(() => emulated.close());

const simulated = () => {
  const table = new SimulatedTable({ now: () => 0, indexLag: () => 0, pageSize: 2, written: () => undefined });
  const send = async (command: object) => table.execute(command);
  const client: DynamoDBDocumentClient = Object.assign(Object.create(DynamoDBDocumentClient.prototype), { send });
  return { client, tableName: emulated.tableName };
};

const adapters = (table: ReturnType<typeof simulated>) => ({
  documents: dynamoDocuments(table),
  quotas: dynamoQuotas({ ...table, onceClient: table.client }),
});

type Call = (on: ReturnType<typeof adapters>) => Promise<unknown>;

const names = (Object.keys(transitions) as TransitionName[]).filter((name) => name !== 'declare');

const drawChange = (random: Random, record: DocumentRecord, at: Date): Call => {
  const legal = names.filter((candidate) => (transitions[candidate].from as readonly string[]).includes(record.state));
  const name = random.pick(legal.length > 0 && random.chance(0.7) ? legal : names);
  const change = changeOf(name, record, {
    at,
    by: 'a',
    cause: random.pick([...transitions[name].causes]),
    requestId: 'r',
  });
  const deletedFrom = random.pick(['available', 'rejected'] as const);
  const facts = { change, versionId: random.pick(['v1', 'v1', 'v2']), ...(name === 'delete' && { deletedFrom }) };
  return ({ documents }) => documents.apply(name, record, facts);
};

/** Somebody says something about it, with or without a subject, or takes it all back. */
const drawDescription = (random: Random, record: DocumentRecord, at: string): Call => {
  const subject = { type: 'patient', id: random.pick(['p1', 'p2']) };
  const metadata = random.pick([undefined, { title: random.pick(['a', 'b']) }, { subject, tags: ['a', 'b'] }]);
  const { lastMetadataChange, lastChange } = record;
  const change = {
    metadataRevision: (lastMetadataChange?.metadataRevision ?? 0) + 1,
    revision: lastChange.revision,
    at,
    by: 'a',
    requestId: 'r',
    fields: ['title', 'tags'] as const,
  };
  return ({ documents }) => documents.describe(record, metadata, change);
};

const idOf = (ref: object): string => JSON.stringify(ref);

/** One call of our adapters, whether it makes sense or not. Everything is drawn before, so that it is one call twice. */
const drawCall = (random: Random, record: DocumentRecord): Call => {
  const at = new Date(Date.parse('2026-11-21T10:00:00Z') + random.int(0, 300) * 60_000);
  const time = at.toISOString();
  const ref = random.chance(0.5) ? { tenantId: record.tenantId } : { tenantId: record.tenantId, ownerId: 'o' };
  const limit = random.pick([undefined, { documentsMax: 2, sizeBytesMax: 6 }]);
  const due = random.chance(0.5) ? undefined : time;
  return random.pick<Call>([
    ...Array.from({ length: 12 }, () => drawChange(random, record, at)),
    ...Array.from({ length: 3 }, () => drawDescription(random, record, time)),
    ({ documents }) => documents.create(record),
    ({ documents }) => documents.setDue(record, due),
    ({ documents }) => documents.markPublished(record),
    ({ documents }) => documents.history(record),
    // What is due at the same moment comes in no order that anybody promised.
    async ({ documents }) => (await documents.listDue({ shard: 7, now: at, limit: 100 })).map(idOf).sort(),
    ({ documents }) =>
      documents.recordDownload(record, { revision: 1, at: time, by: 'a', requestId: 'r', expiresAt: time }),
    ({ quotas }) => quotas.reserve(ref, 3, limit, at),
    ({ quotas }) => quotas.touch(ref, at),
    ({ quotas }) => quotas.release(ref, 3, at),
    ({ quotas }) => quotas.sumOfUsers(record.tenantId),
    ({ quotas }) => quotas.setDue(ref, time),
    async ({ quotas }) => {
      const counter = await quotas.find(ref);
      return counter && quotas.settle(counter, { documents: 1, sizeBytes: 3 });
    },
  ]);
};

const outcomeOf = async (answer: Promise<unknown>): Promise<unknown> => {
  try {
    return { value: await answer };
  } catch (error) {
    return { error: (error as Error).name };
  }
};

describe('the simulated table', () => {
  it('answers our adapters as dynalite does, call by call', async () => {
    const random = randomOf(1);
    const [real, fake] = [adapters(emulated), adapters(simulated())];
    const id = (document: number) => `01890a5d-ac96-774b-bcce-${String(document).padStart(11, '0')}7`;
    const applied: unknown[] = [];
    for (let document = 0; document < 12; document += 1) {
      const created = aRecord({ documentId: id(document), tenantId: `t${document % 5}` });
      let record = created;
      for (const { documents } of [real, fake]) await documents.create(created);
      for (let step = 0; step < 20; step += 1) {
        const call = drawCall(random, random.chance(0.8) ? record : created);
        const [expected, answer] = [await outcomeOf(call(real)), await outcomeOf(call(fake))];
        expect(answer, `document ${document}, step ${step}`).toEqual(expected);
        record = (await real.documents.find(created)) ?? created;
        if ((expected as { value?: { applied?: boolean } }).value?.applied) applied.push(record.state);
      }
    }
    // It was no dialog of refusals.
    expect(new Set(applied).size).toBeGreaterThan(4);
  }, 60_000);
});
