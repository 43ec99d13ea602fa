import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import type { TablePlan } from './plan.ts';
import { ensureTables } from './tables.ts';

export interface LocalDynamoDb {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * dynalite checks no signature and answers pages of every origin, so a page of the internet could read and write the
 * tables. Browsers name the origin of every POST and of every preflight; functions name none.
 */
const keepBrowsersOut = (server: Server): void => {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request').on('request', (request, response) => {
    if (request.headers.origin !== undefined) response.writeHead(403).end();
    else for (const listener of listeners) listener(request, response);
  });
};

/**
 * dynalite on 127.0.0.1, at any free port, with its data in a folder. It has no transactions, streams or expiry;
 * nothing here uses them.
 */
export const startLocalDynamoDb = async (options: {
  readonly dataDirectory: string;
  readonly region: string;
  readonly tables: readonly TablePlan[];
}): Promise<LocalDynamoDb> => {
  const server = dynalite({ path: options.dataDirectory, createTableMs: 0 });
  keepBrowsersOut(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const close = async () => {
    const closed = Promise.withResolvers<void>();
    // dynalite's own close: it waits for its database too.
    server.close((cause) => (cause ? closed.reject(cause) : closed.resolve()));
    server.closeAllConnections();
    await closed.promise;
  };
  try {
    await ensureTables(origin, options.region, options.tables);
  } catch (cause) {
    await close();
    throw cause;
  }
  return { origin, close };
};
