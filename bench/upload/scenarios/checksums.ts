import { hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { partRangeOf, partSizeBytesOf, partsCountOf } from '../../../contract/parts.ts';
import { compareUploads } from '../compare-uploads.ts';
import { makeFiles } from '../files.ts';
import type { Scenario } from '../scenario.ts';
import { mebibyte } from '../sizes.ts';
import { bySealdrop } from '../uploaders.ts';

/** A line of 1 Gb/s, each way. */
const link = { roundTripMs: 10, bytesPerSecond: 125_000_000 };
const sizeBytes = 512 * mebibyte;

/** SHA-256 of each part, as S3 writes it. */
const checksumsOf = async (path: string): Promise<readonly string[]> => {
  const partSizeBytes = partSizeBytesOf(sizeBytes);
  const checksums: string[] = [];
  await using file = await open(path);
  for (let number = 1; number <= partsCountOf(sizeBytes, partSizeBytes); number++) {
    const { start, end } = partRangeOf(number, sizeBytes, partSizeBytes);
    const { buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    checksums.push(hash('sha256', buffer, 'base64'));
  }
  return checksums;
};

export const checksums: Scenario = {
  about: 'what checksums add for a file of 512 MiB in Chromium, over a line of 1 Gb/s',
  run: async (start) => {
    const world = await start();
    const files = await makeFiles(world.directory, 1, sizeBytes);
    const task = { world, files, proxyUrl: await world.linkOf(link) };
    const known = await checksumsOf(files[0] ?? '');
    const contenders = [bySealdrop(task, known), bySealdrop(task)] as const;
    const rounds = { directory: world.directory, storedBytes: sizeBytes, warmUpRounds: 0, rounds: 5 };
    const group = await compareUploads('512 MiB, 1 Gb/s', contenders, rounds);
    return {
      groups: [group],
      notes: [
        'Where nothing is hashed, the page is told the checksums: S3 checks the same, and the page reads nothing.',
      ],
    };
  },
};
