import { type Content, madeOf, type Part } from './contents.ts';

export interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  /** Undefined: a delete marker. */
  readonly content: Content | undefined;
  readonly createdAt: number;
  /** Since when another version stands above it. */
  noncurrentSince: number | undefined;
  /** Replaced as a whole, as S3 does. */
  tags: ReadonlyMap<string, string>;
}

export interface PutRequest {
  readonly key: string;
  readonly content: Content;
  readonly tags: ReadonlyMap<string, string>;
  readonly ifNoneMatch: boolean;
  /** Hexadecimal; what the signed header says. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Which of S3's own guards are on: those of our code are to hold without them, each for itself. */
export interface S3Guards {
  readonly ifNoneMatch: boolean;
  /** The checksum and the length that the URL was signed for. */
  readonly signedFacts: boolean;
}

interface MultipartUpload {
  readonly tags: ReadonlyMap<string, string>;
  readonly parts: Map<number, Part>;
}

/** One versioned bucket. Sees to nothing by itself but what S3 sees to. */
export class SimulatedBucket {
  readonly #versions = new Map<string, StoredVersion[]>();
  readonly #uploads = new Map<string, Map<string, MultipartUpload>>();
  readonly #guards: S3Guards;
  readonly #now: () => number;
  #count = 0;

  constructor(guards: S3Guards, now: () => number) {
    this.#guards = guards;
    this.#now = now;
  }

  /** All versions of a key, newest first, delete markers included. */
  versions(key: string): readonly StoredVersion[] {
    return this.#versions.get(key) ?? [];
  }

  version(key: string, versionId: string | undefined): StoredVersion | undefined {
    return this.versions(key).find((version) => version.versionId === versionId);
  }

  keys(): readonly string[] {
    return [...this.#versions.keys()];
  }

  /** Stores a PUT when its last byte came. Answers the version, or the status S3 refuses it with. */
  put({ key, content, tags, ifNoneMatch, sha256, sizeBytes }: PutRequest): StoredVersion | 400 | 403 | 412 {
    if (this.#guards.signedFacts && content.sizeBytes !== sizeBytes) return 403;
    if (this.#guards.signedFacts && content.sha256 !== sha256) return 400;
    if (this.#guards.ifNoneMatch && ifNoneMatch && this.versions(key)[0]?.content !== undefined) return 412;
    return this.#add(key, content, tags);
  }

  deleteVersion(key: string, versionId: string): void {
    const versions = this.versions(key).filter((version) => version.versionId !== versionId);
    const [newest] = versions;
    if (newest === undefined) this.#versions.delete(key);
    else {
      newest.noncurrentSince = undefined;
      this.#versions.set(key, versions);
    }
  }

  /** What an expiration of the lifecycle rules does: the bytes stay, below a delete marker. */
  addDeleteMarker(key: string): void {
    this.#add(key, undefined, new Map());
  }

  beginMultipart(key: string, tags: ReadonlyMap<string, string> = new Map()): string {
    const uploads = this.#uploads.get(key) ?? new Map<string, MultipartUpload>();
    const uploadId = `upload-${++this.#count}`;
    uploads.set(uploadId, { tags, parts: new Map() });
    this.#uploads.set(key, uploads);
    return uploadId;
  }

  multipartUploads(key: string): readonly string[] {
    return [...(this.#uploads.get(key)?.keys() ?? [])];
  }

  /** By their numbers; undefined: there is no such upload. */
  parts(key: string, uploadId: string): readonly Part[] | undefined {
    const upload = this.#uploads.get(key)?.get(uploadId);
    return upload && [...upload.parts.values()].toSorted((one, other) => one.number - other.number);
  }

  /** Stores a part when its last byte came; `checksum` is what the signed header says. */
  putPart(key: string, uploadId: string, part: Part, checksum: string): 200 | 400 | 404 {
    const upload = this.#uploads.get(key)?.get(uploadId);
    if (upload === undefined) return 404;
    if (this.#guards.signedFacts && part.checksum !== checksum) return 400;
    upload.parts.set(part.number, part);
    return 200;
  }

  /** One object of these parts, with the tags that the upload began with; 412 where the key holds one. */
  completeMultipart(key: string, uploadId: string, ifNoneMatch: boolean): StoredVersion | 404 | 412 {
    const upload = this.#uploads.get(key)?.get(uploadId);
    const parts = this.parts(key, uploadId);
    if (upload === undefined || parts === undefined) return 404;
    if (this.#guards.ifNoneMatch && ifNoneMatch && this.versions(key)[0]?.content !== undefined) return 412;
    this.#uploads.get(key)?.delete(uploadId);
    return this.#add(key, madeOf(parts), upload.tags);
  }

  abortMultipart(key: string, uploadId: string): boolean {
    return this.#uploads.get(key)?.delete(uploadId) ?? false;
  }

  #add(key: string, content: Content | undefined, tags: ReadonlyMap<string, string>): StoredVersion {
    const now = this.#now();
    const below = this.versions(key);
    if (below[0]) below[0].noncurrentSince = now;
    const versionId = `v${++this.#count}`;
    const version = { key, versionId, content, createdAt: now, noncurrentSince: undefined, tags };
    this.#versions.set(key, [version, ...below]);
    return version;
  }
}
