import { compareUploads } from '../compare-uploads.ts';
import { makeFiles } from '../files.ts';
import type { Scenario } from '../scenario.ts';
import { gibibyte } from '../sizes.ts';
import { bySealdrop, bySealdropAlone, byUppy5, byUppy6, outcomeOf } from '../uploaders.ts';

export const fastLink: Scenario = {
  about: 'a file of 1 GiB in Chromium, over a link as fast as the machine',
  run: async (start) => {
    const world = await start();
    const task = { world, files: await makeFiles(world.directory, 1, gibibyte) };
    const group = await compareUploads(
      '1 GiB, a link as fast as the machine',
      [byUppy6(task), byUppy5(task), bySealdropAlone(task), bySealdrop(task)],
      { directory: world.directory, storedBytes: gibibyte, warmUpRounds: 0, rounds: 5 },
    );
    return { groups: [group], notes: [await outcomeOf(task)] };
  },
};
