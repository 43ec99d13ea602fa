import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod/mini';
import { exposedHeadersOf, isConditional } from '../../contract/cors.ts';
import { idempotencyKeyHeader, replayedHeader } from '../../contract/idempotency.ts';
import type { Route } from '../../contract/routes.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import type { AnswerHeaders, Redirect, Result } from '../domain/result.ts';
import { type ApiSettings, callerIn, inputOf, type RouteInput } from './api-input.ts';
import { bodyLimit, headersOnly, lowerCaseHeaders, noStore, problems, shortRequestId } from './api-middleware.ts';
import { type ClaimSettings, claimRequest } from './claim-request.ts';
import { holdsTag } from './entity-tags.ts';
import { logDebug, logInfo } from './log.ts';
import { refusePrefetch } from './prefetch.ts';
import { RefusalError } from './problem.ts';

/** Every POST takes a key by which it is known again, unless it is idempotent by itself. */
type SettingsOf<R extends Route> = ApiSettings &
  (R extends { readonly method: 'POST' }
    ? R extends { readonly takesNoKey: true }
      ? unknown
      : ClaimSettings
    : unknown);

type Outcome<R extends Route> =
  | Result<z.infer<R['response']['schema']>, Failure>
  | (R extends { readonly redirects: true } ? Redirect : never);

type UseCase<R extends Route> = (input: RouteInput<R>) => Promise<Outcome<R>>;

/** Answers are JSON and never shown as a page: what only guards pages would be weight on every answer. */
const securityHeaders = {
  contentSecurityPolicy: false,
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  dnsPrefetchControl: false,
  downloadOptions: false,
  originAgentCluster: false,
  permissionsPolicy: false,
  permittedCrossDomainPolicies: false,
};

type Good = { readonly value: unknown; readonly headers?: AnswerHeaders } | Redirect;

/** The answer that shows a value or says where it is, or 304 where the client says that it has it. */
const answerOf = (route: Route, good: Good, ifNoneMatch: string | undefined): APIGatewayProxyResult => {
  if ('redirectTo' in good) return { statusCode: 302, headers: { Location: good.redirectTo }, body: '' };
  const { value, headers: more } = good;
  const entityTag = route.entityTag?.(value as never);
  const headers = { ...more, ...(entityTag !== undefined && { ETag: entityTag }) };
  if (entityTag !== undefined && isConditional(route) && holdsTag(ifNoneMatch, entityTag))
    return { statusCode: 304, headers, body: '' };
  return {
    statusCode: route.response.status,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  };
};

/** What of a caller may be logged: what, not who. */
const rolesOf = (input: object): { readonly roles?: string } =>
  'caller' in input ? { roles: (input.caller as Caller).roles.join(' ') } : {};

/** One route as a Lambda function behind API Gateway: parse, ask the use case, answer with its value or a problem. */
export const apiHandler = <const R extends Route>(route: R, useCase: UseCase<R>, settings: SettingsOf<R>) => {
  const serve = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    if (route.refusesPrefetch) refusePrefetch(event.headers);
    const input = inputOf(route, event, await callerIn(route, event, settings));
    logDebug('REQUEST_RECEIVED', {
      requestId: input.requestId,
      method: route.method,
      path: route.path,
      ...rolesOf(input),
    });
    const claim = await claimRequest(route, event.headers[idempotencyKeyHeader.toLowerCase()], input, settings);
    const result = await useCase(claim === undefined ? input : { ...input, claim });
    if (!result.ok) throw new RefusalError(result.failure);
    const answer = answerOf(route, result, event.headers['if-none-match']);
    if (claim?.isRepeated) answer.headers = { ...answer.headers, [replayedHeader]: 'true' };
    logInfo('REQUEST_SERVED', { requestId: event.requestContext.requestId, status: answer.statusCode });
    return answer;
  };
  // Order matters: `after` and `onError` run from the last to the first, so what makes the answer comes last.
  const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(noStore())
    .use(route.method === 'HEAD' ? [headersOnly()] : [])
    .use(httpSecurityHeaders(securityHeaders))
    .use(
      httpCors({
        origins: [...settings.allowedOrigins],
        disableBeforePreflightResponse: true,
        vary: 'Origin',
        exposeHeaders: exposedHeadersOf(route).join(', '),
      }),
    )
    .use(problems(route))
    .use([lowerCaseHeaders(), shortRequestId()]);
  // Where no body is asked for, one that came all the same is not looked at.
  return (route.body ? handler.use(bodyLimit(route.bodySizeBytesMax)).use(httpJsonBodyParser()) : handler).handler(
    serve,
  );
};
