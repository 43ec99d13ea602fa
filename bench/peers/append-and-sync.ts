import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveParent } from '../local-s3/child.ts';

/**
 * The least that a small upload costs a Node server that answers only once it is on the disk: it checks nothing, appends
 * the body to a log, and syncs that.
 */
const directory = mkdtempSync(join(tmpdir(), 'sealdrop-bench-peer-'));
const log = await open(join(directory, 'log'), 'a');

const receive = async (request: IncomingMessage): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  await log.appendFile(Buffer.concat(chunks));
  await log.datasync();
};

const server = createServer(async (request, response) => {
  await receive(request);
  response.end();
});
server.listen(0, '127.0.0.1', async () => {
  await serveParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await log.close();
    rmSync(directory, { recursive: true });
  });
});
