import * as z from 'zod/mini';
import { DocumentId, Timestamp } from './schemas/fields.ts';
import { documentStates, rejectionReasons } from './states.ts';

/** The version of the schema below; a field is added without a new one, removed or changed only with one. */
export const eventVersion = 1;

/** `source` of every event on the bus. */
export const eventSource = 'sealdrop.documents';

/**
 * The `detail` of an event; its `detail-type` is `document.STATE`. `id` is the same however often the event comes:
 * whoever must act once remembers it. There is nothing personal in it: no name, no owner, no caller.
 * That a document became `pending` is not told: nothing is there yet but a promise.
 */
export const DomainEvent = z.strictObject({
  version: z.literal(eventVersion),
  id: z.string(),
  tenantId: z.string(),
  documentId: DocumentId,
  revision: z.int(),
  from: z.nullable(z.enum(documentStates)),
  to: z.enum(documentStates),
  at: Timestamp,
  rejectionReason: z.optional(z.enum(rejectionReasons)),
});

export type DomainEvent = z.infer<typeof DomainEvent>;
