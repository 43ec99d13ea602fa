import type { AccessRequest } from '../iam/types.ts';
import type { JsonObject } from '../template/json.ts';
import type { Refusal } from './refusal.ts';

/** What a call wants to do, as policies see it. */
export interface Wanted {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** The ends of ARNs, `table/NAME`, or `*` for an action that names no resource; at least one. */
  readonly resources: readonly string[];
  readonly conditions: AccessRequest['conditions'];
}

/** A service that speaks "AWS JSON": every call is a POST to `/` whose `X-Amz-Target` names the operation. */
export interface AwsJsonService {
  /** Its name in credential scopes and ARNs: `dynamodb`. */
  readonly name: string;
  /** For people: `DynamoDB`. */
  readonly title: string;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  readonly bodySizeBytesMax: number;
  /** Several where a call does the same with parts that policies see apart: all have to be allowed. */
  wantedOf(target: string | undefined, body: Buffer): Wanted | readonly Wanted[] | Refusal;
  /** The body of an answer that refuses. */
  errorOf(refusal: Refusal): JsonObject;
}
