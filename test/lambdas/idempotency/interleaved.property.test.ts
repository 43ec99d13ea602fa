import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dynamoClaims } from '../../../lambdas/adapters/dynamodb/claims.ts';
import { dynamoDocuments } from '../../../lambdas/adapters/dynamodb/documents.ts';
import { dynamoQuotas } from '../../../lambdas/adapters/dynamodb/quotas.ts';
import { startTable } from '../../support/dynalite.ts';
import { aBody, declareOver, memoryPorts, type Ports } from './support/world.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  // Functions die here by the hundred, and say so.
  vi.spyOn(console, 'error').mockReturnValue();
  table = await startTable();
});
afterAll(() => table.close());

const tablePorts = (): Ports => ({
  documents: dynamoDocuments(table),
  quotas: dynamoQuotas({ ...table, onceClient: table.client }),
  claims: dynamoClaims(table),
});

/** One request: its key and body by number, and the call of a port at which its function dies, before or after it. */
const request = fc.record({
  key: fc.option(fc.nat(2), { nil: undefined, freq: 6 }),
  body: fc.nat(1),
  death: fc.option(fc.record({ call: fc.nat(6), isAfter: fc.boolean() }), { nil: undefined, freq: 2 }),
});

type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

class Died extends Error {}

/** Ports whose calls come in any order that the scheduler draws, and of which one is the last of its function. */
const scheduled = (ports: Ports, scheduler: fc.Scheduler, death: Request['death']): Ports => {
  let calls = 0;
  const wrap = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]) => {
          const isLast = calls++ === death?.call;
          await scheduler.schedule(Promise.resolve(), String(name));
          if (isLast && !death?.isAfter) throw new Died();
          const answer = await member.apply(target, parameters);
          if (isLast) throw new Died();
          return answer;
        };
      },
    });
  return { documents: wrap(ports.documents), quotas: wrap(ports.quotas), claims: wrap(ports.claims) };
};

let tenants = 0;

/** Sends all of them at once, then each once more in peace; gives the answers of both rounds. */
const play = async (ports: Ports, requests: readonly Request[], scheduler: fc.Scheduler) => {
  const tenantId = `tenant-${++tenants}`;
  const send = (on: Ports, { key, body }: Request) =>
    declareOver(on)({
      key: key === undefined ? undefined : `key-${key}`,
      body: { ...aBody, fileName: `${body}.pdf` },
      tenantId,
    });
  const storm = requests.map((each) => send(scheduled(ports, scheduler, each.death), each));
  const first = await scheduler.waitFor(Promise.all(storm));
  const second = [];
  for (const each of requests) second.push(await send(ports, each));
  const { records } = await ports.documents.list({
    place: { kind: 'owner', tenantId, ownerId: 'owner-1' },
    limit: 100,
  });
  const counters = [await ports.quotas.find({ tenantId, ownerId: 'owner-1' }), await ports.quotas.find({ tenantId })];
  return { first, second, records, counted: counters.map((counter) => counter?.documents ?? 0) };
};

const suites: [string, () => Ports, number][] = [
  ['in memory', memoryPorts, 300],
  ['in DynamoDB', tablePorts, 40],
];

describe.each(suites)('requests with keys, %s', (_where, build, numRuns) => {
  const property = (check: (requests: readonly Request[], played: Awaited<ReturnType<typeof play>>) => void) =>
    fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 8 }), fc.scheduler(), async (requests, scheduler) =>
        check(requests, await play(build(), requests, scheduler)),
      ),
      { numRuns },
    );

  it('make one document for each key, in any order, whoever dies, and it is that of the body which came first', async () => {
    await property((requests, { first, second, records }) => {
      const keyed = new Map<number, string>();
      for (const [index, { key, body, death }] of requests.entries()) {
        const answers = [first[index], second[index]];
        for (const each of answers)
          expect([201, 422, ...(each === first[index] && death ? [500] : [])]).toContain(each?.status);
        if (key === undefined) {
          expect(answers[1]?.isReplayed).toBe(false);
          continue;
        }
        for (const each of answers) {
          if (each?.answer === undefined) continue;
          const { id, fileName } = each.answer.document;
          expect(fileName).toBe(`${body}.pdf`);
          expect(keyed.get(key) ?? id).toBe(id);
          keyed.set(key, id);
        }
      }
      // Each key that was used has led somewhere by now, and each document came from a request.
      expect(new Set(requests.flatMap(({ key }) => key ?? [])).size).toBe(keyed.size);
      const ids = new Set(records.map(({ documentId }) => documentId));
      for (const id of keyed.values()) expect(ids).toContain(id);
      const withoutKey = requests.filter(({ key }) => key === undefined);
      const died = withoutKey.filter(({ death }) => death !== undefined).length;
      expect(ids.size).toBeLessThanOrEqual(keyed.size + 2 * withoutKey.length);
      expect(ids.size).toBeGreaterThanOrEqual(keyed.size + 2 * withoutKey.length - died);
    });
  });

  it('count each document once, too much where a function died, and never too little', async () => {
    await property((requests, { records, counted }) => {
      const hasDied = requests.some(({ death }) => death !== undefined);
      for (const documents of counted) {
        expect(documents).toBeGreaterThanOrEqual(records.length);
        if (!hasDied) expect(documents).toBe(records.length);
      }
    });
  });
});

it('a hundred equal requests at once make one document of DynamoDB, counted once', async () => {
  const ports = tablePorts();
  const declare = declareOver(ports);
  const tenantId = 'hundred';
  const answers = await Promise.all(Array.from({ length: 100 }, () => declare({ key: 'k', tenantId })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ answer }) => answer?.document.id)).size).toBe(1);
  expect(answers.filter(({ isReplayed }) => !isReplayed)).toHaveLength(1);
  const { records } = await ports.documents.list({
    place: { kind: 'owner', tenantId, ownerId: 'owner-1' },
    limit: 100,
  });
  expect(records).toHaveLength(1);
  for (const ref of [{ tenantId }, { tenantId, ownerId: 'owner-1' }])
    expect(await ports.quotas.find(ref)).toMatchObject({ documents: 1, sizeBytes: 10 });
});
