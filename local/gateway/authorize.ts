import * as z from 'zod/mini';
import type { Clock } from '../clock.ts';
import type { Invocation } from '../functions/types.ts';
import { evaluate } from '../iam/evaluate.ts';
import { compilePolicy, type Policy } from '../iam/policy.ts';
import { PolicyError } from '../iam/policy-error.ts';
import { authorizerEvent, methodArn } from './event.ts';
import type { ResponseType } from './responses.ts';
import type { AuthorizerPlan, Call, GatewayPlan } from './types.ts';

type Context = Readonly<Record<string, string>>;

export type Authorization =
  | { readonly allowed: true; readonly context: Context }
  | {
      readonly allowed: false;
      readonly response: Extract<
        ResponseType,
        'UNAUTHORIZED' | 'ACCESS_DENIED' | 'AUTHORIZER_FAILURE' | 'AUTHORIZER_CONFIGURATION_ERROR'
      >;
    };

interface Grant {
  readonly principalId: string;
  readonly policy: Policy;
  readonly context: Context;
}

/** How many tokens are remembered; the oldest makes room. */
const cacheSizeMax = 1000;

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Developer guide, "Output from an API Gateway Lambda authorizer". The context's values reach functions as strings. */
const AuthorizerAnswer = z.strictObject({
  principalId: z.string(),
  policyDocument: z.looseObject({}),
  context: z.nullish(z.record(z.string(), Scalar)),
  usageIdentifierKey: z.optional(z.string()),
});

const readGrant = (payload: unknown): Grant | undefined => {
  const parsed = AuthorizerAnswer.safeParse(payload);
  if (!parsed.success) return undefined;
  const { principalId, policyDocument, context } = parsed.data;
  try {
    return {
      principalId,
      policy: compilePolicy(policyDocument, 'of the authorizer'),
      context: Object.fromEntries(Object.entries(context ?? {}).map(([name, value]) => [name, String(value)])),
    };
  } catch (cause) {
    if (cause instanceof PolicyError) return undefined;
    throw cause;
  }
};

const identityOf = ({ request }: Call, names: readonly string[]): string | undefined => {
  const values = names.map((name) => request.headers.findLast(([other]) => other.toLowerCase() === name)?.[1]);
  return values.every((value) => value !== undefined && value !== '') ? JSON.stringify(values) : undefined;
};

/**
 * One Lambda authorizer of type REQUEST. Without its identity source the answer is 401 and the function is not called;
 * a policy is remembered per identity for its time and judged anew for each method (developer guide, "Use API Gateway
 * Lambda authorizers").
 */
export const createAuthorizer = (
  authorizer: AuthorizerPlan,
  plan: GatewayPlan,
  invoke: (functionArn: string, event: unknown) => Promise<Invocation>,
  clock: Clock,
) => {
  const cache = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>();

  const remember = (identity: string, grant: Grant) => {
    if (authorizer.cacheSeconds === 0) return;
    const [oldest] = cache.keys();
    if (cache.size >= cacheSizeMax && oldest !== undefined) cache.delete(oldest);
    cache.set(identity, { grant, expiresAt: clock.now().getTime() + authorizer.cacheSeconds * 1000 });
  };

  const judge = ({ policy, principalId, context }: Grant, call: Call): Authorization => {
    const decision = evaluate(
      {
        principal: { arn: principalId, accountId: plan.account },
        action: 'execute-api:Invoke',
        resource: methodArn(call, plan),
        conditions: {},
      },
      { identityPolicies: [policy], resourcePolicies: [] },
    );
    return decision.allowed
      ? { allowed: true, context: { ...context, principalId } }
      : { allowed: false, response: 'ACCESS_DENIED' };
  };

  return async (call: Call): Promise<Authorization> => {
    const identity = identityOf(call, authorizer.identityHeaders);
    if (identity === undefined) return { allowed: false, response: 'UNAUTHORIZED' };
    const cached = cache.get(identity);
    if (cached !== undefined && cached.expiresAt > clock.now().getTime()) return judge(cached.grant, call);
    cache.delete(identity);
    const outcome = await invoke(authorizer.functionArn, authorizerEvent(call, plan));
    if (!outcome.ok) {
      // An error with exactly this message is how an authorizer says 401.
      const refused = outcome.error.errorMessage === 'Unauthorized';
      return { allowed: false, response: refused ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE' };
    }
    const grant = readGrant(outcome.payload);
    if (grant === undefined) return { allowed: false, response: 'AUTHORIZER_CONFIGURATION_ERROR' };
    remember(identity, grant);
    return judge(grant, call);
  };
};
