import { type DomainEvent, eventVersion } from '../../contract/events.ts';
import type { Change, DocumentRef } from './document.ts';

/** The event that tells of a change; undefined for a declaration, which is told to nobody but who declared. */
export const eventOf = ({ tenantId, documentId }: DocumentRef, change: Change): DomainEvent | undefined => {
  const { revision, from, to, at, rejectionReason } = change;
  if (to === 'pending') return undefined;
  return {
    version: eventVersion,
    id: `${documentId}#${revision}`,
    tenantId,
    documentId,
    revision,
    from,
    to,
    at,
    ...(rejectionReason !== undefined && { rejectionReason }),
  };
};
