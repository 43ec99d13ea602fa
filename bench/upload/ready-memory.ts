import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mebibyte } from './sizes.ts';

/**
 * Writes as much as comes next to a file and removes it, so that there is memory for it. A virtual machine is given memory by its
 * host when it first touches it and gives it back when it is idle; what is written in between takes up to twelve times as
 * long, for whoever happens to come then.
 */
export const readyMemory = async (sizeBytes: number): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'sealdrop-bench-memory-'));
  const bytes = Buffer.alloc(mebibyte, 1);
  try {
    await using file = await open(join(directory, 'file'), 'w');
    for (let written = 0; written < sizeBytes; written += bytes.length) await file.write(bytes);
  } finally {
    await rm(directory, { recursive: true });
  }
};
