import { readdir } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { begin, complete, partOf, sendPart } from './support/multipart.ts';
import { presignGet } from './support/presign.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from './support/server.ts';

const Key = 'k';

/** An answer whose head has come, and of whose body nobody read anything yet. */
const beginToRead = async (s3: TestS3): Promise<IncomingMessage> => {
  const url = await presignGet(s3, Key);
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, resolve).on('error', reject).end();
  });
};

const objects = {
  // More than fits into the buffers between the file and the reader.
  'a single PUT': async (s3: TestS3) => {
    const Body = Buffer.alloc(32 * 1024 ** 2, 'whole');
    await s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));
    return Body;
  },
  parts: async (s3: TestS3) => {
    const upload = await begin(s3);
    const bodies = [...'abcdef'].map((letter) => partOf(letter));
    for (const [index, body] of bodies.entries()) await sendPart(s3, upload, index + 1, body);
    await complete(s3, upload);
    return Buffer.concat(bodies);
  },
};

const changes = {
  'written over': (s3: TestS3) => s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'new' })),
  deleted: (s3: TestS3) => s3.client.send(new DeleteObjectCommand({ Bucket, Key })),
};

describe.each(Object.entries(objects))('an object of %s', (_, put) => {
  it.each(Object.entries(changes))('is read to its end though it is %s', async (_, change) => {
    await using s3 = await startTestS3({ buckets: [{ ...versioned, versioning: false }] });
    const expected = await put(s3);
    const reader = await beginToRead(s3);
    await change(s3);
    expect(expected.equals(await buffer(reader))).toBe(true);
    // Then nobody needs it any more.
    const left = async () => (await readdir(join(s3.dataDirectory, 'objects'))).length;
    await expect.poll(left).toBeLessThanOrEqual(1);
  });
});
