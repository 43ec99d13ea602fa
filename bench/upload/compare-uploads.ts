import { type Group, groupOf } from '../compare.ts';
import { quantile } from '../statistics.ts';
import { measureRounds, type Rounds, type TimedContender } from './rounds.ts';
import type { Uploader } from './uploaders.ts';

/** Runs uploaders against each other; the first is the reference. */
export const compareUploads = async <Contender extends TimedContender>(
  name: string,
  contenders: readonly [Contender, ...Contender[]],
  rounds: Rounds,
): Promise<Group> => {
  const samples = await measureRounds(contenders, rounds);
  return groupOf({ name, contenders, unit: 'ms', ratio: 'speed' }, samples);
};

/** How long after its bytes were accepted an upload's outcome is known, in a sentence. */
export const outcomeNote = ({ name, times }: Uploader): string => {
  const waits = times.flatMap(({ acceptedMs, settledMs }) => (settledMs === undefined ? [] : [settledMs - acceptedMs]));
  return `${name}: the outcome of all files is known ${(quantile(waits, 0.5) / 1000).toFixed(1)} s after S3 accepted them.`;
};
