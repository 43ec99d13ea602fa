import type { Samples } from '../measure.ts';
import { makeReady, type Storage } from './make-ready.ts';

/** One of the things compared, which takes its own time: what it prepares and tidies up does not count. */
export interface TimedContender {
  readonly name: string;
  /** Milliseconds. */
  readonly run: () => Promise<number>;
}

export interface Rounds extends Storage {
  readonly warmUpRounds: number;
  readonly rounds: number;
}

/** As `measureInterleaved`: in turn, round by round, each round beginning with another contender. */
export const measureRounds = async (
  contenders: readonly TimedContender[],
  { warmUpRounds, rounds, ...storage }: Rounds,
): Promise<Samples> => {
  const runs = contenders.map((contender) => ({ contender, samples: [] as number[] }));
  for (let round = -warmUpRounds; round < rounds; round++) {
    const first = (round + warmUpRounds) % runs.length;
    for (const { contender, samples } of [...runs.slice(first), ...runs.slice(0, first)]) {
      await makeReady(storage);
      const elapsedMs = await contender.run();
      if (round >= 0) samples.push(elapsedMs);
    }
  }
  return runs.map(({ samples }) => samples);
};
