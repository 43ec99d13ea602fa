import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetworkError, ProblemError } from '../../client/index.ts';
import { defaultRetryPolicy, parseRetryAfter, withRetry } from '../../client/retry.ts';
import { problem } from './support/fake-cloud.ts';
import { fakeTiming } from './support/fake-timing.ts';
import { rejectionOf, withCloud } from './support/with-cloud.ts';

describe('withRetry', () => {
  it.each([408, 429, 500, 502, 503, 504])('tries again after %i', (status) =>
    withCloud(async ({ cloud, client, timing }) => {
      cloud.faults.push({ on: /./, answer: problem('service-unavailable', status, 'Try again.') });
      expect(await client.call('listDocuments', {})).toEqual({ documents: [] });
      expect(timing.pauses).toEqual([defaultRetryPolicy.baseMilliseconds * 0.5]);
    }),
  );

  it('tries again after a cut connection', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /./, cut: 'before' }, { on: /./, cut: 'after' });
      expect(await client.call('listDocuments', {})).toEqual({ documents: [] });
      expect(cloud.requests).toHaveLength(3);
    }));

  it('stops after attemptsMax with the last failure', () =>
    withCloud(async ({ cloud, client }) => {
      for (let count = 0; count < 10; count += 1) {
        cloud.faults.push({ on: /./, answer: problem('internal-error', 500, `Failure ${count}.`) });
      }
      const error = await rejectionOf(client.call('listDocuments', {}));
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ message: `Failure ${defaultRetryPolicy.attemptsMax - 1}.` });
      expect(cloud.requests).toHaveLength(defaultRetryPolicy.attemptsMax);
    }));

  it('waits at least what Retry-After asks for', () =>
    withCloud(async ({ cloud, client, timing }) => {
      const busy = problem('too-many-requests', 429, 'Wait.');
      cloud.faults.push({ on: /./, answer: { ...busy, headers: { ...busy.headers, 'retry-after': '7' } } });
      await client.call('listDocuments', {});
      expect(timing.pauses).toEqual([7000 + defaultRetryPolicy.baseMilliseconds * 0.5]);
    }));

  it('does not wait for a server that asks for more than a person would', () =>
    withCloud(async ({ cloud, client, timing }) => {
      const busy = problem('service-unavailable', 503, 'Closed until tomorrow.');
      cloud.faults.push({ on: /./, answer: { ...busy, headers: { ...busy.headers, 'retry-after': '86400' } } });
      expect(await rejectionOf(client.call('listDocuments', {}))).toMatchObject({ retryAfterSeconds: 86_400 });
      expect(timing.pauses).toEqual([]);
    }));

  it('waits a random time below a ceiling that doubles up to the cap', () =>
    fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (random) => {
        const timing = fakeTiming(random);
        const retryPolicy = { attemptsMax: 9, baseMilliseconds: 100, capMilliseconds: 1500, retryAfterSecondsMax: 1 };
        const failing = withRetry({ timing, retryPolicy }, undefined, () => Promise.reject(new NetworkError('Gone.')));
        await rejectionOf(failing);
        const ceilings = [100, 200, 400, 800, 1500, 1500, 1500, 1500];
        expect(timing.pauses).toEqual(ceilings.map((ceiling) => random * ceiling));
      }),
    ));

  it('lets a bug through at once', async () => {
    const timing = fakeTiming();
    const bug = new TypeError('undefined is not a function');
    const failing = withRetry({ timing, retryPolicy: defaultRetryPolicy }, undefined, () => Promise.reject(bug));
    expect(await rejectionOf(failing)).toBe(bug);
    expect(timing.pauses).toEqual([]);
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['120', 120],
    [' 5 ', 5],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('reads %j as %j seconds', (value, seconds) => {
    expect(parseRetryAfter(value, now)).toBe(seconds);
  });
});
