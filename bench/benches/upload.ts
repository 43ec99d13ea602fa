import type { Group } from '../compare.ts';
import { type UploadPart, uploadParts } from '../upload/parts.ts';
import type { Scenario } from '../upload/scenario.ts';
import { checksums } from '../upload/scenarios/checksums.ts';
import { fastLink } from '../upload/scenarios/fast-link.ts';
import { limitedLink } from '../upload/scenarios/limited-link.ts';
import { memory } from '../upload/scenarios/memory.ts';
import { node } from '../upload/scenarios/node.ts';
import { smallFiles } from '../upload/scenarios/small-files.ts';
import { startWorld, type World } from '../upload/world.ts';
import type { Findings } from './bench.ts';

const scenarios: Readonly<Record<UploadPart, Scenario>> = {
  'fast-link': fastLink,
  'limited-link': limitedLink,
  'small-files': smallFiles,
  checksums,
  node,
  memory,
};

/** All parts, or `only` one. */
export const run = async (only?: string): Promise<Findings> => {
  await using cleanup = new AsyncDisposableStack();
  let world: Promise<World> | undefined;
  const start = (): Promise<World> => {
    world ??= startWorld().then((started) => cleanup.use(started));
    return world;
  };
  const groups: Group[] = [];
  const notes: string[] = [];
  for (const part of uploadParts) {
    if (only !== undefined && only !== part) continue;
    // It takes minutes, so whoever waits wants to know for what.
    console.error(`${part}: ${scenarios[part].about} …`);
    const outcome = await scenarios[part].run(start);
    groups.push(...outcome.groups);
    notes.push(...outcome.notes);
  }
  return { unit: 'ms', ratio: 'speed', groups, notes };
};
