import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Route } from '../../contract/routes.ts';
import type { Authorization } from '../usecases/authorize.ts';
import type { AuthorizerContext } from './caller.ts';
import { logError, logInfo } from './log.ts';

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}` of the call, without method and path. */
const stageArn = (methodArn: string): string => methodArn.split('/').slice(0, 2).join('/');

/**
 * The whole policy of the token, not of this one call: the gateway keeps it for the token's next calls to any route.
 * A path parameter becomes `*`, which in IAM matches slashes too; handlers therefore check scopes themselves again.
 */
const policyOf = (stage: string, routes: readonly Route[]): APIGatewayAuthorizerResult['policyDocument'] => ({
  Version: '2012-10-17',
  Statement:
    routes.length === 0
      ? [{ Effect: 'Deny', Action: 'execute-api:Invoke', Resource: `${stage}/*` }]
      : [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: routes.map(({ method, path }) => `${stage}/${method}${path.replace(/\{[^}]+\}/g, '*')}`),
          },
        ],
});

const headerOf = ({ headers }: APIGatewayRequestAuthorizerEvent, name: string): string | undefined =>
  Object.entries(headers ?? {}).find(([candidate]) => candidate.toLowerCase() === name)?.[1];

/** A Lambda authorizer of type REQUEST. API Gateway makes a 401 of the error `Unauthorized`, and of no other. */
export const authorizerHandler =
  (authorize: (authorizationHeader: string | undefined) => Promise<Authorization | undefined>) =>
  async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const { requestId } = event.requestContext;
    const authorization = await authorize(headerOf(event, 'authorization')).catch((error: unknown) => {
      logError('REQUEST_FAILED', error, { requestId });
      throw new Error('The access token could not be checked.');
    });
    if (authorization === undefined) {
      logInfo('TOKEN_REFUSED', { requestId });
      throw new Error('Unauthorized');
    }
    const { claims, routes } = authorization;
    const context: AuthorizerContext = {
      tenantId: claims.tenantId,
      subjectId: claims.subjectId,
      roles: claims.roles.join(' '),
      scopes: claims.scopes.join(' '),
      expiresAt: String(claims.expiresAt),
    };
    return {
      principalId: claims.subjectId,
      policyDocument: policyOf(stageArn(event.methodArn), routes),
      context: { ...context },
    };
  };
