import type { DomainEvent } from '../contract/events.ts';
import type { Role } from '../contract/roles.ts';

export type {
  DocumentPage,
  Documents,
  DueQuery,
  DueRef,
  PlaceQuery,
  TransitionFacts,
  TransitionOutcome,
} from './ports/documents.ts';
export type { Claims, Links, LinkTokens, Quotas } from './ports/items.ts';
export type {
  Completion,
  CompletionOutcome,
  MultipartUploads,
  NewUpload,
  PartsDigest,
  UploadRef,
} from './ports/multipart.ts';
export type {
  FormToSign,
  ObjectSigner,
  PartsToSign,
  S3RequestToSign,
  SignedForm,
  SignedParts,
  SignedRequest,
  SignedS3Request,
} from './ports/object-signer.ts';
export type {
  MediaTypeSniffer,
  ObjectAddress,
  ObjectFacts,
  ObjectRef,
  Objects,
  Scanner,
  StorageProbe,
} from './ports/objects.ts';
export type { CursorKeyMaker, CursorKeys, RotatingSecret, StorageSettingsSource } from './ports/secrets.ts';
export type { UploadTokens } from './ports/upload-tokens.ts';

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

/** Tells the world what became of a document, at least once; `id` is the same however often it is told. */
export interface DomainEvents {
  publish(event: DomainEvent): Promise<void>;
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
