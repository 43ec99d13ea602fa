import type { Buckets } from '../buckets/registry.ts';
import type { Answer } from '../http/answer.ts';
import type { Refusal } from '../refusal.ts';
import type { Call, Operation } from './operation.ts';

/** What an account asks for that is not about a bucket that is there. */
export interface AccountCall extends Pick<Call, 'request' | 'identity' | 'incoming' | 'continueBody'> {
  readonly buckets: Buckets;
  /** Of this endpoint. */
  readonly region: string;
  /** The refusal, where the caller may not do this. `conditions` are those that the request alone does not tell. */
  readonly demand: (
    action: string,
    resource: string,
    conditions?: Readonly<Record<string, string>>,
  ) => Refusal | undefined;
}

/** A row of the operation table that needs no bucket. It asks for the rights of its caller itself. */
export interface AccountOperation
  extends Pick<Operation, 'name' | 'method' | 'subresource' | 'header' | 'refusedHeaders' | 'refusedQuery'> {
  /** `service` is what has no path, `bucket` the name of one. */
  readonly target: 'service' | 'bucket';
  readonly isOfAccount: true;
  handle(call: AccountCall): Promise<Answer | Refusal>;
}
