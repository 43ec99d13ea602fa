import { Logger } from '@aws-lambda-powertools/logger';

/** Everything the functions can say, by code: what to search for, what to alarm on. No message holds data. */
const messages = {
  REQUEST_RECEIVED: 'A request was understood and goes to its use case.',
  REQUEST_REFUSED: 'A request was refused for a reason of the caller.',
  REQUEST_SERVED: 'A request was answered.',
  REQUEST_FAILED: 'A request failed for a reason of ours.',
  TOKEN_REFUSED: 'An access token was refused.',
  UPLOAD_RECORDED: 'An upload event was handled.',
  UPLOAD_NOT_RECORDED: 'An upload event could not be handled and will be delivered again.',
  SCAN_RESULT_APPLIED: 'A verdict of the scanner was handled.',
  SCAN_RESULT_NOT_APPLIED: 'A verdict of the scanner could not be handled and will be delivered again.',
  SWEEP_ENDED: 'A sweep over the overdue documents ended.',
  DOCUMENT_NOT_SETTLED: 'A document that is overdue could not be settled; it is tried again later.',
  QUOTA_NOT_RECOUNTED: 'A counter of a quota could not be recounted; it is tried again later.',
  SCAN_OVERDUE: 'A document still waits for its verdict; its scan was asked for again.',
  KEY_ROTATION_STEP_DONE: 'A step of the rotation of the key for cursors was done.',
  KEY_ROTATION_STEP_FAILED: 'A step of the rotation of the key for cursors failed; Secrets Manager tries it again.',
  STORAGE_TEST_EVENT: 'S3 sent its test event, as it does when notifications are configured.',
} as const;

export type LogCode = keyof typeof messages;

export type LogFields = Readonly<Record<string, string | number | undefined>>;

const logger = new Logger();

/** What only who looks for a fault wants to know; said where the environment's `logLevel` is `DEBUG`. */
export const logDebug = (code: LogCode, fields: LogFields): void => logger.debug(messages[code], { code, ...fields });

export const logInfo = (code: LogCode, fields: LogFields): void => logger.info(messages[code], { code, ...fields });

export const logError = (code: LogCode, error: unknown, fields: LogFields): void =>
  logger.error(messages[code], { code, ...fields, ...errorFacts(error) });

/** The stack begins with the message, which may have lines that look like frames: they are cut off first. */
const firstFrame = ({ stack = '', message }: Error): string | undefined =>
  stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .find((line) => /^\s+at /.test(line))
    ?.trim();

/**
 * What may be said of an unexpected error: its name, where it was thrown, what AWS needs to find the call, and of settings
 * that cannot be used the names of the fields that are wrong. Its
 * message may quote data, so it stays out, and so does the stack that begins with it.
 */
export const errorFacts = (error: unknown): LogFields => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const { wrongFields } = error as { wrongFields?: readonly string[] };
  const metadata = (error as { $metadata?: { requestId?: string; httpStatusCode?: number } }).$metadata;
  return {
    errorName: error.name,
    thrownAt: firstFrame(error),
    ...(error.cause instanceof Error && { causeName: error.cause.name }),
    ...(wrongFields !== undefined && { wrongFields: wrongFields.join(', ') }),
    ...(metadata && { awsRequestId: metadata.requestId, awsStatus: metadata.httpStatusCode }),
  };
};
