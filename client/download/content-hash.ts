import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import type { Document } from '../../contract/schemas/document.ts';
import { IntegrityError } from '../errors.ts';
import { hexToBytes, toBase64 } from '../hash/base64.ts';
import { compositeSha256 } from '../hash/checksums.ts';
import { digestOf } from '../hash/digest.ts';
import { heldSizeBytesMax } from '../hash/hash-range.ts';
import { startHash } from '../hash/start-hash.ts';

/** What a record says of the bytes of its document. */
export type Content = Pick<Document, 'sizeBytes' | 'sha256' | 'checksum'>;

/** Takes the bytes of a document in their order. */
export interface ContentHash {
  /** Waits where it must, so that no more than a part is held. The bytes may be used again afterwards. */
  update(bytes: Uint8Array): Promise<void>;
  /** Ends it: whether these were the recorded bytes. */
  matches(): Promise<boolean>;
}

export interface Expected {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
  /** Where it is a hash of the parts' hashes: how long every part but the last is. */
  readonly partSizeBytes?: number | undefined;
}

/** What the bytes are held to; throws an `IntegrityError` where the record holds nothing that can be reckoned again. */
export function expectedOf({ sha256, checksum }: Content): Expected {
  // Without the size of its parts a hash of hashes says nothing to those who have only the bytes.
  if (checksum !== undefined && (checksum.type === 'FULL_OBJECT' || checksum.partSizeBytes !== undefined)) {
    const { algorithm, value, type, partSizeBytes } = checksum;
    return { algorithm, value, ...(type === 'COMPOSITE' && { partSizeBytes }) };
  }
  if (sha256 !== undefined) return { algorithm: 'SHA256', value: toBase64(hexToBytes(sha256)) };
  throw new IntegrityError(
    'The service keeps no hash by which a download of this file could be checked, so it is not downloaded. Tell support.',
  );
}

export async function contentHashOf(content: Content): Promise<ContentHash> {
  const { algorithm, value, partSizeBytes } = expectedOf(content);
  const checksums: string[] = [];
  let bytesLeft = content.sizeBytes;
  const nextPart = () => startPart(algorithm, Math.min(partSizeBytes ?? content.sizeBytes, bytesLeft));
  let part = await nextPart();
  return {
    async update(bytes) {
      for (let at = 0; at < bytes.byteLength; ) {
        if (part.bytesLeft() === 0) throw new IntegrityError();
        const piece = bytes.subarray(at, at + part.bytesLeft());
        part.update(piece);
        at += piece.byteLength;
        bytesLeft -= piece.byteLength;
        if (part.bytesLeft() > 0) continue;
        checksums.push(toBase64(await part.digest()));
        if (bytesLeft > 0) part = await nextPart();
      }
    },
    async matches() {
      return value === (partSizeBytes === undefined ? checksums[0] : await compositeSha256(checksums));
    },
  };
}

interface Part {
  bytesLeft(): number;
  /** Of at most that many bytes. */
  update(bytes: Uint8Array): void;
  digest(): Promise<Uint8Array>;
}

/** SHA-256 is four times as fast by WebCrypto, which takes only what is whole; so what may be held is collected for it. */
async function startPart(algorithm: ChecksumAlgorithm, sizeBytes: number): Promise<Part> {
  let at = 0;
  const bytesLeft = () => sizeBytes - at;
  if (algorithm === 'SHA256' && sizeBytes <= heldSizeBytesMax) {
    const held = new Uint8Array(sizeBytes);
    const update = (bytes: Uint8Array) => {
      held.set(bytes, at);
      at += bytes.byteLength;
    };
    return { bytesLeft, update, digest: () => digestOf(held, algorithm, startHash) };
  }
  const hash = await startHash(algorithm);
  const update = (bytes: Uint8Array) => {
    hash.update(bytes);
    at += bytes.byteLength;
  };
  return { bytesLeft, update, digest: async () => hash.digest() };
}
