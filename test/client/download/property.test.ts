import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SealdropError } from '../../../client/index.ts';
import { bytesOf, documentId, expiredFault, type Fault, keeping, recorded, startScene } from './support/scene.ts';

const MiB = 1024 ** 2;

const passing = fc.oneof<fc.Arbitrary<Fault | undefined>[]>(
  fc.constant(undefined),
  fc.record({ kind: fc.constant('cut' as const), afterBytes: fc.nat(9 * MiB) }),
  fc.constantFrom<Fault>(
    { kind: 'unreachable' },
    expiredFault,
    { kind: 'refuse', status: 503, code: 'SlowDown' },
    { kind: 'refuse', status: 500, code: 'InternalError' },
    { kind: 'whole' },
  ),
  fc.record({ kind: fc.constant('shorter' as const), byBytes: fc.nat(MiB) }),
);

const damaging = fc.oneof<fc.Arbitrary<Fault | undefined>[]>(
  fc.record({ kind: fc.constant('flip' as const), atByte: fc.nat(9 * MiB) }),
  fc.constantFrom<Fault>({ kind: 'other-range' }, { kind: 'longer' }),
);

const sizes = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 15 * MiB, max: 40 * MiB }));
const waysToRecord = fc.constantFrom(...Object.values(recorded));

it('a storage that misbehaves makes a download slower or fail, but never wrong', () =>
  fc.assert(
    fc.asyncProperty(
      sizes,
      waysToRecord,
      fc.array(fc.oneof({ weight: 4, arbitrary: passing }, damaging)),
      async (sizeBytes, contentOf, faults) => {
        const bytes = bytesOf(sizeBytes);
        const { client, faults: planned } = startScene(bytes, await contentOf(bytes));
        planned.push(...faults);
        const target = keeping();
        try {
          await client.downloadTo(documentId, target.stream);
          expect(target.how()).toBe('closed');
          expect(target.bytes().equals(bytes)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SealdropError);
          expect(target.how()).toBe('aborted');
        }
      },
    ),
    { numRuns: 60 },
  ));

it('what passes by itself keeps no download from its end', () =>
  fc.assert(
    fc.asyncProperty(sizes, waysToRecord, fc.array(passing, { maxLength: 2 }), async (sizeBytes, contentOf, faults) => {
      const bytes = bytesOf(sizeBytes);
      const { client, faults: planned } = startScene(bytes, await contentOf(bytes));
      planned.push(...faults);
      const target = keeping();
      await client.downloadTo(documentId, target.stream);
      expect(target.bytes().equals(bytes)).toBe(true);
    }),
    { numRuns: 40 },
  ));
