import { createHash } from 'node:crypto';
import { combineCrc64Nvme } from '../../../client/hash/checksums.ts';
import type { PartHasher } from '../../../client/hash/part-hasher.ts';
import type { FileSource } from '../../../client/source.ts';

/** CRC-64/NVME of one byte after the other, by what is proven elsewhere: that checksums combine. */
const crcTable = new Map<number, string>();

function crcOfByte(byte: number): string {
  const known = crcTable.get(byte);
  if (known !== undefined) return known;
  const mask = 0xffff_ffff_ffff_ffffn;
  let crc = mask ^ BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c_9329_ac4b_c9b5n : crc >> 1n;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(crc ^ mask);
  const checksum = bytes.toString('base64');
  crcTable.set(byte, checksum);
  return checksum;
}

export const checksumOf = (bytes: Uint8Array, algorithm: 'SHA256' | 'CRC64NVME'): string =>
  algorithm === 'SHA256'
    ? createHash('sha256').update(bytes).digest('base64')
    : combineCrc64Nvme(Array.from(bytes, (byte) => ({ checksum: crcOfByte(byte), sizeBytes: 1 })));

/** Hashes at once and in this thread, so that only the clock of the test decides what comes before what. */
export const fakeHasher = (): PartHasher => ({
  hash: async (source, start, end, algorithm, signal) => {
    const bytes = await source.read(start, end, signal);
    return { checksum: checksumOf(bytes, algorithm), bytes };
  },
  close: () => undefined,
});

export const sourceOfBytes = (bytes: Uint8Array<ArrayBuffer>, name = 'report.pdf'): FileSource => ({
  sizeBytes: bytes.byteLength,
  name,
  type: 'application/pdf',
  lastModified: 1,
  read: async (start, end, signal) => {
    signal?.throwIfAborted();
    return bytes.slice(start, end);
  },
});
