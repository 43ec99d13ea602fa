import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
  type UploadPartCopyCommandInput,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Begun, begin, complete, partOf, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from '../support/server.ts';
import { storedBlobs } from '../support/stored-blobs.ts';

const other = { ...versioned, name: 'sealdrop-other', versioning: false };
let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3({ buckets: [versioned, other] });
});
afterEach(() => s3[Symbol.asyncDispose]());

const source = Buffer.concat([partOf('a'), partOf('b'), Buffer.from('the end')]);
const CopySource = `${other.name}/source`;
const put = (Body: string | Buffer = source) =>
  s3.client.send(new PutObjectCommand({ Bucket: other.name, Key: 'source', Body }));
const copyPart = (upload: Begun, PartNumber: number, input: Partial<UploadPartCopyCommandInput> = {}) =>
  s3.client.send(new UploadPartCopyCommand({ ...upload, PartNumber, CopySource, ...input }));
const bodyOf = async (Key: string, from = Bucket) => {
  const got = await s3.client.send(new GetObjectCommand({ Bucket: from, Key }));
  return Buffer.from((await got.Body?.transformToByteArray()) ?? []);
};
const removeSource = () => s3.client.send(new DeleteObjectCommand({ Bucket: other.name, Key: 'source' }));

describe('UploadPartCopy', () => {
  it('makes parts of ranges, told as an upload of the same bytes would be', async () => {
    await put();
    const upload = await begin(s3, { ChecksumAlgorithm: 'SHA256' });
    const range = source.subarray(1, 6_000_001);
    const sent = await sendPart(s3, upload, 1, range, { ChecksumAlgorithm: 'SHA256' });
    const copied = await copyPart(upload, 2, { CopySourceRange: 'bytes=1-6000000' });
    expect(copied).toMatchObject({
      ServerSideEncryption: 'AES256',
      CopyPartResult: { ETag: sent.ETag, ChecksumSHA256: sent.ChecksumSHA256, LastModified: expect.any(Date) },
    });
    await copyPart(upload, 3);
    await complete(s3, upload);
    expect(Buffer.concat([range, range, source]).equals(await bodyOf('k'))).toBe(true);
  });

  it('shares the bytes of its source, and keeps them when the source, and lets them go when the copy goes', async () => {
    await put();
    const upload = await begin(s3);
    await copyPart(upload, 1);
    await copyPart(upload, 1, { CopySourceRange: 'bytes=5-7000000' });
    await removeSource();
    expect(await storedBlobs(s3.dataDirectory)).toHaveLength(1);
    await s3.restart();
    await complete(s3, upload);
    await s3.client.send(new CopyObjectCommand({ Bucket: other.name, Key: 'c', CopySource: `${Bucket}/k` }));
    const { VersionId } = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    await s3.restart();
    expect(source.subarray(5, 7_000_001).equals(await bodyOf('c', other.name))).toBe(true);
    await s3.client.send(new DeleteObjectCommand({ Bucket: other.name, Key: 'c' }));
    expect(await storedBlobs(s3.dataDirectory)).toEqual([]);
  });

  it('copies parts of objects that are made of parts themselves', async () => {
    const first = await begin(s3, { Key: 'first' });
    await sendPart(s3, first, 1, partOf('a'));
    await sendPart(s3, first, 2, 'the end');
    await complete(s3, first);
    const second = await begin(s3);
    await copyPart(second, 1, { CopySource: `${Bucket}/first`, CopySourceRange: 'bytes=5242879-5242882' });
    const { Parts } = await s3.client.send(new ListPartsCommand(second));
    expect(Parts).toMatchObject([{ PartNumber: 1, Size: 4 }]);
    await complete(s3, second);
    expect((await bodyOf('k')).toString()).toBe('athe');
  });

  it('copies a source without bytes, and a version of one', async () => {
    await put('');
    const upload = await begin(s3);
    await copyPart(upload, 1);
    await complete(s3, upload);
    expect(await bodyOf('k')).toHaveLength(0);
    const { VersionId } = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    const again = await begin(s3, { Key: 'again' });
    const copied = await copyPart(again, 1, { CopySource: `${Bucket}/k?versionId=${VersionId}` });
    expect(copied.CopySourceVersionId).toBe(VersionId);
  });

  it('asks for the right to read the source and to write the object', async () => {
    await put('abc');
    const upload = await begin(s3);
    s3.asked.length = 0;
    await copyPart(upload, 1);
    expect(s3.asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      `s3:PutObject arn:aws:s3:::${Bucket}/k`,
      `s3:GetObject arn:aws:s3:::${CopySource}`,
    ]);
    await s3.restart({
      authorize: ({ action }) =>
        action === 's3:GetObject' ? { allowed: false, reason: 'implicit-deny' } : { allowed: true },
    });
    await expect(copyPart(upload, 1)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['a range that ends behind the source', { CopySourceRange: 'bytes=0-3' }, 'InvalidArgument'],
    ['a range without an end', { CopySourceRange: 'bytes=0-' }, 'InvalidArgument'],
    ['a range the wrong way round', { CopySourceRange: 'bytes=2-1' }, 'InvalidArgument'],
    ['a source that is not there', { CopySource: `${other.name}/none` }, 'NoSuchKey'],
    ['a source that has changed', { CopySourceIfMatch: '"other"' }, 'PreconditionFailed'],
    ['a part number out of range', { PartNumber: 10_001 }, 'InvalidArgument'],
    ['an unknown upload', { UploadId: 'unknown' }, 'NoSuchUpload'],
    ['a key of the customer', { CopySourceSSECustomerAlgorithm: 'AES256' }, 'NotImplemented'],
  ])('refuses %s', async (_, input, name) => {
    await put('abc');
    await expect(copyPart(await begin(s3), 1, input)).rejects.toMatchObject({ name });
    expect(await storedBlobs(s3.dataDirectory)).toHaveLength(1);
  });

  it('does not read what is archived', async () => {
    await s3.client.send(
      new PutObjectCommand({ Bucket: other.name, Key: 'source', Body: 'a', StorageClass: 'DEEP_ARCHIVE' }),
    );
    const archived = { name: 'InvalidObjectState', $metadata: { httpStatusCode: 403 } };
    await expect(copyPart(await begin(s3), 1)).rejects.toMatchObject(archived);
    await expect(bodyOf('source', other.name)).rejects.toMatchObject(archived);
    const head = await s3.client.send(new HeadObjectCommand({ Bucket: other.name, Key: 'source' }));
    expect(head.StorageClass).toBe('DEEP_ARCHIVE');
  });
});
