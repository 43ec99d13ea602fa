import type { SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { uploadEventsHandler } from '../../../lambdas/runtime/upload-events-handler.ts';

const message = (...keys: string[]) =>
  JSON.stringify({
    Records: keys.map((key) => ({ eventName: 'ObjectCreated:Put', s3: { object: { key, versionId: 'v1', size: 3 } } })),
  });
const batch = (...bodies: string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;

describe('upload events', () => {
  const record = vi.fn();
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const handler = uploadEventsHandler(record);

  beforeEach(() => {
    record.mockReset();
    record.mockResolvedValue('accepted');
    log.mockClear();
  });

  it('are decoded as forms are and handled each', async () => {
    const { batchItemFailures } = await handler(batch(message('documents/a+b%2Bc/%C3%A9', 'documents/2')));
    expect(batchItemFailures).toEqual([]);
    expect(record.mock.calls).toEqual([
      [{ object: { key: 'documents/a b+c/é', versionId: 'v1' }, requestId: 'm0' }],
      [{ object: { key: 'documents/2', versionId: 'v1' }, requestId: 'm0' }],
    ]);
  });

  it('that fail are reported and logged without their message, and only those', async () => {
    record.mockImplementation(async ({ object }) => {
      if (object.key === 'documents/bad') throw new Error('SECRET');
      return 'accepted';
    });
    const bodies = [
      message('documents/1'),
      message('documents/bad'),
      '{not json',
      message('documents/2'),
      '{"Records":[{}]}',
    ];
    expect(await handler(batch(...bodies))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }, { itemIdentifier: 'm4' }],
    });
    expect(record).toHaveBeenCalledTimes(3);
    expect(log.mock.calls.map(([line]) => JSON.parse(line))).toMatchObject(
      ['m1', 'm2', 'm4'].map((messageId) => ({ code: 'UPLOAD_NOT_RECORDED', messageId })),
    );
    expect(JSON.stringify(log.mock.calls)).not.toContain('SECRET');
  });

  it('of S3’s own test and of other kinds are taken and do nothing', async () => {
    const removed = JSON.stringify({
      Records: [{ eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'k', versionId: 'v' } } }],
    });
    const test = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' });
    expect(await handler(batch(test, removed))).toEqual({ batchItemFailures: [] });
    expect(record).not.toHaveBeenCalled();
  });
});
