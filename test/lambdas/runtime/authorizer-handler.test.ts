import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { type Route, routes } from '../../../contract/routes.ts';
import type { TokenClaims } from '../../../lambdas/ports.ts';
import { authorizerHandler } from '../../../lambdas/runtime/authorizer-handler.ts';
import { authorize } from '../../../lambdas/usecases/authorize.ts';

const stage = 'arn:aws:execute-api:eu-central-1:111122223333:abcdef123/live';
const event = (headers: Record<string, string>) =>
  ({
    methodArn: `${stage}/GET/v1/documents`,
    headers,
    requestContext: { requestId: 'request-1' },
  }) as unknown as APIGatewayRequestAuthorizerEvent;

const claims: TokenClaims = {
  tenantId: 'north-clinic',
  subjectId: 'owner-1',
  roles: ['patient', 'staff'],
  scopes: ['documents:read', 'documents:write'],
  expiresAt: 1_800_000_000,
};
const handlerFor = (verify: (token: string) => Promise<TokenClaims | undefined>) =>
  authorizerHandler(authorize({ verifier: { verify } }));
const bearer = { authorization: 'Bearer aaa.bbb.ccc' };

describe('the authorizer', () => {
  it('opens every route the scopes open, whichever was called, and passes the caller on', async () => {
    expect(await handlerFor(async () => claims)(event(bearer))).toEqual({
      principalId: 'owner-1',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: Object.values<Route>(routes).flatMap(({ isPublic, method, path }) =>
              isPublic ? [] : [`${stage}/${method}${path.replace(/\{\w+\}/g, '*')}`],
            ),
          },
        ],
      },
      context: {
        tenantId: 'north-clinic',
        subjectId: 'owner-1',
        roles: 'patient staff',
        scopes: 'documents:read documents:write',
        expiresAt: '1800000000',
      },
    });
  });

  it('opens no route that needs a scope the token lacks', async () => {
    const readOnly = await handlerFor(async () => ({ ...claims, scopes: ['documents:read'] }))(event(bearer));
    expect(JSON.stringify(readOnly.policyDocument)).toContain('/GET/v1/documents/*/history');
    expect(JSON.stringify(readOnly.policyDocument)).not.toMatch(/\/(POST|PATCH|DELETE)\//);
    const none = await handlerFor(async () => ({ ...claims, scopes: ['openid'] }))(event(bearer));
    expect(none.policyDocument.Statement).toEqual([
      { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: `${stage}/*` },
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['no header', {}],
    ['another scheme', { Authorization: 'Basic aaa.bbb.ccc' }],
    ['no token', { Authorization: 'Bearer ' }],
    ['two tokens', { Authorization: 'Bearer aaa.bbb.ccc ddd.eee.fff' }],
    ['an endless token', { Authorization: `Bearer aaa.${'b'.repeat(9000)}.ccc` }],
  ])('answers Unauthorized to %s without asking the verifier', async (_what, headers) => {
    const verify = vi.fn();
    await expect(handlerFor(verify)(event(headers))).rejects.toThrow(/^Unauthorized$/);
    expect(verify).not.toHaveBeenCalled();
  });

  it('answers Unauthorized to a token that is not to be trusted', async () => {
    await expect(handlerFor(async () => undefined)(event(bearer))).rejects.toThrow(/^Unauthorized$/);
  });

  it('never calls a token bad because the issuer could not be asked', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const away = handlerFor(async () => Promise.reject(new Error('connect ECONNREFUSED')));
    await expect(away(event(bearer))).rejects.toThrow('The access token could not be checked.');
  });
});
