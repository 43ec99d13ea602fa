import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import type { Access } from '../aws-json/access.ts';
import { systemClock } from '../clock.ts';
import { guard } from './guard.ts';
import type { TablePlan } from './plan.ts';
import { ensureTables } from './tables.ts';

export interface LocalDynamoDbOptions extends Access {
  readonly dataDirectory: string;
  readonly tables: readonly TablePlan[];
}

export interface LocalDynamoDb {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Makes the tables, and may do anything: known to this process only, and new at every start. */
const createDeployer = () => ({
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: randomBytes(30).toString('base64'),
  principal: { arn: 'cloudformation.amazonaws.com', accountId: '' },
});

/**
 * dynalite on 127.0.0.1, at any free port, with its data in a folder. It has no transactions, streams or expiry;
 * nothing here uses them.
 */
export const startLocalDynamoDb = async (options: LocalDynamoDbOptions): Promise<LocalDynamoDb> => {
  const server = dynalite({ path: options.dataDirectory, createTableMs: 0 });
  const deployer = createDeployer();
  guard(server, options.tables, {
    ...options,
    credentials: (id) => (id === deployer.accessKeyId ? deployer : options.credentials(id)),
    authorize: (request) => (request.principal === deployer.principal ? { allowed: true } : options.authorize(request)),
  });
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
    await ensureTables(
      {
        endpoint: origin,
        region: options.region,
        credentials: deployer,
        // It signs by the clock that it is judged by.
        systemClockOffset: (options.clock ?? systemClock).now().getTime() - Date.now(),
      },
      options.tables,
    );
  } catch (cause) {
    await close();
    throw cause;
  }
  return { origin, close };
};
