import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { CognitoSettings } from '../../contract/identity.ts';
import { cognitoVerifier } from '../../lambdas/adapters/identity/cognito-verifier.ts';
import { authorizerHandler } from '../../lambdas/runtime/authorizer-handler.ts';
import { authorize } from '../../lambdas/usecases/authorize.ts';

export const nowSeconds = Date.parse('2026-11-21T10:00:00Z') / 1000;
const clock = { now: () => new Date(nowSeconds * 1000) };
export const pageClientId = '1h57kf5cpq17m0eml12EXAMPLE';
export const machineClientId = '2a8c0l1tq2n4r6v8x0EXAMPLE';

/** The real authorizer over the real verifier, as lambdas/runtime/container/authorize.ts puts them together. */
export const authorizerOf = (issuer: string) => {
  const settings: CognitoSettings = { kind: 'cognito', issuer, pageClientId, machineClientIds: [machineClientId] };
  const handler = authorizerHandler(authorize({ verifier: cognitoVerifier(settings, clock) }));
  return (token: string) =>
    handler({
      methodArn: 'arn:aws:execute-api:eu-central-1:111122223333:abcdef123/live/GET/v1/documents',
      headers: { authorization: `Bearer ${token}` },
      requestContext: { requestId: 'request-1' },
    } as unknown as APIGatewayRequestAuthorizerEvent);
};

/** As "Understanding the access token" of the Cognito developer guide shows it. */
export const personToken = (issuer: string, changes: object = {}): JWTPayload => ({
  sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  'cognito:groups': ['tenant:north-clinic', 'role:clinician'],
  iss: issuer,
  version: 2,
  client_id: pageClientId,
  origin_jti: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  event_id: '64f513be-32db-42b0-b78e-b02127b4f463',
  token_use: 'access',
  scope: 'openid sealdrop/documents:read sealdrop/documents:write',
  auth_time: nowSeconds,
  exp: nowSeconds + 3600,
  iat: nowSeconds,
  jti: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  username: 'my-test-user',
  ...changes,
});

/** Of the client credentials grant: no groups, no username, and the client for a subject. */
export const machineToken = (issuer: string, changes: object = {}): JWTPayload => ({
  sub: machineClientId,
  token_use: 'access',
  scope: 'sealdrop/documents:write tenants/north-clinic',
  auth_time: nowSeconds,
  iss: issuer,
  exp: nowSeconds + 3600,
  iat: nowSeconds,
  version: 2,
  jti: 'bbbbbbbb-cccc-dddd-eeee-ffffffffffff',
  client_id: machineClientId,
  ...changes,
});

interface Header {
  readonly kid?: string;
  readonly typ?: string;
  readonly privateKey?: CryptoKey;
}

/** A user pool as its tokens show it: a key that can be replaced, and keys that are served as Cognito serves them. */
export const startPool = async () => {
  const keys: object[] = [];
  let current: { kid: string; privateKey: CryptoKey };
  let asked = 0;
  const server = createServer((request, response) => {
    const isKeys = request.url === '/eu-central-1_Example/.well-known/jwks.json';
    if (isKeys) asked += 1;
    response.writeHead(isKeys ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  const addKey = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    keys.push({ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' });
    current = { kid, privateKey };
  };
  await addKey('k1');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}/eu-central-1_Example`,
    addKey,
    /** How often the keys were asked for. */
    timesAsked: () => asked,
    /** With a header as Cognito writes it: key and algorithm, no type. */
    sign: (payload: JWTPayload, { kid = current.kid, privateKey = current.privateKey, ...header }: Header = {}) =>
      new SignJWT(payload).setProtectedHeader({ kid, alg: 'RS256', ...header }).sign(privateKey),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
