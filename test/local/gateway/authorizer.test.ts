import { describe, expect, it } from 'vitest';
import {
  authorizer,
  documents,
  execute,
  failure,
  gatewayOf,
  grant,
  header,
  messageOf,
  request,
} from './support/gateway.ts';

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
