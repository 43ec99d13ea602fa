import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { parseError } from './support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const Key = 'k';

const put = (s3: TestS3, Body: string, conditions: { IfNoneMatch?: string; IfMatch?: string } = {}) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ...conditions }));

describe('If-None-Match: *', () => {
  it('lets exactly one of many racing writers win', async () => {
    await using s3 = await startTestS3();
    const bodies = Array.from({ length: 12 }, (_, index) => `writer ${index}`);
    const outcomes = await Promise.allSettled(bodies.map((body) => put(s3, body, { IfNoneMatch: '*' })));
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    expect(lost).toHaveLength(11);
    for (const reason of lost) {
      expect(reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    }
    const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(listed.Versions).toHaveLength(1);
  });

  it('passes over a delete marker, as on S3', async () => {
    await using s3 = await startTestS3();
    await put(s3, 'a');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(put(s3, 'b', { IfNoneMatch: '*' })).resolves.toBeDefined();
  });
});

describe('a conditional write during which the object is deleted', () => {
  it.each([{ IfNoneMatch: '*' }, { IfMatch: '"e"' }])('conflicts: %o', async (conditions) => {
    await using s3 = await startTestS3();
    await put(s3, 'a');
    const command = new PutObjectCommand({ Bucket, Key, ...conditions });
    const names = new Set(['if-match', 'if-none-match']);
    const url = await getSignedUrl(s3.client, command, { signableHeaders: names, unhoistableHeaders: names });
    const [name, value] = conditions.IfMatch ? ['if-match', conditions.IfMatch] : ['if-none-match', '*'];
    const upload = request(url, {
      method: 'PUT',
      headers: { [name]: value, 'content-length': 2, expect: '100-continue' },
    });
    const answered = once(upload, 'response');
    upload.flushHeaders();
    // The server waits for the body only after it looked at what there is.
    await once(upload, 'continue');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    upload.end('ab');
    const [answer] = (await answered) as [IncomingMessage];
    expect(answer.statusCode).toBe(409);
    expect(parseError(await text(answer)).Code).toBe('ConditionalRequestConflict');
  });
});

describe('If-Match', () => {
  it('writes over exactly the object it names', async () => {
    await using s3 = await startTestS3();
    const { ETag = '' } = await put(s3, 'a');
    await put(s3, 'b', { IfMatch: ETag });
    await expect(put(s3, 'c', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head.ETag).not.toBe(ETag);
  });

  it('finds nothing to write over where there is no object, and needs the right to read', async () => {
    await using s3 = await startTestS3();
    await expect(put(s3, 'a', { IfMatch: '"abc"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(s3.asked.map(({ action }) => action)).toEqual(['s3:PutObject', 's3:GetObject']);
  });

  it('is not known together with If-None-Match, nor with *', async () => {
    await using s3 = await startTestS3();
    const notImplemented = { name: 'NotImplemented' };
    await expect(put(s3, 'a', { IfMatch: '"a"', IfNoneMatch: '*' })).rejects.toMatchObject(notImplemented);
    await expect(put(s3, 'a', { IfMatch: '*' })).rejects.toMatchObject(notImplemented);
  });
});
