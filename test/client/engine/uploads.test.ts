import { describe, expect, it } from 'vitest';
import { memoryResumeStore, type ResumeStore, resumableMilliseconds } from '../../../client/engine/resume-store.ts';
import type { Uploads } from '../../../client/engine/uploads.ts';
import type { FileSource } from '../../../client/source.ts';
import { sourceOfBytes } from '../support/fake-hasher.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import { type Faults, type HostileService, hostileService, noFaults } from '../support/hostile-service.ts';

const bytesOf = (sizeBytes: number, salt = 0): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 7 + (index >> 5) + salt) % 256);

const serviceOf = (faults: Partial<Faults> = {}): HostileService => hostileService(7, { ...noFaults, ...faults });

const objectOf = (service: HostileService, documentId: string): Buffer =>
  Buffer.from(service.uploads.get(documentId)?.object ?? []);

const partsSent = ({ sends }: HostileService): number[] => sends.map(({ partNumber }) => partNumber);

/** Sends a file until so many parts are at the storage, then closes the page. */
async function stopAfter(
  service: HostileService,
  uploads: Uploads,
  source: FileSource,
  parts: number,
  options = {},
): Promise<void> {
  const page = new AbortController();
  const handle = uploads.add(source, { ...options, signal: page.signal });
  const stop = async () => {
    while (service.delivered.length < parts) await service.time.sleep(1, undefined);
    page.abort(new Error('The page is gone.'));
  };
  await expect(service.time.run(Promise.all([handle.done, stop()]))).rejects.toThrow('The page is gone.');
}

describe('a handle', () => {
  it('tells how its upload is', async () => {
    const service = serviceOf();
    const states: string[] = [];
    const handle = uploadsTo(service).add(sourceOfBytes(bytesOf(100)), { onProgress: () => states.push(handle.state) });
    expect(handle.state).toBe('waiting');
    await service.time.run(handle.done);
    expect([...new Set(states)]).toEqual(['active', 'done'].slice(0, 1));
    expect(handle.state).toBe('done');
  });

  it.each([30, 200])('pauses and goes on, without sending what was finished again: %d bytes', async (sizeBytes) => {
    const service = serviceOf();
    const bytes = bytesOf(sizeBytes);
    const handle = uploadsTo(service).add(sourceOfBytes(bytes));
    const person = async () => {
      while (service.sends.length === 0) await service.time.sleep(1, undefined);
      await service.time.sleep(500, undefined);
      handle.pause();
      expect(handle.state).toBe('paused');
      const sent = service.sends.length;
      await service.time.sleep(1_000_000, undefined);
      expect(service.sends.length).toBe(sent);
      handle.resume();
      expect(handle.state).toBe('waiting');
    };
    const [document] = await service.time.run(Promise.all([handle.done, person()]));
    expect(objectOf(service, document.id)).toEqual(Buffer.from(bytes));
    const delivered = new Set(service.delivered.map(({ partNumber }) => partNumber));
    expect(service.delivered).toHaveLength(delivered.size);
  });

  it('asks what became of parts whose answer a pause or the network cut, and sends none again that is there', async () => {
    const service = serviceOf({ most: 3, cutAfter: 1 });
    const bytes = bytesOf(200);
    const handle = uploadsTo(service).add(sourceOfBytes(bytes));
    const person = async () => {
      while (service.taken.length < 6 || service.delivered.length === service.taken.length)
        await service.time.sleep(1, undefined);
      handle.pause();
      await service.time.sleep(60_000, undefined);
      handle.resume();
    };
    const [document] = await service.time.run(Promise.all([handle.done, person()]));
    expect(objectOf(service, document.id)).toEqual(Buffer.from(bytes));
    expect(service.delivered.length).toBeLessThan(13);
    expect(service.taken.map(({ partNumber }) => partNumber).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 1),
    );
  });

  it('pauses and goes on while it waits for its outcome', async () => {
    const service = serviceOf();
    const handle = uploadsTo(service).add(sourceOfBytes(bytesOf(10)), {
      onProgress: ({ phase }) => phase === 'verifying' && handle.state === 'active' && handle.pause(),
    });
    const person = service.time.sleep(60_000, undefined).then(handle.resume);
    const [document] = await service.time.run(Promise.all([handle.done, person]));
    expect(document.state).toBe('available');
  });

  it.each([10, 100])('is cancelled, once and for all: %d bytes', async (sizeBytes) => {
    const service = serviceOf();
    const handle = uploadsTo(service).add(sourceOfBytes(bytesOf(sizeBytes)));
    const person = async () => {
      while (service.sends.length === 0) await service.time.sleep(1, undefined);
      await handle.cancel();
    };
    await expect(service.time.run(Promise.all([handle.done, person()]))).rejects.toMatchObject({ name: 'AbortError' });
    await service.time.run(handle.cancel());
    expect(handle.state).toBe('cancelled');
    handle.pause();
    handle.resume();
    expect(handle.state).toBe('cancelled');
    const [upload] = service.uploads.values();
    expect(upload?.isEnded).toBe(sizeBytes > service.aboveSizeBytes);
  });

  it('is cancelled while it is paused, and while nothing is sent yet', async () => {
    const service = serviceOf();
    const uploads = uploadsTo(service);
    uploads.pause();
    const paused = uploads.add(sourceOfBytes(bytesOf(100)));
    expect(paused.state).toBe('paused');
    const waiting = uploadsTo(service).add(sourceOfBytes(bytesOf(100)));
    await service.time.run(Promise.all([paused.cancel(), waiting.cancel()]));
    await expect(paused.done).rejects.toMatchObject({ name: 'AbortError' });
    await expect(waiting.done).rejects.toMatchObject({ name: 'AbortError' });
    expect(service.sends).toEqual([]);
  });

  it('does nothing once it is done', async () => {
    const service = serviceOf();
    const handle = uploadsTo(service).add(sourceOfBytes(bytesOf(100)));
    const document = await service.time.run(handle.done);
    await handle.cancel();
    expect([handle.state, (await handle.done).id]).toEqual(['done', document.id]);
  });
});

