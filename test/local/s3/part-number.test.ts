import { GetObjectCommand, type GetObjectCommandInput, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, complete, partOf, sendPart } from './support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

let s3: TestS3;
const partChecksums: (string | undefined)[] = [];
beforeAll(async () => {
  s3 = await startTestS3();
  const upload = await begin(s3, { Key: 'parts', ChecksumAlgorithm: 'SHA256' });
  for (const [number, body] of [
    [2, partOf('a')],
    [7, partOf('b')],
    [9, 'end'],
  ] as const) {
    const { ChecksumSHA256 } = await sendPart(s3, upload, number, body, { ChecksumAlgorithm: 'SHA256' });
    partChecksums.push(ChecksumSHA256);
  }
  await complete(s3, upload);
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'single', Body: 'abc' }));
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: '' }));
});
afterAll(() => s3[Symbol.asyncDispose]());

const get = (Key: string, PartNumber: number, input: Partial<GetObjectCommandInput> = {}) =>
  s3.client.send(new GetObjectCommand({ Bucket, Key, PartNumber, ...input }));
const sizeBytes = 10 * 1024 ** 2 + 3;

describe('partNumber', () => {
  it('reads the parts of an object one by one, counted from 1', async () => {
    const second = await get('parts', 2, { ChecksumMode: 'ENABLED' });
    expect(second).toMatchObject({
      $metadata: { httpStatusCode: 206 },
      PartsCount: 3,
      ContentRange: `bytes 5242880-10485759/${sizeBytes}`,
      ChecksumSHA256: partChecksums[1],
      ChecksumType: 'COMPOSITE',
    });
    const body = (await second.Body?.transformToByteArray()) ?? [];
    expect(partOf('b').equals(Buffer.from(body))).toBe(true);
    const last = await get('parts', 3);
    expect(await last.Body?.transformToString()).toBe('end');
  });

  it('tells HEAD the same', async () => {
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'parts', PartNumber: 3 }));
    expect(head).toMatchObject({ $metadata: { httpStatusCode: 206 }, ContentLength: 3, PartsCount: 3 });
  });

  it('takes an object of a single PUT for its own first part', async () => {
    const single = await get('single', 1);
    expect(single).toMatchObject({ $metadata: { httpStatusCode: 206 }, ContentRange: 'bytes 0-2/3' });
    expect(single.PartsCount).toBeUndefined();
    expect(await single.Body?.transformToString()).toBe('abc');
    expect(await get('empty', 1)).toMatchObject({ $metadata: { httpStatusCode: 200 }, ContentLength: 0 });
  });

  it.each([
    ['a part that is not there', 'parts', 4, {}, 'InvalidPartNumber', 416],
    ['a second part of a single PUT', 'single', 2, {}, 'InvalidPartNumber', 416],
    ['part 0', 'parts', 0, {}, 'InvalidArgument', 400],
    ['part 10,001', 'parts', 10_001, {}, 'InvalidArgument', 400],
    ['a range of a part', 'parts', 1, { Range: 'bytes=0-1' }, 'InvalidRequest', 400],
  ])('refuses %s', async (_, key, number, input, name, httpStatusCode) => {
    await expect(get(key, number, input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });
});
