import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { serveParent } from '../local-s3/child.ts';

/**
 * What an upload costs that nobody checks: a plain Node server that hashes the body and writes it to a file, and with
 * `sync` waits for the disk too.
 */
const [, , mode = ''] = process.argv;
const directory = mkdtempSync(join(tmpdir(), 'sealdrop-bench-peer-'));

const receive = async (request: IncomingMessage): Promise<string> => {
  const hash = createHash('sha256');
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(request, hashed, createWriteStream(join(directory, 'body'), { flush: mode === 'sync' }));
  return hash.digest('base64');
};

const server = createServer(async (request, response) => {
  response.setHeader('x-amz-checksum-sha256', await receive(request));
  response.end();
});
server.listen(0, '127.0.0.1', async () => {
  await serveParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
    server.close();
    server.closeAllConnections();
    rmSync(directory, { recursive: true });
  });
});
