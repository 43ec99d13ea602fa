import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';
import { sendChunks, sendSigned } from './support/signed.ts';
import { storedBlobs } from './support/stored-blobs.ts';

const crc32Of = (...chunks: readonly Buffer[]): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(Buffer.concat(chunks)));
  return bytes.toString('base64');
};
const chunks = [Buffer.alloc(65_536, 'a'), Buffer.alloc(10_000, 'b'), Buffer.from('end')];
const data = Buffer.concat(chunks).toString();
const trailer = `x-amz-checksum-crc32:${crc32Of(...chunks)}`;
const announced = { 'x-amz-trailer': 'x-amz-checksum-crc32' };
const hello = { chunks: [Buffer.from('hello')] };
const unsignedTrailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3[Symbol.asyncDispose]());
const get = async (Key: string) =>
  (await s3.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('PutObject in aws-chunks', () => {
  it.each([
    ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', {}],
    ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', announced],
    [unsignedTrailer, announced],
    [unsignedTrailer, { ...announced, 'transfer-encoding': 'chunked' }],
  ] as const)('keeps the data of %s %o, and the codings that are its own', async (payload, more) => {
    const trailers = 'x-amz-trailer' in more ? [trailer] : [];
    const headers = { ...more, 'content-encoding': 'aws-chunked,gzip', 'content-type': 'text/plain' };
    const answer = await sendChunks(s3.origin, payload, { chunks, trailers }, { path: 'kept', headers });
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: `"${createHash('md5').update(data).digest('hex')}"` },
    });
    expect(answer.headers['x-amz-checksum-crc32']).toBe(trailers.length > 0 ? crc32Of(...chunks) : undefined);
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'kept' }));
    expect(head).toMatchObject({ ContentLength: data.length, ContentEncoding: 'gzip', ContentType: 'text/plain' });
    expect(await get('kept')).toBe(data);
  });

  it('says nothing of a coding where there is no other, and keeps what only looks like one', async () => {
    const headers = { 'content-encoding': 'aws-chunked' };
    await sendChunks(s3.origin, unsignedTrailer, hello, { path: 'plain', headers });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'plain' }));
    expect(head.ContentEncoding).toBeUndefined();
    await sendSigned(s3.origin, {
      path: 'named',
      headers: { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      body: 'a',
    });
    expect((await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'named' }))).ContentEncoding).toBe('aws-chunked');
  });

  it('keeps nothing of a body that was tampered with, and serves the connection on', async () => {
    const before = await storedBlobs(s3.dataDirectory);
    const tamper = (wire: Buffer): Buffer => Buffer.from(wire.toString('latin1').replace('aaaa', 'aaab'), 'latin1');
    const signed = await sendChunks(
      s3.origin,
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      { chunks },
      { path: 'bad', tamper },
    );
    expect(signed).toMatchObject({ status: 403, error: { Code: 'SignatureDoesNotMatch' } });
    const options = { path: 'bad', headers: announced, tamper };
    const unsigned = await sendChunks(s3.origin, unsignedTrailer, { chunks, trailers: [trailer] }, options);
    expect(unsigned).toMatchObject({
      status: 400,
      error: { Code: 'BadDigest', Message: 'The CRC32 you specified did not match the calculated checksum.' },
    });
    await expect(get('bad')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await storedBlobs(s3.dataDirectory)).toEqual(before);
  });

  it.each([
    ['a length that is missing', { 'x-amz-decoded-content-length': '' }, 411, 'MissingContentLength'],
    ['a length that is none', { 'x-amz-decoded-content-length': 'five' }, 411, 'MissingContentLength'],
    ['a length that is another', { 'x-amz-decoded-content-length': '6' }, 400, 'IncompleteBody'],
    ['a length beyond 5 GiB', { 'x-amz-decoded-content-length': String(5 * 1024 ** 3 + 1) }, 400, 'EntityTooLarge'],
    ['a trailer that is missing', announced, 400, 'MalformedTrailerError'],
    ['a trailer that S3 does not know', { 'x-amz-trailer': 'x-amz-checksum-bad' }, 400, 'InvalidRequest'],
    ['two trailers', { 'x-amz-trailer': 'x-amz-checksum-crc32,x-amz-checksum-sha1' }, 400, 'InvalidRequest'],
    ['a checksum in both places', { ...announced, 'x-amz-checksum-crc32': 'AAAAAA==' }, 400, 'InvalidRequest'],
    ['a trailer of another algorithm', { ...announced, 'x-amz-sdk-checksum-algorithm': 'SHA1' }, 400, 'InvalidRequest'],
    ['a checksum in the header that is wrong', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 400, 'BadDigest'],
  ])('refuses %s', async (_name, headers, status, Code) => {
    const answer = await sendChunks(s3.origin, unsignedTrailer, hello, { path: 'refused', headers });
    expect(answer).toMatchObject({ status, error: { Code } });
  });

  it('refuses trailers of a body that has none, and keys that are not symmetric', async () => {
    const plain = { path: 'refused', headers: announced, body: 'hello' };
    expect(await sendSigned(s3.origin, plain)).toMatchObject({ status: 400, error: { Code: 'MalformedTrailerError' } });
    const answer = await sendChunks(s3.origin, 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', hello, { path: 'refused' });
    expect(answer).toMatchObject({ status: 501, error: { Code: 'NotImplemented' } });
  });
});

describe('other operations in aws-chunks', () => {
  it('UploadPart takes the checksum of its upload from the trailer', async () => {
    const input = { Bucket, Key: 'parts', ChecksumAlgorithm: 'CRC32' } as const;
    const { UploadId = '' } = await s3.client.send(new CreateMultipartUploadCommand(input));
    const path = `parts?partNumber=1&uploadId=${UploadId}`;
    const answer = await sendChunks(
      s3.origin,
      unsignedTrailer,
      { chunks, trailers: [trailer] },
      { path, headers: announced },
    );
    expect(answer).toMatchObject({ status: 200, headers: { 'x-amz-checksum-crc32': crc32Of(...chunks) } });
    const other = { 'x-amz-trailer': 'x-amz-checksum-sha1' };
    expect(await sendChunks(s3.origin, unsignedTrailer, hello, { path, headers: other })).toMatchObject({
      status: 400,
      error: { Code: 'InvalidRequest', Message: expect.stringContaining('Checksum Type mismatch') },
    });
  });

  it('documents may come in chunks: PutObjectTagging and DeleteObjects', async () => {
    await sendSigned(s3.origin, { path: 'document', body: 'a' });
    const send = (method: string, path: string, xml: string) => {
      const document = { chunks: [Buffer.from(xml)], trailers: [`x-amz-checksum-crc32:${crc32Of(Buffer.from(xml))}`] };
      return sendChunks(s3.origin, unsignedTrailer, document, { method, path, headers: announced });
    };
    const tags = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
    expect(await send('PUT', 'document?tagging', tags)).toMatchObject({ status: 200 });
    const tagging = await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'document' }));
    expect(tagging.TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
    const deleted = await send('POST', '?delete', '<Delete><Object><Key>document</Key></Object></Delete>');
    expect(deleted).toMatchObject({ status: 200, body: expect.stringContaining('<Deleted><Key>document</Key>') });
  });
});
