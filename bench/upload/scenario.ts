import type { Group } from '../compare.ts';
import type { World } from './world.ts';

export interface Outcome {
  readonly groups: readonly Group[];
  readonly notes: readonly string[];
}

/** One question of the upload bench. */
export interface Scenario {
  readonly about: string;
  /** `world` starts when it is first asked for. */
  readonly run: (world: () => Promise<World>) => Promise<Outcome>;
}
