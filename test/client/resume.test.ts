import { describe, expect, it } from 'vitest';
import { s3Error } from './support/fake-cloud.ts';
import { fileOf, rejectionOf, type Scene, withCloud } from './support/with-cloud.ts';

const options = { retryPolicy: { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 } };
const methods = ({ cloud }: Scene) => cloud.requests.map((request) => request.split(' ')[0]);

describe('trying again after a failure', () => {
  it('does not make a second document where the first was stored and its answer lost', () =>
    withCloud(async (scene) => {
      const { cloud, client } = scene;
      const file = fileOf(10);
      cloud.states = ['pending', 'available'];
      cloud.faults.push({ on: /^PUT/, cut: 'after' });
      await rejectionOf(client.upload(file));
      expect(await client.upload(file)).toMatchObject({ state: 'available' });
      expect(cloud.documents.size).toBe(1);
      expect(methods(scene)).toEqual(['POST', 'PUT', 'GET', 'PUT', 'GET']);
    }, options));

  it('declares a file anew about which something else is said', () =>
    withCloud(async ({ cloud, client }) => {
      const file = fileOf(1000);
      cloud.faults.push(...Array.from({ length: 6 }, () => ({ on: /^PUT/, cut: 'before' as const })));
      await rejectionOf(client.upload(file, { metadata: { category: 'reports' } }));
      await client.upload(file, { metadata: { category: 'images' } });
      const declared = [...cloud.documents.values()].map(({ document }) => [document.category, document.state]);
      expect(declared).toEqual([
        ['reports', 'pending'],
        ['images', 'available'],
      ]);
    }));

  it('sends nothing again where the record is available by then', () =>
    withCloud(async (scene) => {
      const { cloud, client } = scene;
      const file = fileOf(10);
      cloud.states = ['available'];
      cloud.faults.push({ on: /^GET/, cut: 'before' });
      await rejectionOf(client.upload(file));
      expect(await client.upload(file)).toMatchObject({ state: 'available' });
      expect(methods(scene)).toEqual(['POST', 'PUT', 'GET', 'GET']);
    }, options));

  it.each([
    ['the permission to send has run out', 'cut' as const],
    ['the storage refused for good', 'refuse' as const],
  ])('begins anew where %s', (_, kind) =>
    withCloud(async (scene) => {
      const { cloud, client } = scene;
      cloud.uploadExpiresInMilliseconds = 60_000;
      const file = fileOf(10);
      const refusal = s3Error(403, 'AccessDenied', 'Access Denied');
      cloud.faults.push(kind === 'cut' ? { on: /^PUT/, cut: 'before' } : { on: /^PUT/, answer: refusal });
      await rejectionOf(client.upload(file));
      await scene.timing.sleep(kind === 'cut' ? 60_000 : 0, undefined);
      expect(await client.upload(file)).toMatchObject({ state: 'available' });
      expect(cloud.documents.size).toBe(2);
    }, options),
  );

  it('begins anew under another name, and after a success', () =>
    withCloud(async ({ cloud, client }) => {
      const file = fileOf(10);
      cloud.faults.push({ on: /^PUT/, cut: 'before' });
      await rejectionOf(client.upload(file));
      await client.upload(file, { fileName: 'other.pdf' });
      await client.upload(file, { fileName: 'other.pdf' });
      expect(cloud.documents.size).toBe(3);
    }, options));
});
