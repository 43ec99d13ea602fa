import { functionSettings } from '../../lib/function-settings.ts';
import { runSweep } from './functions.ts';
import { startAt, sweepIntervalSeconds } from './settings.ts';
import type { World } from './world/world.ts';

const intervalMs = sweepIntervalSeconds * 1000;

/**
 * The schedule of the sweeper: every five minutes. A sweep that finds nothing due changes nothing and is left out,
 * or ninety days would be 26,000 of them; of the others some come twice at once, and some not at all.
 */
export class Sweeps {
  readonly #world: World;
  #last = startAt;
  #planned = Number.POSITIVE_INFINITY;
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Plans the next sweep that has something to do; asked after each step. */
  plan(): void {
    const { table, plan, clock } = this.#world;
    const dueAt = table.earliestDueAt;
    if (dueAt === undefined) return;
    const needed = Math.max(Date.parse(dueAt) - plan.skewOf.sweep, this.#last + intervalMs, clock.now);
    const at = startAt + Math.ceil((needed - startAt) / intervalMs) * intervalMs;
    if (at >= this.#planned) return;
    this.#planned = at;
    clock.at(at, () => this.#run(at));
  }

  #run(at: number): void {
    if (at !== this.#planned) return;
    const { random, isQuiet } = this.#world;
    this.#last = at;
    this.#planned = Number.POSITIVE_INFINITY;
    const runs = isQuiet ? 1 : random.pick([1, 1, 1, 1, 2, 0]);
    for (let run = 0; run < runs; run += 1) this.#sweep();
  }

  #sweep(): void {
    const world = this.#world;
    const id = `sweep-${++this.#count}`;
    world.calls.invoke('sweep', functionSettings.sweep.timeoutSeconds, runSweep(world, id), () => undefined);
  }
}
