import type { Call, GatewayPlan } from './types.ts';

const group = (entries: Iterable<readonly [string, string]>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...Map.groupBy(entries, ([name]) => name)].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]),
  );

const orNull = <T extends object>(values: T): T | null => (Object.keys(values).length > 0 ? values : null);

const lastOfEach = (values: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));

const forwarded = ({ headers, sourceIp }: Call['request']): readonly (readonly [string, string])[] => {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '';
  return [
    ['X-Forwarded-For', sourceIp],
    ['X-Forwarded-Port', host.split(':')[1] ?? '80'],
    ['X-Forwarded-Proto', 'http'],
  ];
};

/** `25/Nov/2026:10:00:00 +0000` */
const requestTime = (at: Date): string => {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
};

const requestContext = ({ request, requestId, at, route }: Call, plan: GatewayPlan) => ({
  accountId: plan.account,
  apiId: plan.apiId,
  domainName: '127.0.0.1',
  extendedRequestId: requestId,
  httpMethod: request.method,
  identity: {
    sourceIp: request.sourceIp,
    userAgent: request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? null,
  },
  path: request.path,
  protocol: 'HTTP/1.1',
  requestId,
  requestTime: requestTime(at),
  requestTimeEpoch: at.getTime(),
  resourceId: route.resourceId,
  resourcePath: route.path,
  stage: plan.stageName,
});

/**
 * What functions see of a request, payload format 1.0 (developer guide, "Input format of a Lambda function for proxy
 * integration"). `headers` holds the last value of each name, in the case that was sent.
 */
const commonEvent = (call: Call, plan: GatewayPlan) => {
  const { request, route, pathParameters } = call;
  const multiValueHeaders = group([...request.headers, ...forwarded(request)]);
  const multiValueQueryStringParameters = group(request.query);
  return {
    resource: route.path,
    path: request.path,
    httpMethod: request.method,
    headers: lastOfEach(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: orNull(lastOfEach(multiValueQueryStringParameters)),
    multiValueQueryStringParameters: orNull(multiValueQueryStringParameters),
    pathParameters: orNull(pathParameters),
    stageVariables: null,
    requestContext: requestContext(call, plan),
  };
};

export const proxyEvent = (
  call: Call,
  plan: GatewayPlan,
  authorizer: Readonly<Record<string, unknown>> | undefined,
) => {
  const event = commonEvent(call, plan);
  return {
    ...event,
    requestContext: { ...event.requestContext, ...(authorizer && { authorizer }) },
    body: call.request.body || null,
    isBase64Encoded: false,
  };
};

export const methodArn = ({ request }: Call, { region, account, apiId, stageName }: GatewayPlan): string =>
  `arn:aws:execute-api:${region}:${account}:${apiId}/${stageName}/${request.method}${request.path}`;

export const authorizerEvent = (call: Call, plan: GatewayPlan) => ({
  type: 'REQUEST',
  methodArn: methodArn(call, plan),
  ...commonEvent(call, plan),
});
