import type { Subject } from '../../contract/schemas/metadata.ts';
import type { DocumentRecord } from './document.ts';

/** Where documents are listed: those that somebody declared, those about one subject, all of a tenant. */
export type Place =
  | { readonly kind: 'owner'; readonly tenantId: string; readonly ownerId: string }
  | { readonly kind: 'subject'; readonly tenantId: string; readonly subject: Subject }
  | { readonly kind: 'tenant'; readonly tenantId: string };

/** Whether a document is there, by its record: an index may still say what was true a moment ago. */
export const isIn = (place: Place, { tenantId, ownerId, metadata }: DocumentRecord): boolean => {
  if (tenantId !== place.tenantId) return false;
  if (place.kind === 'tenant') return true;
  if (place.kind === 'owner') return ownerId === place.ownerId;
  return metadata?.subject?.type === place.subject.type && metadata.subject.id === place.subject.id;
};
