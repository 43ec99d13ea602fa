import type { SQSRecord } from 'aws-lambda';
import type { applyScanResult } from '../usecases/apply-scan-result.ts';
import { logError, logInfo } from './log.ts';
import { queueHandler } from './queue-handler.ts';
import { scanResultOf } from './scan-event.ts';

/** The scanner's results from the queue, each given to the use case. Those of other buckets are none of ours. */
export const scanEventsHandler = (
  apply: ReturnType<typeof applyScanResult>,
  settings: { readonly bucketName: string },
) => {
  const handle = async ({ body, messageId }: SQSRecord): Promise<void> => {
    const { bucketName, object, verdict } = scanResultOf(body);
    const isOurs = bucketName === settings.bucketName;
    const outcome = isOurs ? await apply({ object, verdict, requestId: messageId }) : 'foreign';
    logInfo('SCAN_RESULT_APPLIED', { messageId, key: object.key, verdict, outcome });
  };
  return queueHandler(handle, (error, { messageId }) => logError('SCAN_RESULT_NOT_APPLIED', error, { messageId }));
};
