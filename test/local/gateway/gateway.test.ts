import { describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../../local/functions/types.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import type { GatewayAnswer, GatewayPlan, GatewayRequest, RoutePlan } from '../../../local/gateway/types.ts';
import { movableClock } from '../../support/clock.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:documents';
const authorizerArn = 'arn:aws:lambda:eu-west-1:111122223333:function:authorize';

const lambda: RoutePlan['integration'] = { kind: 'lambda', functionArn, timeoutMs: 29_000 };
const authorizer: RoutePlan['authorizer'] = {
  id: 'authorizer',
  functionArn: authorizerArn,
  identityHeaders: ['authorization'],
  cacheSeconds: 300,
};
const open: RoutePlan = { method: 'GET', path: '/open', resourceId: 'r0', integration: lambda };
const documents: RoutePlan = {
  method: 'GET',
  path: '/v1/documents',
  resourceId: 'r1',
  integration: lambda,
  authorizer,
};
const document: RoutePlan = { ...documents, path: '/v1/documents/{documentId}', resourceId: 'r2' };
const declare: RoutePlan = {
  ...documents,
  method: 'POST',
  bodySchemas: new Map([
    ['application/json', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }],
  ]),
};

const plan: GatewayPlan = {
  apiId: 'abcdefghij',
  stageName: 'live',
  account: '111122223333',
  region: 'eu-west-1',
  routes: [open, documents, document, declare],
  responses: new Map(),
};

