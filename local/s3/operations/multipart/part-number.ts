import { invalidArgument, type Refusal } from '../../refusal.ts';

/** "Amazon S3 multipart upload limits": 10,000 parts of 5 GiB, so an object is of 48.8 TiB at most. */
export const partSizeBytesMax = 5 * 1024 ** 3;
const partNumberMax = 10_000;

/** The query parameter `partNumber`. */
export function parsePartNumber(text: string): number | Refusal {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= partNumberMax) return number;
  const message = `Part number must be an integer between 1 and ${partNumberMax}, inclusive`;
  return invalidArgument(message, 'partNumber', text);
}
