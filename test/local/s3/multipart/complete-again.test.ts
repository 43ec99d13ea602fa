import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { completeMultipartUpload } from '../../../../local/s3/operations/multipart/complete-multipart-upload.ts';
import type { Call } from '../../../../local/s3/operations/operation.ts';

it('tells who completes again only once the first completion is on the disk', async () => {
  const answer = { status: 200, headers: {}, body: 'done' };
  const order: string[] = [];
  const document =
    '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"e"</ETag></Part></CompleteMultipartUpload>';
  const call = {
    request: {
      headers: new Map([['content-length', String(document.length)]]),
      query: [['uploadId', 'u']],
    },
    identity: { claim: { payloadHash: 'UNSIGNED-PAYLOAD' } },
    bucket: { name: 'b' },
    key: 'k',
    continueBody: () => undefined,
    incoming: Readable.from([Buffer.from(document)]),
    store: {
      versions: { current: () => undefined },
      uploads: { find: () => undefined },
      completions: { find: () => JSON.stringify(answer) },
      commit: async (work: () => unknown) => {
        const value = work();
        await setImmediate();
        order.push('on the disk');
        return value;
      },
    },
  };
  const told = await completeMultipartUpload.handle(call as unknown as Call);
  order.push('told');
  expect(told).toEqual(answer);
  expect(order).toEqual(['on the disk', 'told']);
});
