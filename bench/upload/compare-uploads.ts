import { type Group, groupOf } from '../compare.ts';
import { measureRounds, type Rounds, type TimedContender } from './rounds.ts';

/** Runs uploaders against each other; the first is the reference. */
export const compareUploads = async <Contender extends TimedContender>(
  name: string,
  contenders: readonly [Contender, ...Contender[]],
  rounds: Rounds,
): Promise<Group> => {
  const samples = await measureRounds(contenders, rounds);
  return groupOf({ name, contenders, unit: 'ms', ratio: 'speed' }, samples);
};
