import { largeUploads } from '../local-s3/large-uploads.ts';
import { smallUploads } from '../local-s3/small-uploads.ts';
import type { Findings } from './bench.ts';

export const run = async (): Promise<Findings> => {
  const large = await largeUploads();
  const small = await smallUploads();
  return {
    unit: 'ms',
    ratio: 'speed',
    groups: [large.group, ...small.groups],
    notes: [...large.notes, ...small.notes],
  };
};
