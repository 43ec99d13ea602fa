import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { spool } from '../../../client/service/spool.ts';
import { transferLimits } from '../../../contract/transfer-limits.ts';

// Nobody waits for a test that sends 5 GiB.
vi.mock('../../../contract/transfer-limits.ts', async (original) => {
  const { transferLimits: all } = await original<typeof import('../../../contract/transfer-limits.ts')>();
  return { transferLimits: { ...all, singlePutSizeBytesMax: 1000 } };
});

/** Of this file alone: other tests spool at the same time. */
const folder = mkdtempSync(join(tmpdir(), 'spool-limit-'));
vi.stubEnv('TMPDIR', folder);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A generator that never ends by itself, and how much it was asked for. */
const endless = () => {
  const asked = { sizeBytes: 0 };
  const chunks = (async function* () {
    for (;;) {
      asked.sizeBytes += 100;
      yield new Uint8Array(100);
    }
  })();
  return { asked, chunks };
};

it('a report that no PUT could take is not read to its end, and leaves nothing on the disk', async () => {
  const { asked, chunks } = endless();
  await expect(spool(chunks, AbortSignal.timeout(10_000))).rejects.toMatchObject({ reason: 'too-large' });
  // What streams hold between them was asked for before the one in the middle said no.
  expect(asked.sizeBytes).toBeLessThan(100 * transferLimits.singlePutSizeBytesMax);
  expect(readdirSync(folder)).toEqual([]);
});

it('one of exactly that size is taken', async () => {
  const spooled = await spool(
    (async function* () {
      yield new Uint8Array(transferLimits.singlePutSizeBytesMax);
    })(),
    AbortSignal.timeout(10_000),
  );
  expect(spooled.blob.size).toBe(transferLimits.singlePutSizeBytesMax);
  expect(readdirSync(folder)).toHaveLength(1);
  await spooled.remove();
});
