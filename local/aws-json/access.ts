import { denialMessage } from '../iam/access-denied.ts';
import { globalConditions } from '../iam/global-conditions.ts';
import type { AccessRequest, Decision } from '../iam/types.ts';
import type { Credential } from '../sigv4/credential.ts';
import { authenticate } from './authenticate.ts';
import type { AwsJsonService } from './protocol.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { AwsJsonRequest } from './request.ts';

/** Who may call, and what they may do. */
export interface Access {
  readonly region: string;
  readonly credentials: (accessKeyId: string) => Credential | undefined;
  readonly authorize: (request: AccessRequest) => Decision;
}

/** Undefined where the request may be done: known, signed by whom it says, and allowed on all it names. */
export const refusalOf = (
  request: AwsJsonRequest,
  service: AwsJsonService,
  { region, credentials, authorize }: Access,
): Refusal | undefined => {
  const wanted = service.wantedOf(request.headers.get('x-amz-target'), request.body);
  if ('code' in wanted) return wanted;
  const principal = authenticate(request, { region, service: service.name }, credentials);
  if ('code' in principal) return principal;
  const conditions = {
    ...globalConditions({ ...request, principal, region, secureTransport: true }),
    ...wanted.conditions,
  };
  for (const path of wanted.resources) {
    const resource = `arn:aws:${service.name}:${region}:${principal.accountId}:${path}`;
    const question: AccessRequest = { principal, action: wanted.action, resource, conditions };
    const decision = authorize(question);
    if (!decision.allowed) return refuse('AccessDeniedException', denialMessage(question, decision));
  }
  return undefined;
};
