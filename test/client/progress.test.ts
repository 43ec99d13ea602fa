import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UploadProgress } from '../../client/index.ts';
import { fileOf, withCloud } from './support/with-cloud.ts';

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
