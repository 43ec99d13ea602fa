import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { StartProblem } from '../../../local/problem.ts';
import type { QueueNotification } from '../../../local/s3/configuration.ts';
import { bucketName as Bucket, region, startTestS3, type TestS3, versioned } from './support/server.ts';

const queue = `arn:aws:sqs:${region}:111122223333:uploads`;
const bucketWith = (...notifications: QueueNotification[]) => [{ ...versioned, notifications }];
const uploads: QueueNotification = {
  id: 'uploads',
  event: 's3:ObjectCreated:*',
  queue,
  filter: { s3Key: { rules: [{ name: 'prefix', value: 'documents/' }] } },
};

const put = (s3: TestS3, Key: string) => s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));

const recordsOf = (bodies: readonly { readonly body: string }[]) =>
  bodies.flatMap(({ body }) => (JSON.parse(body) as { Records: { s3: { object: { sequencer: string } } }[] }).Records);

describe('a notification', () => {
  it('tells of an upload in the structure that S3 publishes', async () => {
    await using s3 = await startTestS3({ buckets: bucketWith(uploads) });
    const answer = await put(s3, 'documents/a b+c/ü(1).pdf');
    await s3.stop();
    expect(s3.delivered.map(({ queueArn }) => queueArn)).toEqual([queue]);
    expect(recordsOf(s3.delivered)).toEqual([
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:assumed-role/request-upload/session' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: {
          'x-amz-request-id': answer.$metadata.requestId,
          'x-amz-id-2': answer.$metadata.extendedRequestId,
        },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'uploads',
          bucket: { name: Bucket, ownerIdentity: { principalId: '111122223333' }, arn: `arn:aws:s3:::${Bucket}` },
          object: {
            key: 'documents/a+b%2Bc/%C3%BC%281%29.pdf',
            size: 5,
            eTag: answer.ETag?.replaceAll('"', ''),
            versionId: answer.VersionId,
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
        },
      },
    ]);
  });

  it('is sent where event, prefix and suffix fit, once per configuration', async () => {
    const rules = [
      { name: 'prefix', value: 'documents/' },
      { name: 'suffix', value: '.pdf' },
    ] as const;
    const exact = { event: 's3:ObjectCreated:Put', queue: `${queue}-pdf`, filter: { s3Key: { rules } } };
    const removed = { event: 's3:ObjectRemoved:*', queue: `${queue}-removed` };
    const never = { event: 's3:ObjectCreated:Copy', queue: `${queue}-never` };
    await using s3 = await startTestS3({ buckets: bucketWith(uploads, exact, removed, never) });
    await put(s3, 'documents/a.pdf');
    await put(s3, 'documents/b.png');
    await put(s3, 'other/c.pdf');
    const { VersionId } = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'other/c.pdf' }));
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'other/c.pdf', VersionId }));
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'other/c.pdf', VersionId }));
    await s3.stop();
    expect(s3.delivered.map(({ queueArn }) => queueArn.slice(queue.length))).toEqual([
      '',
      '-pdf',
      '',
      '-removed',
      '-removed',
    ]);
    expect(recordsOf(s3.delivered).map((record) => 'eventName' in record && record.eventName)).toEqual([
      'ObjectCreated:Put',
      'ObjectCreated:Put',
      'ObjectCreated:Put',
      'ObjectRemoved:DeleteMarkerCreated',
      'ObjectRemoved:Delete',
    ]);
    const sequencers = recordsOf(s3.delivered).map((record) => record.s3.object.sequencer);
    expect(sequencers.toSorted()).toEqual(sequencers);
  });

  it('is not sent for a PUT that was refused', async () => {
    await using s3 = await startTestS3({ buckets: bucketWith(uploads) });
    await put(s3, 'documents/a');
    const second = new PutObjectCommand({ Bucket, Key: 'documents/a', Body: 'b', IfNoneMatch: '*' });
    await expect(s3.client.send(second)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await s3.stop();
    expect(s3.delivered).toHaveLength(1);
  });
});

describe('delivery', () => {
  it('tries again until the queue takes it, without holding up others', async () => {
    const taken: string[] = [];
    const { promise: settled, resolve } = Promise.withResolvers<void>();
    let refusals = 2;
    await using s3 = await startTestS3({
      buckets: bucketWith(uploads),
      deliver: async ({ body }) => {
        const key = /"key":"([^"]+)"/.exec(body)?.[1] ?? '';
        if (key === 'documents/a' && refusals-- > 0) throw new Error('the queue is busy');
        taken.push(key);
        if (taken.length === 2) resolve();
      },
    });
    await put(s3, 'documents/a');
    await put(s3, 'documents/b');
    await settled;
    expect(taken.toSorted()).toEqual(['documents/a', 'documents/b']);
    expect(refusals).toBe(-1);
  });

  it('takes place after a restart where it could not before, and not again after the next', async () => {
    const failing = { buckets: bucketWith(uploads), deliver: () => Promise.reject(new Error('no queue')) };
    await using s3 = await startTestS3(failing);
    await put(s3, 'documents/a');
    const { promise: taken, resolve } = Promise.withResolvers<string>();
    await s3.restart({ deliver: async ({ body }) => resolve(body) });
    expect(await taken).toContain('documents/a');
    const again: string[] = [];
    await s3.restart({ deliver: async ({ body }) => void again.push(body) });
    await put(s3, 'documents/b');
    await s3.stop();
    expect(again).toEqual([expect.stringContaining('documents/b')]);
  });

  it('refuses at start what it could not keep: unknown events, and what is no queue', async () => {
    const start = (notification: QueueNotification) => startTestS3({ buckets: bucketWith(notification) });
    await expect(start({ event: 's3:ObjectTagging:*', queue })).rejects.toThrow(StartProblem);
    await expect(start({ event: 's3:ObjectTagging:*', queue })).rejects.toThrow(/does not make the event/);
    await expect(start({ event: 's3:ObjectCreated:*', queue: 'arn:aws:sns:a:b:c' })).rejects.toThrow(/ARN of a queue/);
  });
});
