import { createCRC32, createCRC64, type IHasher } from 'hash-wasm';
import type { RunningChecksum } from './checksum.ts';

/** Polynomials with their bits reversed: Castagnoli (RFC 3720) and NVM Express 5.2.1.3.4. */
const create = {
  CRC32C: () => createCRC32(0x82f63b78),
  CRC64NVME: () => createCRC64('9a6c9329ac4bc9b5'),
} as const;

/** Making one costs as much as hashing 100 KiB, so those that came to their end are used again. */
const idle: Readonly<Record<keyof typeof create, IHasher[]>> = { CRC32C: [], CRC64NVME: [] };

export async function pooledHasher(algorithm: keyof typeof create): Promise<RunningChecksum> {
  const hasher = idle[algorithm].pop() ?? (await create[algorithm]());
  hasher.init();
  return {
    update: (chunk) => void hasher.update(chunk),
    digest: () => {
      const value = Buffer.from(hasher.digest('hex'), 'hex').toString('base64');
      idle[algorithm].push(hasher);
      return value;
    },
  };
}
