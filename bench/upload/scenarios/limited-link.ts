import { compareUploads } from '../compare-uploads.ts';
import { makeFiles } from '../files.ts';
import type { Scenario } from '../scenario.ts';
import { mebibyte } from '../sizes.ts';
import { bySealdrop, bySealdropAlone, byUppy5, byUppy6 } from '../uploaders.ts';

/** What one connection to S3 gives over a distance, whatever the line of the person could take. */
const link = { roundTripMs: 40, connectionBytesPerSecond: 8 * mebibyte };
const sizeBytes = 96 * mebibyte;

export const limitedLink: Scenario = {
  about: 'a file of 96 MiB at 40 ms round trip, where each connection gets 8 MiB/s',
  run: async (start) => {
    const world = await start();
    const proxyUrl = await world.linkOf(link);
    const task = { world, proxyUrl, files: await makeFiles(world.directory, 1, sizeBytes) };
    // Version 6 sends part after part, so parts could only slow it: its own choice at this size, one request, is its best.
    const contenders = [
      byUppy6(task),
      byUppy5(task, { shouldUseMultipart: true }),
      bySealdropAlone(task),
      bySealdrop(task),
    ] as const;
    const name = '96 MiB, 40 ms round trip, 8 MiB/s for each connection';
    const rounds = { directory: world.directory, storedBytes: sizeBytes, warmUpRounds: 0, rounds: 3 };
    return { groups: [await compareUploads(name, contenders, rounds)], notes: [] };
  },
};
