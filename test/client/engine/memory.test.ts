import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../client/index.ts';
import type { FileSource } from '../../../client/source.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import { hostileService, noFaults } from '../support/hostile-service.ts';

const MiB = 1024 ** 2;
const connectionsMax = 6;

interface Pace {
  readonly slice?: FileSource['slice'];
  readonly readMilliseconds?: number;
  readonly sendMilliseconds?: number;
}

/**
 * Sends a file of that size, of which nothing is really there, and counts what is hashed of it and not yet sent at a time: in
 * memory, unless the system can name a part of the file.
 */
async function held(
  sizeBytes: number,
  partSizeBytes: number,
  { slice, readMilliseconds, sendMilliseconds }: Pace = {},
) {
  const service = { ...hostileService(1, noFaults), partSizeBytes };
  const { time } = service;
  let [partsHeld, bytesHeldMax, reads, readsMax] = [0, 0, 0, 0];
  const source: FileSource = {
    sizeBytes,
    name: 'large.pdf',
    type: 'application/pdf',
    lastModified: 1,
    read: async () => new Uint8Array(),
    ...(slice && { slice }),
  };
  const hasher = {
    hash: async (_: FileSource, start: number, end: number) => {
      const checksum = Buffer.alloc(32, start / MiB).toString('base64');
      if (end - start < MiB) return { checksum };
      partsHeld += 1;
      bytesHeldMax = Math.max(bytesHeldMax, partsHeld * partSizeBytes);
      reads += 1;
      readsMax = Math.max(readsMax, reads);
      await time.sleep(readMilliseconds ?? 5, undefined);
      reads -= 1;
      return { checksum, ...(slice === undefined && { bytes: new Uint8Array() }) };
    },
    close: () => undefined,
  };
  let [firstSentAt, lastSentAt] = [Number.POSITIVE_INFINITY, 0];
  const transport: Transport = async ({ url, signal, onSent }) => {
    firstSentAt = Math.min(firstSentAt, time.now());
    for (let step = 1; step <= 8; step += 1) {
      await time.sleep((sendMilliseconds ?? 400) / 8, signal);
      onSent((partSizeBytes / 8) * step);
    }
    const { documentId, partNumber, checksum } = JSON.parse(decodeURIComponent(url.slice(url.indexOf('#') + 1)));
    service.uploads.get(documentId)?.parts.set(partNumber, { bytes: new Uint8Array(), checksum });
    partsHeld -= 1;
    lastSentAt = time.now();
    return { status: 200, etag: '"1"', retryAfter: undefined, body: '' };
  };
  const { done } = uploadsTo(service, undefined, { hasher, transport, connectionsMax: () => connectionsMax }).add(
    source,
  );
  const document = await time.run(done);
  expect(document.state).toBe('available');
  const signings = service.calls.filter((call) => call.endsWith('/parts')).length;
  return { bytesHeldMax, readsMax, signings, sentWithinMilliseconds: lastSentAt - firstSentAt };
}

describe('a file of any size', () => {
  it('is held in memory as far as it is being sent, and as much again that is hashed ahead', async () => {
    const { bytesHeldMax, readsMax, signings } = await held(1280 * 8 * MiB, 8 * MiB);
    expect(bytesHeldMax).toBeGreaterThan(connectionsMax * 8 * MiB);
    expect(bytesHeldMax).toBeLessThanOrEqual(2 * connectionsMax * 8 * MiB);
    expect(readsMax).toBeLessThanOrEqual(4);
    // Several parts to each request.
    expect(signings).toBeLessThan(1280 / 2);
  });

  it('is hashed further ahead where that takes no memory, and signed so many parts at a time', async () => {
    const { bytesHeldMax, readsMax, signings } = await held(1280 * 8 * MiB, 8 * MiB, { slice: () => new Blob() });
    expect(bytesHeldMax).toBeGreaterThan(128 * MiB);
    expect(bytesHeldMax).toBeLessThanOrEqual(128 * MiB + connectionsMax * 8 * MiB);
    expect(readsMax).toBeLessThanOrEqual(4);
    expect(signings).toBeLessThan(1280 / 10);
  });

  it('is signed as many parts at a time where they are larger', async () => {
    const { bytesHeldMax, signings } = await held(320 * 16 * MiB, 16 * MiB, { slice: () => new Blob() });
    expect(bytesHeldMax).toBeGreaterThan(256 * MiB);
    expect(bytesHeldMax).toBeLessThanOrEqual(256 * MiB + connectionsMax * 16 * MiB);
    expect(signings).toBeLessThan(320 / 10);
  });

  it.each([40, 41, 64])('leaves no connection idle at the end of %i parts', async (parts) => {
    const { sentWithinMilliseconds } = await held(parts * 8 * MiB, 8 * MiB, { slice: () => new Blob() });
    const rounds = Math.ceil(parts / connectionsMax);
    expect(sentWithinMilliseconds).toBeLessThan(1.1 * rounds * 400);
  });

  it('of a few parts has all of them sent at once, for there is nothing to wait for', async () => {
    const pace = { slice: () => new Blob(), readMilliseconds: 600, sendMilliseconds: 4000 };
    const { sentWithinMilliseconds } = await held(5 * 8 * MiB, 8 * MiB, pace);
    expect(sentWithinMilliseconds).toBeLessThan(6000);
  });

  it('is held less far ahead where its parts are large', async () => {
    const { bytesHeldMax } = await held(100 * 64 * MiB, 64 * MiB);
    expect(bytesHeldMax).toBeLessThanOrEqual((connectionsMax + 1) * 64 * MiB);
  });
});
