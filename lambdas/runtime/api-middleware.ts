import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { limits } from '../../contract/limits.ts';
import { problemContentType } from '../../contract/problems.ts';
import { apiAddressOf } from './api-address.ts';
import { logDebug, logError } from './log.ts';
import { problemOf, type Refusal, RefusalError } from './problem.ts';

type Middleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** HTTP header names have no case; the gateway passes them on as the client wrote them. */
export const lowerCaseHeaders = (): Middleware => ({
  before: ({ event }) => {
    const entries = Object.entries(event.headers ?? {});
    event.headers = Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
  },
});

/** Clients of API Gateway may choose the id of a request (`X-Amzn-RequestId`): however long it is, so much of it is kept. */
export const shortRequestId = (): Middleware => ({
  before: ({ event: { requestContext } }) => {
    requestContext.requestId = requestContext.requestId.slice(0, limits.requestIdLengthMax);
  },
});

export const bodyLimit = (sizeBytesMax: number = limits.requestBodySizeBytesMax): Middleware => ({
  before: ({ event }) => {
    if (Buffer.byteLength(event.body ?? '') > sizeBytesMax) throw new RefusalError({ kind: 'body-too-large' });
  },
});

/** Middleware of others throws HTTP errors with a status; ours throws refusals; anything else is a bug or a fault. */
const refusalOf = (error: unknown): Refusal => {
  if (error instanceof RefusalError) return error.refusal;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 415) return { kind: 'unsupported-media-type' };
  if (statusCode === 400 || statusCode === 422) return { kind: 'malformed-json' };
  return { kind: isPassing(error) ? 'service-unavailable' : 'internal-error' };
};

/** What AWS itself calls worth another try: throttling, time-outs, its own 5xx. */
const isPassing = (error: unknown): boolean => {
  const { name, $retryable, $metadata } = error as Partial<ServiceFault>;
  return $retryable !== undefined || ($metadata?.httpStatusCode ?? 0) >= 500 || passingErrors.has(name ?? '');
};

interface ServiceFault {
  readonly name: string;
  readonly $retryable: object;
  readonly $metadata: { readonly httpStatusCode?: number };
}

const passingErrors = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TimeoutError',
]);

/** Turns every error into a problem; those of our own making are logged, those of the caller are not. */
export const problems = ({ isCompanion }: { readonly isCompanion?: true } = {}): Middleware => ({
  onError: (request) => {
    const refusal = refusalOf(request.error);
    const { requestId } = request.event.requestContext;
    const problem = problemOf(refusal, { requestId, apiAddress: apiAddressOf(request.event) });
    if (problem.status >= 500) logError('REQUEST_FAILED', request.error, { requestId });
    else logDebug('REQUEST_REFUSED', { requestId, status: problem.status, kind: refusal.kind });
    request.response = {
      statusCode: problem.status,
      headers: {
        'Content-Type': problemContentType,
        ...((problem.status === 503 || problem.status === 429) && { 'Retry-After': '1' }),
      },
      body: JSON.stringify(isCompanion ? { ...problem, message: problem.detail } : problem),
    };
  },
});

/** RFC 9110 section 9.3.2: the answer to a HEAD has the headers of a GET and no content, also where it is a problem. */
export const headersOnly = (): Middleware => {
  const drop: Middleware['after'] = ({ response }) => {
    if (response) response.body = '';
  };
  return { after: drop, onError: drop as NonNullable<Middleware['onError']> };
};

/** Answers are about a person's documents: nobody on the way may keep them. */
export const noStore = (): Middleware => {
  const add: Middleware['after'] = ({ event, response }) => {
    if (response)
      response.headers = {
        ...response.headers,
        'Cache-Control': 'no-store',
        'X-Request-Id': event.requestContext.requestId,
      };
  };
  return { after: add, onError: add as NonNullable<Middleware['onError']> };
};