const request = (changes: Partial<GatewayRequest> = {}): GatewayRequest => ({
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

const execute = 'arn:aws:execute-api:eu-west-1:111122223333:abcdefghij/live';

const grant = (changes: object = {}, ...resources: string[]): Invocation => ({
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

const fine: Invocation = { ok: true, payload: { statusCode: 200, body: 'fine' } };
const failure = (errorMessage: string): Invocation => ({ ok: false, error: { errorType: 'Error', errorMessage } });

/** A gateway whose functions answer as given; `events` are what they saw. */
const gatewayOf = (
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

const header = ({ headers }: GatewayAnswer, wanted: string) => headers.find(([name]) => name === wanted)?.[1];
const messageOf = ({ body }: GatewayAnswer): unknown => JSON.parse(body).message;

describe('routes', () => {
  it('hands the request over in payload format 1.0', async () => {
    const { handle, calls, clock } = gatewayOf();
    await handle(
      request({
        path: '/v1/documents/a%20b',
        query: new URLSearchParams('limit=1&limit=2&cursor=x%20y'),
        headers: [...request().headers, ['X-Twice', 'one'], ['X-Twice', 'two'], ['User-Agent', 'curl']],
      }),
    );

    expect(calls()).toEqual([
      {
        resource: '/v1/documents/{documentId}',
        path: '/v1/documents/a%20b',
        httpMethod: 'GET',
        headers: expect.objectContaining({ Host: '127.0.0.1:8080', 'X-Twice': 'two', 'X-Forwarded-Port': '8080' }),
        multiValueHeaders: expect.objectContaining({ 'X-Twice': ['one', 'two'] }),
        queryStringParameters: { limit: '2', cursor: 'x y' },
        multiValueQueryStringParameters: { limit: ['1', '2'], cursor: ['x y'] },
        pathParameters: { documentId: 'a b' },
        stageVariables: null,
        requestContext: expect.objectContaining({
          accountId: '111122223333',
          apiId: 'abcdefghij',
          authorizer: { tenantId: 'north', age: '7', admin: 'false', principalId: 'patient' },
          httpMethod: 'GET',
          identity: { sourceIp: '127.0.0.1', userAgent: 'curl' },
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          requestTime: '01/Mar/2026:12:00:00 +0000',
          requestTimeEpoch: clock.now().getTime(),
          resourcePath: '/v1/documents/{documentId}',
          stage: 'live',
        }),
        body: null,
        isBase64Encoded: false,
      },
    ]);
  });

  it('answers with what the function says', async () => {
    const payload = {
      statusCode: 201,
      headers: { 'Content-Type': 'text/plain', 'X-One': 1 },
      multiValueHeaders: { 'Set-Thing': ['a', 'b'] },
      body: 'made',
    };
    const { handle } = gatewayOf({ lambda: () => ({ ok: true, payload }) });
    const answer = await handle(request());

    expect(answer).toMatchObject({ status: 201, body: 'made' });
    expect(answer.headers).toEqual([
      ['x-amzn-RequestId', expect.any(String)],
      ['Content-Type', 'text/plain'],
      ['X-One', '1'],
      ['Set-Thing', 'a'],
      ['Set-Thing', 'b'],
    ]);
  });

  it('renames the headers that API Gateway keeps for itself', async () => {
    const payload = { statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' }, body: '' };
    const { handle } = gatewayOf({ lambda: () => ({ ok: true, payload }) });
    const answer = await handle(request());

    expect(header(answer, 'WWW-Authenticate')).toBeUndefined();
    expect(header(answer, 'x-amzn-Remapped-WWW-Authenticate')).toBe('Bearer');
  });

  it('prefers a resource without parameters, and does not mind a slash at the end', async () => {
    const special: RoutePlan = { ...documents, path: '/v1/documents/special' };
    const { handle, calls } = gatewayOf({}, { routes: [document, special] });
    await handle(request({ path: '/v1/documents/special/' }));

    expect(calls()).toMatchObject([{ resource: '/v1/documents/special', path: '/v1/documents/special/' }]);
  });

  it.each([
    ['an unknown path', { path: '/nowhere' }],
    ['an unknown method', { method: 'DELETE' }],
    ['an empty parameter', { path: '/v1/documents//' }],
    ['a broken percent-encoding', { path: '/v1/documents/%zz' }],
  ])('calls nothing for %s', async (_, changes) => {
    const { handle, calls, authorizations } = gatewayOf();
    const answer = await handle(request({ ...changes, headers: [] }));

    expect([answer.status, messageOf(answer)]).toEqual([403, 'Missing Authentication Token']);
    expect([...calls(), ...authorizations()]).toEqual([]);
  });

  it('takes an unknown path with an Authorization header for a request that IAM should have signed', async () => {
    const answer = await gatewayOf().handle(request({ path: '/nowhere' }));
    expect(header(answer, 'x-amzn-ErrorType')).toBe('IncompleteSignatureException');
  });
});

describe('the authorizer', () => {
  it.each([
    ['no header', []],
    ['an empty header', [['authorization', '']]],
  ] as const)('is not called with %s', async (_, headers) => {
    const { handle, authorizations } = gatewayOf();
    const answer = await handle(request({ headers }));

    expect([answer.status, messageOf(answer)]).toEqual([401, 'Unauthorized']);
    expect(authorizations()).toEqual([]);
  });

  it('sees the whole request but its body', async () => {
    const { handle, authorizations } = gatewayOf();
    await handle(request({ path: '/v1/documents/7' }));

    expect(authorizations()).toMatchObject([
      {
        type: 'REQUEST',
        methodArn: `${execute}/GET/v1/documents/7`,
        headers: { Authorization: 'Bearer token' },
        pathParameters: { documentId: '7' },
      },
    ]);
    expect(authorizations()[0]).not.toHaveProperty('body');
  });

  it('is asked once per token, until its answer is too old', async () => {
    const { handle, authorizations, clock } = gatewayOf();
    await handle(request());
    await handle(request({ path: '/v1/documents/7' }));
    expect(authorizations()).toHaveLength(1);
    await handle(request({ headers: [['Authorization', 'Bearer other']] }));
    expect(authorizations()).toHaveLength(2);
    clock.advance(300_000);
    await handle(request());
    expect(authorizations()).toHaveLength(3);
  });

  it('is asked every time where its answers are not to be kept', async () => {
    const { handle, authorizations } = gatewayOf(
      {},
      { routes: [{ ...documents, authorizer: { ...authorizer, cacheSeconds: 0 } }] },
    );
    await handle(request());
    await handle(request());
    expect(authorizations()).toHaveLength(2);
  });

  it('has its kept policy judged for each method anew', async () => {
    const { handle, authorizations } = gatewayOf({ authorizer: () => grant({}, `${execute}/GET/v1/documents`) });
    const allowed = await handle(request());
    const denied = await handle(request({ path: '/v1/documents/7' }));

    expect([allowed.status, denied.status]).toEqual([200, 403]);
    expect(messageOf(denied)).toBe('User is not authorized to access this resource');
    expect(authorizations()).toHaveLength(1);
  });

  it.each([
    ['Unauthorized', 401],
    ['The issuer cannot be asked', 500],
  ])('that fails with "%s" makes %i, and is asked again', async (message, status) => {
    const { handle, calls, authorizations } = gatewayOf({ authorizer: () => failure(message) });
    expect((await handle(request())).status).toBe(status);
    await handle(request());
    expect(calls()).toEqual([]);
    expect(authorizations()).toHaveLength(2);
  });

  it.each([
    ['no policy', { policyDocument: undefined }],
    ['a policy that is not understood', { policyDocument: { Version: '2008-10-17', Statement: [] } }],
    ['an object in its context', { context: { nested: {} } }],
  ])('that answers %s is a fault of the configuration', async (_, changes) => {
    const { handle, calls } = gatewayOf({ authorizer: () => grant(changes) });
    const answer = await handle(request());

    expect([answer.status, header(answer, 'x-amzn-ErrorType')]).toEqual([500, 'AuthorizerConfigurationException']);
    expect(calls()).toEqual([]);
  });

  it('is not asked for a method without one', async () => {
    const { handle, authorizations, calls } = gatewayOf();
    await handle(request({ path: '/open', headers: [] }));
    expect(authorizations()).toEqual([]);
    expect(calls()[0]?.requestContext).not.toHaveProperty('authorizer');
  });
});

describe('request validation', () => {
  const post = (body: string, contentType?: string) =>
    request({
      method: 'POST',
      body,
      headers: [...request().headers, ...(contentType ? ([['Content-Type', contentType]] as const) : [])],
    });

  it.each([
    ['another shape', '{"name":1}'],
    ['a missing property', '{}'],
    ['no JSON', '{'],
    ['nothing', ''],
  ])('refuses %s', async (_, body) => {
    const { handle, calls } = gatewayOf();
    const answer = await handle(post(body, 'application/json; charset=utf-8'));

    expect([answer.status, messageOf(answer)]).toEqual([400, 'Invalid request body']);
    expect(calls()).toEqual([]);
  });

  it.each([
    ['a body that fits', '{"name":"a"}', 'application/json'],
    ['another content type', 'no json', 'text/plain'],
  ])('lets %s pass', async (_, body, contentType) => {
    const { handle, calls } = gatewayOf();
    await handle(post(body, contentType));
    expect(calls()).toMatchObject([{ body }]);
  });

  it('takes a body without a content type for JSON', async () => {
    expect((await gatewayOf().handle(post('no json'))).status).toBe(400);
  });

  it('comes after the authorizer', async () => {
    const { handle } = gatewayOf({ authorizer: () => failure('Unauthorized') });
    expect((await handle(post('{'))).status).toBe(401);
  });
});

describe('a function that does not do well', () => {
  it.each<[string, Invocation]>([
    ['fails', failure('broken')],
    ['answers no object', { ok: true, payload: 'fine' }],
    ['answers without a status', { ok: true, payload: { body: 'fine' } }],
    ['answers a body that is no text', { ok: true, payload: { statusCode: 200, body: {} } }],
    ['answers a status that is no answer', { ok: true, payload: { statusCode: 100 } }],
    ['answers a status that is none', { ok: true, payload: { statusCode: 1000 } }],
    ['answers two headers in one', { ok: true, payload: { statusCode: 200, headers: { a: 'b\r\nc: d' } } }],
    ['answers a header with no name', { ok: true, payload: { statusCode: 200, multiValueHeaders: { 'a b': ['c'] } } }],
    ['answers something API Gateway does not know', { ok: true, payload: { statusCode: 200, cookies: [] } }],
  ])('is a bad gateway when it %s', async (_, invocation) => {
    const answer = await gatewayOf({ lambda: () => invocation }).handle(request());
    expect([answer.status, messageOf(answer)]).toEqual([502, 'Internal server error']);
  });

  it('is a gateway timeout when it takes too long', async () => {
    const routes = [{ ...open, integration: { ...lambda, timeoutMs: 1 } }];
    const { handle } = gatewayOf({ lambda: () => Promise.withResolvers<Invocation>().promise }, { routes });
    const answer = await handle(request({ path: '/open' }));
    expect([answer.status, messageOf(answer)]).toEqual([504, 'Endpoint request timed out']);
  });

  it('leaves no timer behind when it cannot be called', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { handle } = gatewayOf({ lambda: () => Promise.reject(new Error('no such function')) });
    await expect(handle(request({ path: '/open' }))).rejects.toThrow('no such function');
    const left = vi.getTimerCount();
    vi.useRealTimers();
    expect(left).toBe(0);
  });

  it('is spared a body that Lambda would not take', async () => {
    const tooLarge: Invocation = {
      ok: false,
      error: { errorType: 'RequestEntityTooLargeException', errorMessage: 'Request must be smaller' },
    };
    expect((await gatewayOf({ lambda: () => tooLarge }).handle(request())).status).toBe(413);
  });
});

describe('limits', () => {
  it('refuses a body that was too large to be read', async () => {
    const { handle, calls } = gatewayOf();
    const answer = await handle(request({ body: undefined }));
    expect([answer.status, messageOf(answer)]).toEqual([413, 'Request Too Long']);
    expect(calls()).toEqual([]);
  });

  it('throttles the stage, and lets pass again as time goes by', async () => {
    const { handle, clock } = gatewayOf({}, { throttle: { requestsPerSecond: 2, burst: 3 } });
    const send = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => handle(request({ path: '/open' }))));
      return answers.map(({ status }) => status);
    };
    expect(await send(4)).toEqual([200, 200, 200, 429]);
    clock.advance(500);
    expect(await send(2)).toEqual([200, 429]);
  });
});

describe('gateway responses', () => {
  it('are those of the template, with the variables filled in', async () => {
    const responses: GatewayPlan['responses'] = new Map([
      [
        'UNAUTHORIZED',
        {
          status: 499,
          headers: { 'Content-Type': 'application/problem+json', 'X-Extra': 'yes' },
          template: '{"id":"$context.requestId","type":"$context.error.responseType","path":"$context.path"}',
        },
      ],
    ]);
    const answer = await gatewayOf({}, { responses }).handle(request({ headers: [] }));

    expect(answer.status).toBe(499);
    expect(JSON.parse(answer.body)).toEqual({
      id: header(answer, 'x-amzn-RequestId'),
      type: 'UNAUTHORIZED',
      path: '/v1/documents',
    });
    expect([header(answer, 'Content-Type'), header(answer, 'X-Extra')]).toEqual(['application/problem+json', 'yes']);
  });

  it('fall back to the default of their hundred', async () => {
    const responses: GatewayPlan['responses'] = new Map([
      ['DEFAULT_4XX', { headers: {}, template: 'four' }],
      ['DEFAULT_5XX', { headers: {}, template: 'five' }],
    ]);
    const { handle } = gatewayOf({ lambda: () => failure('broken') }, { responses });
    expect(await handle(request({ headers: [] }))).toMatchObject({ status: 401, body: 'four' });
    expect(await handle(request())).toMatchObject({ status: 502, body: 'five' });
  });
});
