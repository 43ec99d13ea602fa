import { describe, expect, it } from 'vitest';
import type { RoutePlan } from '../../../local/gateway/types.ts';
import { document, documents, gatewayOf, header, messageOf, request } from './support/gateway.ts';

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
