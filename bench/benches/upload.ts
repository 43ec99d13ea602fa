import type { Group } from '../compare.ts';
import { fastLink } from '../upload/scenarios/fast-link.ts';
import { limitedLink } from '../upload/scenarios/limited-link.ts';
import { smallFiles } from '../upload/scenarios/small-files.ts';
import type { Scenario } from '../upload/scenario.ts';
import { startWorld, type World } from '../upload/world.ts';
import type { Findings } from './bench.ts';

const all: Readonly<Record<string, Scenario>> = {
  'fast-link': fastLink,
  'limited-link': limitedLink,
  'small-files': smallFiles,
};

/** For `--only`: names and what each is about. */
export const parts: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(all).map(([name, { about }]) => [name, about]),
);

export const run = async (only?: string): Promise<Findings> => {
  await using cleanup = new AsyncDisposableStack();
  let world: Promise<World> | undefined;
  const start = (): Promise<World> => {
    world ??= startWorld().then((started) => cleanup.use(started));
    return world;
  };
  const groups: Group[] = [];
  const notes: string[] = [];
  for (const [name, scenario] of Object.entries(all)) {
    if (only !== undefined && only !== name) continue;
    console.error(`${name}: ${scenario.about} …`);
    const outcome = await scenario.run(start);
    groups.push(...outcome.groups);
    notes.push(...outcome.notes);
  }
  return { unit: 'ms', ratio: 'speed', groups, notes };
};
