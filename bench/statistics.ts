/** Where the samples lie: the middle, and what a tenth of them stayed below and above. */
export interface Summary {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly samples: number;
}

/** The share `q` (0 to 1) of the samples lies below it; between two samples it is interpolated. Throws for none. */
export const quantile = (samples: readonly number[], q: number): number => {
  const sorted = samples.toSorted((left, right) => left - right);
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('No samples, no quantile.');
  return below + (above - below) * (position - Math.floor(position));
};

export const summarize = (samples: readonly number[]): Summary => ({
  median: quantile(samples, 0.5),
  p10: quantile(samples, 0.1),
  p90: quantile(samples, 0.9),
  samples: samples.length,
});
