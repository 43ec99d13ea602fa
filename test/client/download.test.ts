import { describe, expect, it } from 'vitest';
import { IntegrityError, NetworkError } from '../../client/index.ts';
import { json, s3Error } from './support/fake-cloud.ts';
import { fileOf, rejectionOf, withCloud } from './support/with-cloud.ts';

const once = { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 };

describe('download', () => {
  it('returns the bytes that were uploaded, with their type', () =>
    withCloud(async ({ client }) => {
      const file = fileOf(700_000, 'photo.png', 'image/png');
      const { id } = await client.upload(file);
      const fractions: number[] = [];
      const { blob, document } = await client.download(id, { onProgress: ({ fraction }) => fractions.push(fraction) });
      expect(blob.type).toBe('image/png');
      expect(document.id).toBe(id);
      expect(Buffer.from(await blob.arrayBuffer())).toEqual(Buffer.from(await file.arrayBuffer()));
      expect(fractions.at(-1)).toBe(1);
    }));

  it('refuses bytes that are not the recorded ones', () =>
    withCloud(
      async ({ cloud, client }) => {
        const { id } = await client.upload(fileOf(10));
        cloud.faults.push({ on: /^GET \/s3/, answer: { status: 200, body: 'something else' } });
        expect(await rejectionOf(client.download(id))).toBeInstanceOf(IntegrityError);
      },
      { retryPolicy: once },
    ));

  it('uses its link again after a failure: each one stands in the history', () =>
    withCloud(async ({ cloud, client }) => {
      const { id } = await client.upload(fileOf(10));
      cloud.faults.push({ on: /^GET \/s3/, cut: 'before' }, { on: /^GET \/s3/, answer: s3Error(503, 'SlowDown', 'x') });
      expect((await client.download(id)).blob.size).toBe(10);
      expect(cloud.requests.filter((request) => request.endsWith('/download'))).toHaveLength(1);
    }));

  it('tells that a link ran out, without the link', () =>
    withCloud(async ({ cloud, client }) => {
      const { id } = await client.upload(fileOf(10));
      for (let times = 0; times < 3; times += 1)
        cloud.faults.push({ on: /^GET \/s3/, answer: s3Error(403, 'AccessDenied', 'Request has expired') });
      const error = await rejectionOf(client.download(id));
      expect(error).toMatchObject({ code: 'AccessDenied', message: expect.stringContaining('ran out') });
      expect(String(error)).not.toContain('/s3/');
    }));

  it('tells the state of a document that is not available', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.states = ['rejected'];
      const { id } = await client.upload(fileOf(10));
      expect(await rejectionOf(client.download(id))).toMatchObject({
        kind: 'document-not-available',
        problem: { state: 'rejected' },
      });
    }));

  it("stops with the signal's reason, and calls a lost connection what it is", () =>
    withCloud(
      async ({ cloud, client }) => {
        const { id } = await client.upload(fileOf(10));
        const controller = new AbortController();
        cloud.faults.push({ on: /^GET \/s3/, hang: () => controller.abort() });
        const aborted = await rejectionOf(client.download(id, { signal: controller.signal }));
        expect(aborted).toBe(controller.signal.reason);
        cloud.faults.push({ on: /^GET \/s3/, cut: 'before' });
        expect(await rejectionOf(client.download(id))).toBeInstanceOf(NetworkError);
      },
      { retryPolicy: once },
    ));
});

describe('a download link', () => {
  it('says how and why it is wanted', () =>
    withCloud(async ({ cloud, client }) => {
      const { id } = await client.upload(fileOf(10));
      expect(await client.downloadLink(id, { disposition: 'inline', reason: 'Second opinion' })).toMatchObject({
        url: `${cloud.url}/s3/${id}`,
      });
      expect(cloud.requests.at(-1)).toBe(`GET /v1/documents/${id}/download?disposition=inline&reason=Second+opinion`);
      await client.downloadLink(id);
      expect(cloud.requests.at(-1)).toBe(`GET /v1/documents/${id}/download`);
    }));

  it('is asked for with the reason by a download too', () =>
    withCloud(async ({ cloud, client }) => {
      const { id } = await client.upload(fileOf(10));
      await client.download(id, { reason: 'Second opinion' });
      expect(cloud.requests).toContain(`GET /v1/documents/${id}/download?reason=Second+opinion`);
    }));
});

describe('a link that works once', () => {
  it('is made with what is said of it, and nothing else', () =>
    withCloud(async ({ cloud, client }) => {
      const link = { url: 'https://api.example.org/v1/links/abc', expiresAt: '2026-11-22T10:00:00.000Z' };
      cloud.faults.push({ on: /links$/, answer: json(201, link) });
      expect(await client.shareOnce('01890000-0000-7000-8000-000000000001', { expiresInSeconds: 60 })).toEqual(link);
      expect(cloud.requests).toEqual(['POST /v1/documents/01890000-0000-7000-8000-000000000001/links']);
    }));
});
