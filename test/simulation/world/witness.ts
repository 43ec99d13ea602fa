import type { DomainEvent } from '../../../contract/events.ts';
import type { Item } from './expressions.ts';

/** What the invariants are told of, as it happens. */
export interface Witness {
  recordWritten(before: Item | undefined, after: Item): void;
  uploaded(key: string): void;
  objectChanged(key: string): void;
  published(event: DomainEvent): void;
  linkIssued(documentId: string, requestId: string): void;
  /** A person was told that this change of the metadata was made. */
  described(documentId: string, metadataRevision: number): void;
  violated(what: string): void;
}
