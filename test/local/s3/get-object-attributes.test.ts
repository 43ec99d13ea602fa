import {
  ChecksumAlgorithm,
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  type ObjectAttributes,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const all: ObjectAttributes[] = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3[Symbol.asyncDispose]());

const attributesOf = (Key: string, ObjectAttributes: ObjectAttributes[], VersionId?: string) =>
  s3.client.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes, VersionId }));

describe('GetObjectAttributes', () => {
  it('tells what is asked for, and nothing else', async () => {
    const put = await s3.client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a',
        Body: 'abc',
        StorageClass: 'STANDARD_IA',
        ChecksumAlgorithm: ChecksumAlgorithm.SHA256,
      }),
    );
    const { $metadata, ...answer } = await attributesOf('a', all);
    expect(answer).toEqual({
      ETag: '900150983cd24fb0d6963f7d28e17f72',
      Checksum: { ChecksumSHA256: put.ChecksumSHA256, ChecksumType: 'FULL_OBJECT' },
      StorageClass: 'STANDARD_IA',
      ObjectSize: 3,
      LastModified: expect.any(Date),
      VersionId: put.VersionId,
    });
    expect(await attributesOf('a', ['ObjectSize'])).not.toHaveProperty('ETag');
  });

  it('needs the right to read the object and the right to read its attributes, of versions their twins', async () => {
    const { VersionId } = await s3.client.send(new PutObjectCommand({ Bucket, Key: 'b', Body: 'b' }));
    s3.asked.length = 0;
    await attributesOf('b', ['ETag']);
    await attributesOf('b', ['ETag'], VersionId);
    expect(s3.asked.map(({ action }) => action)).toEqual([
      's3:GetObject',
      's3:GetObjectAttributes',
      's3:GetObjectVersion',
      's3:GetObjectVersionAttributes',
    ]);
  });

  it('finds no object where there is none, or a delete marker', async () => {
    await expect(attributesOf('none', all)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'c' }));
    const { VersionId } = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'c' }));
    await expect(attributesOf('c', all)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(attributesOf('c', all, VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
  });

  it.each([[['Etag']], [['toString']], [[]]])('refuses an attribute it does not know, or none: %j', async (names) => {
    const invalid = { name: 'InvalidArgument', ArgumentName: 'x-amz-object-attributes' };
    await expect(attributesOf('a', names as ObjectAttributes[])).rejects.toMatchObject(invalid);
  });
});
