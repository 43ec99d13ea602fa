import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { type AccountKey, accountIdOf } from '../../../../local/s3/accounts.ts';
import { type StandaloneS3Options, startStandaloneS3 } from '../../../../local/s3/standalone.ts';

export const region = 'us-east-1';
export const anna: AccountKey = { accessKeyId: 'AKIDANNA', secretAccessKey: 'anna-secret' };
export const ben: AccountKey = { accessKeyId: 'AKIDBEN', secretAccessKey: 'ben-secret' };
export const [annasAccount, bensAccount] = [accountIdOf(anna), accountIdOf(ben)];

export interface Standalone extends AsyncDisposable {
  readonly origin: string;
  clientOf(key: AccountKey, config?: S3ClientConfig): S3Client;
  /** The same folder, served anew. */
  restart(): Promise<void>;
}

/** A standalone S3 of two accounts in a folder of its own; `await using` stops it and removes the folder. */
export async function startStandalone(options: Partial<StandaloneS3Options> = {}): Promise<Standalone> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sealdrop-standalone-'));
  const start = () => startStandaloneS3({ port: 0, dataDirectory, credentials: [anna, ben], ...options });
  let running = await start();
  return {
    get origin() {
      return running.origin;
    },
    clientOf: (credentials, config = {}) =>
      new S3Client({
        endpoint: running.origin,
        region: options.region ?? region,
        credentials,
        forcePathStyle: true,
        maxAttempts: 1,
        ...config,
      }),
    restart: async () => {
      await running.close();
      running = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await running.close();
      await rm(dataDirectory, { recursive: true });
    },
  };
}
