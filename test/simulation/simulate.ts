import { scanPauseSecondsMax } from '../../lambdas/domain/due.ts';
import { illegalRest, truthOf } from './invariants/settled.ts';
import { Watch } from './invariants/witness.ts';
import { type Hostility, planOf } from './plan.ts';
import { profile, startAt } from './settings.ts';
import { Sweeps } from './sweeps.ts';
import { Trace } from './trace.ts';
import { Users } from './users.ts';
import { runLifecycleRules } from './world/lifecycle-rules.ts';
import { World } from './world/world.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** No schedule takes nearly as many; one that does turns in circles. */
const stepsMax = 60_000;

/** Within this people do what they do before the purge, and the slowest event of it came. */
const activeMs = 12 * hour;

/** Every deadline and every second look, by the clocks furthest apart, and the sweeps after them. */
const settlingMs = 4 * hour;

export interface SimulationOptions {
  readonly hostility?: Hostility | undefined;
  /** Only violations that match count; absent: all. */
  readonly lookFor?: RegExp | undefined;
  readonly isTraced?: boolean;
}

export interface SimulationResult {
  /** What must never be; undefined where all was well. */
  readonly violation: string | undefined;
  readonly hash: string;
  readonly steps: number;
  /** How often each change of the lifecycle was made. */
  readonly changes: ReadonlyMap<string, number>;
  /** Milliseconds that the latest change was made after the deadline of the state before it. */
  readonly lateMs: number;
  readonly lines: readonly string[];
}

/** Lets our code run until it waits for the world again: it waits for nothing but calls. */
const ranOn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Simulation {
  readonly trace: Trace;
  readonly watch: Watch;
  readonly world: World;
  readonly #sweeps: Sweeps;
  steps = 0;

  constructor(seed: number, { hostility, lookFor, isTraced }: SimulationOptions) {
    this.trace = new Trace(isTraced);
    this.watch = new Watch(lookFor);
    this.world = new World(planOf(seed, hostility), this.watch, this.trace);
    this.watch.watch(this.world);
    this.#sweeps = new Sweeps(this.world);
  }

  async run(): Promise<void> {
    const { world } = this;
    const { plan, clock } = world;
    new Users(world).begin();
    if (plan.outlivesRetention) this.#dailyRules();
    await this.#until(startAt + Math.max(plan.quietAfter, activeMs));
    // A scanner that was down is asked again after a pause, and what it answers has to settle.
    await this.#until(clock.now + scanPauseSecondsMax * 1000);
    await this.#settle('after all went wrong');
    await this.#redrives();
    if (!plan.outlivesRetention) return;
    await this.#until(startAt + (profile.retention.deletedDays + 5) * day);
    await this.#settle(`after ${(clock.now - startAt) / day} days`);
  }

  /** What stays in dead letters, and then everything that was ever sent, once more: the third time changes nothing. */
  async #redrives(): Promise<void> {
    const queues = Object.values(this.world.queues);
    let truth = '';
    for (const round of [1, 2, 3]) {
      truth = truthOf(this.world, this.watch);
      this.trace.note(this.world.clock.now, `redrive ${round}`);
      for (const queue of queues) {
        queue.redrive();
        if (round > 1) for (const body of new Set(queue.bodies)) queue.send(body);
      }
      await this.#settle(`after redrive ${round}`);
    }
    if (this.watch.violation === undefined && truthOf(this.world, this.watch) !== truth)
      this.watch.violated('the third redrive changed something');
  }

  async #settle(when: string): Promise<void> {
    await this.#until(this.world.clock.now + settlingMs);
    if (this.watch.violation !== undefined) return;
    for (const illegal of illegalRest(this.world, this.watch)) this.watch.violated(`${when}, ${illegal}`);
  }

  async #until(end: number): Promise<void> {
    const { world, watch } = this;
    const { clock, calls } = world;
    while (watch.violation === undefined) {
      this.#sweeps.plan();
      if ((clock.nextTime ?? Number.POSITIVE_INFINITY) > end) break;
      clock.step();
      this.steps += 1;
      if (this.steps > stepsMax) watch.violated('it does not come to rest');
      if (!calls.isAwake) continue;
      calls.isAwake = false;
      await ranOn();
    }
    clock.now = Math.max(clock.now, end);
  }

  #dailyRules(): void {
    const { bucket, clock, random, witness } = this.world;
    clock.after(day - random.int(0, 2 * hour), () => {
      for (const key of runLifecycleRules(bucket, clock.now)) witness.objectChanged(key);
      this.#dailyRules();
    });
  }
}

/** Runs the schedule of one seed to its end, or to the first thing that must never be. */
export const simulate = async (seed: number, options: SimulationOptions = {}): Promise<SimulationResult> => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = options.isTraced ? stackTraceLimit : 0;
  const simulation = new Simulation(seed, options);
  await simulation.run();
  Error.stackTraceLimit = stackTraceLimit;
  const { watch, trace, steps } = simulation;
  const { violation, changes, lateMs } = watch;
  return { violation, hash: trace.hash, steps, changes, lateMs, lines: trace.lines ?? [] };
};
