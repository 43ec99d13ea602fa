import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createPace } from '../../../bench/upload/pace.ts';
import { type Link, startShapingProxy } from '../../../bench/upload/shaping-proxy.ts';

/** A server that sends back what comes. */
const startEcho = async () => {
  const server = createServer((socket) => void socket.pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, [Symbol.dispose]: () => void server.close() };
};

const openThrough = async (proxyUrl: string, port: number): Promise<Socket> => {
  const socket = connect(Number(new URL(proxyUrl).port), '127.0.0.1');
  socket.write(Buffer.from([5, 1, 0]));
  await once(socket, 'readable');
  expect(socket.read(2)).toEqual(Buffer.from([5, 0]));
  socket.write(Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255]));
  await once(socket, 'readable');
  expect(socket.read(10)?.[1]).toBe(0);
  return socket;
};

const receive = async (socket: Socket, sizeBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let received = 0;
  while (received < sizeBytes) {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) await once(socket, 'readable');
    else {
      chunks.push(chunk);
      received += chunk.length;
    }
  }
  return Buffer.concat(chunks);
};

const echoed = async (link: Link, sizeBytes: number) => {
  await using proxy = await startShapingProxy(link);
  using echo = await startEcho();
  const begun = performance.now();
  const socket = await openThrough(proxy.url, echo.port);
  const openMs = performance.now() - begun;
  const content = Buffer.alloc(sizeBytes, 'in order, whatever the pieces; ');
  socket.write(content);
  const back = await receive(socket, sizeBytes);
  socket.destroy();
  return { openMs, exchangeMs: performance.now() - begun - openMs, isSame: back.equals(content) };
};

describe('the shaping proxy', () => {
  it('takes a round trip to open a connection and one for each exchange', async () => {
    const { openMs, exchangeMs, isSame } = await echoed({ roundTripMs: 60 }, 10);
    expect(isSame).toBe(true);
    expect(openMs).toBeGreaterThan(58);
    expect(exchangeMs).toBeGreaterThan(58);
    expect(openMs + exchangeMs).toBeLessThan(300);
  });

  it('holds a connection to its speed and keeps every byte in its place', async () => {
    // 2 MB at 10 MB/s take 200 ms; the echo runs beside the sending.
    const { exchangeMs, isSame } = await echoed({ roundTripMs: 10, connectionBytesPerSecond: 10_000_000 }, 2_000_000);
    expect(isSame).toBe(true);
    expect(exchangeMs).toBeGreaterThan(200);
    expect(exchangeMs).toBeLessThan(600);
  });

  it('holds all connections together to the speed of the line, and waits for who reads slowly', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => void warnings.push(warning);
    process.on('warning', listen);
    await using proxy = await startShapingProxy({ roundTripMs: 4, bytesPerSecond: 20_000_000 });
    using echo = await startEcho();
    const begun = performance.now();
    const content = Buffer.alloc(4_000_000, 'as much as no buffer of a socket takes at once; ');
    const exchange = async (): Promise<boolean> => {
      const socket = await openThrough(proxy.url, echo.port);
      socket.write(content);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const back = await receive(socket, content.length);
      socket.destroy();
      return back.equals(content);
    };
    expect(await Promise.all([exchange(), exchange()])).toEqual([true, true]);
    // 8 MB at 20 MB/s.
    expect(performance.now() - begun).toBeGreaterThan(400);
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  it('ends a connection whose server is not there', async () => {
    await using proxy = await startShapingProxy({ roundTripMs: 0 });
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    socket.resume().write(Buffer.from([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 0, 1]));
    await once(socket, 'close');
  });
});

describe('a pace', () => {
  it('sends one byte after the other', () => {
    const pace = createPace(1000);
    expect(pace(500, 10_000)).toBe(10_500);
    expect(pace(500, 10_100)).toBe(11_000);
    expect(pace(100, 20_000)).toBe(20_100);
  });

  it('takes no time where there is no limit', () => {
    expect(createPace(Number.POSITIVE_INFINITY)(1e9, 5)).toBe(5);
  });
});
