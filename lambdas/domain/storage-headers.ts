import { storageHeaders as names } from '../../contract/storage-headers.ts';
import type { Caller, DocumentRecord } from './document.ts';
import { objectKey } from './object-key.ts';
import type { AnswerHeaders } from './result.ts';

/**
 * Where a document lies, for back ends that note it with their own records. Nothing of it opens anything: S3 refuses
 * the address unsigned. People are not told, for keys hold the tenant's id.
 */
export const storageHeaders = (
  caller: Caller,
  record: DocumentRecord,
  addressOf: (key: string) => string,
): AnswerHeaders => {
  if (!caller.roles.includes('service')) return {};
  const key = objectKey(record);
  return {
    [names.key]: key,
    [names.url]: addressOf(key),
    [names.uploadSuccess]: String(record.state === 'available'),
  };
};
