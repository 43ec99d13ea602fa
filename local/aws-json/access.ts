import type { Clock } from '../clock.ts';
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
  /** @default - the machine's: what a signature is held to, for 15 minutes */
  readonly clock?: Clock;
}

/** Undefined where the request may be done: known, signed by whom it says, and allowed on all it names. */
export const refusalOf = (
  request: AwsJsonRequest,
  service: Pick<AwsJsonService, 'name' | 'wantedOf'>,
  { region, credentials, authorize }: Access,
): Refusal | undefined => {
  const wanted = service.wantedOf(request.headers.get('x-amz-target'), request.body);
  if ('code' in wanted) return wanted;
  const principal = authenticate(request, { region, service: service.name }, credentials);
  if ('code' in principal) return principal;
  const global = globalConditions({ ...request, principal, region, secureTransport: true });
  const questions = [wanted].flat().flatMap(({ action, resources, conditions }) =>
    resources.map(
      (path): AccessRequest => ({
        principal,
        action,
        resource: path === '*' ? path : `arn:aws:${service.name}:${region}:${principal.accountId}:${path}`,
        conditions: { ...global, ...conditions },
      }),
    ),
  );
  for (const question of questions) {
    const decision = authorize(question);
    if (!decision.allowed) return refuse('AccessDeniedException', denialMessage(question, decision));
  }
  return undefined;
};
