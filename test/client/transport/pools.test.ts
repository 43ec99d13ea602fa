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
  [sent, waiting, now] = [[], [], 0];
});

const transport: Transport = (request) =>
  new Promise((resolve, reject) => {
    const { signal, onSent } = request;
    signal.addEventListener('abort', () => reject(signal.reason));
    const answer = (status = 200) => resolve({ ...stored, status });
    sent.push({ pool: poolOf(request), signal, onSent, answer, fail: reject });
  });
let now: number;
const timing = {
  now: () => now,
  random: () => 0,
  sleep: async () => undefined,
  after: (milliseconds: number, callback: () => void) => {
    const timer = { milliseconds, callback };
    waiting.push(timer);
    return () => void waiting.splice(waiting.indexOf(timer), 1);
  },
};
const create = (options = {}) => createPools(transport, timing, options);
const pools = () => sent.map(({ pool }) => pool).join(' ');
const turn = () => new Promise((resolve) => setImmediate(resolve));

const six = (pool: string) => Array.from({ length: 6 }, () => pool).join(' ');
const fill = (send: Transport, request: PutRequest, count = 6) => Array.from({ length: count }, () => send(request));

describe('the connections of a browser to one host', () => {
  it('are as many again with credentials, and both have as much to do, so that preflights find a connection', () => {
    const { transport: send, connections } = create();
    void fill(send, put, 13);
    expect(pools()).toBe(`${six('a a+')} a`);
    expect(connections('large')).toBe(12);
  });

  it('are six where the storage allows no credentials, and what found out is sent without', async () => {
    const { transport: send, connections } = create();
    void send(put);
    const refused = send(put);
    sent[1]?.fail(lost());
    await turn();
    expect([pools(), connections('large')]).toEqual(['a a+ a', 12]);
    sent[2]?.answer();
    expect([await refused, connections('large')]).toEqual([stored, 6]);
    void fill(send, put, 2);
    expect(pools()).toBe('a a+ a a a');
  });

  it('are there as soon as bytes are under way, so that what breaks then is an error like any other, and tried anew', async () => {
    const { transport: send, connections } = create();
    void send(put);
    const broken = send(put);
    sent[1]?.onSent(1);
    sent[1]?.fail(lost());
    await expect(broken).rejects.toThrow(NetworkError);
    expect([pools(), connections('large')]).toEqual(['a a+', 12]);
    const refused = send(put);
    sent[2]?.fail(lost());
    await turn();
    expect(pools()).toBe('a a+ a+ a');
    sent[3]?.answer();
    expect([await refused, connections('large')]).toEqual([stored, 6]);
  });

  it('are tried anew where what was proven breaks', async () => {
    const { transport: send } = create();
    void send(put);
    const proving = send(put);
    sent[1]?.answer();
    await proving;
    const broken = send(put);
    sent[2]?.fail(lost());
    await expect(broken).rejects.toThrow(NetworkError);
    const again = send(put);
    sent[3]?.fail(lost());
    await turn();
    sent[4]?.answer();
    expect([await again, pools()]).toEqual([stored, 'a a+ a+ a+ a']);
  });

  it('are tried again where there was no network at all, or the caller went away', async () => {
    const { transport: send } = create();
    void send(put);
    const cut = send(put);
    sent[1]?.fail(lost());
    await turn();
    sent[2]?.fail(lost());
    await expect(cut).rejects.toThrow(NetworkError);
    const gone = new AbortController();
    const aborted = send({ ...put, signal: gone.signal });
    gone.abort(new NetworkError('It stood still.'));
    await expect(aborted).rejects.toThrow('It stood still.');
    void send(put);
    expect(pools()).toBe('a a+ a a+ a+');
  });

  it('stay once anything came over them, whatever else fails', async () => {
    const { transport: send, connections } = create();
    const [, good, , bad] = fill(send, put, 4);
    expect(pools()).toBe('a a+ a a+');
    sent[1]?.answer();
    await good;
    sent[3]?.fail(lost());
    await turn();
    sent[4]?.answer();
    expect([await bad, connections('large')]).toEqual([stored, 12]);
  });
});

