import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UploadProgress } from '../../client/index.ts';
import { trackProgress } from '../../client/progress.ts';
import { fileOf, withCloud } from './support/with-cloud.ts';

describe('trackProgress', () => {
  it('gives the bar to the bytes that are sent', () => {
    const fractions: number[] = [];
    const report = trackProgress(1000, ({ fraction }) => fractions.push(fraction));
    report('hashing', 1000);
    report('declaring', 1000);
    report('uploading', 500);
    report('uploading', 1000);
    report('verifying', 1000);
    expect(fractions.map((fraction) => Math.round(fraction * 1000) / 1000)).toEqual([0.1, 0.12, 0.545, 0.97, 1]);
  });

  it('never goes back, whatever is reported', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('hashing', 'declaring', 'uploading', 'verifying'), fc.nat({ max: 1000 }))),
        (reports) => {
          const fractions: number[] = [];
          const report = trackProgress(1000, ({ fraction }) => fractions.push(fraction));
          for (const [phase, bytesDone] of reports) report(phase, bytesDone);
          expect(fractions).toHaveLength(reports.length);
          expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
          expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
        },
      ),
    ));
});

describe('progress', () => {
  const order = ['hashing', 'declaring', 'uploading', 'verifying'];

  it('rises from 0 to 1 through the phases in order, whatever goes wrong on the way', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2_500_000 }),
        fc.array(fc.constantFrom('before' as const, 'after' as const), { maxLength: 3 }),
        (sizeBytes, cuts) =>
          withCloud(async ({ cloud, client }) => {
            cloud.faults.push(...cuts.map((cut) => ({ on: /^PUT/, cut })));
            const seen: UploadProgress[] = [];
            await client.upload(fileOf(sizeBytes), { onProgress: (progress) => seen.push(progress) });
            const fractions = seen.map(({ fraction }) => fraction);
            expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
            expect([fractions.at(0), fractions.at(-1)]).toEqual([0, 1]);
            expect(fractions.filter((fraction) => fraction === 1)).toHaveLength(1);
            const phases = seen.map(({ phase }) => order.indexOf(phase));
            expect(phases).toEqual([...phases].sort((one, other) => one - other));
            expect(seen.every(({ bytesDone, bytesTotal }) => bytesDone <= bytesTotal && bytesTotal === sizeBytes)).toBe(
              true,
            );
          }),
      ),
      { numRuns: 25 },
    ));
});
