import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Base64 } from './support/presign.ts';
import { parseError, sendHead, sendRaw } from './support/raw.ts';
import { bucketName as Bucket, credentials, region, startTestS3, type TestS3, versioned } from './support/server.ts';
import { storedBlobs } from './support/stored-blobs.ts';

const md5 = (body: string): Buffer => createHash('md5').update(body).digest();
const crc32Base64 = (body: string): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
};

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3[Symbol.asyncDispose]());

const put = (input: Partial<PutObjectCommandInput>) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ...input }));
const head = (input: { Key: string }) =>
  s3.client.send(new HeadObjectCommand({ Bucket, ChecksumMode: 'ENABLED', ...input }));

describe('PutObject, signed in the header', () => {
  it('answers with ETag and version, and keeps headers and metadata', async () => {
    const answer = await put({
      Key: 'kept',
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'no-store',
      ContentDisposition: 'inline; filename="a.txt"',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      Expires: new Date('2030-01-01T00:00:00Z'),
      Metadata: { 'report-type': 'lab' },
      StorageClass: 'STANDARD_IA',
      Tagging: 'a=1&b=%C3%A9+x',
    });
    expect(answer).toMatchObject({ ETag: `"${md5('hello').toString('hex')}"`, VersionId: expect.any(String) });
    expect(await head({ Key: 'kept' })).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'no-store',
      ContentDisposition: 'inline; filename="a.txt"',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      ExpiresString: 'Tue, 01 Jan 2030 00:00:00 GMT',
      Metadata: { 'report-type': 'lab' },
      StorageClass: 'STANDARD_IA',
      ServerSideEncryption: 'AES256',
      VersionId: answer.VersionId,
      ETag: answer.ETag,
      AcceptRanges: 'bytes',
    });
  });

  it('gives an object without a type S3’s default type, and stores an empty one', async () => {
    const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key: 'empty' }));
    expect(await sendRaw(url, { method: 'PUT', headers: { 'content-length': '0' } })).toMatchObject({ status: 200 });
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'empty' }));
    expect(await got.Body?.transformToString()).toBe('');
    expect(got).toMatchObject({ ContentLength: 0, ContentType: 'binary/octet-stream' });
    expect(got.TagCount).toBeUndefined();
  });

  it('reports the encryption of the bucket or of the request', async () => {
    const encryption = {
      sseAlgorithm: 'aws:kms',
      kmsMasterKeyId: 'arn:aws:kms:key/1',
      bucketKeyEnabled: true,
    } as const;
    await using kms = await startTestS3({ buckets: [{ ...versioned, encryption }] });
    const byDefault = await kms.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'a' }));
    expect(byDefault).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'arn:aws:kms:key/1',
      BucketKeyEnabled: true,
    });
    const asked = await kms.client.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: 'a', ServerSideEncryption: 'AES256' }),
    );
    expect(asked.ServerSideEncryption).toBe('AES256');
    expect(asked.SSEKMSKeyId).toBeUndefined();
  });

  it.each([
    ['ChecksumSHA256', sha256Base64('hello')],
    ['ChecksumCRC32', crc32Base64('hello')],
  ] as const)('verifies %s and gives it back when asked', async (field, value) => {
    expect(await put({ Key: field, [field]: value })).toMatchObject({ [field]: value, ChecksumType: 'FULL_OBJECT' });
    expect(await head({ Key: field })).toMatchObject({ [field]: value, ChecksumType: 'FULL_OBJECT' });
    const plain = await s3.client.send(new HeadObjectCommand({ Bucket, Key: field }));
    expect(plain[field]).toBeUndefined();
  });

  it('takes what an SDK with all its defaults sends', async () => {
    const client = new S3Client({ endpoint: s3.origin, region, credentials, forcePathStyle: true });
    const answer = await client.send(new PutObjectCommand({ Bucket, Key: 'defaults', Body: 'hello' }));
    expect(answer.ChecksumCRC32).toBe(crc32Base64('hello'));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'defaults' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    client.destroy();
  });

  it('verifies Content-MD5', async () => {
    await expect(put({ ContentMD5: md5('hello').toString('base64') })).resolves.toBeDefined();
  });

  it.each<[string, Partial<PutObjectCommandInput>, string, number]>([
    ['a wrong SHA-256', { ChecksumSHA256: sha256Base64('other') }, 'BadDigest', 400],
    ['a wrong CRC32', { ChecksumCRC32: crc32Base64('other') }, 'BadDigest', 400],
    ['a malformed SHA-256', { ChecksumSHA256: 'abc' }, 'InvalidRequest', 400],
    ['a CRC32 of the wrong size', { ChecksumCRC32: sha256Base64('hello') }, 'InvalidRequest', 400],
    [
      'two checksums',
      { ChecksumSHA256: sha256Base64('hello'), ChecksumCRC32: crc32Base64('hello') },
      'InvalidRequest',
      400,
    ],
    ['a wrong MD5', { ContentMD5: md5('other').toString('base64') }, 'BadDigest', 400],
    ['a malformed MD5', { ContentMD5: 'abc' }, 'InvalidDigest', 400],
    ['an ACL', { ACL: 'public-read' }, 'AccessControlListNotSupported', 400],
    ['a grant', { GrantRead: 'id="a"' }, 'AccessControlListNotSupported', 400],
    ['a storage class that is none', { StorageClass: 'CHEAP' as 'STANDARD' }, 'InvalidStorageClass', 400],
    [
      'an encryption that is none',
      { ServerSideEncryption: 'rot13' as 'AES256' },
      'InvalidEncryptionAlgorithmError',
      400,
    ],
    ['a key without its encryption', { ServerSideEncryption: 'AES256', SSEKMSKeyId: 'k' }, 'InvalidArgument', 400],
    ['too much metadata', { Metadata: { a: 'x'.repeat(2048) } }, 'MetadataTooLarge', 400],
    ['eleven tags', { Tagging: Array.from({ length: 11 }, (_, i) => `k${i}=v`).join('&') }, 'BadRequest', 400],
    ['a tag key of 129 characters', { Tagging: `${'k'.repeat(129)}=v` }, 'InvalidTag', 400],
    ['a tag value of 257 characters', { Tagging: `k=${'v'.repeat(257)}` }, 'InvalidTag', 400],
    ['a tag with characters not allowed', { Tagging: 'k=%3Cscript%3E' }, 'InvalidTag', 400],
    ['a tag twice', { Tagging: 'k=1&k=2' }, 'InvalidTag', 400],
    ['a tag of AWS', { Tagging: 'aws:k=1' }, 'InvalidTag', 400],
    ['tags that are not URL-encoded', { Tagging: 'k=%zz' }, 'InvalidArgument', 400],
    ['an object lock', { ObjectLockMode: 'GOVERNANCE' }, 'NotImplemented', 501],
    ['an unknown condition', { IfNoneMatch: '"abc"' }, 'NotImplemented', 501],
    ['a key of 1,025 bytes', { Key: `${'é'.repeat(512)}a` }, 'KeyTooLongError', 400],
  ])('refuses %s', async (_name, input, name, status) => {
    await expect(put({ Key: 'refused', ...input })).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
    await expect(head({ Key: 'refused' })).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('takes limits to the letter: ten tags, 128 and 256 characters, a key of 1,024 bytes', async () => {
    const tags = [`${'k'.repeat(128)}=${'v'.repeat(256)}`, ...Array.from({ length: 9 }, (_, i) => `k${i}=`)];
    await expect(put({ Key: 'é'.repeat(512), Tagging: tags.join('&') })).resolves.toBeDefined();
    expect((await s3.client.send(new GetObjectCommand({ Bucket, Key: 'é'.repeat(512) }))).TagCount).toBe(10);
  });

  it('holds the body to the hash that was signed for it', async () => {
    const client = s3.client;
    const command = new PutObjectCommand({ Bucket, Key: 'swapped', Body: 'hello' });
    command.middlewareStack.add(
      (next) => (args) => {
        Object.assign(args.request as object, { body: 'jello' });
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'swapBody' },
    );
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'XAmzContentSHA256Mismatch',
      ClientComputedContentSHA256: createHash('sha256').update('hello').digest('hex'),
      S3ComputedContentSHA256: createHash('sha256').update('jello').digest('hex'),
    });
  });

  it.each([5, 100_000, 3_000_000])('leaves no bytes of a refused body of %i bytes behind', async (sizeBytes) => {
    await using own = await startTestS3();
    const Body = Buffer.alloc(sizeBytes, 'hello');
    const bad = { Bucket, Key: 'k', Body, ChecksumSHA256: sha256Base64('other') };
    await expect(own.client.send(new PutObjectCommand(bad))).rejects.toMatchObject({ name: 'BadDigest' });
    const once = { Bucket, Key: 'k', Body, IfNoneMatch: '*' };
    await own.client.send(new PutObjectCommand(once));
    await expect(own.client.send(new PutObjectCommand(once))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await storedBlobs(own.dataDirectory)).toHaveLength(1);
  });
});

describe('the length of a body', () => {
  const url = (): Promise<string> => getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key: 'length' }));

  it('must be told: MissingContentLength', async () => {
    const answer = await sendHead(await url(), 'PUT', {});
    expect(answer).toMatch(/^HTTP\/1.1 411 /);
    expect(parseError(answer)).toMatchObject({ Code: 'MissingContentLength' });
  });

  it('must not be left open by chunks', async () => {
    const answer = await sendRaw(await url(), {
      method: 'PUT',
      headers: { 'transfer-encoding': 'chunked' },
      body: 'a',
    });
    expect(answer).toMatchObject({ status: 501, error: { Code: 'NotImplemented', Header: 'Transfer-Encoding' } });
  });

  it('must not exceed 5 GiB, which is refused before the first byte', async () => {
    const sizeBytes = 5 * 1024 ** 3 + 1;
    const headers = { 'content-length': sizeBytes, expect: '100-continue' };
    const answer = await sendRaw(await url(), { method: 'PUT', headers });
    expect(answer).toMatchObject({
      status: 400,
      error: { Code: 'EntityTooLarge', ProposedSize: String(sizeBytes), MaxSizeAllowed: String(sizeBytes - 1) },
    });
  });
});
