import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createPace, type Pace } from './pace.ts';
import { shape } from './shape.ts';
import { acceptConnection } from './socks.ts';

/** What a link does to what goes over it; nothing is lost, and TCP's slow start is not imitated. */
export interface Link {
  /** Of every exchange, the one that opens a connection included. */
  readonly roundTripMs: number;
  /** Each way. @default - as fast as the machine */
  readonly connectionBytesPerSecond?: number;
  /** Of all connections together, each way. @default - as fast as the machine */
  readonly bytesPerSecond?: number;
}

export interface ShapingProxy extends AsyncDisposable {
  /** `socks5://127.0.0.1:PORT`, as browsers take it. */
  readonly url: string;
}

/**
 * A link between a client and all that it speaks with: a SOCKS proxy (RFC 1928), so that addresses, and with them
 * signatures, stay as they are.
 */
export const startShapingProxy = async (link: Link): Promise<ShapingProxy> => {
  const shared = { up: paceOf(link.bytesPerSecond), down: paceOf(link.bytesPerSecond) };
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    open.add(client.once('close', () => open.delete(client)));
    carry(client, link, shared).catch(() => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
};

const paceOf = (bytesPerSecond = Number.POSITIVE_INFINITY): Pace => createPace(bytesPerSecond);

async function carry(client: Socket, link: Link, shared: { readonly up: Pace; readonly down: Pace }): Promise<void> {
  const { address, accept } = await acceptConnection(client);
  const server = connect({ ...address, noDelay: true });
  client.once('close', () => server.destroy());
  server.once('close', () => client.destroy()).once('error', () => client.destroy());
  client.once('error', () => server.destroy());
  await once(server, 'connect');
  // The handshake of TCP: nothing can be sent before its round trip is over.
  setTimeout(accept, link.roundTripMs);
  const delayMs = link.roundTripMs / 2;
  const own = link.connectionBytesPerSecond;
  shape(client, server, [shared.up, paceOf(own)], delayMs);
  shape(server, client, [shared.down, paceOf(own)], delayMs);
}
