import type { SQSRecord } from 'aws-lambda';
import type { recordUpload } from '../usecases/record-upload.ts';
import { logError, logInfo } from './log.ts';
import { queueHandler } from './queue-handler.ts';
import { createdObjects } from './s3-event.ts';

/** S3's notifications from the queue, each object given to the use case. */
export const uploadEventsHandler = (record: ReturnType<typeof recordUpload>) => {
  const handle = async ({ body, messageId }: SQSRecord): Promise<void> => {
    const objects = createdObjects(body);
    if (objects === 'test-event') return logInfo('STORAGE_TEST_EVENT', { messageId });
    for (const object of objects) {
      const outcome = await record({ object, requestId: messageId });
      logInfo('UPLOAD_RECORDED', { messageId, key: object.key, outcome });
    }
  };
  return queueHandler(handle, (error, { messageId }) => logError('UPLOAD_NOT_RECORDED', error, { messageId }));
};
