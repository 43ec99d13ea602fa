import { transferLimits } from './transfer-limits.ts';

/**
 * How a file is cut into parts, numbered from 1. Server and clients reckon alike, so none has to tell the other; who goes on with
 * an upload looks at the size that it was begun with, for another version may reckon otherwise.
 */

const MiB = 1024 ** 2;
/** What a part is to be of a file, and the most that a lost connection should cost. */
const partsUsual = 64;
const partSizeBytesUsualMax = 16 * MiB;

/**
 * Every part but the last has this many bytes, whole MiB: 8 of files up to 512 MiB, then a 64th of the file up to 16. Each
 * request costs a browser some milliseconds of its processors (ADR 038), and a connection that breaks what it has sent of its part,
 * which should be little of the file. Above 156 GiB they are so large that `partsMax` parts are enough.
 */
export const partSizeBytesOf = (sizeBytes: number): number => {
  const usual = Math.min(Math.ceil(sizeBytes / partsUsual / MiB) * MiB, partSizeBytesUsualMax);
  const least = Math.ceil(sizeBytes / transferLimits.partsMax / MiB) * MiB;
  return Math.max(transferLimits.partSizeBytesDefault, usual, least);
};

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
