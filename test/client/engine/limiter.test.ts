import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, type Limiter } from '../../../client/engine/limiter.ts';
import { randomOf } from '../support/virtual-time.ts';

const stepMilliseconds = 50;

/** Bytes per second of one of so many connections. */
type Link = (connections: number) => number;

const perConnection =
  (bytesPerSecond: number): Link =>
  () =>
    bytesPerSecond;
const inAll =
  (bytesPerSecond: number): Link =>
  (connections) =>
    bytesPerSecond / connections;

/** Keeps as many connections busy as the limiter says, for so long, and tells how many they were at each step. */
function drive(limiter: Limiter, link: Link, seconds: number, noise: () => number, begin = 0): number[] {
  const limits: number[] = [];
  for (let now = begin; now < begin + seconds * 1000; now += stepMilliseconds) {
    limiter.onActive(limiter.limit, now);
    const { limit } = limiter;
    for (let one = 0; one < limit; one += 1) limiter.onBytes((link(limit) * stepMilliseconds * noise()) / 1000, now);
    limits.push(limit);
  }
  return limits;
}

const noiseOf = (seed: number) => {
  const random = randomOf(seed);
  return () => 0.97 + 0.06 * random();
};

const average = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

describe('the number of transfers at a time', () => {
  it('begins at four, or fewer where no more are allowed', () => {
    expect(createLimiter({ start: 4, max: () => 16 }).limit).toBe(4);
    expect(createLimiter({ start: 4, max: () => 2 }).limit).toBe(2);
  });

  it.each([6, 16])('goes to %d where each connection is slow by itself, soon', (max) =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 10_000, max: 100_000_000 }), (seed, speed) => {
        const limiter = createLimiter({ start: 4, max: () => max });
        const noise = noiseOf(seed);
        const first = drive(limiter, perConnection(speed), 5, noise);
        expect(first.indexOf(max) * stepMilliseconds).toBeGreaterThan(0);
        expect(first.indexOf(max) * stepMilliseconds).toBeLessThan(1500);
        expect(average(drive(limiter, perConnection(speed), 60, noise, 5000))).toBeGreaterThan(max * 0.95);
      }),
      { numRuns: 20 },
    ),
  );

  it('goes down to a few where the line is what is slow', () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 10_000, max: 100_000_000 }), (seed, speed) => {
        const limiter = createLimiter({ start: 4, max: () => 16 });
        const noise = noiseOf(seed);
        drive(limiter, inAll(speed), 30, noise);
        expect(average(drive(limiter, inAll(speed), 60, noise, 30_000))).toBeLessThan(3);
      }),
      { numRuns: 20 },
    ));

  it('follows a line that changes', () => {
    const limiter = createLimiter({ start: 4, max: () => 16 });
    const noise = noiseOf(1);
    drive(limiter, inAll(1_000_000), 30, noise);
    expect(limiter.limit).toBeLessThanOrEqual(3);
    drive(limiter, perConnection(1_000_000), 90, noise, 30_000);
    expect(limiter.limit).toBeGreaterThanOrEqual(13);
  });

  it('is halved by trouble, once for all that were under way, and grows again', () => {
    const limiter = createLimiter({ start: 4, max: () => 16 });
    const noise = noiseOf(1);
    drive(limiter, perConnection(1_000_000), 10, noise);
    expect(limiter.limit).toBe(16);
    for (const begunAt of [9000, 9100, 9200]) limiter.onTrouble(begunAt, 10_000);
    expect(limiter.limit).toBe(8);
    limiter.onTrouble(10_001, 10_050);
    expect(limiter.limit).toBe(4);
    drive(limiter, perConnection(1_000_000), 30, noise, 10_100);
    expect(limiter.limit).toBe(16);
  });

  it('is all that there may be where small files begin, until something is known', () => {
    let max = 6;
    const limiter = createLimiter({ start: 4, max: () => max });
    limiter.onSmall();
    expect(limiter.limit).toBe(6);
    max = 12;
    expect(limiter.limit).toBe(12);
    limiter.onTrouble(1, 2);
    limiter.onSmall();
    expect(limiter.limit).toBe(6);
    const measured = createLimiter({ start: 4, max: () => 16 });
    drive(measured, inAll(1_000_000), 30, noiseOf(1));
    measured.onSmall();
    expect(measured.limit).toBeLessThan(4);
  });

  it('follows a maximum that changes', () => {
    let max = 6;
    const limiter = createLimiter({ start: 4, max: () => max });
    const noise = noiseOf(1);
    drive(limiter, perConnection(1_000_000), 10, noise);
    expect(limiter.limit).toBe(6);
    max = 12;
    drive(limiter, perConnection(1_000_000), 60, noise, 10_000);
    expect(limiter.limit).toBe(12);
    max = 6;
    expect(limiter.limit).toBe(6);
  });

  it('learns nothing from connections that had nothing to do', () => {
    const limiter = createLimiter({ start: 4, max: () => 16 });
    for (let now = 0; now < 60_000; now += stepMilliseconds) {
      limiter.onActive(1, now);
      limiter.onBytes(50_000, now);
    }
    expect(limiter.limit).toBe(4);
  });

  it('stays between one and its maximum, whatever happens', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(
          fc.tuple(fc.constantFrom('bytes', 'trouble', 'active'), fc.nat({ max: 1_000_000 }), fc.nat({ max: 2000 })),
        ),
        (max, events) => {
          const limiter = createLimiter({ start: 4, max: () => max });
          let now = 0;
          for (const [kind, amount, passed] of events) {
            now += passed;
            if (kind === 'bytes') for (let one = 0; one < 4 * limiter.limit; one += 1) limiter.onBytes(amount, now);
            else if (kind === 'trouble') limiter.onTrouble(now - (amount % 3000), now);
            else limiter.onActive(amount % (max + 1), now);
            expect(limiter.limit).toBeGreaterThanOrEqual(1);
            expect(limiter.limit).toBeLessThanOrEqual(max);
          }
        },
      ),
    ));
});
