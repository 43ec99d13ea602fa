import type { Connection } from './connect.ts';

/** What a person can do something about, as a sentence. */
export class Problem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Problem';
  }
}

const refusedCredentials = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

const deniedRights = new Set(['AccessDenied', 'AccessDeniedException', 'AuthorizationError']);

const unknownQueues = new Set(['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']);

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT']);

/** What went wrong with a call about a queue, in words that say what to do; errors that are bugs stay what they are. */
export const explained = (
  error: unknown,
  queueName: string,
  { account, region }: Omit<Connection, 'client'>,
): unknown => {
  if (!(error instanceof Error)) return error;
  const place = `account ${account}, region ${region}`;
  const code = 'code' in error ? String(error.code) : '';
  if (error.name === 'CredentialsProviderError')
    return new Problem(`There are no AWS credentials. Sign in to ${place} (aws sso login, AWS_PROFILE) and try again.`);
  if (refusedCredentials.has(error.name))
    return new Problem(`The credentials are not accepted: ${error.message} Sign in again to ${place}.`);
  if (deniedRights.has(error.name)) return new Problem(`You lack a right in ${place}: ${error.message}`);
  if (unknownQueues.has(error.name))
    return new Problem(`There is no queue ${queueName} in ${place}. Check --stage, and that it is deployed.`);
  if (unreachable.has(code))
    return new Problem(`SQS of ${place} cannot be reached (${code}). Check the network, or that npm start still runs.`);
  return error;
};
