import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { pooledHasher } from './crc-wasm.ts';

/** Flexible checksums ("Checking object integrity" of the S3 user guide). */
export const checksumAlgorithms = ['CRC64NVME', 'CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const;

export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** "If you don't specify one, S3 uses CRC64NVME", since December 2024. */
export const checksumAlgorithmDefault: ChecksumAlgorithm = 'CRC64NVME';

/** COMPOSITE: a checksum over the checksums of the parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** `value` in Base64, as on the wire; `-N` after it where it is made of the checksums of N parts. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
}

/** Base64 has no hyphen. */
export const checksumTypeOf = ({ value }: Checksum): ChecksumType =>
  value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT';

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** The element of XML documents. */
export const checksumElement = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm}`;

export const checksumSizeBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC64NVME: 8,
  CRC32: 4,
  CRC32C: 4,
  SHA1: 20,
  SHA256: 32,
};

/** Exactly one spelling is accepted: a second one would make two texts equal that are compared as texts. */
export const isBase64Of = (text: string, sizeBytes: number): boolean => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === sizeBytes && bytes.toString('base64') === text;
};

export const isChecksumValue = ({ algorithm, value }: Checksum): boolean =>
  isBase64Of(value, checksumSizeBytes[algorithm]);

export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  /** Base64. Ends it. */
  digest(): string;
}

export const startChecksum: Readonly<Record<ChecksumAlgorithm, () => Promise<RunningChecksum>>> = {
  CRC64NVME: () => pooledHasher('CRC64NVME'),
  CRC32: async () => {
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
  CRC32C: () => pooledHasher('CRC32C'),
  SHA1: async () => startHash('sha1'),
  SHA256: async () => startHash('sha256'),
};

function startHash(name: 'sha1' | 'sha256'): RunningChecksum {
  const hash = createHash(name);
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest('base64') };
}
