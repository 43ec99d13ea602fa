import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/**
 * Handles every message of a batch on its own and reports exactly those that failed (`ReportBatchItemFailures`): the
 * others are not delivered again because of them.
 */
export const queueHandler =
  (handle: (record: SQSRecord) => Promise<void>, failed: (error: unknown, record: SQSRecord) => void) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const results = await Promise.allSettled(event.Records.map(handle));
    const batchItemFailures = event.Records.flatMap((record, index) => {
      const result = results[index];
      if (result?.status !== 'rejected') return [];
      failed(result.reason, record);
      return [{ itemIdentifier: record.messageId }];
    });
    return { batchItemFailures };
  };
