import { describe, expect, it } from 'vitest';
import { problemExample } from '../../../contract/openapi/problem-examples.ts';
import { Problem, type ProblemKind, problemKinds, problemType } from '../../../contract/problems.ts';
import { resourcesOf, synthesize } from '../support/synthesize.ts';

/** Where the gateway cannot name the field, its sentence is another than the function's. */
const saysOfItself = new Map([['BAD_REQUEST_PARAMETERS', 'Correct the parameters of the request and send it again.']]);

describe.each(synthesize())('the gateway of $environment.name', ({ environment, service }) => {
  it.each<[type: string, kind: ProblemKind]>([
    ['UNAUTHORIZED', 'unauthenticated'],
    ['ACCESS_DENIED', 'insufficient-scope'],
    ['MISSING_AUTHENTICATION_TOKEN', 'route-not-found'],
    ['INVALID_SIGNATURE', 'route-not-found'],
    ['RESOURCE_NOT_FOUND', 'route-not-found'],
    ['DEFAULT_4XX', 'route-not-found'],
    ['BAD_REQUEST_BODY', 'malformed-json'],
    ['BAD_REQUEST_PARAMETERS', 'invalid-request'],
    ['REQUEST_TOO_LARGE', 'body-too-large'],
    ['UNSUPPORTED_MEDIA_TYPE', 'unsupported-media-type'],
    ['THROTTLED', 'too-many-requests'],
    ['QUOTA_EXCEEDED', 'too-many-requests'],
    ['INTEGRATION_TIMEOUT', 'service-unavailable'],
    ['INTEGRATION_FAILURE', 'service-unavailable'],
    ['AUTHORIZER_FAILURE', 'service-unavailable'],
    ['AUTHORIZER_CONFIGURATION_ERROR', 'internal-error'],
    ['DEFAULT_5XX', 'internal-error'],
  ])('answers %s with the problem %s', (type, kind) => {
    const response = resourcesOf(service, 'AWS::ApiGateway::GatewayResponse').find(
      ({ Properties }) => Properties.ResponseType === type,
    );
    const templates = response?.Properties.ResponseTemplates as Record<string, string> | undefined;
    const { status, title } = problemKinds[kind];

    expect(Problem.parse(JSON.parse(templates?.['application/json'] ?? ''))).toMatchObject({
      type: problemType(environment.apiUrl ?? 'https://$context.domainName/$context.stage', kind),
      title,
      status,
      detail: saysOfItself.get(type) ?? problemExample(kind).detail,
      requestId: '$context.requestId',
    });
    expect(response?.Properties.StatusCode).toBe(`${status}`);
    expect(response?.Properties.ResponseParameters).toMatchObject({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${environment.origins[0]}'`,
      'gatewayresponse.header.Access-Control-Expose-Headers': "'X-Request-Id, Retry-After'",
      'gatewayresponse.header.Cache-Control': "'no-store'",
    });
  });
});
