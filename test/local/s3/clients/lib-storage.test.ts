import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  bucketName as Bucket,
  key,
  patternOf,
  region,
  type ServerForClients,
  startForClients,
  streamOf,
} from './server.ts';

let s3: ServerForClients;
let client: S3Client;
beforeAll(async () => {
  s3 = await startForClients();
  client = new S3Client({ endpoint: s3.origin, region, credentials: key, forcePathStyle: true });
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
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
