import type { RequestHeaders } from '../../http/request.ts';
import { invalidArgument, Refusal } from '../../refusal.ts';
import type { ByteRange } from '../byte-range.ts';
import { partSizeBytesMax } from './part-number.ts';

const header = 'x-amz-copy-source-range';

/** `bytes=FIRST-LAST` of UploadPartCopy, which must lie in the source; all of it where there is none. */
export function parseCopyRange(headers: RequestHeaders, sourceSizeBytes: number): ByteRange | Refusal {
  const text = headers.get(header);
  if (text === undefined) {
    if (sourceSizeBytes <= partSizeBytesMax) return { first: 0, last: sourceSizeBytes - 1 };
    const message = `The specified copy source is larger than the maximum allowable size for a copy source: ${partSizeBytesMax}`;
    return new Refusal('InvalidRequest', message);
  }
  const [, from = '', to = ''] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from === '' || last < first) {
    const message = `The ${header} value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy`;
    return invalidArgument(message, header, text);
  }
  if (last >= sourceSizeBytes) {
    const message = `Range specified is not valid for source object of size: ${sourceSizeBytes}`;
    return invalidArgument(message, header, text);
  }
  const sizeBytes = last - first + 1;
  if (sizeBytes <= partSizeBytesMax) return { first, last };
  return new Refusal('EntityTooLarge', undefined, { ProposedSize: sizeBytes, MaxSizeAllowed: partSizeBytesMax });
}
