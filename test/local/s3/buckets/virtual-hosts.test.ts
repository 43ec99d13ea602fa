import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../support/raw.ts';
import { anna, type Standalone, startStandalone } from './standalone.ts';

let s3: Standalone;
let client: S3Client;
beforeAll(async () => {
  s3 = await startStandalone();
  client = s3.clientOf(anna);
});
afterAll(() => s3[Symbol.asyncDispose]());

describe('virtual-host style', () => {
  const Bucket = 'by-host';

  it.each([['s3.localhost'], ['localhost'], ['s3.us-east-1.localhost']])('is served below %s', async (host) => {
    await client.send(new CreateBucketCommand({ Bucket }));
    const endpoint = s3.origin.replace('127.0.0.1', host);
    const config = { endpoint, forcePathStyle: false, requestChecksumCalculation: 'WHEN_REQUIRED' } as const;
    const hosted = s3.clientOf(anna, config);
    // Not every resolver knows that these names are this machine.
    const send = async (method: string, url: string, body?: string) => {
      const { host, pathname, search } = new URL(url);
      return sendRaw(`${s3.origin}${pathname}${search}`, { method, headers: { host }, ...(body && { body }) });
    };
    const put = await getSignedUrl(hosted, new PutObjectCommand({ Bucket, Key: 'a/b' }));
    expect(put).toContain(`http://${Bucket}.${host}:`);
    expect(await send('PUT', put, host)).toMatchObject({ status: 200 });
    const byPath = await client.send(new GetObjectCommand({ Bucket, Key: 'a/b' }));
    expect(await byPath.Body?.transformToString()).toBe(host);
    const list = await send('GET', await getSignedUrl(hosted, new ListBucketsCommand({})));
    expect(list.body).toContain(`<Name>${Bucket}</Name>`);
    hosted.destroy();
  });
});
