import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { sendRaw } from './support/raw.ts';
import { bucketName as Bucket, startTestS3 } from './support/server.ts';
import { storedBlobs } from './support/stored-blobs.ts';

const keys = [
  '../../../../outside',
  '..',
  '.',
  'a/../b',
  '/leading',
  'a//b',
  'a/',
  'nul\u0000byte',
  'line\nbreak\ttab',
  'C:\\windows',
  'emoji 😀 und ümläüte',
  "reserved !*'();:@&=+$,?#[]%",
  '%2e%2e%2f',
  'documents/t1/../t2/x',
];

describe('a key is characters, never a path', () => {
  it('keeps every key apart and gives back its bytes, from the SDK and by presigned URL', async () => {
    await using s3 = await startTestS3();
    const before = await readdir(dirname(s3.dataDirectory));
    for (const Key of keys) {
      const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key }));
      const put = await sendRaw(url, {
        method: 'PUT',
        headers: { 'content-length': Buffer.byteLength(Key) },
        body: Key,
      });
      expect([Key, put.status]).toEqual([Key, 200]);
    }
    for (const Key of keys) {
      const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key }));
      expect((await sendRaw(url)).body).toBe(Key);
    }
    const listed = await s3.client.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
    const found = listed.Contents?.map((entry) => decodeURIComponent(entry.Key ?? ''));
    expect(found?.toSorted()).toEqual(keys.toSorted());

    const files = await storedBlobs(s3.dataDirectory);
    expect(files).toHaveLength(keys.length);
    for (const name of files) expect(name).toMatch(/^[0-9a-f]{12}-[0-9a-f-]{36}$/);
    const after = await readdir(dirname(s3.dataDirectory));
    expect(after.filter((name) => name === 'outside' || name === 'x')).toEqual([]);
    expect(before).toContain(s3.dataDirectory.split('/').at(-1));
  });

  it('reads + in a path as a space, as S3 does', async () => {
    await using s3 = await startTestS3();
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'spaced' }));
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'a b' }));
    expect((await sendRaw(url.replace('a%20b', 'a+b'))).body).toBe('spaced');
  });

  it.each(['%zz', '%ff', '%c3', 'a%'])('refuses %s, which is no text', async (path) => {
    await using s3 = await startTestS3();
    expect(await sendRaw(`${s3.origin}/${Bucket}/${path}`)).toMatchObject({
      status: 400,
      error: { Code: 'InvalidURI' },
    });
  });
});
