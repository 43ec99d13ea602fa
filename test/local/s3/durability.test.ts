import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3 } from './support/server.ts';
import { storedBlobs } from './support/stored-blobs.ts';

describe('the data folder', () => {
  it('keeps objects, versions and tags over a restart', async () => {
    await using s3 = await startTestS3();
    const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept', Tagging: 'a=b', ContentType: 'text/plain' });
    const { VersionId } = await s3.client.send(put);
    await s3.restart();
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await got.Body?.transformToString()).toBe('kept');
    expect(got).toMatchObject({ VersionId, TagCount: 1, ContentType: 'text/plain' });
  });

  it('is freed of what a crash left behind, and of nothing else', async () => {
    await using s3 = await startTestS3();
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept' }));
    await s3.stop();
    await writeFile(join(s3.dataDirectory, 'objects', 'never-acknowledged'), 'x');
    await s3.restart();
    expect(await storedBlobs(s3.dataDirectory)).toHaveLength(1);
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await got.Body?.transformToString()).toBe('kept');
  });

  it('is served by one process at a time', async () => {
    await using s3 = await startTestS3();
    await expect(startTestS3({ dataDirectory: s3.dataDirectory })).rejects.toThrow(/Stop the other process/);
  });

  it('is let go when the port is taken', async () => {
    await using s3 = await startTestS3();
    await using other = await startTestS3();
    await s3.stop();
    const port = Number(new URL(other.origin).port);
    await expect(s3.restart({ port })).rejects.toThrow(/EADDRINUSE/);
    await s3.restart();
    expect(s3.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
