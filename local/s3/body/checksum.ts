import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Flexible checksums that this S3 computes so far ("Checking object integrity" of the S3 user guide). */
export const checksumAlgorithms = ['SHA256', 'CRC32'] as const;

export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** `value` in Base64, as on the wire. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
}

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

export const checksumSizeBytes: Readonly<Record<ChecksumAlgorithm, number>> = { SHA256: 32, CRC32: 4 };

export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  /** Base64. */
  digest(): string;
}

export const startChecksum: Readonly<Record<ChecksumAlgorithm, () => RunningChecksum>> = {
  SHA256: () => {
    const hash = createHash('sha256');
    return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest('base64') };
  },
  CRC32: () => {
    let value = 0;
    return {
      update: (chunk) => {
        value = crc32(chunk, value);
      },
      digest: () => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32BE(value);
        return bytes.toString('base64');
      },
    };
  },
};
