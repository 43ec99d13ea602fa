import { createHash } from 'node:crypto';
import { Crc64Nvme } from '@aws-sdk/checksums/crc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineCrc64Nvme, compositeSha256 } from '../../../client/hash/checksums.ts';
import { wasmHash } from '../../../client/hash/wasm.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const crc64 = async (bytes: Uint8Array): Promise<string> => {
  const hash = await wasmHash('CRC64NVME');
  hash.update(bytes);
  return base64(hash.digest());
};

/** The SDK's own, which shares nothing with ours. */
const crc64OfSdk = async (bytes: Uint8Array): Promise<string> => {
  const hash = new Crc64Nvme();
  hash.update(bytes);
  return base64(await hash.digest());
};

describe('CRC-64/NVME', () => {
  it("is the catalogue's, as S3 writes it", async () => {
    expect(Buffer.from(await crc64(Buffer.from('123456789')), 'base64').toString('hex')).toBe('ae8b14860a799888');
    expect(await crc64(Buffer.alloc(0))).toBe('AAAAAAAAAAA=');
  });

  it("is the SDK's, whatever the bytes", () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        expect(await crc64(bytes)).toBe(await crc64OfSdk(bytes));
      }),
    ));

  it('of parts is that of the parts joined, empty ones among them', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 8 }), async (parts) => {
        const sized = await Promise.all(
          parts.map(async (part) => ({ checksum: await crc64(part), sizeBytes: part.byteLength })),
        );
        expect(combineCrc64Nvme(sized)).toBe(await crc64OfSdk(Buffer.concat(parts)));
      }),
    ));

  it('of parts of a size that no 32 bits hold is joined by its size', async () => {
    // 2^32 zeros and one byte more shift by another power than none do.
    const checksum = await crc64(Buffer.from('x'));
    const zeros = { checksum: await crc64(Buffer.alloc(1 << 20)), sizeBytes: 1 << 20 };
    const many = { checksum: combineCrc64Nvme(Array.from({ length: 8192 }, () => zeros)), sizeBytes: 2 ** 33 };
    const stepwise = combineCrc64Nvme([{ checksum, sizeBytes: 1 }, ...Array.from({ length: 8192 }, () => zeros)]);
    expect(combineCrc64Nvme([{ checksum, sizeBytes: 1 }, many])).toBe(stepwise);
  });

  it.each(['', 'AAAA', 'AAAAAAAAAAAA', 'AAAAAAAAAA!=', 'AAAAAAAAAAA-'])('is not taken from %j', (checksum) => {
    expect(() => combineCrc64Nvme([{ checksum, sizeBytes: 1 }])).toThrow(TypeError);
  });
});

describe('the composite SHA-256', () => {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

  it('is the hash over the hashes of the parts in their order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 50 }), { minLength: 1, maxLength: 20 }), async (parts) => {
        const hashes = parts.map(sha256);
        expect(await compositeSha256(hashes.map(base64))).toBe(base64(sha256(Buffer.concat(hashes))));
      }),
    ));

  it('takes 10,000 parts, and nothing that is not a SHA-256', async () => {
    const one = base64(sha256(Buffer.from('a')));
    expect(await compositeSha256(Array.from({ length: 10_000 }, () => one))).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    await expect(compositeSha256([one, 'AAAAAAAAAAA='])).rejects.toThrow(TypeError);
    await expect(compositeSha256([`${one}-1`])).rejects.toThrow(TypeError);
  });
});
