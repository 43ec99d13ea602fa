import type { Metadata } from '../../contract/schemas/metadata.ts';
import type { RejectionReason } from '../../contract/states.ts';
import type { Change, DocumentRecord, DocumentRef, MetadataChange, PartsUpload } from '../domain/document.ts';
import type { DownloadIssued, HistoryEntry } from '../domain/history.ts';
import type { TransitionName } from '../domain/lifecycle.ts';
import type { Place } from '../domain/place.ts';
import type { CounterRef } from '../domain/quota.ts';

/** What a transition writes besides the state. */
export interface TransitionFacts {
  readonly change: Change;
  readonly versionId?: string;
  readonly etag?: string;
  readonly checksum?: DocumentRecord['checksum'];
  readonly sizeBytes?: number;
  readonly rejectionReason?: RejectionReason;
  readonly availableAt?: string;
  readonly deletedFrom?: DocumentRecord['deletedFrom'];
  readonly purgeAfter?: string;
}

export type TransitionOutcome =
  | { readonly applied: true; readonly record: DocumentRecord }
  /** The condition did not hold. `current` is the record as it is, undefined where there is none. */
  | { readonly applied: false; readonly current: DocumentRecord | undefined };

/** `before`: where to begin, an id or the beginning of one, exclusive. `from`: where to end, inclusive. */
export interface PlaceQuery {
  readonly place: Place;
  /** 1 to 100. */
  readonly limit: number;
  readonly before?: string | undefined;
  readonly from?: string | undefined;
}

export interface DocumentPage {
  readonly records: readonly DocumentRecord[];
  /** Where the next page begins, undefined on the last one. */
  readonly nextBefore?: string;
}

/** Where a sweep goes on: what became due in one shard, the longest overdue first. */
export interface DueQuery {
  readonly shard: number;
  readonly now: Date;
  readonly limit: number;
}

/** What became due: a document, or a counter. */
export type DueRef = DocumentRef | CounterRef;

export interface Documents {
  /** Writes a new record and gives it back, or gives back the one that was there under its id, and leaves it. */
  create(record: DocumentRecord): Promise<DocumentRecord>;
  /** Strongly consistent. */
  find(ref: DocumentRef): Promise<DocumentRecord | undefined>;
  /**
   * Newest first, the records strongly consistent. Which documents are in a place is eventually consistent: one that
   * was just moved may be missing, or still there.
   */
  list(query: PlaceQuery): Promise<DocumentPage>;
  /**
   * Puts the record's last change into the history, then makes the new one in one conditional write, its condition
   * compiled from the lifecycle table. `dueAt` follows from the change, see domain/due.ts.
   */
  apply(name: TransitionName, record: DocumentRecord, facts: TransitionFacts): Promise<TransitionOutcome>;
  /**
   * Puts the record's last change of metadata into the history, then replaces the metadata in one conditional write:
   * it holds only where neither state nor metadata has changed since.
   */
  describe(record: DocumentRecord, metadata: Metadata | undefined, change: MetadataChange): Promise<TransitionOutcome>;
  /** Records and counters. Eventually consistent: whoever handles one reads it anew. */
  listDue(query: DueQuery): Promise<readonly DueRef[]>;
  /** When to look at this revision of the record again; undefined: never. False where it has changed since. */
  setDue(record: DocumentRecord, dueAt: string | undefined): Promise<boolean>;
  /**
   * What became of the record's upload in parts; `until`: when the sweeper may settle it, where that changes. False where
   * the record has changed since, or its upload is another one.
   */
  setUpload(record: DocumentRecord, upload: PartsUpload, until?: string): Promise<boolean>;
  /** Remembers that the event of the record's last change was published. False where it has changed since. */
  markPublished(record: DocumentRecord): Promise<boolean>;
  /** Everything that happened to a document, oldest first, the record's last change included. */
  history(record: DocumentRecord): Promise<readonly HistoryEntry[]>;
  /** Appends to the history that a link is about to be given out. */
  recordDownload(record: DocumentRecord, entry: DownloadIssued): Promise<void>;
}
