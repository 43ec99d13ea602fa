import { CreateBucketCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { it } from 'vitest';
import { region, startTestS3 } from '../support/server.ts';
import { compareAll } from './compare.ts';
import { complete } from './completions.ts';
import { copy } from './copies.ts';
import { openInProcessS3, type RealS3 } from './in-process.ts';
import { list } from './listings.ts';
import { deleteObject, deleteObjects, put, sendVersioning, setVersioning } from './objects.ts';
import { get } from './reads.ts';
import type { Model, ModelBucket } from './reference.ts';
import { type Step, stepOf } from './step.ts';
import { tag } from './tagging.ts';
import { abort, begin, copyPart, listParts, sendPart } from './uploads.ts';

/** Moved by hand to look at other sequences; the same for everybody otherwise. */
const seed = Number(process.env.S3_MODEL_SEED ?? 20_261_123);
const sequences = Number(process.env.S3_MODEL_SEQUENCES ?? 2000);

const restart = stepOf('restart', fc.record({ bucket: fc.constant(0) }), (_, s3) => s3.restart());
const often = [put, put, put, put, copy, copy, deleteObject, deleteObject, get, list];
const uploading = [begin, sendPart, sendPart, complete, complete];
const seldom = [setVersioning, setVersioning, tag, tag, deleteObjects, copyPart, abort, listParts, restart];
const steps: fc.Arbitrary<Step>[] = [...often, ...often, ...uploading, ...seldom];

type Versioning = ModelBucket['versioning'];
const versioning = fc.constantFrom<Versioning>('Off', 'Enabled', 'Enabled', 'Suspended');

let made = 0;
/** Two buckets of its own for each sequence, so that one server serves them all. */
async function begun(s3: RealS3, versionings: readonly [Versioning, Versioning]): Promise<Model> {
  const bucket = async (versioning: Versioning): Promise<Model['buckets'][0]> => {
    const name = `model-${made++}`;
    const CreateBucketConfiguration = { LocationConstraint: region } as const;
    await s3.client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
    if (versioning !== 'Off') await sendVersioning(s3.client, name, versioning);
    return { name, versioning, versions: [] };
  };
  const [first, second] = versionings;
  return { buckets: [await bucket(first), await bucket(second)], uploads: [] };
}

const sequence = fc.commands(steps, { maxCommands: 10, size: 'max' });

async function holds(s3: RealS3, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.tuple(versioning, versioning), sequence, async (versionings, commands) => {
      const model = await begun(s3, versionings);
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
});

it('agrees with the model over HTTP too', { timeout: 120_000 }, async () => {
  await using s3 = await startTestS3();
  await holds(s3, Math.min(sequences, 200));
});
