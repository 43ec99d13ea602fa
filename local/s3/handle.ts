import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { demandOfAccount } from './access/account.ts';
import { accessOf } from './access/authorize.ts';
import { checkExpectedOwner } from './access/expected-owner.ts';
import type { Bucket } from './buckets/bucket.ts';
import type { Buckets } from './buckets/registry.ts';
import type { LocalS3Options, Transport } from './configuration.ts';
import type { Faults } from './control/faults.ts';
import { answerPreflight } from './cors/preflight.ts';
import type { Answer } from './http/answer.ts';
import type { S3Request } from './http/request.ts';
import type { Call, Caller, Operation } from './operations/operation.ts';
import { addressedVersion } from './operations/version-id.ts';
import { type FormUpload, handleForm, isFormUpload } from './post/handle-form.ts';
import { Refusal } from './refusal.ts';
import { findOperation } from './routing/router.ts';
import { authenticate } from './sigv4/authenticate.ts';
import type { Tags } from './store/object-version.ts';
import type { Store } from './store/store.ts';

/** What every request needs of the server. */
export interface Context {
  readonly options: LocalS3Options;
  readonly buckets: Buckets;
  readonly transport: Transport;
  readonly store: Store;
  readonly clock: Clock;
  readonly wakeDelivery: () => void;
  /** Only there where tests asked for it. */
  readonly faults: Faults | undefined;
}

export const bucketOf = (context: Context, request: S3Request): Bucket | undefined =>
  request.bucketName === undefined ? undefined : context.buckets.get(request.bucketName);

/** The way of every request: who signed it, what it asks for, whether that is allowed, and only then the doing. */
export async function handle(
  context: Context,
  request: S3Request,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | Refusal> {
  const { options } = context;
  const bucket = bucketOf(context, request);
  const noSuchBucket = new Refusal('NoSuchBucket', undefined, { BucketName: request.bucketName ?? '' });
  if (request.method === 'OPTIONS') return bucket ? answerPreflight(request, bucket) : noSuchBucket;
  const continueBody = (): void => {
    if (incoming.headers.expect !== undefined) response.writeContinue();
  };
  if (isFormUpload(request)) {
    if (bucket === undefined) return noSuchBucket;
    const { credentials } = options;
    const authorize: FormUpload['authorize'] = (operation, caller) => authorizeCall(context, operation, caller);
    return handleForm({ request, bucket, incoming, continueBody, credentials, authorize });
  }
  const identity = authenticate(request, bucket?.region ?? options.region, options.credentials);
  if (identity instanceof Refusal) return identity;
  const operation = findOperation(request);
  if (operation instanceof Refusal) return operation;
  if ('isOfAccount' in operation) {
    const demand = demandOfAccount(context, operation, { request, identity });
    const { buckets } = context;
    return operation.handle({ request, identity, incoming, continueBody, buckets, region: options.region, demand });
  }
  if (bucket === undefined) return noSuchBucket;
  const notTheirs = checkExpectedOwner(bucket, request.headers);
  if (notTheirs) return notTheirs;
  const requestTags = await operation.readRequestTags?.({ request, identity, incoming, continueBody });
  if (requestTags instanceof Refusal) return requestTags;
  const call = authorizeCall(context, operation, { request, bucket, identity, incoming, continueBody, requestTags });
  return call instanceof Refusal ? call : operation.handle(call);
}

/** The call, where its caller may do all that the operation does. */
function authorizeCall(context: Context, operation: Operation, caller: Caller): Call | Refusal {
  const { request, bucket, identity, requestTags } = caller;
  const { options, store, buckets, transport, wakeDelivery } = context;
  const key = request.key ?? '';
  const existingTags = existingTagsOf(operation, { request, bucket, key, store });
  const facts = {
    request,
    identity,
    operation,
    transport,
    requestTags,
    existingTags,
    resourceAccount: bucket.owner,
  };
  const access = accessOf(facts, bucket, options.authorize, options.report);
  const denied = access.check(operation.actions(request));
  if (denied) return denied;
  const about: Call['about'] = (other, { bucketName, key, versionId, headers }) => {
    const query = versionId === undefined ? [] : [['versionId', versionId] as const];
    const bucket = buckets.get(bucketName);
    return bucket === undefined
      ? new Refusal('NoSuchBucket', undefined, { BucketName: bucketName })
      : authorizeCall(context, other, { ...caller, bucket, request: { ...request, bucketName, key, query, headers } });
  };
  const mayNotify: Call['mayNotify'] = (queueArn) => options.mayNotify?.(bucket.name, queueArn) ?? false;
  return {
    ...caller,
    key,
    store,
    buckets,
    mayNotify,
    mayAlso: access.isAllowed,
    demand: access.demand,
    about,
    wakeDelivery,
  };
}

function existingTagsOf(operation: Operation, call: Parameters<typeof addressedVersion>[0]): Tags | undefined {
  if (!operation.knowsExistingTags) return undefined;
  const version = addressedVersion(call);
  return version?.isDeleteMarker === false ? version.tags : undefined;
}