describe('the connections of a browser to a bucket with two names', () => {
  const dualStackOnly = { usesCredentialPool: false };

  /** A form that was quick, and then six that are under way. */
  const fillQuickly = async (send: Transport) => {
    const quick = send(form);
    sent[0]?.answer();
    await quick;
    void fill(send, form);
  };
  const before = `a ${six('a')}`;

  it('are four times as many for forms once one was quick, and twice as many for all else', async () => {
    const { transport: send, connections } = create();
    const forms = fill(send, form, 12);
    expect([pools(), connections('small')]).toEqual([`${six('a')} ${six('a+')}`, 12]);
    now = 2000;
    sent[0]?.answer();
    await forms[0];
    expect([connections('small'), connections('large')]).toEqual([24, 12]);
    const more = fill(send, form, 14);
    expect(pools()).toBe(`${six('a')} ${six('a+')} a ${six('A')} ${six('A+')} a`);
    for (const { answer } of sent) answer();
    await Promise.all([...forms, ...more]);
    expect(waiting).toEqual([]);
    void fill(send, put, 4);
    expect(pools().slice(-9)).toBe('a a+ a a+');
  });

  it('are left alone on a slow line, and by what knows of no second name', async () => {
    const { transport: send, connections } = create();
    const slow = send(form);
    now = 2001;
    sent[0]?.answer();
    await slow;
    const other = send(put);
    sent[1]?.answer();
    await other;
    expect(connections('small')).toBe(12);
    void fill(send, form, 13);
    expect(pools()).not.toContain('A');
  });

  it.each<[string, (sent: Sent | undefined) => void]>([
    ['network does not let it through', (trial) => trial?.fail(lost())],
    ['policy does not know its addresses', (trial) => trial?.answer(403)],
  ])('are those of one name where the %s, and the form goes there', async (_why, refuse) => {
    const { transport: send, connections } = create(dualStackOnly);
    await fillQuickly(send);
    const refused = send(form);
    refuse(sent[7]);
    await turn();
    expect(pools()).toBe(`${before} A a`);
    sent[8]?.answer();
    expect(await refused).toEqual(stored);
    void send(form);
    expect([pools(), connections('small')]).toEqual([`${before} A a a`, 6]);
  });

  it('are not waited for where what is sent to the other name disappears', async () => {
    const { transport: send, connections } = create(dualStackOnly);
    await fillQuickly(send);
    const swallowed = send(form);
    expect(waiting.map(({ milliseconds }) => milliseconds)).toEqual([4000]);
    waiting[0]?.callback();
    await turn();
    expect([sent[7]?.signal.aborted, pools()]).toEqual([true, `${before} A a`]);
    sent[8]?.answer();
    expect([await swallowed, connections('small'), waiting]).toEqual([stored, 6, []]);
  });

  it('have all the time they need as soon as bytes are under way, and any other answer shows that they are there', async () => {
    const { transport: send } = create(dualStackOnly);
    await fillQuickly(send);
    const slow = send(form);
    sent[7]?.onSent(1);
    expect(waiting).toEqual([]);
    sent[7]?.answer(503);
    expect((await slow).status).toBe(503);
    const denied = send(form);
    sent[8]?.answer(403);
    expect([(await denied).status, pools()]).toEqual([403, `${before} A A`]);
  });

  it('are tried again where both names refuse', async () => {
    const { transport: send } = create(dualStackOnly);
    await fillQuickly(send);
    const expired = send(form);
    sent[7]?.answer(403);
    await turn();
    sent[8]?.answer(403);
    expect((await expired).status).toBe(403);
    void send(form);
    expect(pools()).toBe(`${before} A a A`);
  });

  it('are those that the page wants', () => {
    const { transport: send, connections } = create({ usesCredentialPool: false, usesDualStack: false });
    void fill(send, form, 8);
    expect([pools(), connections('small')]).toEqual([`${six('a')} a a`, 6]);
  });
});
