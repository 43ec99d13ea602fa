import { type Contender, measureInterleaved, type Plan, type Samples } from './measure.ts';
import { type Summary, summarize } from './statistics.ts';

export interface Row {
  readonly name: string;
  readonly sizeBytes?: number;
  /** In the report's unit. */
  readonly time: Summary;
  /** To the group's reference, in the same rounds. */
  readonly ratio: Summary;
}

export interface Group {
  readonly name: string;
  readonly reference: string;
  readonly rows: readonly Row[];
}

/** `speed`: how many times as fast as the reference. `time`: how many times its time. */
export type RatioKind = 'speed' | 'time';

export const unitsPerMs = { ms: 1, µs: 1000 } as const;

/** What samples are of, however they were taken. */
export interface Compared {
  readonly name: string;
  /** The first is the reference. */
  readonly contenders: readonly [Named, ...Named[]];
  readonly unit: keyof typeof unitsPerMs;
  readonly ratio: RatioKind;
}

type Named = Pick<Contender, 'name' | 'sizeBytes'>;

export interface Comparison extends Compared {
  readonly contenders: readonly [Contender, ...Contender[]];
  readonly plan: Plan;
}

/** Runs one group of contenders against each other. */
export const compare = async (comparison: Comparison): Promise<Group> =>
  groupOf(comparison, await measureInterleaved(comparison.contenders, comparison.plan));

/** Ratios are taken round by round and then summarized: pairs of one round saw the same machine. */
export const groupOf = ({ name, contenders, unit, ratio }: Compared, samples: Samples): Group => {
  const [reference = []] = samples;
  const ratiosOf = (own: readonly number[]): number[] =>
    own.map((time, round) =>
      ratio === 'speed' ? (reference[round] ?? Number.NaN) / time : time / (reference[round] ?? Number.NaN),
    );
  const rows = contenders.map(({ name, sizeBytes }, index): Row => {
    const own = samples[index] ?? [];
    return {
      name,
      ...(sizeBytes !== undefined && { sizeBytes }),
      time: summarize(own.map((milliseconds) => milliseconds * unitsPerMs[unit])),
      ratio: summarize(ratiosOf(own)),
    };
  });
  return { name, reference: contenders[0].name, rows };
};
