import { performance } from 'node:perf_hooks';

/** One of the things compared: what one call of it is. */
export interface Contender {
  readonly name: string;
  readonly call: () => unknown;
  /** How much code it is, where that is part of the question. */
  readonly sizeBytes?: number;
}

export interface Plan {
  readonly warmUpRounds: number;
  readonly rounds: number;
  /** A sample repeats the call until it has lasted this long, so that the clock's own grain does not count. */
  readonly sampleMsMin: number;
}

/** Milliseconds per call, one sample a round, in the order of the contenders. */
export type Samples = readonly (readonly number[])[];

/**
 * Measures all contenders in turn, round by round: what slows the machine for a while slows them all alike. Each round
 * begins with another contender, so that none always runs in the wake of the same one.
 */
export const measureInterleaved = async (
  contenders: readonly Contender[],
  plan: Plan,
  now: () => number = () => performance.now(),
): Promise<Samples> => {
  const runs = contenders.map((contender) => ({ contender, calls: 1, samples: [] as number[] }));
  for (let round = -plan.warmUpRounds; round < plan.rounds; round++) {
    const first = (round + plan.warmUpRounds) % runs.length;
    for (const run of [...runs.slice(first), ...runs.slice(0, first)]) {
      const elapsedMs = await timeCalls(run.contender, run.calls, now);
      if (round >= 0) run.samples.push(elapsedMs / run.calls);
      else run.calls = callsFor(plan.sampleMsMin, run.calls, elapsedMs);
    }
  }
  return runs.map(({ samples }) => samples);
};

const timeCalls = async ({ call }: Contender, calls: number, now: () => number): Promise<number> => {
  const start = now();
  for (let index = 0; index < calls; index++) {
    const answer = call();
    // Awaiting what is no promise would charge a turn of the event loop to it.
    if (answer instanceof Promise) await answer;
  }
  return now() - start;
};

/** Learned while warming up: calls get faster then, so each round corrects the last one's guess. */
const callsFor = (sampleMsMin: number, calls: number, elapsedMs: number): number =>
  elapsedMs === 0 ? calls * 10 : Math.max(1, Math.min(calls * 10, Math.ceil((calls * sampleMsMin) / elapsedMs)));
