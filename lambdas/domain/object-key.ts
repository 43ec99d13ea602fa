import { objectKeyPrefix } from '../../contract/storage.ts';
import type { DocumentRef } from './document.ts';

const grammar = new RegExp(`^${objectKeyPrefix}([a-z0-9-]{1,64})/([0-9a-f]{2})/([0-9a-f-]{36})$`);

/**
 * `documents/{tenantId}/{spread}/{documentId}`: server-made ids only, because keys turn up in logs and because a name
 * from outside could climb into another prefix. The two hexadecimal digits spread the load over S3's prefixes
 * (3,500 PUT/s each); they are the last of the UUIDv7, which are random.
 */
export const objectKey = ({ tenantId, documentId }: DocumentRef): string =>
  `${objectKeyPrefix}${tenantId}/${documentId.slice(-2)}/${documentId}`;

/** The document an object belongs to, undefined for a key we never made. */
export const parseObjectKey = (key: string): DocumentRef | undefined => {
  const [, tenantId, spread, documentId] = grammar.exec(key) ?? [];
  if (tenantId === undefined || documentId === undefined || documentId.slice(-2) !== spread) return undefined;
  return { tenantId, documentId };
};
