import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { AccessRequest } from '../../../../local/iam/types.ts';
import type { BucketConfiguration, LocalS3, LocalS3Options } from '../../../../local/s3/configuration.ts';
import { startLocalS3 } from '../../../../local/s3/server.ts';

export const region = 'eu-central-1';
export const bucketName = 'sealdrop-test';

/** A role session, as every function of the local cloud has one. */
export const credentials = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'AQoDYXdzEPT//////////wEXAMPLE/token+with=signs',
};

export const principal = {
  arn: 'arn:aws:sts::111122223333:assumed-role/request-upload/session',
  accountId: '111122223333',
};

export const versioned: BucketConfiguration = {
  name: bucketName,
  region,
  versioning: true,
  cors: [],
  notifications: [],
};

export interface TestS3 extends AsyncDisposable {
  readonly origin: string;
  readonly controlOrigin: string | undefined;
  readonly client: S3Client;
  readonly dataDirectory: string;
  /** Every question that was put to `authorize`, in order. */
  readonly asked: AccessRequest[];
  /** Every message that was delivered. */
  readonly delivered: { readonly queueArn: string; readonly body: string }[];
  /** Does what the lifecycle rules ask for at this moment of the clock. */
  runLifecycle(): Promise<void>;
  /** Stops serving; the folder stays until the end of the test. */
  stop(): Promise<void>;
  /** The same folder, served anew. */
  restart(options?: Partial<LocalS3Options>): Promise<void>;
}

/** A running S3 in a folder of its own; `await using` stops it and removes the folder. */
export async function startTestS3(overrides: Partial<LocalS3Options> = {}): Promise<TestS3> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sealdrop-s3-'));
  const asked: AccessRequest[] = [];
  const delivered: { readonly queueArn: string; readonly body: string }[] = [];
  const start = (more: Partial<LocalS3Options>): Promise<LocalS3> =>
    startLocalS3({
      dataDirectory,
      port: 0,
      region,
      buckets: [versioned],
      account: principal.accountId,
      credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
      authorize: (request) => {
        asked.push(request);
        return { allowed: true };
      },
      deliver: async (message) => void delivered.push(message),
      ...overrides,
      ...more,
    });
  let running = await start({}).catch(async (error: unknown) => {
    await rm(dataDirectory, { recursive: true });
    throw error;
  });
  let client = clientOf(running.origin);
  let isRunning = true;
  const stop = async (): Promise<void> => {
    if (!isRunning) return;
    isRunning = false;
    client.destroy();
    await running.close();
  };
  return {
    get origin() {
      return running.origin;
    },
    get controlOrigin() {
      return running.controlOrigin;
    },
    get client() {
      return client;
    },
    dataDirectory,
    asked,
    delivered,
    runLifecycle: () => running.runLifecycle(),
    stop,
    restart: async (more = {}) => {
      await stop();
      running = await start(more);
      isRunning = true;
      client = clientOf(running.origin);
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(dataDirectory, { recursive: true });
    },
  };
}

const clientOf = (endpoint: string): S3Client =>
  new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
  });
