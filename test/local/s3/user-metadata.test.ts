import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeMetadataValue, metadataHeaders } from '../../../local/s3/operations/user-metadata.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3[Symbol.asyncDispose]());

/** A client that sends UTF-8: each byte arrives as one character. */
const asSent = (text: string): string => Buffer.from(text).toString('latin1');

it.each([
  // The example of the user guide.
  [asSent('ÄMÄZÕÑ S3'), '=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?='],
  ['AMAZONS3', 'AMAZONS3'],
  ['=?UTF-8?B?w4RNw4Ra?=', '=?UTF-8?B?w4RNw4Ra?='],
  ['=?utf-8?Q?=C3=84_M?=', '=?UTF-8?B?w4QgTQ==?='],
  ['=?UTF-8?B?YXNjaWk=?=', 'ascii'],
  ['=?UTF-8?B?YQpi?=', '=?UTF-8?B?YQpi?='],
  ['=?UTF-8?X?a?=', '=?UTF-8?X?a?='],
])('keeps %s, and tells it as %s', (sent, told) => {
  const decoded = decodeMetadataValue(sent);
  expect(metadataHeaders({ 'x-amz-meta-a': decoded, 'content-disposition': 'é' })).toEqual({
    'x-amz-meta-a': told,
    'content-disposition': 'é',
  });
});

it('gives back what an SDK sent as an encoded word, under a lower-case name', async () => {
  const value = `=?UTF-8?B?${Buffer.from('Grüße 🎉').toString('base64')}?=`;
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'a', Metadata: { NaMe: value } }));
  const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
  expect(head.Metadata).toEqual({ name: value });
});

it('measures what it keeps: names and values in bytes of UTF-8, 2 KB at most', async () => {
  const put = (sizeBytes: number) =>
    s3.client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'k',
        Body: 'a',
        Metadata: { name: `=?UTF-8?B?${Buffer.from('ü'.repeat((sizeBytes - 4) / 2)).toString('base64')}?=` },
      }),
    );
  await put(2048);
  await expect(put(2050)).rejects.toMatchObject({ name: 'MetadataTooLarge', $metadata: { httpStatusCode: 400 } });
});
