import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Invocation } from '../functions/types.ts';
import { createAuthorizer } from './authorize.ts';
import { proxyEvent } from './event.ts';
import { createMatcher } from './match.ts';
import { mockAnswer } from './mock.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { gatewayResponse, type ResponseType } from './responses.ts';
import { createThrottle } from './throttle.ts';
import type { Call, GatewayAnswer, GatewayPlan, GatewayRequest, LambdaIntegration } from './types.ts';
import { createBodyValidator } from './validate.ts';

export interface GatewayDependencies {
  readonly invoke: (functionArn: string, event: unknown) => Promise<Invocation>;
  readonly clock: Clock;
}

/** What came of a call: an answer, or the gateway response to give in its place. */
type Outcome = GatewayAnswer | { readonly response: ResponseType; readonly validationError?: string };

const timedOut = Symbol('timed out');

const headerOf = ({ headers }: GatewayRequest, wanted: string): string | undefined =>
  headers.findLast(([name]) => name.toLowerCase() === wanted)?.[1];

/**
 * API Gateway, REST, as the template says: throttle, authorizer, request validation, integration, in that order. It
 * behaves like a custom domain that is mapped to the stage, so paths carry no stage.
 */
export const createGateway = (plan: GatewayPlan, { invoke, clock }: GatewayDependencies) => {
  const match = createMatcher(plan.routes);
  const mayPass = createThrottle(plan.throttle, clock);
  const validators = new Map(plan.routes.map((route) => [route, createBodyValidator(route)]));
  const authorizers = new Map(
    plan.routes.flatMap(({ authorizer }) =>
      authorizer ? [[authorizer.id, createAuthorizer(authorizer, plan, invoke, clock)] as const] : [],
    ),
  );

  const callFunction = async (
    integration: LambdaIntegration,
    call: Call,
    authorizer: Readonly<Record<string, string>> | undefined,
  ): Promise<Outcome> => {
    const { promise: deadline, resolve: expire } = Promise.withResolvers<typeof timedOut>();
    const timer = setTimeout(() => expire(timedOut), integration.timeoutMs);
    const invocation = invoke(integration.functionArn, proxyEvent(call, plan, authorizer));
    const outcome = await Promise.race([invocation, deadline]).finally(() => clearTimeout(timer));
    if (outcome === timedOut) return { response: 'INTEGRATION_TIMEOUT' };
    if (outcome.ok) return proxyAnswer(outcome.payload, call.requestId) ?? { response: 'DEFAULT_5XX' };
    const tooLarge = outcome.error.errorType === 'RequestEntityTooLargeException';
    return { response: tooLarge ? 'REQUEST_TOO_LARGE' : 'DEFAULT_5XX' };
  };

  const run = async (call: Call, body: string): Promise<Outcome> => {
    const { request, route } = call;
    const authorize = route.authorizer && authorizers.get(route.authorizer.id);
    const authorization = await authorize?.(call);
    if (authorization?.allowed === false) return { response: authorization.response };
    const validationError = validators.get(route)?.(headerOf(request, 'content-type'), body);
    if (validationError !== undefined) return { response: 'BAD_REQUEST_BODY', validationError };
    if (route.integration.kind === 'lambda') return callFunction(route.integration, call, authorization?.context);
    const answer = mockAnswer(route.integration, call);
    return typeof answer === 'string' ? { response: answer } : answer;
  };

  const handle = async (request: GatewayRequest, requestId: string): Promise<Outcome> => {
    if (request.body === undefined) return { response: 'REQUEST_TOO_LARGE' };
    const matched = match(request.method, request.path);
    if (matched === undefined) {
      // With an Authorization header, API Gateway takes the request for one that IAM should have signed.
      const signed = headerOf(request, 'authorization') !== undefined;
      return { response: signed ? 'INVALID_SIGNATURE' : 'MISSING_AUTHENTICATION_TOKEN' };
    }
    if (!mayPass()) return { response: 'THROTTLED' };
    return run({ request, requestId, at: clock.now(), ...matched }, request.body);
  };

  return async (request: GatewayRequest): Promise<GatewayAnswer> => {
    const requestId = randomUUID();
    const outcome = await handle(request, requestId);
    if (!('response' in outcome)) return outcome;
    const { method: httpMethod, path } = request;
    const { response, validationError } = outcome;
    return gatewayResponse(response, plan.responses, {
      requestId,
      httpMethod,
      path,
      stage: plan.stageName,
      ...(validationError !== undefined && { validationError }),
    });
  };
};

export type Gateway = ReturnType<typeof createGateway>;
