import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { startOwn } from '../../local-s3/child.ts';
import { memoryOf } from '../memory.ts';
import type { Times } from '../page/chosen.ts';
import type { Scenario } from '../scenario.ts';
import { gibibyte, mebibyte } from '../sizes.ts';

const sizeBytes = 10 * gibibyte;

/** A file that takes no room on the disk: all of it is one hole. */
const makeHole = async (directory: string): Promise<string> => {
  const path = join(directory, 'hole.pdf');
  await using file = await open(path, 'w');
  await file.truncate(sizeBytes);
  return path;
};

const inMebibytes = (bytes: number): string => `${Math.round(bytes / mebibyte)} MiB`;

export const memory: Scenario = {
  about: 'what a page takes of memory for a file of 10 GiB',
  run: async (start) => {
    const { directory, chromium, pageDirectory } = await start();
    await using sink = await startOwn('upload/sink.ts', pageDirectory);
    await using page = await chromium.open(`${sink.origin}/`);
    await page.choose([await makeHole(directory)]);
    const { now, watch } = memoryOf(chromium.devTools);
    const idle = await now();
    const watching = watch();
    const { acceptedMs } = await page.call<Times>('uploadChosen', { token: 'none', waits: false });
    const peak = await watching.stop();
    return {
      groups: [],
      notes: [
        `10 GiB from Chromium, checksums on, in ${(acceptedMs / 1000).toFixed(0)} s: ${inMebibytes(peak - idle)} at most above`,
        `the ${inMebibytes(idle)} of the idle page. All processes of the browser together, proportional set size; against a`,
        'stand-in for API and S3 that keeps nothing. The file is one hole, so that it takes no disk.',
      ],
    };
  },
};
