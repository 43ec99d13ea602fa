import { uuidV7 } from '../../lambdas/adapters/system.ts';
import type { DocumentRecord } from '../../lambdas/domain/document.ts';
import { availableDocument } from '../cold-start/documents.ts';

const oldest = Date.parse('2020-01-01T00:00:00.000Z');
const minute = 60_000;

/** When the document of that number was declared: one a minute, so the newest of a million is of the end of 2021. */
export const createdAt = (number: number): Date => new Date(oldest + number * minute);

/** Names of one length: they are part of the keys, and so of what entries weigh. */
export const tenantOf = (kind: 'fill' | 'twin', count: number): string => `${kind}-${String(count).padStart(8, '0')}`;

/**
 * So many documents of one tenant, one owner and one subject: the largest list there can be, three times. Every tenth has
 * a category that is asked for.
 */
export function* documentsOf(tenantId: string, count: number): Iterable<DocumentRecord> {
  for (let number = 0; number < count; number += 1) {
    const at = createdAt(number);
    yield {
      ...availableDocument,
      tenantId,
      // The end decides the shard; counted and not random, so that two runs read the same.
      documentId: uuidV7.next(at).slice(0, -1) + (number % 16).toString(16),
      createdAt: at.toISOString(),
      metadata: {
        category: number % 10 === 0 ? 'tenth' : 'other',
        subject: { type: 'patient', id: 'p-1' },
        title: 'Blood count of the annual check-up',
        documentDate: at.toISOString().slice(0, 10),
        tags: ['laboratory', 'annual'],
      },
    };
  }
}
