import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStore } from '../../../local/s3/store/store.ts';

it('reads exactly the bytes asked for, wherever files begin and end, and removes all files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sealdrop-blobs-'));
  const store = await openStore(folder);
  const sizes = [5, 1, 7, 3];
  const whole = Buffer.from('abcdefghijklmnop');
  const files = [];
  for (const sizeBytes of sizes) {
    const firstByte = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const writer = await store.blobs.create();
    await writer.write(whole.subarray(firstByte, firstByte + sizeBytes));
    await writer.keep();
    files.push({ fileId: writer.id, sizeBytes });
  }
  store.segments.join('joined', files);
  const at = fc.nat(whole.length - 1);
  await fc.assert(
    fc.asyncProperty(at, at, async (one, other) => {
      const [first, last] = [Math.min(one, other), Math.max(one, other)];
      const stream = await store.blobs.read('joined', first, last);
      expect(stream && (await buffer(stream)).toString()).toBe(whole.subarray(first, last + 1).toString());
    }),
  );
  await store.blobs.remove('joined');
  expect(await readdir(join(folder, 'objects'))).toEqual([]);
  expect(await store.blobs.read('joined', 0, 1)).toBeUndefined();
  await store.close();
  await rm(folder, { recursive: true });
});
