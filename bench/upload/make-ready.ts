import { glob, mkdtemp, open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { mebibyte } from './sizes.ts';

export interface Storage {
  /** What the local S3s store lies somewhere below. */
  readonly directory: string;
  /** By one upload. */
  readonly storedBytes: number;
}

/** Before an upload: nothing is left of those before it, and there is memory for it. */
export const makeReady = async ({ directory, storedBytes }: Storage): Promise<void> => {
  await discardStored(directory);
  await takeMemory(directory, storedBytes);
};

/** Nobody reads what was uploaded, and all of it together is more than a disk may have room for. */
const discardStored = async (directory: string): Promise<void> => {
  for await (const file of glob('**/objects/*', { cwd: directory })) await truncate(join(directory, file));
};

/**
 * Writes as much as comes next to a file and removes it. A virtual machine is given memory by its host when it first touches it,
 * and gives it back when it is idle; what is written in between takes up to twelve times as long, for whoever happens to
 * come then.
 */
const takeMemory = async (directory: string, sizeBytes: number): Promise<void> => {
  const own = await mkdtemp(join(directory, 'memory-'));
  const bytes = Buffer.alloc(mebibyte, 1);
  try {
    await using file = await open(join(own, 'file'), 'w');
    for (let written = 0; written < sizeBytes; written += bytes.length) await file.write(bytes);
  } finally {
    await rm(own, { recursive: true });
  }
};
