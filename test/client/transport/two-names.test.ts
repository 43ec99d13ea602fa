import { beforeEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../../client/transport/transport.ts';
import {
  create,
  fill,
  form,
  lost,
  pools,
  put,
  reset,
  type Sent,
  six,
  state,
  stored,
  turn,
} from './support/pools-scene.ts';

beforeEach(reset);

describe('the connections of a browser to a bucket with two names', () => {
  const dualStackOnly = { usesCredentialPool: false };

  /** A form that was quick, and then six that are under way. */
  const fillQuickly = async (send: Transport) => {
    const quick = send(form);
    state.sent[0]?.answer();
    await quick;
    void fill(send, form);
  };
  const before = `a ${six('a')}`;

  it('are four times as many for forms once one was quick, and twice as many for all else', async () => {
    const { transport: send, connections } = create();
    const forms = fill(send, form, 12);
    expect([pools(), connections('small')]).toEqual([`${six('a')} ${six('a+')}`, 12]);
    state.now = 2000;
    state.sent[0]?.answer();
    await forms[0];
    expect([connections('small'), connections('large')]).toEqual([24, 12]);
    const more = fill(send, form, 14);
    expect(pools()).toBe(`${six('a')} ${six('a+')} a ${six('A')} ${six('A+')} a`);
    for (const { answer } of state.sent) answer();
    await Promise.all([...forms, ...more]);
    expect(state.waiting).toEqual([]);
    void fill(send, put, 4);
    expect(pools().slice(-9)).toBe('a a+ a a+');
  });

  it('are left alone on a slow line, and by what knows of no second name', async () => {
    const { transport: send, connections } = create();
    const slow = send(form);
    state.now = 2001;
    state.sent[0]?.answer();
    await slow;
    const other = send(put);
    state.sent[1]?.answer();
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
    refuse(state.sent[7]);
    await turn();
    expect(pools()).toBe(`${before} A a`);
    state.sent[8]?.answer();
    expect(await refused).toEqual(stored);
    void send(form);
    expect([pools(), connections('small')]).toEqual([`${before} A a a`, 6]);
  });

  it('are not waited for where what is sent to the other name disappears', async () => {
    const { transport: send, connections } = create(dualStackOnly);
    await fillQuickly(send);
    const swallowed = send(form);
    expect(state.waiting.map(({ milliseconds }) => milliseconds)).toEqual([4000]);
    state.waiting[0]?.callback();
    await turn();
    expect([state.sent[7]?.signal.aborted, pools()]).toEqual([true, `${before} A a`]);
    state.sent[8]?.answer();
    expect([await swallowed, connections('small'), state.waiting]).toEqual([stored, 6, []]);
  });

  it('have all the time they need as soon as bytes are under way, and any other answer shows that they are there', async () => {
    const { transport: send } = create(dualStackOnly);
    await fillQuickly(send);
    const slow = send(form);
    state.sent[7]?.onSent(1);
    expect(state.waiting).toEqual([]);
    state.sent[7]?.answer(503);
    expect((await slow).status).toBe(503);
    const denied = send(form);
    state.sent[8]?.answer(403);
    expect([(await denied).status, pools()]).toEqual([403, `${before} A A`]);
  });

  it('are tried again where both names refuse', async () => {
    const { transport: send } = create(dualStackOnly);
    await fillQuickly(send);
    const expired = send(form);
    state.sent[7]?.answer(403);
    await turn();
    state.sent[8]?.answer(403);
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
