import type { Caller, DocumentRecord } from './document.ts';

/** A document is its owner's alone. Everyone else, in the tenant or out of it, is told that it does not exist. */
export const mayRead = (caller: Caller, record: DocumentRecord): boolean =>
  record.tenantId === caller.tenantId && record.ownerId === caller.subjectId;
