import { expect, it } from 'vitest';
import type { Transport } from '../../../client/index.ts';
import { sourceOfBytes } from '../support/fake-hasher.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import { hostileService, noFaults } from '../support/hostile-service.ts';
import { hostileTransport } from '../support/hostile-storage.ts';

const MiB = 1024 ** 2;

/** Sends twelve files of that size, none in parts, and counts how many are under way at a time. */
async function activeMaxOf(sizeBytes: number): Promise<number> {
  const service = { ...hostileService(1, noFaults), aboveSizeBytes: 16 * MiB };
  const send = hostileTransport(service);
  let [active, activeMax] = [0, 0];
  const transport: Transport = async (request) => {
    active += 1;
    activeMax = Math.max(activeMax, active);
    return send(request).finally(() => {
      active -= 1;
    });
  };
  const connectionsMax = (kind: 'small' | 'large') => (kind === 'small' ? 24 : 3);
  const uploads = uploadsTo(service, undefined, { transport, connectionsMax });
  const files = Array.from({ length: 12 }, () => uploads.add(sourceOfBytes(new Uint8Array(sizeBytes))).done);
  const documents = await service.time.run(Promise.all(files));
  expect(documents.map(({ state }) => state)).toEqual(documents.map(() => 'available'));
  return activeMax;
}

it('small files have all connections, and those that go by one name only those of that', async () => {
  expect(await activeMaxOf(2 * MiB)).toBeGreaterThan(3);
  expect(await activeMaxOf(2 * MiB + 1)).toBe(3);
});
