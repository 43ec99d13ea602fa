import type { DomainEvent } from '../contract/events.ts';
import type { Role } from '../contract/roles.ts';
import type { Metadata } from '../contract/schemas/metadata.ts';
import type { ObjectState, RejectionReason, ScanVerdict } from '../contract/states.ts';
import type { StorageFault } from '../contract/storage-faults.ts';
import type { StorageSettings } from '../contract/storage-settings.ts';
import type { Claim, ClaimRef } from './domain/claim.ts';
import type { CursorKey } from './domain/cursor.ts';
import type { Change, DocumentRecord, DocumentRef, MetadataChange } from './domain/document.ts';
import type { DownloadIssued, HistoryEntry } from './domain/history.ts';
import type { TransitionName } from './domain/lifecycle.ts';
import type { Link } from './domain/link.ts';
import type { Place } from './domain/place.ts';
import type { Counter, CounterRef, QuotaLimit, RecountProgress, Usage } from './domain/quota.ts';

/** What use cases need of the world. Adapters implement these; `runtime/container` puts them together. */

export interface Clock {
  now(): Date;
}

/** A file of the pages that describe the API, as it is sent. */
export interface PageFile {
  /** With its charset, as in `Content-Type`. */
  readonly mediaType: string;
  readonly content: string;
  /** Weak: the gateway may compress what it stands for (RFC 9110 section 8.8.1). */
  readonly entityTag: string;
}

export interface PageFiles {
  /** By the path below the API's address, `/docs/start.js`. A path is looked up, never made into one of a disk. */
  find(path: string): PageFile | undefined;
}

export interface DocumentIds {
  /** A new UUIDv7 of that millisecond: ids sort by the time they were made, and lists end at a time by the id alone. */
  next(at: Date): string;
}

/** A short name of a text: another text has another one, as far as anybody can tell. Of what ETags may hold. */
export type Digest = (text: string) => string;

/** Asks S3 whether the bucket can be reached. */
export interface StorageProbe {
  /** What stands in between, undefined where nothing does. */
  check(): Promise<StorageFault | undefined>;
}

export interface StorageSettingsSource {
  /** The settings as they are by now. Throws where they cannot be read or cannot be used, with an error that says which. */
  current(): Promise<StorageSettings>;
}

/** The https address of an object, unsigned: a name, not a permission. */
export type ObjectAddress = (key: string) => string;

/** What a transition writes besides the state. */
export interface TransitionFacts {
  readonly change: Change;
  readonly versionId?: string;
  readonly etag?: string;
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
  /** Remembers that the event of the record's last change was published. False where it has changed since. */
  markPublished(record: DocumentRecord): Promise<boolean>;
  /** Everything that happened to a document, oldest first, the record's last change included. */
  history(record: DocumentRecord): Promise<readonly HistoryEntry[]>;
  /** Appends to the history that a link is about to be given out. */
  recordDownload(record: DocumentRecord, entry: DownloadIssued): Promise<void>;
}

/** Links that work once. */
export interface Links {
  create(link: Link): Promise<void>;
  /**
   * Uses a link up, in one conditional write: of any number of requests that open it one succeeds. Undefined: there is
   * no such link; `claimed` false: it was used before, or its time is over.
   */
  claim(tokenHash: string, at: Date): Promise<{ readonly claimed: boolean; readonly link: Link } | undefined>;
}

export interface LinkTokens {
  /** A new token of 256 random bits; whoever has it has the link. */
  next(): string;
  /** What is kept of a token: it tells nothing of the token. */
  hashOf(token: string): string;
}

/**
 * Counters of what tenants and users hold. `reserve`, `touch` and `release` each raise the counter's revision, note
 * when it was touched, and make it due for a recount unless it is already.
 */
export interface Quotas {
  /**
   * Counts one more document, if the limit holds with it; one document alone never exceeds a limit (see
   * `contract/profile.ts`). Undefined: counted; otherwise what the counter holds.
   */
  reserve(ref: CounterRef, sizeBytes: number, limit: QuotaLimit | undefined, at: Date): Promise<Usage | undefined>;
  /** Announces that what is counted may change. */
  touch(ref: CounterRef, at: Date): Promise<void>;
  /** Counts one document less, never below nothing. Sent once: twice would count too little. */
  release(ref: CounterRef, sizeBytes: number, at: Date): Promise<void>;
  /** Strongly consistent. */
  find(ref: CounterRef): Promise<Counter | undefined>;
  /** What the counters of a tenant's users hold together, strongly consistent. */
  sumOfUsers(tenantId: string): Promise<Usage>;
  /** Looks at a counter later, if it is due at all. */
  setDue(ref: CounterRef, dueAt: string): Promise<void>;
  /** Remembers how far a recount came. False where the counter was touched since. */
  keepProgress(counter: Counter, progress: RecountProgress): Promise<boolean>;
  /** Writes what was recounted; it is not due any more. False where the counter was touched since. */
  settle(counter: Counter, usage: Usage): Promise<boolean>;
}

