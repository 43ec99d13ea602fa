import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { openDataFolder } from '../data-folder.ts';
import { explain } from '../listener.ts';
import { type AccountKey, authorizeAccount, credentialOf } from './accounts.ts';
import type { LocalS3, LocalS3Options } from './configuration.ts';
import { startLocalS3 } from './server.ts';

export interface StandaloneS3Options {
  /** 0 takes a free one. */
  readonly port: number;
  /** Made where it is missing; used by nobody else meanwhile. */
  readonly dataDirectory: string;
  /** Each is an account of its own and owns the buckets that it makes. */
  readonly credentials: readonly AccountKey[];
  /** Of the endpoint; from us-east-1 buckets can be made in all regions. @default - us-east-1 */
  readonly region?: string;
  /** Opens the control surface for tests, on a port of its own; 0 takes a free one. @default - there is none */
  readonly control?: LocalS3Options['control'];
  /** @default - the machine's clock */
  readonly clock?: Clock;
}

/**
 * Starts an S3 for any client, without a template: whoever has a credential makes buckets and owns them.
 * @throws StartProblem where port or folder cannot be had.
 *
 * @example
 * const s3 = await startStandaloneS3({ port: 0, dataDirectory, credentials: [{ accessKeyId, secretAccessKey }] });
 * const client = new S3Client({ endpoint: s3.origin, forcePathStyle: true, region: 'us-east-1', credentials });
 */
export async function startStandaloneS3(options: StandaloneS3Options): Promise<LocalS3> {
  const { port, credentials, clock, region = 'us-east-1' } = options;
  const folder = openDataFolder(options.dataDirectory);
  const known = new Map(credentials.map((key) => [key.accessKeyId, credentialOf(key)]));
  try {
    const s3 = await startLocalS3({
      port,
      region,
      dataDirectory: join(folder.directory, 's3'),
      buckets: [],
      credentials: (accessKeyId) => known.get(accessKeyId),
      authorize: authorizeAccount,
      deliver: async ({ queueArn }) => {
        throw new Error(`There is no queue ${queueArn}.`);
      },
      ...(clock && { clock }),
      ...(options.control && { control: options.control }),
    });
    const close = async (): Promise<void> => {
      await s3.close();
      folder.release();
    };
    return { ...s3, close };
  } catch (cause) {
    folder.release();
    throw explain(port, cause);
  }
}
