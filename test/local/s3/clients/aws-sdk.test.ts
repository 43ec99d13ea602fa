import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checksumAlgorithms } from '../../../../local/s3/body/checksum.ts';
import type { TestS3 } from '../support/server.ts';
import { bucketName as Bucket, key, patternOf, region, specialKeys, startForClients } from './server.ts';

let s3: TestS3;
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

const streamOf = (data: Buffer, pieceSizeBytes: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(data.length / pieceSizeBytes) }, (_, i) =>
      data.subarray(i * pieceSizeBytes, (i + 1) * pieceSizeBytes),
    ),
    { objectMode: false },
  );

/** With the checksum verified by the SDK, as it does by default. */
const get = async (Key: string): Promise<Buffer> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('@aws-sdk/client-s3 with its defaults', () => {
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
    const small = new S3Client({
      endpoint: s3.origin,
      region,
      credentials: key,
      forcePathStyle: true,
      requestStreamBufferSize: false,
    });
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

describe('@aws-sdk/lib-storage', () => {
  const data = patternOf(12 * 1024 ** 2);

  it('uploads a stream of unknown length in parts, whose checksum the SDK verifies', async () => {
    const params = { Bucket, Key: 'parts', Body: streamOf(data, 100_000), ContentType: 'text/plain' };
    await new Upload({ client, params }).done();
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'parts', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentLength: data.length, ContentType: 'text/plain' });
    expect(head.ETag).toMatch(/-3"$/);
    expect((await get('parts')).equals(data)).toBe(true);
  });

  it.each(['SHA256', 'CRC32'] as const)(
    'makes an object with a composite %s, which the SDK reads',
    async (ChecksumAlgorithm) => {
      const params = { Bucket, Key: 'composite', Body: data, ChecksumAlgorithm, ChecksumType: 'COMPOSITE' } as const;
      await new Upload({ client, params }).done();
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'composite', ChecksumMode: 'ENABLED' }));
      expect(head[`Checksum${ChecksumAlgorithm}`]).toMatch(/-3$/);
      expect(head.ChecksumType).toBe('COMPOSITE');
      expect((await get('composite')).equals(data)).toBe(true);
    },
  );

  it('aborts, and leaves no upload behind', async () => {
    const upload = new Upload({ client, params: { Bucket, Key: 'aborted', Body: data } });
    upload.on('httpUploadProgress', () => void upload.abort());
    await expect(upload.done()).rejects.toMatchObject({ name: 'AbortError' });
    // The SDK tells of the abort before it has cleaned up.
    await vi.waitFor(async () => {
      const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
      expect(Uploads).toBeUndefined();
    });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'aborted' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});
