import { createReadStream } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createClient, openSource } from '../../../client/node.ts';
import { startOwn } from '../../local-s3/child.ts';
import { bucket, credentials, region } from '../../local-s3/signed.ts';
import { compareUploads } from '../compare-uploads.ts';
import { makeFiles } from '../files.ts';
import type { TimedContender } from '../rounds.ts';
import type { Scenario } from '../scenario.ts';
import { kibibyte, mebibyte } from '../sizes.ts';
import { alone, whole } from '../uploaders.ts';

const sizeBytes = 512 * mebibyte;
/** As its documentation has it, and with what it was fastest with of parts, queues and chunks of all sizes. */
const libStorageOptions = {
  'as documented': { highWaterMark: 64 * kibibyte },
  'at its fastest': { queueSize: 16, partSize: 8 * mebibyte, highWaterMark: 8 * mebibyte },
} as const;

const timed = async (upload: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await upload();
  return performance.now() - begun;
};

const byLibStorage = (endpoint: string, path: string, tuning: keyof typeof libStorageOptions): TimedContender => {
  const { highWaterMark, ...options } = libStorageOptions[tuning];
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const run = () =>
    timed(() => {
      const params = { Bucket: bucket, Key: 'node', Body: createReadStream(path, { highWaterMark }) };
      return new Upload({ client, params, ...options }).done();
    });
  return { name: `peer: @aws-sdk/lib-storage, no checksums, ${tuning}`, run };
};

const bySealdrop = (baseUrl: string, path: string, { service = '', token = 'nobody asks' } = {}): TimedContender => {
  // As the peer, it is done when S3 has the object.
  const client = createClient({ baseUrl, token: () => token, outcomeWaitMilliseconds: 0 });
  const run = () =>
    timed(async () => {
      const source = await openSource(path);
      await client.upload(source).finally(source.close);
    });
  return { name: `Sealdrop, checksums on${service}`, run };
};

export const node: Scenario = {
  about: 'a file of 512 MiB from Node, against lib-storage',
  run: async (start) => {
    const { directory, peerS3Origin, standInUrl, sealdrop } = await start();
    const [path = ''] = await makeFiles(directory, 1, sizeBytes);
    await sealdrop.events.drop();
    const token = await sealdrop.token();
    await using sink = await startOwn('upload/sink.ts');
    const rounds = { directory, storedBytes: sizeBytes, warmUpRounds: 1, rounds: 5 };
    const peers = (endpoint: string) =>
      [byLibStorage(endpoint, path, 'as documented'), byLibStorage(endpoint, path, 'at its fastest')] as const;
    const groups = [
      await compareUploads(
        '512 MiB from Node to the local S3',
        [
          ...peers(peerS3Origin),
          bySealdrop(standInUrl, path, { service: alone }),
          bySealdrop(sealdrop.origin, path, { service: whole, token }),
        ],
        rounds,
      ),
      await compareUploads(
        '512 MiB from Node to a server that keeps and checks nothing',
        [...peers(sink.origin), bySealdrop(sink.origin, path)],
        rounds,
      ),
    ];
    return { groups, notes: [] };
  },
};
