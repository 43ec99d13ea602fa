import { describe, expect, it } from 'vitest';
import { memoryResumeStore, type ResumeStore, resumableMilliseconds } from '../../../client/engine/resume-store.ts';
import type { FileSource } from '../../../client/source.ts';
import { sourceOfBytes } from '../support/fake-hasher.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import type { HostileService } from '../support/hostile-service.ts';
import { bytesOf, objectOf, partsSent, serviceOf, stopAfter } from './support/small-uploads.ts';

describe('a file in parts that is chosen again', () => {
  const again = async (service: HostileService, store: ResumeStore, bytes: Uint8Array<ArrayBuffer>, options = {}) => {
    const before = service.sends.length;
    const document = await service.time.run(uploadsTo(service, store).add(sourceOfBytes(bytes), options).done);
    expect(objectOf(service, document.id)).toEqual(Buffer.from(bytes));
    return { document, sent: partsSent(service).slice(before) };
  };

  it('goes on with what is at the storage', async () => {
    const [service, store, bytes] = [serviceOf(), memoryResumeStore(), bytesOf(160)];
    await stopAfter(service, uploadsTo(service, store), sourceOfBytes(bytes), 3);
    const there = [...(service.uploads.get('document-1')?.parts.keys() ?? [])];
    const { document, sent } = await again(service, store, bytes);
    expect(document.id).toBe('document-1');
    expect([...sent, ...there].toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each([
    ['its metadata are others', { metadata: { category: 'reports' } }],
    ['its name is another', { fileName: 'other.pdf' }],
    ['it is held to another checksum', { integrity: 'crc64nvme' as const }],
  ])('begins anew where %s', async (_, options) => {
    const [service, store, bytes] = [serviceOf(), memoryResumeStore(), bytesOf(160)];
    await stopAfter(service, uploadsTo(service, store), sourceOfBytes(bytes), 3);
    expect((await again(service, store, bytes, options)).document.id).toBe('document-2');
  });

  it('begins anew where its bytes are others, under the same name, size and date', async () => {
    const [service, store] = [serviceOf(), memoryResumeStore()];
    await stopAfter(service, uploadsTo(service, store), sourceOfBytes(bytesOf(160)), 3);
    expect((await again(service, store, bytesOf(160, 1))).document.id).toBe('document-2');
  });

  it('trusts no part whose bytes are others, though all that was looked at is the same', async () => {
    const [service, store] = [serviceOf(), memoryResumeStore()];
    // Every file has the same fingerprint.
    const colliding: ResumeStore = {
      get: () => store.get(''),
      put: (__, entry) => store.put('', entry),
      remove: () => store.remove(''),
      claim: () => store.claim(''),
    };
    const before = bytesOf(160);
    await stopAfter(service, uploadsTo(service, colliding), sourceOfBytes(before), 6);
    const there = new Set(service.uploads.get('document-1')?.parts.keys());
    const changed = before.slice();
    for (const partNumber of [1, 3]) changed[(partNumber - 1) * 16] = 255;
    const { document, sent } = await again(service, colliding, changed);
    expect(document.id).toBe('document-1');
    const missing = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((partNumber) => !there.has(partNumber));
    expect(sent.toSorted((one, other) => one - other)).toEqual(
      [...new Set([...missing, 1, 3])].toSorted((one, other) => one - other),
    );
  });

  it('is found to be complete where nobody heard of it', async () => {
    const [service, store, bytes] = [serviceOf(), memoryResumeStore(), bytesOf(160)];
    const page = new AbortController();
    const onProgress = ({ phase }: { phase: string }) =>
      phase === 'verifying' && page.abort(new Error('The page is gone.'));
    const handle = uploadsTo(service, store).add(sourceOfBytes(bytes), { signal: page.signal, onProgress });
    await expect(service.time.run(handle.done)).rejects.toThrow('The page is gone.');
    const { document, sent } = await again(service, store, bytes);
    expect([document.id, sent]).toEqual(['document-1', []]);
  });

  it('begins anew where it was given up, cannot be found, or is older than a week', async () => {
    const [service, bytes] = [serviceOf(), bytesOf(160)];
    for (const spoil of [
      async (id: string) => {
        const upload = service.uploads.get(id);
        if (upload === undefined) throw new Error(`There is no ${id}.`);
        upload.isEnded = true;
      },
      async (id: string) => {
        const upload = service.uploads.get(id);
        service.uploads.delete(id);
        // Its number is not given to another.
        if (upload !== undefined) service.uploads.set(`${id}-gone`, upload);
      },
      () => service.time.run(service.time.sleep(resumableMilliseconds + 1000, undefined)),
    ]) {
      const store = memoryResumeStore();
      const id = `document-${service.uploads.size + 1}`;
      service.delivered.length = 0;
      await stopAfter(service, uploadsTo(service, store), sourceOfBytes(bytes), 3);
      await spoil(id);
      expect((await again(service, store, bytes)).document.id).not.toBe(id);
    }
  });

  it('is sent twice by two pages at once, each for itself', async () => {
    const [service, store, bytes] = [serviceOf(), memoryResumeStore(), bytesOf(160)];
    const handles = [uploadsTo(service, store), uploadsTo(service, store)].map((page) =>
      page.add(sourceOfBytes(bytes)),
    );
    const documents = await service.time.run(Promise.all(handles.map(({ done }) => done)));
    expect(new Set(documents.map(({ id }) => id)).size).toBe(2);
    for (const { id } of documents) expect(objectOf(service, id)).toEqual(Buffer.from(bytes));
  });

  it('is refused in the middle where it changed meanwhile', async () => {
    const service = serviceOf({ most: 1, partsLost: 1 });
    let reads = 0;
    const source = { ...sourceOfBytes(bytesOf(160)) };
    const read: FileSource['read'] = async (start, end) => {
      reads += 1;
      return bytesOf(160, reads > 13 ? 1 : 0).slice(start, end);
    };
    const handle = uploadsTo(service).add({ ...source, read });
    await expect(service.time.run(handle.done)).rejects.toMatchObject({ name: 'FileError', reason: 'unreadable' });
  });
});
