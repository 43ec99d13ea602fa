import { globalConditions } from '../../iam/global-conditions.ts';
import type { AccessRequest } from '../../iam/types.ts';
import { signingAlgorithm } from '../../sigv4/signature.ts';
import type { Transport } from '../configuration.ts';
import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import type { Operation } from '../operations/operation.ts';
import type { Identity } from '../sigv4/authenticate.ts';
import type { Tags } from '../store/object-version.ts';

/** Condition keys that carry a request header as it is, on operations that make an object. */
const objectHeaders = [
  'if-match',
  'if-none-match',
  'x-amz-acl',
  'x-amz-copy-source',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write-acp',
  'x-amz-metadata-directive',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-storage-class',
];

/** The same on CreateBucket. */
const bucketHeaders = [
  'x-amz-acl',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
  'x-amz-object-ownership',
];

const listParameters = ['delimiter', 'max-keys', 'prefix'];

/** On DeleteObject, and so for each key of DeleteObjects ("Enforce conditional deletes on Amazon S3 buckets"). */
const deleteHeaders = ['if-match'];

const headersOf = ({ name, createsObject }: Pick<Operation, 'name' | 'createsObject'>): readonly string[] => {
  if (createsObject !== undefined) return objectHeaders;
  if (name === 'DeleteObject') return deleteHeaders;
  return name === 'CreateBucket' ? bucketHeaders : [];
};

export interface ConditionFacts {
  readonly request: S3Request;
  readonly identity: Identity;
  readonly operation: Pick<Operation, 'name' | 'subresource' | 'createsObject'> & {
    readonly target: Operation['target'] | 'service';
  };
  /** Account that owns the bucket. */
  readonly resourceAccount: string;
  readonly transport: Transport;
  readonly requestTags: Tags | undefined;
  /** Tags of the version that the request is about. */
  readonly existingTags: Tags | undefined;
}

/**
 * The request context that policies are evaluated in ("Actions, resources, and condition keys for Amazon S3" and
 * "AWS global condition context keys"). A key is present only when the request carries what it speaks of.
 */
export function conditionsOf(facts: ConditionFacts): AccessRequest['conditions'] {
  const { request, identity, operation, transport } = facts;
  const { claim, principal } = identity;
  const optional: Record<string, string | undefined> = {
    's3:TlsVersion': transport.secure ? transport.tlsVersion : undefined,
    's3:x-amz-content-sha256': request.headers.get('x-amz-content-sha256'),
  };
  if (operation.target === 'object') optional['s3:VersionId'] = queryValue(request.query, 'versionId');
  else if (operation.subresource !== 'uploads')
    for (const name of listParameters) optional[`s3:${name}`] = queryValue(request.query, name);
  if (operation.createsObject !== undefined) {
    optional['s3:ObjectCreationOperation'] = String(operation.createsObject);
  }
  for (const name of headersOf(operation)) optional[`s3:${name}`] = request.headers.get(name);
  const present = Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...globalConditions({
      ...request,
      principal,
      region: claim.scope.split('/')[1] ?? '',
      secureTransport: transport.secure,
    }),
    'aws:ResourceAccount': facts.resourceAccount,
    's3:ResourceAccount': facts.resourceAccount,
    's3:authType': claim.authType,
    's3:signatureversion': signingAlgorithm,
    's3:signatureAge': String(Math.max(request.receivedAt.getTime() - claim.signedAt.getTime(), 0)),
    ...Object.fromEntries(present),
    ...requestTagConditions(facts.requestTags ?? {}),
    ...tagConditions('s3:ExistingObjectTag/', facts.existingTags ?? {}),
  };
}

const tagConditions = (prefix: string, tags: Tags): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));

function requestTagConditions(tags: Tags): Record<string, string | readonly string[]> {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  return { 's3:RequestObjectTagKeys': keys, ...tagConditions('s3:RequestObjectTag/', tags) };
}