/** Keys that callers gave to their requests. */
export interface Claims {
  /** Binds the key, unless it is bound already. Gives what it is bound to: this claim, or the earlier one. */
  claim(ref: ClaimRef, claim: Claim, now: Date): Promise<Claim>;
}

/** Tells the world what became of a document, at least once; `id` is the same however often it is told. */
export interface DomainEvents {
  publish(event: DomainEvent): Promise<void>;
}

/** Looks for malware. Verdicts come as events, and as a tag of the version. */
export interface Scanner {
  /** Asks for a scan of a version that has none, or whose scan failed. */
  request(ref: ObjectRef): Promise<void>;
}

/** What S3 says of one version, strongly consistent. `sha256` is hexadecimal, absent where S3 holds none. */
export interface ObjectFacts {
  readonly sizeBytes: number;
  readonly sha256: string | undefined;
  /** What the uploader said a browser must decode; undefined where nothing. */
  readonly contentEncoding: string | undefined;
  readonly etag: string;
}

export interface ObjectRef {
  readonly key: string;
  readonly versionId: string;
}

export interface Objects {
  /** All versions of a key, newest first, and the delete markers, of which `head` knows nothing. */
  listVersions(key: string): Promise<readonly ObjectRef[]>;
  /** What the scanner wrote on the version, undefined where nothing yet or where the version is gone. */
  verdict(ref: ObjectRef): Promise<ScanVerdict | undefined>;
  /** Removes exactly this version. Idempotent. */
  deleteVersion(ref: ObjectRef): Promise<void>;
  /** Aborts what multipart uploads are under way under a key. */
  abortUploads(key: string): Promise<number>;
  /** Undefined where the version is gone. */
  head(ref: ObjectRef): Promise<ObjectFacts | undefined>;
  /** The first bytes of a version, at most `sizeBytesMax`. */
  readStart(ref: ObjectRef, sizeBytesMax: number): Promise<Uint8Array>;
  /**
   * Writes the state tag, the lock that the bucket policy and the lifecycle rules read, and leaves other tags as they
   * are. False: the version is gone.
   */
  setState(ref: ObjectRef, state: ObjectState): Promise<boolean>;
}

/** Recognises the media type of a file by its first bytes; undefined where it is none it knows. */
export interface MediaTypeSniffer {
  sniff(start: Uint8Array): Promise<string | undefined>;
}

export interface SignedRequest {
  readonly url: string;
  /** Headers the client must send exactly so, besides host and content-length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

/** SigV4 counts in whole seconds: a link lives from the whole second of `signedAt`. */
export interface ObjectSigner {
  signPut(upload: {
    readonly key: string;
    readonly mediaType: string;
    readonly sizeBytes: number;
    readonly sha256: string;
    readonly state: ObjectState;
    readonly retentionClass?: string | undefined;
    readonly signedAt: Date;
    readonly expiresInSeconds: number;
  }): Promise<SignedRequest>;
  signGet(download: {
    readonly key: string;
    readonly versionId: string;
    readonly mediaType: string;
    readonly contentDisposition: string;
    readonly signedAt: Date;
    readonly expiresInSeconds: number;
  }): Promise<SignedRequest>;
}

export interface TokenClaims {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface TokenVerifier {
  /** Undefined for a token that is not to be trusted, whatever the reason. Throws where the issuer cannot be asked. */
  verify(token: string): Promise<TokenClaims | undefined>;
}

/**
 * The keys that seal cursors: the current one, and the one before it, so that a rotation breaks no page.
 * Both throw where the keys cannot be read, with an error that says which.
 */
export interface CursorKeys {
  current(): Promise<CursorKey>;
  /** Undefined for an id that is neither. */
  find(keyId: string): Promise<CursorKey | undefined>;
}

/** The secret that a key for cursors is kept in, as a rotation sees it ("Rotation by Lambda function" of AWS). */
export interface RotatingSecret {
  /** The stages of each version that has any, by the version's id. */
  stages(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** The value of a version that is pending; undefined where it has none yet. */
  pendingValue(versionId: string): Promise<string | undefined>;
  /** Gives a pending version its value. Throws where it has another one. */
  putPending(versionId: string, value: string): Promise<void>;
  /** Makes a version the current one, and the current one the previous. */
  promote(versionId: string, fromVersionId: string): Promise<void>;
}

export interface CursorKeyMaker {
  /** A new key as text, of at least 256 bits. */
  generate(): string;
  /** The key that a text is. Throws where it is none. */
  keyOf(versionId: string, value: string): CursorKey;
}
