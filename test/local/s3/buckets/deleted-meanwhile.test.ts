import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect, it } from 'vitest';
import { anna, ben, region, startStandalone } from './standalone.ts';

const Bucket = 'short-lived';

/** Sends the head and half of the body, and the rest when told to. */
const beginPut = async (url: string): Promise<{ readonly outgoing: ClientRequest; finish(): Promise<string> }> => {
  const outgoing = request(url, { method: 'PUT', headers: { 'content-length': 2, expect: '100-continue' } });
  outgoing.flushHeaders();
  await once(outgoing, 'continue');
  outgoing.write('a');
  return {
    outgoing,
    finish: async () => {
      outgoing.end('b');
      const [incoming] = await once(outgoing, 'response');
      return text(incoming);
    },
  };
};

it.each([['is gone'], ['belongs to another']])(
  'keeps no object of a bucket that %s when its bytes are there',
  async (fate) => {
    await using s3 = await startStandalone();
    const client = s3.clientOf(anna);
    await client.send(new CreateBucketCommand({ Bucket }));
    const presigner = new S3Client({
      endpoint: s3.origin,
      region,
      credentials: anna,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    const put = await beginPut(await getSignedUrl(presigner, new PutObjectCommand({ Bucket, Key: 'k' })));
    await client.send(new DeleteBucketCommand({ Bucket }));
    const next = s3.clientOf(fate === 'is gone' ? anna : ben);
    if (fate !== 'is gone') await next.send(new CreateBucketCommand({ Bucket }));
    expect(await put.finish()).toContain('<Code>NoSuchBucket</Code>');
    if (fate === 'is gone') await next.send(new CreateBucketCommand({ Bucket }));
    expect((await next.send(new ListObjectVersionsCommand({ Bucket }))).Versions).toBeUndefined();
  },
);
