import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import type { StoredPart } from '../../contract/schemas/parts.ts';
import type { ObjectState } from '../../contract/states.ts';

export interface UploadRef {
  readonly key: string;
  readonly uploadId: string;
}

export interface NewUpload {
  readonly key: string;
  readonly mediaType: string;
  readonly state: ObjectState;
  readonly retentionClass?: string | undefined;
  readonly checksumAlgorithm: ChecksumAlgorithm;
}

export interface Completion {
  readonly parts: readonly StoredPart[];
  /** What S3 must make of them, or refuse. */
  readonly sizeBytes: number;
  readonly checksumAlgorithm: ChecksumAlgorithm;
  /** Of the whole object; S3 keeps that of CRC64NVME only. */
  readonly checksum?: string | undefined;
}

/**
 * How the completion of an upload ended. `gone`: there is no such upload (any more). `taken`: the key holds an object
 * already. `restart`: S3 wants another upload with all parts. `changed`: the parts are not those that were named.
 * `other-bytes`: they are not what the checksum says.
 */
export type CompletionOutcome = 'completed' | 'gone' | 'taken' | 'restart' | 'changed' | 'other-bytes';

/** The SHA-256, in base64, over the parts' SHA-256s in the order of their numbers; undefined where one has none. */
export type PartsDigest = (parts: readonly StoredPart[]) => string | undefined;

/** Uploads in parts, by S3's own word. */
export interface MultipartUploads {
  /** The id of a new upload. */
  create(upload: NewUpload): Promise<string>;
  /** All its parts, by their numbers; undefined: there is no such upload (any more). */
  listParts(ref: UploadRef): Promise<readonly StoredPart[] | undefined>;
  /** Writes once: never over an object that is there. */
  complete(ref: UploadRef, completion: Completion): Promise<CompletionOutcome>;
  /** Idempotent. */
  abort(ref: UploadRef): Promise<void>;
}
