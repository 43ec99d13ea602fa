import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { acceptConnection } from '../../../bench/upload/socks.ts';

/** A network between a browser and everything else, as a SOCKS proxy. */
export interface CuttableNetwork extends AsyncDisposable {
  readonly proxyUrl: string;
  /** Breaks every connection, and refuses new ones until it is restored. */
  cut(): void;
  restore(): void;
}

export async function startNetwork(): Promise<CuttableNetwork> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Broken on purpose.
    socket.on('error', () => socket.destroy());
  };
  const join = async (client: Socket) => {
    keep(client);
    if (isCut) return void client.destroy();
    const { address, accept } = await acceptConnection(client);
    const server = connect(address);
    keep(server);
    server.once('connect', () => {
      accept();
      client.pipe(server).pipe(client);
    });
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroy());
  };
  const server = createServer((client) => {
    join(client).catch(() => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    proxyUrl: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      breakAll();
    },
    restore: () => {
      isCut = false;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      breakAll();
      await once(server, 'close');
    },
  };
}
