import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { systemClock } from '../clock.ts';
import { openBuckets } from './buckets/registry.ts';
import type { LocalS3, LocalS3Options } from './configuration.ts';
import { checkBucket } from './configuration-check.ts';
import { disturbDelivery } from './control/event-faults.ts';
import { createFaults } from './control/faults.ts';
import { type ControlSurface, startControl } from './control/server.ts';
import { startDelivery } from './events/delivery.ts';
import type { Context } from './handle.ts';
import { refuseOnSocket } from './http/raw-refusal.ts';
import { startLifecycle } from './lifecycle/lifecycle.ts';
import { Refusal } from './refusal.ts';
import { respond } from './respond.ts';
import { openStore } from './store/store.ts';

/** As S3 gives up on an idle connection. */
const idleTimeoutInMillisecondsDefault = 20_000;

const accountDefault = '000000000000';

/**
 * Starts an S3 for one machine on 127.0.0.1. It serves the buckets it is given and keeps their objects in a folder, so
 * they survive a restart and a crash. Throws where the folder is in use or a bucket asks for what this S3 cannot do.
 *
 * @example
 * const s3 = await startLocalS3({ dataDirectory: '.local/s3', port: 0, region: 'eu-central-1', buckets, … });
 * const client = new S3Client({ endpoint: s3.origin, forcePathStyle: true, region: 'eu-central-1' });
 */
export async function startLocalS3(options: LocalS3Options): Promise<LocalS3> {
  options.buckets.forEach(checkBucket);
  const store = await openStore(options.dataDirectory);
  const report = options.report ?? console.error;
  const faults = options.faults ?? (options.control && createFaults());
  const deliver = faults ? disturbDelivery(faults, options.deliver) : options.deliver;
  const delivery = startDelivery(store.outbox, deliver, report);
  faults?.onClear(delivery.wake);
  const clock = options.clock ?? systemClock;
  const account = options.account ?? accountDefault;
  const buckets = await openBuckets(store, options.buckets, { account, now: clock.now() });
  const context: Context = {
    options,
    store,
    buckets,
    transport: options.transport ?? { secure: true, tlsVersion: '1.3' },
    clock,
    wakeDelivery: delivery.wake,
    faults,
  };
  const lifecycle = startLifecycle(context, report);
  const inFlight = new Set<Promise<void>>();
  const server = createHttpServer(context, inFlight);
  let control: ControlSurface | undefined;
  const stop = async (): Promise<void> => {
    await control?.close();
    await Promise.all(inFlight);
    await lifecycle.close();
    await delivery.close();
    await store.close();
  };
  try {
    const port = await listen(server, options.port);
    control = options.control && faults && (await startControl(options.control.port, faults, lifecycle.run));
    return {
      origin: `http://127.0.0.1:${port}`,
      controlOrigin: control?.origin,
      runLifecycle: lifecycle.run,
      close: async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
        await stop();
      },
    };
  } catch (error) {
    server.close();
    await stop();
    throw error;
  }
}

function createHttpServer(context: Context, inFlight: Set<Promise<void>>): Server {
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    incoming.once('timeout', () => refuseOnSocket(incoming.socket, new Refusal('RequestTimeout')));
    const answering = respond(context, incoming, response)
      .catch((error: unknown) => console.error('The local S3 could not send an answer', error))
      .finally(() => inFlight.delete(answering));
    inFlight.add(answering);
  };
  // An upload may take as long as it makes progress, so only idleness is limited.
  const server = createServer({ requestTimeout: 0 }, listener);
  server.timeout = context.options.idleTimeoutInMilliseconds ?? idleTimeoutInMillisecondsDefault;
  server.on('checkContinue', listener);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuseOnSocket(socket, new Refusal(error.code === 'HPE_INVALID_EOF_STATE' ? 'IncompleteBody' : 'BadRequest'));
  });
  return server;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
