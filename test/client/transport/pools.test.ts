import { beforeEach, describe, expect, it } from 'vitest';
import { NetworkError } from '../../../client/errors.ts';
import { bothPools } from '../../../client/transport/pools.ts';
import type { PutAnswer, PutRequest, Transport } from '../../../client/transport/transport.ts';

interface Sent {
  readonly onSent: PutRequest['onSent'];
  readonly withCredentials: boolean | undefined;
  readonly answer: () => void;
  readonly fail: (error: unknown) => void;
}

const stored: PutAnswer = { status: 200, etag: undefined, retryAfter: undefined, body: '' };
const lost = () => new NetworkError('The connection to the storage was lost.');

let sent: Sent[];
beforeEach(() => {
  sent = [];
});

const transport: Transport = ({ withCredentials, onSent }) =>
  new Promise((resolve, reject) => sent.push({ withCredentials, onSent, answer: () => resolve(stored), fail: reject }));
const request: PutRequest = {
  url: 'https://bucket.example/1',
  headers: {},
  body: new Uint8Array(1),
  signal: new AbortController().signal,
  onSent: () => undefined,
};
const pools = () => sent.map(({ withCredentials }) => withCredentials);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the connections of a browser', () => {
  it('are tried with credentials by the first request, and twice as many where that is answered', async () => {
    const { transport: send, connections } = bothPools(transport);
    const all = Array.from({ length: 4 }, () => send(request));
    expect([pools(), connections()]).toEqual([[true, false, false, false], 6]);
    sent[0]?.answer();
    await all[0];
    expect(connections()).toBe(12);
    for (let more = 0; more < 5; more += 1) void send(request);
    expect(pools().slice(4)).toEqual([true, true, true, false, true]);
  });

  it('are twice as many as soon as bytes are under way, and what breaks then is an error like any other', async () => {
    const { transport: send, connections } = bothPools(transport);
    const first = send(request);
    sent[0]?.onSent(1);
    expect(connections()).toBe(12);
    sent[0]?.fail(lost());
    await expect(first).rejects.toThrow(NetworkError);
    expect([pools(), connections()]).toEqual([[true], 12]);
  });

  it('are no more where the storage does not allow it, and the request that found out is sent without', async () => {
    const { transport: send, connections } = bothPools(transport);
    const refused = send(request);
    sent[0]?.fail(lost());
    await turn();
    expect(pools()).toEqual([true, false]);
    sent[1]?.answer();
    expect(await refused).toBe(stored);
    for (let more = 0; more < 4; more += 1) void send(request);
    expect([pools().slice(2), connections()]).toEqual([[false, false, false, false], 6]);
  });

  it('are tried again where there was no network at all, or the caller went away', async () => {
    const { transport: send } = bothPools(transport);
    const cut = send(request);
    sent[0]?.fail(lost());
    await turn();
    sent[1]?.fail(lost());
    await expect(cut).rejects.toThrow(NetworkError);
    const aborted = send(request);
    sent[2]?.fail(new DOMException('Enough.', 'AbortError'));
    await expect(aborted).rejects.toThrow('Enough.');
    void send(request);
    expect(pools()).toEqual([true, false, true, true]);
  });
});
