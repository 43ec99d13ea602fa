import { compareUploads } from '../compare-uploads.ts';
import { makeFiles } from '../files.ts';
import { countRequests } from '../requests.ts';
import type { Scenario } from '../scenario.ts';
import { kibibyte } from '../sizes.ts';
import { bySealdrop, bySealdropAlone, byUppy5, byUppy6, outcomeOf } from '../uploaders.ts';

const count = 200;
const sizeBytes = 200 * kibibyte;

export const smallFiles: Scenario = {
  about: `${count} files of 200 KiB at 40 ms round trip, with every request counted`,
  run: async (start) => {
    const world = await start();
    const proxyUrl = await world.linkOf({ roundTripMs: 40 });
    const task = { world, proxyUrl, files: await makeFiles(world.directory, count, sizeBytes) };
    const contenders = [byUppy6(task), byUppy5(task), bySealdropAlone(task), bySealdrop(task)] as const;
    const counts: string[] = [];
    for (const contender of contenders)
      counts.push(`${contender.name}: ${await countRequests(await contender.visit())}.`);
    const group = await compareUploads(`${count} files of 200 KiB, 40 ms round trip`, contenders, {
      directory: world.directory,
      storedBytes: count * sizeBytes,
      warmUpRounds: 1,
      rounds: 5,
    });
    return { groups: [group], notes: ['Requests until S3 accepted the last file:', ...counts, await outcomeOf(task)] };
  },
};
