import { expect, it } from 'vitest';
import { memoryResumeStore } from '../../../client/engine/resume-store.ts';
import type { PartHasher, PutRequest, Transport } from '../../../client/index.ts';
import { fakeHasher, sourceOfBytes } from '../support/fake-hasher.ts';
import { uploadsTo } from '../support/hostile-client.ts';
import { hostileService, noFaults } from '../support/hostile-service.ts';
import { hostileTransport } from '../support/hostile-storage.ts';

const numberOf = ({ url }: PutRequest): number =>
  JSON.parse(decodeURIComponent(url.slice(url.indexOf('#') + 1))).partNumber;

it('parts that S3 takes after the next page asked for them are not sent again', async () => {
  const service = { ...hostileService(1, noFaults), partSizeBytes: 100 };
  const { time } = service;
  const send = hostileTransport(service);
  const bytes = new Uint8Array(1000).map((_, index) => index % 251);
  const resumeStore = memoryResumeStore();
  const connectionsMax = () => 3;

  const closed = new AbortController();
  const onTheWay: PutRequest[] = [];
  const breaking: Transport = async (request) => {
    if (numberOf(request) <= 2) return send(request);
    onTheWay.push(request);
    await time.sleep(1000, undefined);
    closed.abort(new Error('The page is gone.'));
    request.signal.throwIfAborted();
    throw new Error('It was to be aborted.');
  };
  const first = uploadsTo(service, resumeStore, { transport: breaking, connectionsMax });
  await time.run(first.add(sourceOfBytes(bytes), { signal: closed.signal }).done.catch(() => undefined));
  expect(onTheWay.map(numberOf)).toEqual([3, 4, 5]);

  const { signal } = new AbortController();
  const arrive = () => Promise.all(onTheWay.splice(0).map((request) => send({ ...request, signal })));
  // When it looks at the document, the next page has been told what S3 holds.
  const { calls } = service;
  const push = calls.push.bind(calls);
  calls.push = (call) => {
    if (call === 'GET /v1/documents/document-1') void arrive();
    return push(call);
  };
  const slowly: PartHasher = {
    ...fakeHasher(),
    hash: async (...one) => {
      await time.sleep(500, undefined);
      return fakeHasher().hash(...one);
    },
  };
  const sent: number[] = [];
  const watched: Transport = async (request) => {
    sent.push(numberOf(request));
    return send(request);
  };
  const second = uploadsTo(service, resumeStore, { transport: watched, hasher: slowly, connectionsMax });
  const document = await time.run(second.add(sourceOfBytes(bytes)).done);
  expect(document.state).toBe('available');
  expect(sent.toSorted((one, other) => one - other)).toEqual([6, 7, 8, 9, 10]);
});
