import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { SealdropError } from '../../../client/index.ts';
import { type Outcome, type Plan, uploadAll } from '../support/hostile-run.ts';
import { type Faults, type HostileService, hostileService, noFaults } from '../support/hostile-service.ts';

const probability = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true }));

const faults: fc.Arbitrary<Faults> = fc.record({
  most: fc.nat({ max: 60 }),
  cutBefore: probability,
  cutAfter: probability,
  stall: probability,
  busy: probability,
  broken: probability,
  expire: probability,
  corrupt: probability,
  duplicate: probability,
  apiLost: probability,
  apiBroken: probability,
  unauthenticated: probability.map((value) => value / 5),
  partsLost: probability,
  restart: probability,
  foreign: probability,
});

const mild = [
  'cutBefore',
  'cutAfter',
  'stall',
  'busy',
  'broken',
  'corrupt',
  'duplicate',
  'apiLost',
  'apiBroken',
  'partsLost',
  'restart',
] as const;

const plan: fc.Arbitrary<Plan> = fc.record({
  sizes: fc.array(fc.oneof(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 49, max: 250 })), {
    minLength: 1,
    maxLength: 5,
  }),
  integrity: fc.constantFrom('sha256', 'crc64nvme'),
  prefersForms: fc.boolean(),
  acts: fc.array(fc.record({ act: fc.constantFrom('pause', 'reload'), atMilliseconds: fc.nat({ max: 20_000 }) }), {
    maxLength: 3,
  }),
});

/** Files in parts are known again after a reload; of small ones the page alone knew. */
const objectsMaxOf = (service: HostileService, { bytes, reloads }: Outcome): number =>
  bytes.byteLength > service.aboveSizeBytes ? 1 : 1 + reloads;

function expectRight(service: HostileService, outcome: Outcome): void {
  const { name, bytes, result } = outcome;
  const objects = [...service.uploads.values()].filter(({ body, object }) => body.fileName === name && object);
  for (const { object } of objects) expect(Buffer.from(object ?? [])).toEqual(Buffer.from(bytes));
  expect(objects.length).toBeLessThanOrEqual(objectsMaxOf(service, outcome));
  if (result instanceof SealdropError) {
    expect(result.message).toMatch(/^[A-Z].*\.$/);
    return;
  }
  expect(result.state).toBe('available');
  expect(objects.map(({ document }) => document.id)).toContain(result.id);
}

/** A part that the storage had taken, heard of or not, was sent again only where the service had said that it is wanting. */
function expectNothingTwice({ taken, sends, wanted }: HostileService): void {
  const keyOf = ({ documentId, uploadId, partNumber }: (typeof sends)[number]) =>
    `${documentId} ${uploadId} ${partNumber}`;
  for (const done of taken.filter(({ partNumber }) => partNumber > 0)) {
    const part = `${done.documentId}/${done.partNumber}`;
    const again = sends.filter((sent) => keyOf(sent) === keyOf(done) && sent.at > done.at);
    const asked = wanted.filter((want) => want.part === part && want.at >= done.at);
    if (asked.length === 0) expect(again).toEqual([]);
  }
}

/** Threads would make one seed two runs. */
const digest = vi.spyOn(crypto.subtle, 'digest').mockImplementation(
  async (_, data) =>
    new Uint8Array(
      createHash('sha256')
        .update(data as Uint8Array)
        .digest(),
    ).buffer,
);
afterAll(() => digest.mockRestore());

const runsMax = Number(process.env.ENGINE_RUNS ?? 600);

/** Each of these passes by itself, if there are not many of them. */
const mildFaults = fc
  .record({ most: fc.nat({ max: 3 }), kinds: fc.subarray([...mild], { minLength: 1 }) })
  .map(({ most, kinds }): Faults => ({ ...noFaults, most, ...Object.fromEntries(kinds.map((kind) => [kind, 0.3])) }));

describe('the engine against a storage and a service that misbehave', () => {
  it(
    'makes the right object once, or says what is wrong; never a wrong one, and never hangs',
    () =>
      fc.assert(
        fc.asyncProperty(fc.integer(), faults, plan, async (seed, faultsOfRun, planOfRun) => {
          const service = hostileService(seed, faultsOfRun);
          const outcomes = await uploadAll(service, planOfRun);
          for (const outcome of outcomes) expectRight(service, outcome);
          expectNothingTwice(service);
        }),
        { numRuns: runsMax },
      ),
    300_000,
  );

  it(
    'gets over what passes by itself without anybody noticing',
    () =>
      fc.assert(
        fc.asyncProperty(fc.integer(), mildFaults, plan, async (seed, faultsOfRun, { sizes, integrity }) => {
          const service = hostileService(seed, faultsOfRun);
          for (const outcome of await uploadAll(service, { sizes, integrity, acts: [], prefersForms: false })) {
            expectRight(service, outcome);
            expect(outcome).toMatchObject({ tries: 1, result: { state: 'available' } });
          }
        }),
        { numRuns: runsMax },
      ),
    300_000,
  );

  it(
    'has a link that ran out signed again, or the file declared again, once',
    () =>
      fc.assert(
        fc.asyncProperty(fc.integer(), plan, async (seed, { sizes, integrity }) => {
          const service = hostileService(seed, { ...noFaults, most: 1, expire: 0.5 });
          for (const outcome of await uploadAll(service, { sizes, integrity, acts: [], prefersForms: false })) {
            expectRight(service, outcome);
            expect(outcome).toMatchObject({ tries: 1, result: { state: 'available' } });
          }
        }),
        { numRuns: runsMax / 10 },
      ),
    300_000,
  );
});
