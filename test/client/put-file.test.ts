import { describe, expect, it } from 'vitest';
import { NetworkError, StorageError } from '../../client/index.ts';
import { isExpired, storageError } from '../../client/storage-answer.ts';
import { nodeTransport } from '../../client/transport/node-http.ts';
import { s3Error } from './support/fake-cloud.ts';
import { fileOf, rejectionOf, type Scene, withCloud } from './support/with-cloud.ts';

const once = { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 };
const puts = ({ cloud }: Scene) => cloud.requests.filter((request) => request.startsWith('PUT')).length;

describe('sending to the storage', () => {
  it.each([
    ['SlowDown', 503],
    ['InternalError', 500],
    ['ConditionalRequestConflict', 409],
    ['RequestTimeout', 400],
  ])('tries again after %s', (code, status) =>
    withCloud(async (scene) => {
      scene.cloud.faults.push({ on: /^PUT/, answer: s3Error(status, code, 'x') });
      expect(await scene.client.upload(fileOf(10))).toMatchObject({ state: 'available' });
      expect(puts(scene)).toBe(2);
    }),
  );

  it('lets the record decide after a lost answer and a 412', () =>
    withCloud(async (scene) => {
      scene.cloud.faults.push({ on: /^PUT/, cut: 'after' });
      expect(await scene.client.upload(fileOf(10))).toMatchObject({ state: 'available' });
      expect(puts(scene)).toBe(2);
    }));

  it('does not take a 412 for success where no answer was lost', () =>
    withCloud(async (scene) => {
      scene.cloud.faults.push({ on: /^PUT/, answer: s3Error(412, 'PreconditionFailed', 'x') });
      const error = await rejectionOf(scene.client.upload(fileOf(10)));
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ status: 412, code: 'PreconditionFailed' });
      expect(puts(scene)).toBe(1);
    }));

  it('tells a link that ran out from one that was never allowed', () =>
    withCloud(async ({ cloud, client }) => {
      const expired = s3Error(403, 'AccessDenied', 'Request has expired');
      cloud.faults.push({ on: /^PUT/, answer: expired }, { on: /^PUT/, answer: expired });
      cloud.faults.push({ on: /^PUT/, answer: s3Error(403, 'AccessDenied', 'Access Denied') });
      const form = s3Error(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
      expect(isExpired(storageError({ ...form, body: String(form.body), retryAfter: undefined }, 0))).toBe(true);
      const [late, denied] = [await rejectionOf(client.upload(fileOf(9))), await rejectionOf(client.upload(fileOf(9)))];
      expect(late).toMatchObject({ code: 'AccessDenied', message: expect.stringContaining('ran out') });
      expect(denied).toMatchObject({ message: expect.stringContaining('AccessDenied') });
    }));

  it('never repeats what S3 says besides its code: it may hold the signature', () =>
    withCloud(async ({ cloud, client }) => {
      const secret = 'X-Amz-Signature=5d41402abc4b2a76';
      cloud.faults.push({ on: /^PUT/, answer: s3Error(403, 'SignatureDoesNotMatch', secret) });
      const error = await rejectionOf(client.upload(fileOf(10)));
      expect(error).toMatchObject({ code: 'SignatureDoesNotMatch' });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/Signature=|127\.0\.0\.1/);
    }));

  it('gives an answer without XML the code Unknown', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push({ on: /^PUT/, answer: { status: 403, body: '<html>blocked</html>' } });
      expect(await rejectionOf(client.upload(fileOf(10)))).toMatchObject({ code: 'Unknown', status: 403 });
    }));

  it('gives up a transfer that stands still', () =>
    withCloud(
      async ({ cloud, client }) => {
        cloud.faults.push({ on: /^PUT/, hang: () => undefined });
        const error = await rejectionOf(client.upload(fileOf(10)));
        expect(error).toBeInstanceOf(NetworkError);
        expect(error).toMatchObject({ message: expect.stringContaining('stood still') });
      },
      { stallTimeoutMilliseconds: 50, retryPolicy: once },
    ));

  it('declares anew, once, what waited for its turn until its link had run out', () =>
    withCloud(async (scene) => {
      const { cloud, client } = scene;
      cloud.faults.push({ on: /^PUT/, answer: s3Error(403, 'AccessDenied', 'Request has expired') });
      expect(await client.upload(fileOf(10))).toMatchObject({ state: 'available' });
      expect([cloud.documents.size, puts(scene)]).toEqual([2, 2]);
    }));

  it('hears an early refusal of a large file without sending it', () =>
    withCloud(async ({ cloud }) => {
      const sent: number[] = [];
      cloud.refuseBeforeBody = s3Error(403, 'AccessDenied', 'Request has expired');
      const { signal } = new AbortController();
      const body = fileOf(5_000_000);
      const onSent = (bytesDone: number) => void sent.push(bytesDone);
      const url = `${cloud.url}/s3/any`;
      expect(await nodeTransport({ url, headers: {}, body, signal, onSent })).toMatchObject({ status: 403 });
      expect(Math.max(0, ...sent)).toBeLessThan(5_000_000);
    }));
});
