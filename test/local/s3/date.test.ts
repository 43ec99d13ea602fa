import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startLocalS3 } from '../../../local/s3/server.ts';
import { movableClock } from '../../support/clock.ts';

const directory = mkdtempSync(join(tmpdir(), 'sealdrop-s3-date-'));
const clock = movableClock();
const s3 = await startLocalS3({
  dataDirectory: directory,
  port: 0,
  region: 'eu-west-1',
  buckets: [],
  credentials: () => undefined,
  authorize: () => ({ allowed: true }),
  deliver: async () => undefined,
  clock,
});
afterAll(async () => {
  await s3.close();
  rmSync(directory, { recursive: true });
});

it('answers have the date of the clock, by which the SDK sets its own', async () => {
  const dateOf = async () => (await fetch(`${s3.origin}/bucket/key`)).headers.get('date');

  expect(await dateOf()).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
  clock.advance(90 * 86_400_000);
  expect(await dateOf()).toBe('Sat, 30 May 2026 12:00:00 GMT');
});
