import { createCRC64, createSHA256, type IHasher } from 'hash-wasm';
import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import { hexToBytes } from './base64.ts';
import { crc64NvmePolynomial } from './crc64.ts';
import type { RunningHash } from './running-hash.ts';

const create: Readonly<Record<ChecksumAlgorithm, () => Promise<IHasher>>> = {
  SHA256: createSHA256,
  CRC64NVME: () => createCRC64(crc64NvmePolynomial),
};

/** Making one costs as much as hashing 100 KiB, so those that came to their end are used again. */
const idle: Readonly<Record<ChecksumAlgorithm, IHasher[]>> = { SHA256: [], CRC64NVME: [] };

/** By WebAssembly: about 1.8 GB/s for CRC64NVME and 0.36 GB/s for SHA-256 (docs/adr/042-hashing-parts.md). */
export async function wasmHash(algorithm: ChecksumAlgorithm): Promise<RunningHash> {
  const hasher = idle[algorithm].pop() ?? (await create[algorithm]());
  hasher.init();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => {
      const digest = hexToBytes(hasher.digest('hex'));
      idle[algorithm].push(hasher);
      return digest;
    },
  };
}
