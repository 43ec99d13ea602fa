import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { AuthorizerContext } from '../../lambdas/runtime/caller.ts';

export const authorizer: AuthorizerContext = {
  tenantId: 'north-clinic',
  subjectId: 'owner-1',
  roles: 'patient',
  scopes: 'documents:read documents:write',
  expiresAt: String(Date.parse('2026-11-21T11:00:00Z') / 1000),
};

/** A request as API Gateway gives it to a function (payload format 1.0), only what the functions read. */
export const apiEvent = (
  { requestContext, ...changes }: Record<string, unknown> & { readonly requestContext?: object } = {},
  context: Partial<AuthorizerContext> = authorizer,
) =>
  ({
    httpMethod: 'POST',
    resource: '/v1/documents',
    headers: { 'Content-Type': 'application/json', Origin: 'https://app.example.org' },
    body: null,
    isBase64Encoded: false,
    pathParameters: null,
    queryStringParameters: null,
    ...changes,
    requestContext: {
      requestId: 'request-1',
      domainName: 'api.example.org',
      path: '/live/v1/documents',
      authorizer: context,
      identity: { sourceIp: '203.0.113.7' },
      ...requestContext,
    },
  }) as unknown as APIGatewayProxyEvent;

export const lambdaContext = { awsRequestId: 'a', functionName: 'f', getRemainingTimeInMillis: () => 1000 } as Context;