describe('many files', () => {
  it('have their outcomes asked for together, and rarely before all are sent', async () => {
    const service = serviceOf();
    const uploads = uploadsTo(service);
    let allSentAfterCalls = 0;
    const left = new Set(Array.from({ length: 120 }, (_, index) => index));
    const upload = (index: number) =>
      uploads.add(sourceOfBytes(bytesOf(20, index)), {
        onProgress: ({ phase }) => {
          if (phase === 'verifying' && left.delete(index) && left.size === 0) allSentAfterCalls = service.calls.length;
        },
      }).done;
    const begun = service.time.now();
    await service.time.run(Promise.all([...left].map(upload)));
    const looks = (calls: readonly string[]) => calls.filter((call) => call.startsWith('GET'));
    expect(looks(service.calls).filter((call) => call !== 'GET /v1/me/documents').length).toBeLessThan(3);
    const meanwhile = looks(service.calls.slice(0, allSentAfterCalls));
    expect(meanwhile.length).toBeLessThanOrEqual((service.time.now() - begun) / 3000);
  });
});

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

describe('many files', () => {
  it('cost a few calls: declared together, and their outcomes looked at together', async () => {
    const service = serviceOf();
    const uploads = uploadsTo(service);
    const handles = Array.from({ length: 100 }, (_, index) =>
      uploads.add(sourceOfBytes(bytesOf(20, index), `file-${index}.pdf`)),
    );
    const documents = await service.time.run(Promise.all(handles.map(({ done }) => done)));
    for (const [index, { id }] of documents.entries())
      expect(objectOf(service, id)).toEqual(Buffer.from(bytesOf(20, index)));
    expect(service.sends).toHaveLength(100);
    expect(service.calls.filter((call) => call.startsWith('POST')).length).toBeLessThanOrEqual(5);
    expect(service.calls.length).toBeLessThan(40);
  });
});

describe('waiting for a network', () => {
  it('goes on when a lost link is there again, however long it took', async () => {
    const service = serviceOf({ most: 1, stall: 1 });
    const document = await service.time.run(uploadsTo(service).add(sourceOfBytes(bytesOf(160))).done);
    expect(document.state).toBe('available');
  });
});
