import { describe, expect, it } from 'vitest';
import { fileOf, rejectionOf, withCloud } from './support/with-cloud.ts';

const options = { retryPolicy: { attemptsMax: 2, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 } };
const lost = { on: /^POST/, cut: 'after' } as const;

describe('a declaration whose answer was lost', () => {
  it('makes one document, however often it is sent again', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.faults.push(lost);
      expect(await client.upload(fileOf(10))).toMatchObject({ state: 'available' });
      expect(cloud.requests.filter((request) => request.startsWith('POST'))).toHaveLength(2);
      expect([cloud.documents.size, cloud.keys.size]).toEqual([1, 1]);
    }, options));

  it('makes one document where the person tries again after the client had given up', () =>
    withCloud(async ({ cloud, client }) => {
      const file = fileOf(10);
      cloud.faults.push(lost, lost);
      await rejectionOf(client.upload(file));
      expect(await client.upload(file)).toMatchObject({ state: 'available' });
      expect([cloud.documents.size, cloud.keys.size]).toEqual([1, 1]);
    }, options));

  it('is another one where something else is said about the file', () =>
    withCloud(async ({ cloud, client }) => {
      const file = fileOf(10);
      cloud.faults.push(lost, lost);
      await rejectionOf(client.upload(file));
      expect(await client.upload(file, { fileName: 'other.pdf' })).toMatchObject({ fileName: 'other.pdf' });
      expect([cloud.documents.size, cloud.keys.size]).toEqual([2, 2]);
    }, options));

  it('begins anew where the bytes may come no more', () =>
    withCloud(async ({ cloud, client }) => {
      const file = fileOf(10);
      cloud.uploadExpiresInMilliseconds = -1;
      cloud.faults.push(lost, lost);
      await rejectionOf(client.upload(file));
      cloud.uploadExpiresInMilliseconds = 300_000;
      expect(await client.upload(file)).toMatchObject({ state: 'available' });
      expect([cloud.documents.size, cloud.keys.size]).toEqual([2, 2]);
    }, options));
});

describe('a key', () => {
  it('is used for one declaration, answered once', () =>
    withCloud(async ({ cloud, client }) => {
      const file = fileOf(10);
      await client.upload(file);
      await client.upload(file);
      await client.upload(fileOf(10));
      expect([cloud.documents.size, cloud.keys.size]).toEqual([3, 3]);
      for (const key of cloud.keys.keys()) expect(key).toMatch(/^[0-9a-f]{32}$/);
    }));
});
