import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSchedule, jitter, paces } from '../../client/schedule.ts';

const states = ['pending', 'scanning'] as const;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the schedule', () => {
  it.each(states)('begins and ends as the pace of %s says, and never shrinks on the way', (state) => {
    const { next } = createSchedule(() => 0);
    const pauses = Array.from({ length: 30 }, () => next(state));
    expect(pauses[0]).toBe(paces[state].firstMilliseconds);
    expect(pauses.at(-1)).toBe(paces[state].longestMilliseconds);
    expect(pauses.toSorted((one, other) => one - other)).toEqual(pauses);
  });

  it.each([
    [0.6, 1],
    [1.5, 2],
    [3, 3],
  ])('sees what is ready after %d s by look %i, before as much again has passed', (readySeconds, looks) => {
    const { next } = createSchedule(() => 0.5);
    let seconds = 0;
    for (let look = 1; look <= looks; look += 1) seconds += next('pending') / 1000;
    expect(seconds).toBeGreaterThanOrEqual(readySeconds);
    expect(seconds).toBeLessThan(2 * readySeconds);
  });

  it('asks for a scan more slowly than for what was just sent, at each step', () => {
    const [pending, scanning] = states.map((state) => {
      const { next } = createSchedule(() => 0.5);
      return Array.from({ length: 20 }, () => next(state));
    });
    for (const [step, pause] of (pending ?? []).entries()) expect(scanning?.[step]).toBeGreaterThan(pause);
  });

  it('starts over with another state, and when it is told to', () => {
    const { next, restart } = createSchedule(() => 0);
    for (let count = 0; count < 9; count += 1) next('pending');
    expect(next('scanning')).toBe(paces.scanning.firstMilliseconds);
    expect(next('scanning')).toBeGreaterThan(paces.scanning.firstMilliseconds);
    restart();
    expect(next('scanning')).toBe(paces.scanning.firstMilliseconds);
  });

  it('shortens each pause by chance, by a quarter at most, without changing those that follow', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 20 }), (chances) => {
        const exact = createSchedule(() => 0);
        const drawn = chances.values();
        const jittered = createSchedule(() => drawn.next().value ?? 0);
        for (const part of chances) {
          expect(jittered.next('pending')).toBeCloseTo(exact.next('pending') * (1 - jitter * part));
        }
      }),
    );
  });
});
