import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { exposedHeaders } from '../../contract/cors.ts';
import type { Failure } from '../domain/failure.ts';
import type { Result } from '../domain/result.ts';
import type { PageFile } from '../ports.ts';
import { lowerCaseHeaders, problems } from './api-middleware.ts';
import { holdsTag } from './entity-tags.ts';
import { pageHeaders } from './page-headers.ts';
import { RefusalError } from './problem.ts';

type ReadPage = (path: string) => Promise<Result<PageFile, Failure>>;

export interface PageSettings {
  /** The exact web origins that may read answers. */
  readonly allowedOrigins: readonly string[];
  /** Where the page at `/docs` gets tokens from. */
  readonly signInOrigin: string;
}

/** The path below the API's address, whatever stage or base path is before it. */
const pathOf = ({ resource, pathParameters }: APIGatewayProxyEvent): string =>
  resource.replace(/\{(\w+)\}/g, (_, name: string) => pathParameters?.[name] ?? '');

/** Pages link relatively, to hold below any stage. The gateway takes `/docs/` for `/docs`; links in it would not. */
const withoutSlash = ({ requestContext }: APIGatewayProxyEvent): APIGatewayProxyResult | undefined => {
  const last = /([^/]+)\/+$/.exec(requestContext.path)?.[1];
  return last === undefined ? undefined : { statusCode: 308, headers: { Location: `../${last}` }, body: '' };
};

/** Serves files as they are, as a Lambda function behind API Gateway. */
export const pageHandler = (readPage: ReadPage, { allowedOrigins, signInOrigin }: PageSettings) => {
  const serve = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const path = pathOf(event);
    const result = await readPage(path);
    if (!result.ok) throw new RefusalError(result.failure);
    const redirect = withoutSlash(event);
    if (redirect !== undefined) return redirect;
    const { mediaType, content, entityTag } = result.value;
    const headers = {
      ...pageHeaders(path, signInOrigin),
      ETag: entityTag,
      'X-Request-Id': event.requestContext.requestId,
    };
    if (holdsTag(event.headers['if-none-match'], entityTag)) return { statusCode: 304, headers, body: '' };
    return { statusCode: 200, headers: { ...headers, 'Content-Type': mediaType }, body: content };
  };
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(
      httpCors({
        origins: [...allowedOrigins],
        disableBeforePreflightResponse: true,
        vary: 'Origin',
        exposeHeaders: exposedHeaders.join(', '),
      }),
    )
    .use(problems())
    .use(lowerCaseHeaders())
    .handler(serve);
};
