import { beforeEach, describe, expect, it } from 'vitest';
import type { CallTagged, Tagged } from '../../../client/call.ts';
import { createOutcomes } from '../../../client/engine/outcomes.ts';
import { ProblemError } from '../../../client/errors.ts';
import { alwaysPresent } from '../../../client/presence.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { type VirtualTime, virtualTime } from '../support/virtual-time.ts';

let time: VirtualTime;
let begun: number;
/** Oldest first, as they were declared. */
let documents: Document[];
/** What the list shows of them. */
let unlistedFrom: number;
let isSending: boolean;
/** What was asked for, and when: `list` with its cursor, or a document. */
let calls: { readonly what: string; readonly at: number }[];
let listFails: Error | undefined;

const documentOf = (index: number): Document =>
  ({ id: `d${index}`, state: 'pending', createdAt: new Date(begun + index).toISOString() }) as Document;

const callTagged = (async (name: string, { params, query }: { params: { documentId: string }; query: object }) => {
  const { cursor } = { cursor: undefined, ...query };
  calls.push({
    what: name === 'getDocument' ? params.documentId : `list ${cursor ?? ''}`.trim(),
    at: time.now() - begun,
  });
  if (name === 'getDocument') return { value: documents.find(({ id }) => id === params.documentId), entityTag: '"1"' };
  if (listFails !== undefined) throw listFails;
  const start = Number(cursor ?? 0);
  const page = {
    documents: documents
      .slice(0, unlistedFrom)
      .toReversed()
      .slice(start, start + 100),
  };
  return { value: start + 100 < documents.length ? { ...page, nextCursor: String(start + 100) } : page };
}) as unknown as CallTagged;

const settle = (from: number, to: number) => {
  documents = documents.map((one, index) => (index >= from && index < to ? { ...one, state: 'available' } : one));
};
const seenAs = (document: Document): Tagged<Document> => ({ value: document, entityTag: '"1"' });
const outcomesOf = () =>
  createOutcomes({ callTagged, timing: time, presence: alwaysPresent, isSending: () => isSending });
const listed = () => calls.filter(({ what }) => what.startsWith('list'));
const waitForAll = (some: readonly Document[] = documents) => {
  const outcomes = outcomesOf();
  return Promise.all(some.map((document) => outcomes(seenAs(document), {})));
};

beforeEach(() => {
  time = virtualTime(() => 0);
  begun = time.now();
  documents = Array.from({ length: 200 }, (_, index) => documentOf(index));
  unlistedFrom = 200;
  isSending = false;
  calls = [];
  listFails = undefined;
});

describe('the outcomes of many documents', () => {
  it('are asked for by the list, by one schedule, and by nothing else', async () => {
    time.after(2500, () => settle(0, 200));
    await time.run(waitForAll());
    expect(calls.map(({ what }) => what)).toEqual(['list', 'list 100', 'list', 'list 100', 'list', 'list 100']);
    expect(calls.map(({ at }) => at)).toEqual([700, 700, 1400, 1400, 2590, 2590]);
  });

  it('are looked for in the list no further than the oldest that is waited for', async () => {
    time.after(500, () => settle(0, 200));
    await time.run(waitForAll(documents.slice(120, 130)));
    expect(calls.map(({ what }) => what)).toEqual(['list']);
  });

  it('are asked for one by one where the list does not show them', async () => {
    const unlisted = documents.slice(150, 153);
    unlistedFrom = 150;
    time.after(800, () => settle(0, 200));
    await time.run(waitForAll(unlisted));
    const round = ['list', 'd150', 'd151', 'd152'];
    expect(calls.map(({ what }) => what)).toEqual([...round, ...round]);
  });

  it('are asked for one by one by who may not list, who asks for the list once', async () => {
    listFails = new ProblemError(
      { type: 'not-permitted', title: '', status: 403, detail: '', requestId: '' },
      undefined,
    );
    time.after(1000, () => settle(0, 3));
    await time.run(waitForAll(documents.slice(0, 3)));
    expect(calls.map(({ what }) => what)).toEqual(['list', 'd0', 'd1', 'd2', 'd0', 'd1', 'd2']);
  });
});

describe('while files are being sent', () => {
  it('there is a request in three seconds at most, and none for one document, and soon after it all is known', async () => {
    isSending = true;
    const ended = 20_000;
    for (let second = 1; second < 20; second += 1) time.after(second * 1000, () => settle(0, second * 10));
    time.after(ended, () => {
      settle(0, 200);
      isSending = false;
    });
    const outcomes = outcomesOf();
    const settledAt: number[] = [];
    const uploads = documents.map(async (document, index) => {
      await time.sleep(index * 95, undefined);
      await outcomes(seenAs(document), {});
      settledAt.push(time.now() - begun);
    });
    await time.run(Promise.all(uploads));
    const meanwhile = calls.filter(({ at }) => at < ended);
    expect(meanwhile.length).toBeGreaterThan(4);
    expect(meanwhile.length).toBeLessThanOrEqual(ended / 3000);
    expect(listed()).toEqual(calls);
    expect(settledAt.filter((at) => at < ended).length).toBeGreaterThan(20);
    expect(Math.max(...settledAt)).toBeLessThan(ended + 1500);
  });
});

describe('the outcomes of a few', () => {
  it('are asked for one by one, each conditionally, and of each that comes soon again', async () => {
    const outcomes = outcomesOf();
    const late = time.sleep(60_000, undefined).then(() => {
      calls.length = 0;
      time.after(500, () => settle(0, 2));
      return outcomes(seenAs(documentOf(1)), {});
    });
    await time.run(Promise.all([outcomes(seenAs(documentOf(0)), {}), late]));
    expect(calls).toEqual(['d0', 'd1'].map((what) => ({ what, at: 60_700 })));
  });
});

describe('a wait', () => {
  it('ends by its signal at once, and no other with it', async () => {
    const outcomes = outcomesOf();
    const page = new AbortController();
    const aborted = outcomes(seenAs(documentOf(0)), { signal: page.signal });
    const other = outcomes(seenAs(documentOf(1)), {});
    time.after(100, () => page.abort(new Error('Enough.')));
    await expect(time.run(aborted)).rejects.toThrow('Enough.');
    expect(time.now() - begun).toBe(100);
    settle(0, 2);
    expect(await time.run(other)).toMatchObject({ id: 'd1', state: 'available' });
    expect(calls.map(({ what }) => what)).toEqual(['d1']);
  });

  it('ends by what its caller throws, and no other with it', async () => {
    const outcomes = outcomesOf();
    const broken = outcomes(seenAs(documentOf(0)), {
      onDocument: () => {
        throw new Error('A bug of the page.');
      },
    });
    const other = outcomes(seenAs(documentOf(1)), {});
    time.after(800, () => settle(0, 2));
    await expect(time.run(broken)).rejects.toThrow('A bug of the page.');
    expect(await time.run(other)).toMatchObject({ state: 'available' });
  });

  it('tells once that it takes long, and ends where it was told to', async () => {
    const slow: number[] = [];
    const document = await time.run(
      outcomesOf()(seenAs(documentOf(0)), { waitMilliseconds: 60_000, onSlow: () => slow.push(time.now() - begun) }),
    );
    expect(document.state).toBe('pending');
    expect(slow).toEqual([expect.closeTo(20_000, -4)]);
    expect(time.now() - begun).toBeGreaterThanOrEqual(60_000);
    expect(time.now() - begun).toBeLessThan(76_000);
  });
});
