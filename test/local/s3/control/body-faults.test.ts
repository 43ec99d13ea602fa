import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { disturbRequest } from '../../../../local/s3/control/body-faults.ts';

it('a body that broke off is never complete, even where the parser had all of it in one read', async () => {
  const incoming = new IncomingMessage(new Socket());
  disturbRequest(incoming, { cutAfterBytes: 3, bytesPerSecond: undefined });
  incoming.push(Buffer.from('content'));
  // As the parser does at the end of a message.
  incoming.push(null);
  await expect(async () => {
    for await (const _ of incoming);
  }).rejects.toThrow('The connection was cut');
  incoming.complete = true;
  expect([incoming.complete, incoming.destroyed]).toEqual([false, true]);
});
