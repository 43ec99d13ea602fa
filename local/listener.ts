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

/** Whether a person typed `localhost`, a name that no page of the internet can have. */
const isLocalhostVisit = ({ method, url, headers }: IncomingMessage, { port }: URL): boolean =>
  method === 'GET' &&
  url?.startsWith('/') === true &&
  headers.host === `localhost:${port}` &&
  headers.accept?.includes('text/html') === true;

/**
 * Not `localhost` too: sign-in, tokens and S3 know one origin. The redirect is a temporary one, as what comes to this
 * port next may be at home at `localhost`.
 */
const refuseHost = (request: IncomingMessage, response: ServerResponse, origin: string): void => {
  const sentence = `Sealdrop answers at ${origin} only.`;
  if (isLocalhostVisit(request, new URL(origin))) say(response, 302, sentence, { Location: `${origin}${request.url}` });
  else say(response, 421, sentence);
};

/**
 * Listens on 127.0.0.1, port 0 for any free one. Requests for another host are refused, so that a page of the internet
 * whose name resolves to 127.0.0.1 cannot reach the local cloud (DNS rebinding); a browser at `localhost` is sent here.
 * @throws StartProblem where the port is taken or not allowed; `purpose` follows its number.
 */
export const listen = async (wantedPort: number, purpose = ''): Promise<Listener> => {
  const starting: Handler = async (_, response) =>
    say(response, 503, 'Sealdrop is starting. Try again in a few seconds.', { 'Retry-After': '2' });
  let handler = starting;
  const server = createServer((request, response) => {
    if (request.headers.host !== new URL(origin).host) {
      refuseHost(request, response, origin);
      return;
    }
    handler(request, response).catch((cause: unknown) => {
      console.error('A request failed by a fault of the local cloud:', cause);
      if (response.headersSent) response.destroy();
      else say(response, 500, 'The local cloud failed. Its terminal says more.');
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explain(wantedPort, cause, purpose)));
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
