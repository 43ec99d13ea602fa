import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../support/fake-hasher.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import { bytesOf, objectOf, serviceOf } from './support/small-uploads.ts';

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
