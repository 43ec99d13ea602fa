import { once } from 'node:events';
import type { Socket } from 'node:net';

export interface Accepted {
  readonly address: { readonly host: string; readonly port: number };
  /** Says that the connection is there; until then the client sends nothing. */
  readonly accept: () => void;
}

const version = 5;
const succeeded = Buffer.from([version, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

/** The server's side of RFC 1928, for a client that may connect to an IPv4 address or a name without authentication. */
export const acceptConnection = async (client: Socket): Promise<Accepted> => {
  const [, methods = 0] = await read(client, 2);
  await read(client, methods);
  client.write(Buffer.from([version, 0]));
  const [, command, , kind] = await read(client, 4);
  if (command !== 1) throw new Error(`SOCKS command ${command} is not known here.`);
  const host = await readHost(client, kind);
  const port = (await read(client, 2)).readUInt16BE();
  return { address: { host, port }, accept: () => void client.write(succeeded) };
};

const readHost = async (client: Socket, kind: number | undefined): Promise<string> => {
  if (kind === 1) return (await read(client, 4)).join('.');
  if (kind !== 3) throw new Error(`SOCKS address type ${kind} is not known here.`);
  const [length = 0] = await read(client, 1);
  return (await read(client, length)).toString('latin1');
};

async function read(socket: Socket, sizeBytes: number): Promise<Buffer> {
  for (;;) {
    const bytes: Buffer | null = socket.read(sizeBytes);
    if (bytes !== null) return bytes;
    if (socket.readableEnded || socket.destroyed) throw new Error('The client left before it said what it wants.');
    await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
  }
}
