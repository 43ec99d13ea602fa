import { describe, expect, it } from 'vitest';
import { isTimeForLinks } from '../../../client/engine/links-time.ts';

/** How many requests and how much idle time a file takes whose parts are hashed and sent in so many ticks each. */
function run({ parts = 64, hashTicks = 1, sendTicks = 1, limit = 6 }) {
  let [requests, idle, hashed, wanted, waiting, sent, ticks] = [0, 0, 0, 0, 0, 0, 0];
  let active: number[] = [];
  while (sent < parts) {
    ticks += 1;
    if (ticks % hashTicks === 0 && hashed < parts) {
      hashed += 1;
      wanted += 1;
    }
    sent += active.filter((until) => until === ticks).length;
    active = active.filter((until) => until > ticks);
    // All parts were begun; those that are not hashed yet are coming.
    const coming = parts - sent;
    if (wanted > 0 && isTimeForLinks({ wanted, waiting, active: active.length, coming, limit })) {
      requests += 1;
      waiting += wanted;
      wanted = 0;
    }
    while (waiting > 0 && active.length < limit) {
      waiting -= 1;
      active.push(ticks + sendTicks);
    }
    if (active.length === 0 && hashed > 0 && sent < parts) idle += 1;
  }
  return { requests, idle, ticks };
}

describe('when links are asked for', () => {
  it.each([
    { wanted: 1, waiting: 0, active: 0, is: true },
    { wanted: 1, waiting: 0, active: 1, is: true },
    { wanted: 3, waiting: 0, active: 2, is: false },
    { wanted: 4, waiting: 0, active: 2, is: true },
    { wanted: 4, waiting: 1, active: 1, is: true },
    { wanted: 5, waiting: 0, active: 6, is: false },
    { wanted: 6, waiting: 0, active: 6, is: true },
    { wanted: 6, waiting: 3, active: 6, is: true },
    { wanted: 6, waiting: 4, active: 6, is: false },
    { wanted: 20, waiting: 4, active: 6, is: false },
  ])('$wanted without, $waiting with, $active under way of 6: $is', ({ is, ...parts }) => {
    expect(isTimeForLinks({ ...parts, coming: 100, limit: 6 })).toBe(is);
  });

  it('does not wait for more where no more are coming', () => {
    expect(isTimeForLinks({ wanted: 1, waiting: 1, active: 5, coming: 7, limit: 6 })).toBe(true);
  });

  it('takes two requests for five parts where hashing is as slow as sending, and leaves nothing idle', () => {
    const { requests, idle } = run({ hashTicks: 4, sendTicks: 12 });
    expect(idle).toBe(0);
    expect(requests).toBeLessThanOrEqual(64 / 2.5);
  });

  it('takes one request for as many parts as there are connections where the line is slow', () => {
    const { requests, ticks } = run({ hashTicks: 1, sendTicks: 100 });
    expect(requests).toBeLessThanOrEqual(64 / 6 + 4);
    // 64 parts by six at a time, and the first connections wait for hashes.
    expect(ticks).toBeLessThanOrEqual(11 * 100 + 20);
  });
});
