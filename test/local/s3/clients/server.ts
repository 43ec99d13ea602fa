import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startStandaloneS3 } from '../../../../local/s3/standalone.ts';

/** A long-lived key, as a developer gives it to any client. */
export const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
export const region = 'eu-central-1';
/** Each client makes it first, in its own words. */
export const bucketName = 'clients-of-others';

export interface ServerForClients extends AsyncDisposable {
  readonly origin: string;
}

/** An S3 without a bucket that any client can be pointed at. */
export async function startForClients(): Promise<ServerForClients> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sealdrop-clients-'));
  const { origin, close } = await startStandaloneS3({ port: 0, dataDirectory, credentials: [key], region });
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      await close();
      await rm(dataDirectory, { recursive: true });
    },
  };
}

/** Keys that clients encode in ways of their own. */
export const specialKeys = [
  'plain.txt',
  'with space and+plus.txt',
  "quotes'(and)!stars*~.txt",
  'äöü/€/😀.txt',
  'a=b&c=d;e,f:g@h$i.txt',
  'per%cent%20.txt',
  'hash#question?.txt',
];

/** Every byte value, and no period of a power of two: parts and ranges that are mixed up are seen. */
export const patternOf = (sizeBytes: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: sizeBytes }, (_, i) => i % 251));

export const streamOf = (data: Buffer, pieceSizeBytes: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(data.length / pieceSizeBytes) }, (_, i) =>
      data.subarray(i * pieceSizeBytes, (i + 1) * pieceSizeBytes),
    ),
    { objectMode: false },
  );
