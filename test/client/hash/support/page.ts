import { createPartHasher } from '../../../../client/hash/part-hasher.ts';
import { sourceOf } from '../../../../client/source.ts';
import type { ChecksumAlgorithm } from '../../../../contract/checksums.ts';

export interface HashedInPage {
  readonly checksums: readonly string[];
  readonly heldBytes: number;
  /** How often the page's own thread hashed. */
  readonly digestsOfPage: number;
  /** Whether its origin is one that has WebCrypto. */
  readonly isSecure: boolean;
}

/** Runs in the page: hashes the parts of a file of bytes `index % 251`, all at once. */
async function hashParts(
  sizeBytes: number,
  partSizeBytes: number,
  algorithm: ChecksumAlgorithm,
): Promise<HashedInPage> {
  let digestsOfPage = 0;
  const digest = globalThis.crypto.subtle?.digest;
  if (digest !== undefined)
    SubtleCrypto.prototype.digest = function (this: SubtleCrypto, ...parameters) {
      digestsOfPage += 1;
      return digest.apply(this, parameters);
    };
  const hasher = createPartHasher();
  const file = new File([new Uint8Array(sizeBytes).map((_, index) => index % 251)], 'scan.pdf');
  const source = sourceOf(file);
  const starts = Array.from({ length: Math.ceil(sizeBytes / partSizeBytes) }, (_, index) => index * partSizeBytes);
  const { signal } = new AbortController();
  const parts = await Promise.all(
    starts.map((start) => hasher.hash(source, start, Math.min(start + partSizeBytes, sizeBytes), algorithm, signal)),
  );
  hasher.close();
  return {
    checksums: parts.map(({ checksum }) => checksum),
    heldBytes: parts.reduce((sum, { bytes }) => sum + (bytes?.byteLength ?? 0), 0),
    digestsOfPage,
    isSecure: isSecureContext,
  };
}

globalThis.hashInPage = hashParts;

declare global {
  var hashInPage: (sizeBytes: number, partSizeBytes: number, algorithm: ChecksumAlgorithm) => Promise<HashedInPage>;
}
