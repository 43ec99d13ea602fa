import { describe, expect, it } from 'vitest';
import { fileOf, rejectionOf, withCloud } from './support/with-cloud.ts';

describe('abort', () => {
  it.each(['hashing', 'declaring', 'uploading', 'verifying'] as const)(
    "stops while %s with the signal's reason",
    (at) =>
      withCloud(async ({ cloud, client }) => {
        const controller = new AbortController();
        const reason = new Error('Cancelled.');
        cloud.states = ['pending'];
        let reportsAfterAbort = 0;
        const uploading = client.upload(fileOf(2_500_000), {
          signal: controller.signal,
          onProgress: ({ phase, bytesDone }) => {
            if (controller.signal.aborted) reportsAfterAbort += 1;
            if (phase === at && (phase !== 'hashing' || bytesDone > 0)) controller.abort(reason);
          },
        });
        expect(await rejectionOf(uploading)).toBe(reason);
        expect(reportsAfterAbort).toBe(0);
        const requestsByPhase = { hashing: 0, declaring: 0, uploading: 1, verifying: 2 };
        expect(cloud.requests).toHaveLength(requestsByPhase[at]);
      }),
  );

  it.each([/^POST/, /^PUT/, /^GET/])('stops while %s is waiting for its answer', (on) =>
    withCloud(async ({ cloud, client }) => {
      const controller = new AbortController();
      cloud.faults.push({ on, hang: () => controller.abort() });
      const error = await rejectionOf(client.upload(fileOf(10), { signal: controller.signal }));
      expect(error).toBe(controller.signal.reason);
    }),
  );

  it('makes no request with a signal that is aborted already', () =>
    withCloud(async ({ cloud, client }) => {
      const signal = AbortSignal.abort();
      expect(await rejectionOf(client.upload(fileOf(10), { signal }))).toBe(signal.reason);
      expect(cloud.requests).toEqual([]);
    }));
});
