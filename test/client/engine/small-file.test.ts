import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../support/fake-hasher.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import { hostileService, noFaults } from '../support/hostile-service.ts';
import { bytesOf, serviceOf } from './support/small-uploads.ts';

describe('a small file', () => {
  it('is not declared again where its link ran out after an answer was lost: it came', async () => {
    const faults = { ...noFaults, most: 2, cutAfter: 1 };
    const service = hostileService(7, faults);
    const { done } = uploadsTo(service).add(sourceOfBytes(bytesOf(20)));
    const change = async () => {
      while (service.uploads.get('document-1')?.object === undefined) await service.time.sleep(1, undefined);
      Object.assign(faults, { cutAfter: 0, expire: 1 });
    };
    const [document] = await service.time.run(Promise.all([done, change()]));
    expect([document.state, service.uploads.size]).toEqual(['available', 1]);
  });

  it('is gone on with where the session ended while its outcome was waited for', async () => {
    const faults = { ...noFaults, most: 1 };
    const service = hostileService(7, faults);
    const uploads = uploadsTo(service);
    const source = sourceOfBytes(bytesOf(20));
    const onProgress = ({ phase }: { phase: string }) =>
      phase === 'verifying' && Object.assign(faults, { unauthenticated: 1 });
    const first = uploads.add(source, { onProgress });
    await expect(service.time.run(first.done)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(first.state).toBe('failed');
    const document = await service.time.run(uploads.add(source).done);
    expect([document.state, service.uploads.size, service.sends.length]).toEqual(['available', 1, 1]);
  });

  it('is another document where it was cancelled before', async () => {
    const service = serviceOf();
    const uploads = uploadsTo(service);
    const source = sourceOfBytes(bytesOf(20));
    const handle = uploads.add(source);
    const person = async () => {
      while (service.sends.length === 0) await service.time.sleep(1, undefined);
      await handle.cancel();
    };
    await expect(service.time.run(Promise.all([handle.done, person()]))).rejects.toThrow('cancelled');
    expect((await service.time.run(uploads.add(source).done)).id).toBe('document-2');
  });
});
