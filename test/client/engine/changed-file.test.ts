import { expect, it } from 'vitest';
import { NetworkError, type Transport } from '../../../client/index.ts';
import { type FileSource, unreadable } from '../../../client/source.ts';
import { sourceOfBytes } from '../support/fake-hasher.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import { hostileService, noFaults } from '../support/hostile-service.ts';
import { hostileTransport } from '../support/hostile-storage.ts';
import { rejectionOf } from '../support/with-cloud.ts';

/** A file that can be cut, whose parts are not held; after `isChanged` a browser reads nothing of it. */
const changing = () => {
  const bytes = new Uint8Array(1000).map((_, index) => index % 251);
  const whole = sourceOfBytes(bytes);
  const state = { isChanged: false };
  const source: FileSource = {
    ...whole,
    read: async (start, end, signal) => {
      if (state.isChanged) throw unreadable();
      return whole.read(start, end, signal);
    },
    slice: (start, end) => new Blob([bytes.slice(start, end)]),
  };
  return { state, source };
};

const uploadOf = (file: ReturnType<typeof changing>, failuresLeft: number, onFailure?: () => void) => {
  const service = { ...hostileService(1, noFaults), partSizeBytes: 300 };
  const send = hostileTransport(service);
  const seen = { failures: 0 };
  const transport: Transport = async (request) => {
    if (failuresLeft === 0)
      return send({ ...request, body: new Uint8Array(await (request.body as Blob).arrayBuffer()) });
    failuresLeft -= 1;
    // By then all parts are hashed, and nothing else notices.
    await service.time.sleep(1000, undefined);
    seen.failures += 1;
    onFailure?.();
    throw new NetworkError('The connection broke.');
  };
  const hasher = {
    hash: async (source: FileSource, start: number, end: number) => {
      const digest = await crypto.subtle.digest('SHA-256', await source.read(start, end));
      return { checksum: Buffer.from(digest).toString('base64') };
    },
    close: () => undefined,
  };
  const { done } = uploadsTo(service, undefined, { transport, hasher }).add(file.source);
  return { seen, done: service.time.run(done) };
};

it('a part that the browser cannot read any more is no broken connection: the person is told at once', async () => {
  const file = changing();
  const { seen, done } = uploadOf(file, Number.POSITIVE_INFINITY, () => {
    file.state.isChanged = true;
  });
  expect(await rejectionOf(done)).toMatchObject({ reason: 'unreadable' });
  // Each part once.
  expect(seen.failures).toBeLessThanOrEqual(4);
});

it('a broken connection is one where the file is what it was', async () => {
  const { seen, done } = uploadOf(changing(), 3);
  expect(await done).toMatchObject({ state: 'available' });
  expect(seen.failures).toBe(3);
});
