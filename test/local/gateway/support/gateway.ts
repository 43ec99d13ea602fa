import type { Invocation } from '../../../../local/functions/types.ts';
import { createGateway } from '../../../../local/gateway/gateway.ts';
import type { GatewayAnswer, GatewayPlan, GatewayRequest, RoutePlan } from '../../../../local/gateway/types.ts';
import { movableClock } from '../../../support/clock.ts';

export const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:documents';
export const authorizerArn = 'arn:aws:lambda:eu-west-1:111122223333:function:authorize';

export const lambda: RoutePlan['integration'] = { kind: 'lambda', functionArn, timeoutMs: 29_000 };
export const authorizer: NonNullable<RoutePlan['authorizer']> = {
  id: 'authorizer',
  functionArn: authorizerArn,
  identityHeaders: ['authorization'],
  cacheSeconds: 300,
};
export const open: RoutePlan = { method: 'GET', path: '/open', resourceId: 'r0', integration: lambda };
export const documents: RoutePlan = {
  method: 'GET',
  path: '/v1/documents',
  resourceId: 'r1',
  integration: lambda,
  authorizer,
};
export const document: RoutePlan = { ...documents, path: '/v1/documents/{documentId}', resourceId: 'r2' };
export const declare: RoutePlan = {
  ...documents,
  method: 'POST',
  bodySchemas: new Map([
    ['application/json', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }],
  ]),
};

export const plan: GatewayPlan = {
  apiId: 'abcdefghij',
  stageName: 'live',
  account: '111122223333',
  region: 'eu-west-1',
  routes: [open, documents, document, declare],
  responses: new Map(),
};

export const request = (changes: Partial<GatewayRequest> = {}): GatewayRequest => ({
  method: 'GET',
  path: '/v1/documents',
  query: new URLSearchParams(),
  headers: [
    ['Host', '127.0.0.1:8080'],
    ['Authorization', 'Bearer token'],
  ],
  body: '',
  sourceIp: '127.0.0.1',
  ...changes,
});

export const execute = 'arn:aws:execute-api:eu-west-1:111122223333:abcdefghij/live';

export const grant = (changes: object = {}, ...resources: string[]): Invocation => ({
  ok: true,
  payload: {
    principalId: 'patient',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resources.length ? resources : [`${execute}/*`] },
      ],
    },
    context: { tenantId: 'north', age: 7, admin: false },
    ...changes,
  },
});

export const fine: Invocation = { ok: true, payload: { statusCode: 200, body: 'fine' } };
export const failure = (errorMessage: string): Invocation => ({
  ok: false,
  error: { errorType: 'Error', errorMessage },
});

/** A gateway whose functions answer as given; `events` are what they saw. */
export const gatewayOf = (
  answers: { authorizer?: () => Invocation; lambda?: () => Invocation | Promise<Invocation> } = {},
  changes: Partial<GatewayPlan> = {},
) => {
  const events: { arn: string; event: Record<string, unknown> }[] = [];
  const clock = movableClock();
  const handle = createGateway(
    { ...plan, ...changes },
    {
      clock,
      invoke: async (arn, event) => {
        events.push({ arn, event: event as Record<string, unknown> });
        return arn === authorizerArn ? (answers.authorizer ?? grant)() : (answers.lambda ?? (() => fine))();
      },
    },
  );
  const seenBy = (arn: string) => events.filter((seen) => seen.arn === arn).map(({ event }) => event);
  return { handle, clock, authorizations: () => seenBy(authorizerArn), calls: () => seenBy(functionArn) };
};

export const header = ({ headers }: GatewayAnswer, wanted: string) => headers.find(([name]) => name === wanted)?.[1];
export const messageOf = ({ body }: GatewayAnswer): unknown => JSON.parse(body).message;
