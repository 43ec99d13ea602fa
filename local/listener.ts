import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartProblem } from './problem.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Listener {
  readonly origin: string;
  readonly port: number;
  /** Until then every request is answered 503. */
  serve(handler: Handler): void;
  close(): Promise<void>;
}

const say = (response: ServerResponse, status: number, sentence: string, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers });
  response.end(`${sentence}\n`);
};

/**
 * Listens on 127.0.0.1, port 0 for any free one. Requests for another host are refused, so that a page of the internet
 * whose name resolves to 127.0.0.1 cannot reach the local cloud (DNS rebinding).
 * @throws StartProblem where the port is taken or not allowed.
 */
export const listen = async (wantedPort: number): Promise<Listener> => {
  const starting: Handler = async (_, response) =>
    say(response, 503, 'Sealdrop is starting. Try again in a few seconds.', { 'Retry-After': '2' });
  let handler = starting;
  const server = createServer((request, response) => {
    if (request.headers.host !== new URL(origin).host) {
      say(response, 421, `Sealdrop answers at ${origin} only.`);
      return;
    }
    handler(request, response).catch((cause: unknown) => {
      console.error('A request failed by a fault of the local cloud:', cause);
      if (response.headersSent) response.destroy();
      else say(response, 500, 'The local cloud failed. Its terminal says more.');
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explain(wantedPort, cause)));
    server.listen(wantedPort, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    port,
    serve: (next) => {
      handler = next;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

/** A sentence for a port that cannot be had; any other error as it is. `purpose` follows the number. */
export const explain = (port: number, cause: unknown, purpose = ''): unknown => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return new StartProblem(
      `Port ${port}${purpose} is in use. Stop what runs there, or choose another port with --port.`,
    );
  }
  if (code === 'EACCES') {
    return new StartProblem(`You may not listen on port ${port}${purpose}. Choose one above 1023 with --port.`);
  }
  return cause;
};
