import { beforeEach, describe, expect, it } from 'vitest';
import { NetworkError } from '../../../client/errors.ts';
import { createPools } from '../../../client/transport/pools.ts';
import type { PutAnswer, PutRequest, Transport } from '../../../client/transport/transport.ts';

interface Sent {
  readonly onSent: PutRequest['onSent'];
  readonly signal: AbortSignal;
  /** `+` with credentials; in capital letters by the bucket's other name. */
  readonly pool: string;
  readonly answer: (status?: number) => void;
  readonly fail: (error: unknown) => void;
}

const stored: PutAnswer = { status: 200, etag: undefined, retryAfter: undefined, body: '' };
const lost = () => new NetworkError('The connection to the storage was lost.');
const put: PutRequest = {
  url: 'https://bucket.example/1',
  headers: {},
  body: new Uint8Array(1),
  signal: new AbortController().signal,
  onSent: () => undefined,
};
const form: PutRequest = { ...put, dualStackUrl: 'https://bucket.dualstack.example/1' };
const poolOf = ({ url, withCredentials }: PutRequest) =>
  `${url === put.url ? 'a' : url === form.dualStackUrl ? 'A' : url}${withCredentials ? '+' : ''}`;

let sent: Sent[];
let waiting: { readonly milliseconds: number; readonly callback: () => void }[];
beforeEach(() => {
  [sent, waiting] = [[], []];
});

const transport: Transport = (request) =>
  new Promise((resolve, reject) => {
    const { signal, onSent } = request;
    signal.addEventListener('abort', () => reject(signal.reason));
    const answer = (status = 200) => resolve({ ...stored, status });
    sent.push({ pool: poolOf(request), signal, onSent, answer, fail: reject });
  });
const timing = {
  now: () => 0,
  random: () => 0,
  sleep: async () => undefined,
  after: (milliseconds: number, callback: () => void) => {
    const timer = { milliseconds, callback };
    waiting.push(timer);
    return () => void waiting.splice(waiting.indexOf(timer), 1);
  },
};
const create = (use = { credentials: true, dualStack: true }) => createPools(transport, timing, use);
const pools = () => sent.map(({ pool }) => pool).join(' ');
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the connections of a browser to one host', () => {
  it('are tried with credentials by the first request, and twice as many where that is answered', async () => {
    const { transport: send, connections } = create();
    const all = Array.from({ length: 4 }, () => send(put));
    expect([pools(), connections('large')]).toEqual(['a+ a a a', 7]);
    sent[0]?.answer();
    await all[0];
    expect([connections('large'), connections('small')]).toEqual([12, 12]);
    for (let more = 0; more < 5; more += 1) void send(put);
    expect(pools()).toBe('a+ a a a a+ a+ a+ a a+');
  });

  it('are twice as many as soon as bytes are under way, and tried anew where they break then', async () => {
    const { transport: send, connections } = create();
    const first = send(put);
    sent[0]?.onSent(1);
    expect(connections('large')).toBe(12);
    sent[0]?.fail(lost());
    await expect(first).rejects.toThrow(NetworkError);
    expect([pools(), connections('large')]).toEqual(['a+', 6]);
    void send(put);
    expect(pools()).toBe('a+ a+');
  });

  it('are no more where the storage does not allow it, and the request that found out is sent without', async () => {
    const { transport: send, connections } = create();
    const refused = send(put);
    sent[0]?.fail(lost());
    await turn();
    expect(pools()).toBe('a+ a');
    sent[1]?.answer();
    expect(await refused).toEqual(stored);
    for (let more = 0; more < 4; more += 1) void send(put);
    expect([pools(), connections('large')]).toEqual(['a+ a a a a a', 6]);
  });

  it('are tried again where there was no network at all, or the caller went away', async () => {
    const { transport: send } = create();
    const cut = send(put);
    sent[0]?.fail(lost());
    await turn();
    sent[1]?.fail(lost());
    await expect(cut).rejects.toThrow(NetworkError);
    const gone = new AbortController();
    const aborted = send({ ...put, signal: gone.signal });
    gone.abort(new NetworkError('It stood still.'));
    await expect(aborted).rejects.toThrow('It stood still.');
    void send(put);
    expect(pools()).toBe('a+ a a+ a+');
  });
});

describe('the connections of a browser to a bucket with two names', () => {
  it('are tried one after the other by the first forms, and four times as many for forms where those are answered', async () => {
    const { transport: send, connections } = create();
    const all = Array.from({ length: 5 }, () => send(form));
    expect([pools(), connections('small'), connections('large')]).toEqual(['a+ A A+ a a', 9, 7]);
    for (const { answer } of sent) answer();
    await Promise.all(all);
    expect([connections('small'), connections('large'), waiting]).toEqual([24, 12, []]);
    for (let more = 0; more < 4; more += 1) void send(form);
    expect(pools().slice(12)).toBe('a a+ A A+');
    for (let more = 0; more < 3; more += 1) void send(put);
    expect(pools().slice(22)).toBe('a a+ a');
  });

  it.each<[string, (sent: Sent | undefined) => void]>([
    ['does not let it through', (trial) => trial?.fail(lost())],
    ['has a policy that does not know its addresses', (trial) => trial?.answer(403)],
  ])('are those of one name where the network %s, and the form goes there', async (_why, refuse) => {
    const { transport: send, connections } = create({ credentials: false, dualStack: true });
    const refused = send(form);
    refuse(sent[0]);
    await turn();
    expect(pools()).toBe('A a');
    sent[1]?.answer();
    expect(await refused).toEqual(stored);
    void send(form);
    expect([pools(), connections('small')]).toEqual(['A a a', 6]);
  });

  it('are not waited for where what is sent to the other name disappears', async () => {
    const { transport: send, connections } = create({ credentials: false, dualStack: true });
    const swallowed = send(form);
    expect(waiting.map(({ milliseconds }) => milliseconds)).toEqual([4000]);
    waiting[0]?.callback();
    await turn();
    expect([sent[0]?.signal.aborted, pools()]).toEqual([true, 'A a']);
    sent[1]?.answer();
    expect([await swallowed, connections('small'), waiting]).toEqual([stored, 6, []]);
  });

  it('have all the time they need as soon as bytes are under way, and an answer shows that they are there', async () => {
    const { transport: send, connections } = create({ credentials: false, dualStack: true });
    const slow = send(form);
    sent[0]?.onSent(1);
    expect([waiting, connections('small')]).toEqual([[], 7]);
    sent[0]?.answer(503);
    expect([(await slow).status, pools(), connections('small')]).toEqual([503, 'A', 12]);
  });

  it('are tried again where both names refuse', async () => {
    const { transport: send } = create({ credentials: false, dualStack: true });
    const expired = send(form);
    sent[0]?.answer(403);
    await turn();
    sent[1]?.answer(403);
    expect((await expired).status).toBe(403);
    void send(form);
    expect(pools()).toBe('A a A');
  });

  it('are those that the page wants', async () => {
    const { transport: send, connections } = create({ credentials: false, dualStack: false });
    for (let more = 0; more < 3; more += 1) void send(form);
    expect([pools(), connections('small')]).toEqual(['a a a', 6]);
  });
});
