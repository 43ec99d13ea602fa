import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checksumAlgorithms } from '../../../../local/s3/body/checksum.ts';
import {
  bucketName as Bucket,
  key,
  patternOf,
  region,
  type ServerForClients,
  specialKeys,
  startForClients,
  streamOf,
} from './server.ts';

let s3: ServerForClients;
let client: S3Client;
/** The headers of every request as it left. */
const sent: Record<string, string>[] = [];
beforeAll(async () => {
  s3 = await startForClients();
  // Nothing but where and who: every default of the SDK is on.
  client = new S3Client({ endpoint: s3.origin, region, credentials: key, forcePathStyle: true });
  client.middlewareStack.add(
    (next) => (args) => {
      sent.push((args.request as { readonly headers: Record<string, string> }).headers);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
});
afterAll(async () => {
  client.destroy();
  await s3[Symbol.asyncDispose]();
});

/** With the checksum verified by the SDK, as it does by default. */
const get = async (Key: string): Promise<Buffer> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('@aws-sdk/client-s3 with its defaults', () => {
  it('makes a bucket and finds it', async () => {
    const CreateBucketConfiguration = { LocationConstraint: region } as const;
    await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    expect((await client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe(region);
    expect((await client.send(new ListBucketsCommand())).Buckets).toMatchObject([{ Name: Bucket }]);
  });

  it('puts a buffer with a checksum in the header', async () => {
    const answer = await client.send(new PutObjectCommand({ Bucket, Key: 'buffer', Body: Buffer.from('hello') }));
    expect(sent.at(-1)).toMatchObject({ 'x-amz-checksum-crc32': answer.ChecksumCRC32 });
    expect((await get('buffer')).toString()).toBe('hello');
    expect(sent.at(-1)).toMatchObject({ 'x-amz-checksum-mode': 'ENABLED' });
  });

  it.each(checksumAlgorithms)(
    'puts a stream of known length in aws-chunks with %s in the trailer',
    async (algorithm) => {
      const data = patternOf(300_000);
      const Body = streamOf(data, 65_536);
      const input = { Bucket, Key: 'stream', Body, ContentLength: data.length, ChecksumAlgorithm: algorithm };
      const answer = await client.send(new PutObjectCommand({ ...input, ContentEncoding: 'br' }));
      expect(sent.at(-1)).toMatchObject({
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-trailer': `x-amz-checksum-${algorithm.toLowerCase()}`,
        'content-encoding': 'br,aws-chunked',
      });
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
      expect(head).toMatchObject({ ContentLength: data.length, ContentEncoding: 'br', ETag: answer.ETag });
      expect(head[`Checksum${algorithm}`]).toBe(answer[`Checksum${algorithm}`]);
      expect((await get('stream')).equals(data)).toBe(true);
    },
  );

  it('is told of a stream whose pieces are too small for S3', async () => {
    const data = patternOf(20_000);
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const options = { endpoint: s3.origin, region, credentials: key, forcePathStyle: true, logger };
    const small = new S3Client({ ...options, requestStreamBufferSize: false });
    const input = { Bucket, Key: 'small', Body: streamOf(data, 1000), ContentLength: data.length };
    await expect(small.send(new PutObjectCommand(input))).rejects.toMatchObject({ name: 'InvalidChunkSizeError' });
    small.destroy();
  });

  it.each(specialKeys)('puts, lists, presigns and deletes %s', async (Key) => {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
    expect(Contents).toMatchObject([{ Key }]);
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key }));
    expect(await (await fetch(url)).text()).toBe(Key);
    expect((await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }))).Deleted).toEqual([
      { Key },
    ]);
  });
});
