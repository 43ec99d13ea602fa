import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { spool } from '../../../client/service/spool.ts';

const MiB = 1024 * 1024;
const signal = new AbortController().signal;

it('a stream of any length takes no more memory than some chunks of it', async () => {
  const chunk = Buffer.alloc(MiB, 'sealdrop');
  const chunks = 128;
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const content = Readable.from(
    (function* () {
      for (let n = 0; n < chunks; n += 1) {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        yield Buffer.from(chunk);
      }
    })(),
  );
  const { blob, sha256, remove } = await spool(content, signal);
  const hash = createHash('sha256');
  for (let n = 0; n < chunks; n += 1) hash.update(chunk);
  expect([blob.size, sha256]).toEqual([chunks * MiB, hash.digest('hex')]);
  expect(peak).toBeLessThan(64 * MiB);
  await remove();
});

it('a stream that fails before anybody could listen ends no process', async () => {
  const stream = new Readable({ read: () => undefined });
  const spooled = spool(stream, signal);
  stream.destroy(new Error('at once'));
  await expect(spooled).rejects.toMatchObject({ reason: 'unreadable', cause: { message: 'at once' } });
  await once(process, 'never', { signal: AbortSignal.timeout(20) }).catch(() => undefined);
});
