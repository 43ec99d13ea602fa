import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { NetworkError } from '../../../client/errors.ts';
import { nodeTransport } from '../../../client/transport/node-http.ts';
import type { PutRequest } from '../../../client/transport/transport.ts';
import { fileOf, rejectionOf } from '../support/with-cloud.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Seen {
  readonly url: string;
  readonly bodies: Buffer[];
  readonly sockets: Set<unknown>;
  readonly expectations: (string | undefined)[];
}

type Serve = (response: ServerResponse, request: IncomingMessage) => void;
const stored: Serve = (response) => response.writeHead(200, { etag: '"abc"' }).end();

const storage = async (serve: Serve = stored, isReadFirst = true): Promise<Seen> => {
  const seen = {
    url: '',
    bodies: [] as Buffer[],
    sockets: new Set<unknown>(),
    expectations: [] as (string | undefined)[],
  };
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    seen.sockets.add(request.socket);
    seen.expectations.push(request.headers.expect);
    if (isReadFirst) seen.bodies.push(Buffer.concat(await request.toArray()));
    serve(response, request);
  };
  server = createServer((request, response) => void take(request, response));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    response.writeContinue();
    void take(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return Object.assign(seen, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/part` });
};

const { signal } = new AbortController();
const put = (url: string, body: PutRequest['body'], more: Partial<PutRequest> = {}) =>
  nodeTransport({ url, headers: {}, body, signal, onSent: () => undefined, ...more });
const bytes = (sizeBytes: number) => new Uint8Array(sizeBytes).fill(7);

describe('sending from Node', () => {
  it('sends bytes as they are, tells how far it is, and the ETag', async () => {
    const { url, bodies } = await storage();
    const sent: number[] = [];
    const answer = await put(url, bytes(3_000_000), { onSent: (bytesDone) => sent.push(bytesDone) });
    expect(answer).toMatchObject({ status: 200, etag: '"abc"' });
    expect(bodies[0]?.equals(bytes(3_000_000))).toBe(true);
    expect(sent.length).toBeGreaterThan(5);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(sent.at(-1)).toBe(3_000_000);
  });

  it('keeps one connection for parts that follow each other, and asks first for none', async () => {
    const { url, sockets, expectations } = await storage();
    for (let part = 0; part < 4; part += 1) await put(url, bytes(2_000_000));
    expect(sockets.size).toBe(1);
    expect(expectations).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('asks first for a large file, and keeps the connection of that too', async () => {
    const { url, sockets, expectations, bodies } = await storage();
    for (let file = 0; file < 2; file += 1) await put(url, fileOf(2_000_000));
    await put(url, fileOf(10));
    expect(expectations).toEqual(['100-continue', '100-continue', undefined]);
    expect(bodies.map(({ length }) => length)).toEqual([2_000_000, 2_000_000, 10]);
    expect(sockets.size).toBe(1);
  });

  it('hears an answer in the middle of sending, and takes a new connection after it', async () => {
    const { url, sockets } = await storage(
      (response) => response.writeHead(503, { 'retry-after': '2' }).end('<Code/>'),
      false,
    );
    const received: Promise<number>[] = [];
    server?.on('connection', (socket) =>
      received.push(new Promise((resolve) => socket.once('close', () => resolve(socket.bytesRead)))),
    );
    for (let part = 0; part < 2; part += 1)
      expect(await put(url, bytes(60_000_000))).toMatchObject({ status: 503, retryAfter: '2', body: '<Code/>' });
    expect(sockets.size).toBe(2);
    // Nothing is sent on to nobody.
    expect(Math.max(...(await Promise.all(received)))).toBeLessThan(60_000_000);
  });

  it('reads no more of an answer than an error document has', async () => {
    const { url } = await storage((response) => response.writeHead(500).end(Buffer.alloc(10_000_000, 'x')));
    expect((await put(url, bytes(10))).body.length).toBeLessThan(200_000);
  });

  it('calls a connection that breaks what it is', async () => {
    const { url } = await storage((_response, request) => request.socket.destroy(), false);
    expect(await rejectionOf(put(url, bytes(60_000_000)))).toBeInstanceOf(NetworkError);
    expect(await rejectionOf(put('http://127.0.0.1:1/', bytes(1)))).toBeInstanceOf(NetworkError);
  });

  it("stops with the signal's reason", async () => {
    const controller = new AbortController();
    const { url } = await storage(() => controller.abort(new Error('enough')), false);
    expect(await rejectionOf(put(url, bytes(10), { signal: controller.signal }))).toBe(controller.signal.reason);
    expect(await rejectionOf(put(url, bytes(10), { signal: controller.signal }))).toBe(controller.signal.reason);
  });

  it('tells a file that cannot be read from a connection that is lost', async () => {
    const { url } = await storage();
    const file = fileOf(10);
    file.stream = () => new ReadableStream({ start: (stream) => stream.error(new DOMException('changed')) });
    expect(await rejectionOf(put(url, file))).toMatchObject({ reason: 'unreadable' });
  });
});
