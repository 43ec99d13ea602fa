import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, complete, partOf, sendPart } from './support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const whole = Buffer.concat([partOf('a'), Buffer.from('the end')]);
const digest = (algorithm: string, encoding: 'hex' | 'base64') => createHash(algorithm).update(whole).digest(encoding);
let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
  for (const [Key, ChecksumAlgorithm] of [
    ['composite', 'SHA256'],
    ['full', undefined],
  ] as const) {
    const upload = await begin(s3, { Key, ChecksumAlgorithm, Metadata: { m: '1' } });
    await sendPart(s3, upload, 1, partOf('a'), { ChecksumAlgorithm });
    await sendPart(s3, upload, 2, 'the end', { ChecksumAlgorithm });
    await complete(s3, upload);
  }
});
afterAll(() => s3[Symbol.asyncDispose]());

const copy = (key: string, input: Partial<CopyObjectCommandInput> = {}) =>
  s3.client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${key}`, ...input }));

describe('a copy of an object that was uploaded in parts', () => {
  it('is one object, with the ETag and checksum of one', async () => {
    const { CopyObjectResult } = await copy('composite');
    const ETag = `"${digest('md5', 'hex')}"`;
    const ChecksumSHA256 = digest('sha256', 'base64');
    expect(CopyObjectResult).toMatchObject({ ETag, ChecksumSHA256, ChecksumType: 'FULL_OBJECT' });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'copy', PartNumber: 1 }));
    expect(head).toMatchObject({ ETag, ContentLength: whole.length, Metadata: { m: '1' } });
    expect(head.PartsCount).toBeUndefined();
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'copy' }));
    expect(whole.equals(Buffer.from((await got.Body?.transformToByteArray()) ?? []))).toBe(true);
  });

  it('keeps the checksum of the full object, where there is one', async () => {
    const source = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'full', ChecksumMode: 'ENABLED' }));
    const { CopyObjectResult } = await copy('full');
    expect(source.ChecksumCRC64NVME).toBeDefined();
    expect(CopyObjectResult?.ChecksumCRC64NVME).toBe(source.ChecksumCRC64NVME);
  });

  it('has the checksum that is asked for', async () => {
    const { CopyObjectResult } = await copy('full', { ChecksumAlgorithm: 'SHA1' });
    expect(CopyObjectResult?.ChecksumSHA1).toBe(digest('sha1', 'base64'));
    expect(CopyObjectResult?.ChecksumCRC64NVME).toBeUndefined();
  });
});
