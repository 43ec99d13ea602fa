import { readDocument } from '../../body/read-document.ts';
import type { Refusal } from '../../refusal.ts';
import type { Call } from '../operation.ts';

/** 10,000 parts with their checksums are well under it. */
const documentSizeBytesMax = 8 * 1024 ** 2;

/** Checksums in the headers are those of the object, not of the document that names its parts. */
export function readCompleteDocument(call: Call): Promise<string | Refusal> {
  const headers = new Map([...call.request.headers].filter(([name]) => !/^x-amz-(sdk-)?checksum-/.test(name)));
  return readDocument({ ...call, request: { ...call.request, headers } }, documentSizeBytesMax);
}
