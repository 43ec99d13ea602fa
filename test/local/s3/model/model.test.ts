import { CreateBucketCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { region, startTestS3 } from '../support/server.ts';
import { storedBlobs, wantedBlobs } from '../support/stored-blobs.ts';
import { compareAll } from './compare.ts';
import { openInProcessS3, type RealS3 } from './in-process.ts';
import { sendVersioning } from './objects.ts';
import type { Model } from './reference.ts';
import { type Scene, scenes, type Versioning } from './scenes.ts';

/** Moved by hand to look at other sequences; the same for everybody otherwise. */
const seed = Number(process.env.S3_MODEL_SEED ?? 20_261_123);
const sequences = Number(process.env.S3_MODEL_SEQUENCES ?? 2000);

const versioning = fc.constantFrom<Versioning>('Off', 'Enabled', 'Enabled', 'Suspended');

let made = 0;
/** Two buckets of its own for each sequence, so that one server serves them all. */
async function begun({ client }: RealS3, versioning: Versioning): Promise<Model> {
  const bucket = async (versioning: Versioning): Promise<Model['buckets'][0]> => {
    const name = `model-${made++}`;
    const CreateBucketConfiguration = { LocationConstraint: region } as const;
    await client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
    if (versioning !== 'Off') await sendVersioning(client, name, versioning);
    return { name, versioning, versions: [] };
  };
  return { buckets: [await bucket(versioning), await bucket('Off')], uploads: [] };
}

const beginning = ({ name, before, ...scene }: Scene) =>
  versioning.map((drawn) => ({ before, versioning: scene.versioning ?? drawn, toString: () => name }));

const sequence = fc.oneof(
  ...scenes.map((scene) => ({
    weight: scene.weight,
    arbitrary: fc.tuple(beginning(scene), fc.commands([...scene.next], { maxCommands: 7, size: 'max' })),
  })),
);

async function holds(s3: RealS3, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(sequence, async ([{ before, versioning }, commands]) => {
      const model = await begun(s3, versioning);
      for (const step of before) await step.run(model, s3);
      await fc.asyncModelRun(() => ({ model, real: s3 }), commands);
      await compareAll(s3.client, model);
    }),
    {
      numRuns,
      seed,
      asyncReporter: async (outcome) => {
        if (!outcome.failed) return;
        const again = `S3_MODEL_SEED=${seed} npx vitest run test/local/s3/model`;
        throw new Error(`${await fc.asyncDefaultReportMessage(outcome)}\nRun it again: ${again}`);
      },
    },
  );
}

it('agrees with the model on any order of calls', { timeout: 600_000 }, async () => {
  await using s3 = await openInProcessS3();
  await holds(s3, sequences);
  // Not a byte more than what uploads and objects are made of.
  expect((await storedBlobs(s3.dataDirectory)).toSorted()).toEqual(await wantedBlobs(s3.dataDirectory));
});

it('agrees with the model over HTTP too', { timeout: 120_000 }, async () => {
  await using s3 = await startTestS3();
  await holds(s3, Math.min(sequences, 100));
});
