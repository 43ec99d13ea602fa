import { transferLimits } from './transfer-limits.ts';

/** How a file is cut into parts, numbered from 1. Server and clients reckon alike, so none has to tell the other. */

const MiB = 1024 ** 2;

/** Every part but the last has this many bytes: whole MiB, so many that `partsMax` parts are enough. */
export const partSizeBytesOf = (sizeBytes: number): number =>
  Math.max(transferLimits.partSizeBytesDefault, Math.ceil(sizeBytes / transferLimits.partsMax / MiB) * MiB);

export const partsCountOf = (sizeBytes: number, partSizeBytes: number): number => Math.ceil(sizeBytes / partSizeBytes);

/** The bytes of one part: `start` to `end`, `end` exclusive. Nothing for a number that the file has no part for. */
export const partRangeOf = (
  partNumber: number,
  sizeBytes: number,
  partSizeBytes: number,
): { readonly start: number; readonly end: number } => {
  const start = Math.min((partNumber - 1) * partSizeBytes, sizeBytes);
  return { start, end: Math.min(start + partSizeBytes, sizeBytes) };
};
