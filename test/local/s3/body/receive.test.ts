import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { BodyExpectations } from '../../../../local/s3/body/expectations.ts';
import { type ReceivedBody, receiveBody } from '../../../../local/s3/body/receive.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';

const sizeBytes = 200_000;
const expected: BodyExpectations = {
  sizeBytes,
  contentSha256: undefined,
  contentMd5: undefined,
  checksum: undefined,
  checksumAlgorithm: undefined,
  chunks: undefined,
};

type Receive = (incoming: IncomingMessage) => Promise<ReceivedBody | Refusal>;

/** What becomes of a body of which a client sends so much before it is gone, which is before anybody reads. */
async function receivedFrom(sentBytes: number, receive: Receive): Promise<ReceivedBody | Refusal> {
  const server = createServer({ highWaterMark: 2 * sizeBytes });
  server.on('clientError', (_, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write(`PUT / HTTP/1.1\r\nhost: s3\r\ncontent-length: ${sizeBytes}\r\n\r\n`);
  client.write(Buffer.alloc(sentBytes, 'x'));
  const [incoming]: [IncomingMessage] = (await once(server, 'request')) as [IncomingMessage];
  while (incoming.readableLength < sentBytes) await new Promise(setImmediate);
  client.destroy();
  await new Promise((resolve) => incoming.socket.once('close', resolve));
  try {
    return await receive(incoming);
  } finally {
    server.close();
  }
}

describe('a client that goes away', () => {
  it.each([
    ['in the middle', sizeBytes / 2],
    ['after the last byte', sizeBytes],
  ])('leaves an incomplete body %s, which is no fault of the S3', async (_, sentBytes) => {
    const received = await receivedFrom(sentBytes, (incoming) =>
      receiveBody(incoming, expected, { write: async () => undefined }),
    );
    expect(received).toMatchObject({ code: 'IncompleteBody' });
    expect(received).toBeInstanceOf(Refusal);
  });

  it('does not hide that bytes could not be kept', async () => {
    const full = new Error('ENOSPC');
    const receive: Receive = async (incoming) => {
      const body = [Buffer.alloc(10)];
      const gone = { iterator: () => body, destroyed: true, complete: true, errored: incoming.errored };
      return receiveBody(gone as unknown as IncomingMessage, expected, { write: () => Promise.reject(full) });
    };
    await expect(receivedFrom(sizeBytes, receive)).rejects.toBe(full);
  });
});
