import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anna, type Standalone, startStandalone } from './standalone.ts';

let s3: Standalone;
let client: S3Client;
beforeAll(async () => {
  s3 = await startStandalone();
  client = s3.clientOf(anna);
});
afterAll(() => s3[Symbol.asyncDispose]());

describe('DeleteBucket', () => {
  const Bucket = 'to-delete';

  it('refuses while a version or a delete marker is left', async () => {
    await client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'a' }));
    expect(VersionId).toHaveLength(32);
    const notEmpty = { name: 'BucketNotEmpty', $metadata: { httpStatusCode: 409 } };
    await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject(notEmpty);
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject(notEmpty);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker.VersionId }));
    await client.send(new DeleteBucketCommand({ Bucket }));
    const get = client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    await expect(get).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('takes uploads under way with it', async () => {
    await client.send(new CreateBucketCommand({ Bucket }));
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteBucketCommand({ Bucket }));
    await client.send(new CreateBucketCommand({ Bucket }));
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });
});
