import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import { bucketName as Bucket, credentials, region, startTestS3 } from './support/server.ts';
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
    await writeFile(join(s3.dataDirectory, 'uploads', 'half-written'), 'x');
    await writeFile(join(s3.dataDirectory, 'objects', 'never-acknowledged'), 'x');
    await s3.restart();
    expect(await readdir(join(s3.dataDirectory, 'uploads'))).toEqual([]);
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

describe('kill -9 in the middle of uploads', () => {
  it('loses no acknowledged object, nor the event that tells of it, and leaves no torn one', async () => {
    await using s3 = await startTestS3();
    await s3.stop();
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 3; round++) {
      const child = fork(new URL('support/crash-child.ts', import.meta.url), [s3.dataDirectory], { execArgv: [] });
      const [endpoint] = (await once(child, 'message')) as [string];
      const client = new S3Client({
        endpoint,
        region,
        credentials,
        forcePathStyle: true,
        maxAttempts: 1,
        requestChecksumCalculation: 'WHEN_REQUIRED',
      });
      const exited = once(child, 'exit');
      const upload = async (index: number): Promise<void> => {
        const Key = `round ${round} object ${index}`;
        const Body = `${Key} `.repeat(5000);
        await client.send(new PutObjectCommand({ Bucket, Key, Body }));
        acknowledged.set(Key, Body);
        if (index === 8) child.kill('SIGKILL');
      };
      await Promise.allSettled(Array.from({ length: 24 }, (_, index) => upload(index)));
      await exited;
      client.destroy();
    }
    await s3.restart();
    expect(acknowledged.size).toBeGreaterThanOrEqual(3);
    for (const [Key, Body] of acknowledged) {
      const got = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
      expect(await got.Body?.transformToString()).toBe(Body);
    }
    const { Versions = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key = '', Size } of Versions) expect(Size).toBe(Key.length * 5000 + 5000);
    expect(await storedBlobs(s3.dataDirectory)).toHaveLength(Versions.length);

    const before = await readFile(join(s3.dataDirectory, 'delivered.jsonl'), 'utf8');
    const keysAfter = () => s3.delivered.map(({ body }) => keyOf(body));
    const keysBefore = before.split('\n').filter(Boolean).map(keyOf);
    await vi.waitFor(() => {
      const told = new Set([...keysBefore, ...keysAfter()]);
      expect([...acknowledged.keys()].filter((key) => !told.has(key))).toEqual([]);
    });
    // There was something to make up for.
    expect(keysAfter()).not.toEqual([]);
  });
});

const keyOf = (body: string): string => {
  const { Records } = JSON.parse(body) as { Records: { s3: { object: { key: string } } }[] };
  return decodeURIComponent((Records[0]?.s3.object.key ?? '').replaceAll('+', ' '));
};
