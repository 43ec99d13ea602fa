import { beforeEach, describe, expect, it } from 'vitest';
import { NetworkError } from '../../../client/errors.ts';
import { create, fill, lost, pools, put, reset, six, state, stored, turn } from './support/pools-scene.ts';

beforeEach(reset);

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
    state.sent[1]?.fail(lost());
    await turn();
    expect([pools(), connections('large')]).toEqual(['a a+ a', 12]);
    state.sent[2]?.answer();
    expect([await refused, connections('large')]).toEqual([stored, 6]);
    void fill(send, put, 2);
    expect(pools()).toBe('a a+ a a a');
  });

  it('are there as soon as bytes are under way, so that what breaks then is an error like any other, and tried anew', async () => {
    const { transport: send, connections } = create();
    void send(put);
    const broken = send(put);
    state.sent[1]?.onSent(1);
    state.sent[1]?.fail(lost());
    await expect(broken).rejects.toThrow(NetworkError);
    expect([pools(), connections('large')]).toEqual(['a a+', 12]);
    const refused = send(put);
    state.sent[2]?.fail(lost());
    await turn();
    expect(pools()).toBe('a a+ a+ a');
    state.sent[3]?.answer();
    expect([await refused, connections('large')]).toEqual([stored, 6]);
  });

  it('are tried anew where what was proven breaks', async () => {
    const { transport: send } = create();
    void send(put);
    const proving = send(put);
    state.sent[1]?.answer();
    await proving;
    const broken = send(put);
    state.sent[2]?.fail(lost());
    await expect(broken).rejects.toThrow(NetworkError);
    const again = send(put);
    state.sent[3]?.fail(lost());
    await turn();
    state.sent[4]?.answer();
    expect([await again, pools()]).toEqual([stored, 'a a+ a+ a+ a']);
  });

  it('are tried again where there was no network at all, or the caller went away', async () => {
    const { transport: send } = create();
    void send(put);
    const cut = send(put);
    state.sent[1]?.fail(lost());
    await turn();
    state.sent[2]?.fail(lost());
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
    state.sent[1]?.answer();
    await good;
    state.sent[3]?.fail(lost());
    await turn();
    state.sent[4]?.answer();
    expect([await bad, connections('large')]).toEqual([stored, 12]);
  });
});
