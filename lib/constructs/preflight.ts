import { AuthorizationType, type IResource, MockIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import { requestHeadersOf } from '../../contract/cors.ts';
import type { Route } from '../../contract/routes.ts';

export interface PreflightProps {
  /** What the path serves: their methods and request headers are allowed. */
  readonly routes: readonly Route[];
  readonly origins: readonly string[];
}

/**
 * Answers CORS preflights of one path without any function (T19: exact origins, methods and headers).
 *
 * Not the framework's own preflight: it compares origins as regular expressions, in which `.` is any character.
 */
export function addPreflight(resource: IResource, { routes, origins }: PreflightProps): void {
  const headers = {
    'Access-Control-Allow-Origin': origins[0],
    'Access-Control-Allow-Methods': routes.map(({ method }) => method).join(','),
    'Access-Control-Allow-Headers': requestHeadersOf(routes).join(','),
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  };
  const responseHeaders = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]);
  const integration = new MockIntegration({
    passthroughBehavior: PassthroughBehavior.NEVER,
    requestTemplates: { 'application/json': '{"statusCode":204}' },
    integrationResponses: [
      {
        statusCode: '204',
        responseParameters: Object.fromEntries(responseHeaders.map(([name, value]) => [name, `'${value}'`])),
        responseTemplates: { 'application/json': origins.slice(1).map(allowOrigin).join('\n') },
      },
    ],
  });
  resource.addMethod('OPTIONS', integration, {
    authorizationType: AuthorizationType.NONE,
    methodResponses: [
      { statusCode: '204', responseParameters: Object.fromEntries(responseHeaders.map(([name]) => [name, true])) },
    ],
  });
}

/** The header's name has the case the client gave it: upper from HTTP/1.1, lower from HTTP/2. */
const allowOrigin = (origin: string): string =>
  [
    '#set($headers = $input.params().header)',
    `#if($headers.get("Origin") == "${origin}" || $headers.get("origin") == "${origin}")`,
    `#set($context.responseOverride.header.Access-Control-Allow-Origin = "${origin}")`,
    '#end',
  ].join('\n');
