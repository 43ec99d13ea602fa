import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf } from '../../../client/hash/digest.ts';
import { hashRange } from '../../../client/hash/hash-range.ts';
import { createPartHasher } from '../../../client/hash/part-hasher.ts';
import { startHash } from '../../../client/hash/start-hash.ts';
import { wasmHash } from '../../../client/hash/wasm.ts';
import { type FileSource, sourceOf } from '../../../client/source.ts';
import { fileOf, rejectionOf } from '../support/with-cloud.ts';

afterEach(() => vi.unstubAllGlobals());

const { signal } = new AbortController();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
const crc64 = async (bytes: Uint8Array) => {
  const hash = await wasmHash('CRC64NVME');
  hash.update(bytes);
  return Buffer.from(hash.digest()).toString('base64');
};
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

/** Zeros without end: reading costs no memory, and what is read at once is told. */
const zeros = (sizeBytes: number): FileSource & { readonly reads: number[] } => {
  const reads: number[] = [];
  const read = async (start: number, end: number) => {
    reads.push(end - start);
    return new Uint8Array(end - start);
  };
  return { sizeBytes, name: '', type: '', lastModified: 0, reads, read };
};

describe('hashing parts without a worker', () => {
  const hasher = createPartHasher();

  it('gives the checksum of each part with its bytes, several at once', async () => {
    const file = fileOf(3_000_000);
    const bytes = await bytesOf(file);
    const source = sourceOf(file);
    const [first, second, third] = await Promise.all([
      hasher.hash(source, 0, 1_500_000, 'SHA256', signal),
      hasher.hash(source, 1_500_000, 3_000_000, 'CRC64NVME', signal),
      hasher.hash(source, 0, 3_000_000, 'CRC64NVME', signal),
    ]);
    expect(first.checksum).toBe(sha256(bytes.subarray(0, 1_500_000)));
    expect(first.bytes).toEqual(bytes.slice(0, 1_500_000));
    expect(second.checksum).toBe(await crc64(bytes.subarray(1_500_000)));
    expect(third.checksum).toBe(await crc64(bytes));
  });

  it('keeps the bytes of a part for sources that take their buffers back, and else sends it as a slice', async () => {
    const source = sourceOf(fileOf(5_000_000));
    const inNode = { ...source, isCheapToKeep: true };
    expect((await hasher.hash(source, 0, 5_000_000, 'SHA256', signal)).bytes).toBeUndefined();
    expect((await hasher.hash(inNode, 0, 5_000_000, 'SHA256', signal)).bytes?.byteLength).toBe(5_000_000);
  });

  it('hashes on pages without WebCrypto too', async () => {
    vi.stubGlobal('crypto', {});
    const file = fileOf(2_500_000);
    const range = { start: 0, end: file.size };
    const { checksum } = await hashRange(sourceOf(file), range, 'SHA256', signal, wasmHash);
    expect(checksum).toBe(sha256(await bytesOf(file)));
    expect((await hasher.hash(sourceOf(file), 0, file.size, 'SHA256', signal)).checksum).toBe(checksum);
  });

  it.each([
    ['SHA256', startHash],
    ['CRC64NVME', wasmHash],
  ] as const)('holds no part above 64 MiB whole (%s)', async (algorithm, start) => {
    const sizeBytes = 65 * 1024 ** 2;
    const source = zeros(sizeBytes);
    const part = await hashRange(source, { start: 0, end: sizeBytes }, algorithm, signal, start);
    const whole = new Uint8Array(sizeBytes);
    expect(part).toEqual({ checksum: algorithm === 'SHA256' ? sha256(whole) : await crc64(whole) });
    expect(Math.max(...source.reads)).toBe(8 * 1024 ** 2);
    expect(source.reads.reduce((sum, read) => sum + read)).toBe(sizeBytes);
  });

  it("rejects with the signal's reason, before and while it hashes", async () => {
    const controller = new AbortController();
    const hashing = hasher.hash(sourceOf(fileOf(9)), 0, 9, 'SHA256', controller.signal);
    controller.abort(new Error('enough'));
    expect(await rejectionOf(hashing)).toBe(controller.signal.reason);
    const late = hasher.hash(sourceOf(fileOf(9)), 0, 9, 'SHA256', controller.signal);
    expect(await rejectionOf(late)).toBe(controller.signal.reason);
  });

  it('gives nothing to who aborted while it was hashed', async () => {
    const controller = new AbortController();
    const hashing = hasher.hash(zeros(9), 0, 9, 'SHA256', controller.signal);
    controller.abort(new Error('enough'));
    expect(await rejectionOf(hashing)).toBe(controller.signal.reason);
  });

  it('lets others have their turn where it hashes on the thread', async () => {
    let isHashing = true;
    let turns = 0;
    const turn = () => {
      turns += 1;
      if (isHashing) setImmediate(turn);
    };
    setImmediate(turn);
    await digestOf(new Uint8Array(8 * 1024 ** 2), 'CRC64NVME', wasmHash);
    isHashing = false;
    expect(turns).toBeGreaterThan(5);
  });

  it('says of a file that cannot be read what to do', async () => {
    const gone = { ...zeros(9), read: sourceOf(fileOf(4)).read };
    expect(await rejectionOf(hasher.hash(gone, 0, 9, 'SHA256', signal))).toMatchObject({ reason: 'unreadable' });
  });
});
