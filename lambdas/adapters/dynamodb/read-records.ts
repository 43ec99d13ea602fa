import { setTimeout } from 'node:timers/promises';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentRecord } from '../../domain/document.ts';
import type { Table } from './documents.ts';
import { recordOf } from './items.ts';
import { documentKey } from './keys.ts';

/** Strongly consistent, 100 at most. BatchGetItem answers in any order and may leave keys for later (`UnprocessedKeys`) when it is throttled. */
export const readRecords = async (
  { client, tableName }: Table,
  tenantId: string,
  documentIds: readonly string[],
): Promise<DocumentRecord[]> => {
  const byId = new Map<string, DocumentRecord>();
  let keys: Record<string, unknown>[] = documentIds.map((documentId) => documentKey({ tenantId, documentId }));
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt === readAttemptsMax) throw new UnreadKeysError();
    if (attempt > 0) await setTimeout(Math.random() * 50 * 2 ** attempt);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[tableName] ?? []) byId.set(String(item.documentId), recordOf(item));
    keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return documentIds.flatMap((documentId) => byId.get(documentId) ?? []);
};

const readAttemptsMax = 5;

/** Throttled, attempt after attempt: worth another try later, as the SDK's own errors of this kind are. */
class UnreadKeysError extends Error {
  readonly $retryable = { throttling: true };

  constructor() {
    super('The table left records of a list unread.');
    this.name = 'UnreadKeysError';
  }
}
