import { type Client, type ClientOptions, createClient } from '../../../client/index.ts';
import { type FakeCloud, startFakeCloud } from './fake-cloud.ts';
import { type FakeTiming, fakeTiming } from './fake-timing.ts';

export interface Scene {
  readonly cloud: FakeCloud;
  readonly client: Client;
  readonly timing: FakeTiming;
}

/** A cloud and a client of it for the length of one test. */
export async function withCloud(
  run: (scene: Scene) => Promise<void>,
  options: Partial<ClientOptions> = {},
): Promise<void> {
  await using cloud = await startFakeCloud();
  const timing = fakeTiming();
  const client = createClient({ baseUrl: cloud.url, token: () => 'good-token', timing, ...options });
  await run({ cloud, client, timing });
}

const pattern = Uint8Array.from({ length: 251 }, (_, index) => (index * 31) % 251);

/** A file of `sizeBytes` bytes that are not all alike. */
export const fileOf = (sizeBytes: number, name = 'report.pdf', type = 'application/pdf'): File =>
  new File([Buffer.alloc(sizeBytes, pattern)], name, { type });

/** What `promise` rejects with. */
export const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => {
      throw new Error(`Resolved with ${JSON.stringify(value)}, was to reject.`);
    },
    (reason: unknown) => reason,
  );
