import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Piece } from '../../../local/s3/store/segments.ts';
import { openStore, type Store } from '../../../local/s3/store/store.ts';
import { storedBlobs } from './support/stored-blobs.ts';

const whole = Buffer.from('abcdefghijklmnop');

/** In files of their own. */
async function writePieces({ blobs }: Store, sizesBytes: readonly number[]): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  let at = 0;
  for (const sizeBytes of sizesBytes) {
    const writer = blobs.create(sizeBytes);
    await writer.write(whole.subarray(at, at + sizeBytes));
    await writer.keep();
    pieces.push({ fileId: writer.id, firstByte: 0, sizeBytes });
    at += sizeBytes;
  }
  return pieces;
}

async function textOf({ blobs }: Store, id: string, first: number, last: number): Promise<string> {
  const stream = await blobs.read(id, first, last);
  const closed = once(stream, 'close');
  const bytes = await buffer(stream);
  await closed;
  return bytes.toString();
}

it('reads exactly the bytes asked for, wherever files begin and end, also where blobs share them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sealdrop-blobs-'));
  const store = await openStore(folder);
  store.segments.join('joined', await writePieces(store, [5, 1, 7, 3]));
  const held = store.blobs.hold('joined');
  const at = fc.nat(whole.length - 1);
  let copies = 0;
  await fc.assert(
    fc.asyncProperty(at, at, async (one, other) => {
      const [first, last] = [Math.min(one, other), Math.max(one, other)];
      const copy = `copy ${++copies}`;
      store.segments.join(copy, store.segments.pieces('joined', first, last));
      expect(await textOf(store, 'joined', first, last)).toBe(whole.subarray(first, last + 1).toString());
      expect(await textOf(store, copy, 0, last - first)).toBe(whole.subarray(first, last + 1).toString());
      await store.blobs.release(copy);
      await expect(store.blobs.read(copy, 0, 0)).rejects.toThrow('is gone');
    }),
  );
  await store.blobs.release('joined');
  expect(await storedBlobs(folder)).toHaveLength(4);
  await held.letGo();
  await expect(store.blobs.read('joined', 0, 1)).rejects.toThrow('is gone');
  expect(await storedBlobs(folder)).toEqual([]);
  await store.close();
  await rm(folder, { recursive: true });
});
