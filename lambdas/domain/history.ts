import type { Disposition } from '../../contract/schemas/download.ts';
import type { AddressClass } from '../../contract/states.ts';
import type { Change, MetadataChange } from './document.ts';

/** A link to the bytes was about to be given out, while `revision` was the document's last change. */
export interface DownloadIssued {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly requestId: string;
  readonly addressClass?: AddressClass;
  readonly expiresAt: string;
  readonly disposition?: Disposition;
  readonly reason?: string;
  /** Given out by a link that works once: when `by` made that link. Request and address are its opener's. */
  readonly linkCreatedAt?: string;
}

/** What an audit reads, oldest first. */
export type HistoryEntry =
  | ({ readonly kind: 'change' } & Change)
  | ({ readonly kind: 'metadata-changed' } & Omit<MetadataChange, 'metadataRevision'>)
  | ({ readonly kind: 'download-issued' } & DownloadIssued);
