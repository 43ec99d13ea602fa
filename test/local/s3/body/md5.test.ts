import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { startMd5 } from '../../../../local/s3/body/md5.ts';

const mebibyte = 1024 * 1024;
const bytes = Buffer.alloc(5 * mebibyte, 'bytes that repeat, but not with any slab; ');

const md5Of = async (body: Buffer, chunkSizeBytes: number): Promise<string> => {
  using md5 = startMd5();
  for (let offset = 0; offset < body.length; offset += chunkSizeBytes) {
    await md5.update(body.subarray(offset, offset + chunkSizeBytes));
  }
  return await md5.digest();
};

it.each([0, 1, mebibyte, mebibyte + 1, 2 * mebibyte, 2 * mebibyte + 4097, 5 * mebibyte])(
  'is the MD5 of %i bytes, however they come',
  async (sizeBytes) => {
    const body = bytes.subarray(0, sizeBytes);
    const expected = createHash('md5').update(body).digest('hex');
    for (const chunkSizeBytes of [64 * 1024, 100_001, 3 * mebibyte]) {
      expect(await md5Of(body, chunkSizeBytes)).toBe(expected);
    }
  },
);

it('keeps bodies apart that come at the same time, and goes on without one that was given up', async () => {
  const bodies = [1, 2, 3, 4].map((first) => Buffer.concat([Buffer.of(first), bytes]));
  using givenUp = startMd5();
  await givenUp.update(bytes);
  const digests = bodies.map((body) => md5Of(body, 64 * 1024));
  givenUp[Symbol.dispose]();
  expect(await Promise.all(digests)).toEqual(bodies.map((body) => createHash('md5').update(body).digest('hex')));
  await expect(givenUp.digest()).rejects.toThrow('has ended');
});
