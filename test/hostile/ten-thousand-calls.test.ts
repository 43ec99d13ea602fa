import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Document } from '../../contract/schemas/document.ts';
import { History } from '../../contract/schemas/history.ts';
import { dynamoDocuments } from '../../lambdas/adapters/dynamodb/documents.ts';
import { changeOf } from '../../lambdas/domain/change.ts';
import { transitions } from '../../lambdas/domain/lifecycle.ts';
import { objectStateOf } from '../../lambdas/domain/object-state.ts';
import type { Documents } from '../../lambdas/ports.ts';
import { documentsWorld } from '../support/documents-world.ts';
import { startTable } from '../support/dynalite.ts';
import { late, seeded } from './support/late.ts';
import { type Ask, askOver, type Call, type Served } from './support/one-document.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

/** How often each call is among a hundred. */
const mix: Readonly<Record<Call, number>> = { get: 30, update: 35, remove: 13, restore: 13, download: 8, history: 1 };

const bag = Object.entries(mix).flatMap(([call, count]) => Array.from({ length: count }, () => call as Call));

/** What may be answered: each loss of a race has its kind, and none of them is trouble of ours. */
const statuses: Readonly<Record<Call, readonly number[]>> = {
  get: [200],
  update: [200, 412],
  remove: [200, 429],
  restore: [200, 429],
  download: [200, 409],
  history: [200],
};

const isLegal = (from: string | null, to: string): boolean =>
  Object.values(transitions).some(
    (each) =>
      each.to === to && (from === null ? each.from.length === 0 : (each.from as readonly string[]).includes(from)),
  );

/** Revisions without a gap, each change from where the last one led. */
const expectLegal = ({ entries }: History): void => {
  const changes = entries.flatMap((entry) => (entry.kind === 'change' ? [entry] : []));
  expect(changes.map(({ revision }) => revision)).toEqual(changes.map((_, index) => index + 1));
  expect(changes.map(({ from }) => from)).toEqual([null, ...changes.slice(0, -1).map(({ to }) => to)]);
  for (const { from, to } of changes) expect([from, to, isLegal(from, to)]).toEqual([from, to, true]);
};

const historyOf = (served: Served): History => z.parse(History, JSON.parse(served.text));

/** Looks, then changes what it saw; some in the belief that nobody else is there, some by a tag of long ago. */
const update = async (ask: Ask, title: string, random: () => number): Promise<Served> => {
  const drawn = random();
  const tag = drawn < 0.05 ? '"2.r1.m0"' : drawn < 0.2 ? '*' : String((await ask('get')).headers.ETag);
  return ask('update', { headers: { 'If-Match': tag }, body: { title } });
};

/** So many people at once, each of whom makes some calls one after the other. */
const crowd = async (ask: Ask, [people, callsOfEach]: readonly [number, number], random: () => number) => {
  const ofOne = async (_: unknown, person: number) => {
    const calls = [];
    for (let index = 0; index < callsOfEach; index += 1) {
      const call = bag[Math.floor(random() * bag.length)] ?? 'get';
      const title = `title ${index} of ${person}`;
      const served = await (call === 'update' ? update(ask, title, random) : ask(call));
      calls.push({ call, title, served });
    }
    return calls;
  };
  return (await Promise.all(Array.from({ length: people }, ofOne))).flat();
};

const suites: [where: string, size: readonly [number, number], build: () => Documents | undefined][] = [
  ['in memory', [10_000, 1], () => undefined],
  ['in DynamoDB', [40, 15], () => dynamoDocuments(table)],
];

describe.each(suites)('a crowd at one document %s', (_where, size, build) => {
  it(`of ${size.join(' × ')} calls leaves a record and a history that agree, and no update lost`, async () => {
    const random = seeded(20_261_127);
    const { deps, record, tag } = documentsWorld({ stored: { state: 'available' } });
    const documents = build() ?? deps.documents;
    if (documents !== deps.documents) await documents.create(record);
    const change = changeOf('accept', record, {
      at: deps.clock.now(),
      by: 'v',
      cause: 'object-created',
      requestId: 'm',
    });
    const opened = await documents.apply('accept', record, { change, versionId: 'v1' });
    expect(opened.applied).toBe(true);

    const ask = askOver(
      {
        ...deps,
        documents: late(documents, random),
        objects: late(deps.objects, random),
        events: late(deps.events, random),
      },
      record.documentId,
    );
    const calls = await crowd(ask, size, random);
    for (const { call, served } of calls) {
      expect([call, served.status, statuses[call].includes(served.status)]).toEqual([call, served.status, true]);
      if (call === 'history') expectLegal(historyOf(served));
    }

    const history = historyOf(await ask('history'));
    expectLegal(history);
    const applied = calls.filter(({ call, served }) => call === 'update' && served.status === 200);
    const described = history.entries.filter(({ kind }) => kind === 'metadata-changed');
    expect(described.map(({ requestId }) => requestId).sort()).toEqual(
      applied.map(({ served }) => served.requestId).sort(),
    );
    // Each applied update was the next one after the one it had seen: their tags count without gap and repetition.
    const shown = applied.map(({ served }) => z.parse(Document, JSON.parse(served.text)).metadataRevision);
    expect(shown.sort((a, b) => a - b)).toEqual(applied.map((_, index) => index + 1));

    const links = history.entries.filter(({ kind }) => kind === 'download-issued').map(({ requestId }) => requestId);
    const issued = calls.filter(({ call, served }) => call === 'download' && served.status === 200);
    expect(links.sort()).toEqual(issued.map(({ served }) => served.requestId).sort());

    const last = z.parse(Document, JSON.parse((await ask('get')).text));
    const changes = history.entries.filter((entry) => entry.kind === 'change');
    expect(last).toMatchObject({
      state: changes.at(-1)?.to,
      revision: changes.length,
      metadataRevision: applied.length,
    });
    expect(applied.find(({ title }) => title === last.title)?.served.requestId).toBe(
      (await documents.find(record))?.lastMetadataChange?.requestId,
    );
    // The last writer of the tag left the truth, and of every change that a person made the world was told.
    expect(tag()).toBe(objectStateOf[last.state]);
    const told = new Set(deps.events.published.map((event) => event.revision));
    expect(changes.filter(({ cause, revision }) => cause === 'user' && !told.has(revision))).toEqual([]);
    // The crowd was one: of each kind of race some were lost and some won.
    expect(applied.length).toBeGreaterThan(10);
    expect(changes.length).toBeGreaterThan(10);
    expect(calls.some(({ served }) => served.status === 412)).toBe(true);
  }, 120_000);
});
