import { expect, it, vi } from 'vitest';
import { createPartHasher, FileError } from '../../../client/index.ts';
import { createPartChecksums } from '../../../client/uppy/part-checksums.ts';

const MiB = 1024 ** 2;
const bytes = new Uint8Array(17 * MiB).map((_, index) => index % 251);
const signal = new AbortController().signal;

it('reckons the checksum of each part once, and of them that of the whole file', async () => {
  const hasher = createPartHasher();
  const hash = vi.fn(hasher.hash);
  const checksums = createPartChecksums({ ...hasher, hash }, new Blob([bytes]));
  const third = await checksums.of(3);
  const source = { sizeBytes: bytes.length, name: '', type: '', lastModified: 0 };
  const read = async (start: number, end: number) => bytes.slice(start, end);
  const expected = (start: number, end: number) => hasher.hash({ ...source, read }, start, end, 'CRC64NVME', signal);
  expect(third).toBe((await expected(16 * MiB, 17 * MiB)).checksum);
  expect(await checksums.whole()).toBe((await expected(0, 17 * MiB)).checksum);
  expect(hash).toHaveBeenCalledTimes(3);
});

it('reads a part again that could not be read before', async () => {
  const hash = vi
    .fn()
    .mockRejectedValueOnce(new FileError('unreadable', 'It was moved.'))
    .mockResolvedValue({ checksum: 'c' });
  const checksums = createPartChecksums({ hash, close: () => undefined }, new Blob([bytes]));
  await expect(checksums.of(1)).rejects.toThrow('It was moved.');
  expect(await checksums.of(1)).toBe('c');
});
