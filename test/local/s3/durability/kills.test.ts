import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, it, vi } from 'vitest';
import { readDelivered } from '../support/delivered.ts';
import { credentials, region, startTestS3 } from '../support/server.ts';
import { storedBlobs, wantedBlobs } from '../support/stored-blobs.ts';
import { type KnownKey, randomFrom } from './model.ts';
import { takeStep } from './steps.ts';
import { verifyKey } from './verify.ts';

/** `CRASH_ROUNDS=200 CRASH_SEED=1 npx vitest run test/local/s3/durability/kills.test.ts` for a long run, or one again. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 10);
const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
const random = randomFrom(seed);

/** Each client has keys of its own, so it knows what they are. */
const clients = Array.from({ length: 8 }, (_, client) =>
  Array.from({ length: 3 }, (_, index): KnownKey => ({ key: `${client}/${index}`, versions: [], pending: undefined })),
);
const keys = clients.flat();

/** Serves the folder, lets the clients at it, and kills it some milliseconds after that many answers. */
async function runAndKill(dataDirectory: string, answersBeforeKill: number, delayMs: number): Promise<void> {
  const child = fork(new URL('../support/crash-child.ts', import.meta.url), [dataDirectory], { execArgv: [] });
  const exited = once(child, 'exit');
  const [endpoint] = (await once(child, 'message')) as [string];
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  expect((await storedBlobs(dataDirectory)).toSorted()).toEqual(await wantedBlobs(dataDirectory));
  const before = new Set(keys.flatMap(({ versions }) => versions.map(({ versionId }) => versionId)));
  await Promise.all(keys.map((key) => verifyKey(client, key, (id) => !verified.has(id))));
  for (const id of before) verified.add(id);

  let answers = 0;
  const work = async (own: readonly KnownKey[]): Promise<void> => {
    while (!child.killed) {
      await takeStep(client, own, random);
      answers += 1;
      if (answers === answersBeforeKill) void setTimeout(delayMs).then(() => child.kill('SIGKILL'));
    }
  };
  const outcomes = await Promise.allSettled(clients.map(work));
  await exited;
  client.destroy();
  // Whatever the clients met is the end of the server, and no answer of it.
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).not.toHaveProperty('Code');
}

const verified = new Set<string>();

it(`keeps what was acknowledged when it is killed, ${rounds} times`, { timeout: 30_000 + rounds * 5000 }, async () => {
  const folder = await startTestS3();
  await using s3 = folder;
  await s3.stop();
  const created = new Set<string>();
  const noteCreated = (): void => {
    for (const { versions } of keys)
      for (const { versionId, hash } of versions) if (hash !== 'marker') created.add(versionId);
  };
  try {
    for (let round = 0; round < rounds; round++) {
      await runAndKill(s3.dataDirectory, 1 + Math.floor(random() * 40), random() * 12);
      noteCreated();
    }
    await s3.restart();
    await Promise.all(keys.map((key) => verifyKey(s3.client, key, () => true)));
    expect((await storedBlobs(s3.dataDirectory)).toSorted()).toEqual(await wantedBlobs(s3.dataDirectory));
    const toldBefore = (await readDelivered(s3.dataDirectory)).map(versionIdOf);
    await vi.waitFor(() => {
      const told = new Set([...toldBefore, ...s3.delivered.map(({ body }) => versionIdOf(body))]);
      expect([...created].filter((id) => !told.has(id))).toEqual([]);
    });
    expect(created.size).toBeGreaterThan(rounds);
  } catch (error) {
    throw new Error(`To run it again: CRASH_SEED=${seed} CRASH_ROUNDS=${rounds}`, { cause: error });
  }
});

const versionIdOf = (body: string): string => {
  const { Records } = JSON.parse(body) as { Records: { s3: { object: { versionId: string } } }[] };
  return Records[0]?.s3.object.versionId ?? '';
};
