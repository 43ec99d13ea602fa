import { globalConditions } from '../iam/global-conditions.ts';
import type { AccessRequest, Decision } from '../iam/types.ts';
import type { Credential } from '../sigv4/credential.ts';
import { authenticate } from './authenticate.ts';
import { wantedOf } from './operations.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { DynamoDbRequest } from './request.ts';

/** Who may call, and what they may do. */
export interface Access {
  readonly region: string;
  readonly credentials: (accessKeyId: string) => Credential | undefined;
  readonly authorize: (request: AccessRequest) => Decision;
}

/** AWS's words for a denial ("Troubleshoot access denied error messages" of the IAM user guide). */
const denial = (
  { principal, action, resource }: AccessRequest,
  { reason }: Exclude<Decision, { allowed: true }>,
): Refusal => {
  const because =
    reason === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return refuse(
    'AccessDeniedException',
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  );
};

/** Undefined where the request may be done: known, signed by whom it says, and allowed on all it names. */
export const refusalOf = (
  request: DynamoDbRequest,
  { region, credentials, authorize }: Access,
): Refusal | undefined => {
  const wanted = wantedOf(request.headers.get('x-amz-target'), request.body);
  if ('code' in wanted) return wanted;
  const principal = authenticate(request, region, credentials);
  if ('code' in principal) return principal;
  const conditions = {
    ...globalConditions({ ...request, principal, region, secureTransport: true }),
    ...wanted.conditions,
  };
  for (const path of wanted.resources) {
    const resource = `arn:aws:dynamodb:${region}:${principal.accountId}:${path}`;
    const question: AccessRequest = { principal, action: wanted.action, resource, conditions };
    const decision = authorize(question);
    if (!decision.allowed) return denial(question, decision);
  }
  return undefined;
};
