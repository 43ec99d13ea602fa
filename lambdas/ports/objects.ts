import type { ObjectState, ScanVerdict } from '../../contract/states.ts';
import type { StorageFault } from '../../contract/storage-faults.ts';
import type { StoredFacts } from '../domain/verify-upload.ts';

/** What S3 says of one version, strongly consistent. */
export interface ObjectFacts extends StoredFacts {
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

/** Looks for malware. Verdicts come as events, and as a tag of the version. */
export interface Scanner {
  /** Asks for a scan of a version that has none, or whose scan failed. */
  request(ref: ObjectRef): Promise<void>;
}

/** Asks S3 whether the bucket can be reached. */
export interface StorageProbe {
  /** What stands in between, undefined where nothing does. */
  check(): Promise<StorageFault | undefined>;
}

/** The https address of an object, unsigned: a name, not a permission. */
export type ObjectAddress = (key: string) => string;
