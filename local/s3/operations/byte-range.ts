import { Refusal } from '../refusal.ts';

/** First and last byte, both inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * One range of `Range: bytes=…` (RFC 9110 section 14.1.2). Undefined, so all bytes: no range, one that cannot be read,
 * or several, which S3 does not serve.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | Refusal | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(sizeBytes - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first <= last) return { first, last };
  const elements = { RangeRequested: header ?? '', ActualObjectSize: sizeBytes };
  return new Refusal('InvalidRange', undefined, elements, { 'content-range': `bytes */${sizeBytes}` });
}
