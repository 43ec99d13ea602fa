import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../../../../local/clock.ts';
import { openBuckets } from '../../../../local/s3/buckets/registry.ts';
import type { LocalS3Options } from '../../../../local/s3/configuration.ts';
import type { Context } from '../../../../local/s3/handle.ts';
import { respond } from '../../../../local/s3/respond.ts';
import { openStore } from '../../../../local/s3/store/store.ts';
import { credentials, principal, region } from '../support/server.ts';

/** What the steps of a sequence are done with. */
export interface RealS3 extends AsyncDisposable {
  readonly client: S3Client;
  /** The same folder, opened anew. */
  restart(): Promise<void>;
}

/** Nothing crashes here, so nobody need wait for a disk. */
const memory = '/dev/shm';

/** Everything but the sockets: the SDK hands its signed request to what the server hands its requests to. */
export async function openInProcessS3(): Promise<RealS3> {
  const dataDirectory = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), 'sealdrop-s3-'));
  let context = await openContext(dataDirectory);
  const client = new S3Client({
    endpoint: 'http://127.0.0.1',
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    requestHandler: { handle: async (request: SdkRequest) => ({ response: await answer(context, request) }) },
  });
  return {
    client,
    restart: async () => {
      await context.store.close();
      context = await openContext(dataDirectory);
    },
    [Symbol.asyncDispose]: async () => {
      await context.store.close();
      await rm(dataDirectory, { recursive: true });
    },
  };
}

async function openContext(dataDirectory: string): Promise<Context> {
  const options: LocalS3Options = {
    dataDirectory,
    port: 0,
    region,
    buckets: [],
    credentials: () => ({ ...credentials, principal }),
    authorize: () => ({ allowed: true }),
    deliver: () => Promise.resolve(),
  };
  const store = await openStore(dataDirectory);
  return {
    options,
    store,
    buckets: await openBuckets(store, [], { account: principal.accountId, now: new Date() }),
    transport: { secure: true },
    clock: systemClock,
    wakeDelivery: () => undefined,
    faults: undefined,
  };
}

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

async function answer(context: Context, { method, path, query, headers, body }: SdkRequest) {
  const named = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
  );
  const incoming = Object.assign(Readable.from(body === undefined || body.length === 0 ? [] : [Buffer.from(body)]), {
    method,
    url: named.length === 0 ? path : `${path}?${named.join('&')}`,
    headers,
    headersDistinct: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [String(value)]]),
    ),
    socket: {},
  });
  const outgoing = new PassThrough();
  return new Promise((resolve, reject) => {
    const writeHead = (statusCode: number, told: Readonly<Record<string, string>>): void =>
      resolve({ statusCode, headers: told, body: outgoing });
    const response = Object.assign(outgoing, { writeHead });
    respond(context, incoming as unknown as IncomingMessage, response as unknown as ServerResponse).catch(reject);
  });
}
