import * as z from 'zod/mini';
import { readDocument } from '../../body/read-document.ts';
import { newBucketDefaults } from '../../buckets/bucket.ts';
import { checkBucketName } from '../../buckets/bucket-name.ts';
import { parseConfiguration } from '../../buckets/configuration-document.ts';
import type { RequestHeaders } from '../../http/request.ts';
import { invalidArgument, notImplemented, Refusal } from '../../refusal.ts';
import type { AccountCall, AccountOperation } from '../account-operation.ts';
import { checkOwnership, objectOwnerships } from './ownership-controls.ts';

const documentSizeBytesMax = 64 * 1024;

const format = {
  root: 'CreateBucketConfiguration',
  lists: [],
  schema: z.strictObject({
    LocationConstraint: z.optional(z.string()),
    Location: z.optional(z.unknown()),
    Bucket: z.optional(z.unknown()),
    Tags: z.optional(z.unknown()),
  }),
};

/** The region that stands for all: from here buckets can be made anywhere, and it is never named. */
const globalRegion = 'us-east-1';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket: AccountOperation = {
  name: 'CreateBucket',
  method: 'PUT',
  target: 'bucket',
  isOfAccount: true,
  refusedHeaders: ['x-amz-bucket-namespace', 'x-amz-bucket-object-lock-enabled'],
  async handle(call) {
    const { request, identity, buckets, demand } = call;
    const name = request.bucketName ?? '';
    const region = await readRegion(call);
    if (region instanceof Refusal) return region;
    const denied = demandAll(request.headers, (action) =>
      demand(action, `arn:aws:s3:::${name}`, { 's3:locationconstraint': region }),
    );
    const refusal = denied ?? checkBucketName(name) ?? checkHeaders(request.headers);
    if (refusal) return refusal;
    const { accountId: owner } = identity.principal;
    const bucket = { ...newBucketDefaults, name, region, owner, createdAt: request.receivedAt };
    if (await buckets.create(bucket)) return created(name);
    const elements = { BucketName: name };
    const taken = buckets.get(name);
    if (taken?.owner !== owner) return new Refusal('BucketAlreadyExists', undefined, elements);
    // "In all AWS Regions except in the North Virginia Region", which answers 200 as it ever did.
    const isRepeatable = taken.region === globalRegion && region === globalRegion;
    return isRepeatable ? created(name) : new Refusal('BucketAlreadyOwnedByYou', undefined, elements);
  },
};

const created = (name: string) => ({ status: 200, headers: { location: `/${name}` } });

function demandAll(headers: RequestHeaders, demand: (action: string) => Refusal | undefined): Refusal | undefined {
  const acl = headers.has('x-amz-acl') ? demand('s3:PutBucketAcl') : undefined;
  const ownership = headers.has('x-amz-object-ownership') ? demand('s3:PutBucketOwnershipControls') : undefined;
  return demand('s3:CreateBucket') ?? acl ?? ownership;
}

/** "If you specify BucketOwnerEnforced … and a bucket ACL that provides access to an external account, your request fails". */
function checkHeaders(headers: RequestHeaders): Refusal | undefined {
  const header = 'x-amz-object-ownership';
  const given = headers.get(header) ?? 'BucketOwnerEnforced';
  const ownership = objectOwnerships.find((name) => name === given);
  if (ownership === undefined) return invalidArgument(`Invalid ${header} header: ${given}`, header, given);
  const refusal = checkOwnership(ownership);
  if (refusal) return refusal;
  const hasGrants = [...headers.keys()].some((name) => name.startsWith('x-amz-grant-'));
  const isPrivate = (headers.get('x-amz-acl') ?? 'private') === 'private';
  return hasGrants || !isPrivate ? new Refusal('InvalidBucketAclWithObjectOwnership') : undefined;
}

async function readRegion(call: AccountCall): Promise<string | Refusal> {
  const hasBody = call.request.headers.get('content-length') !== '0' && hasLength(call.request.headers);
  const document = hasBody ? await readDocument(call, documentSizeBytesMax) : '';
  if (document instanceof Refusal) return document;
  const configuration = document.trim() === '' ? {} : parseConfiguration(document, format);
  if (configuration instanceof Refusal) return configuration;
  const { LocationConstraint: constraint, ...others } = configuration;
  const [other] = Object.keys(others);
  if (other !== undefined) return notImplemented(`${other} of CreateBucketConfiguration`);
  return regionOf(constraint || undefined, call.region);
}

const hasLength = (headers: RequestHeaders): boolean =>
  headers.has('content-length') || headers.has('transfer-encoding');

function regionOf(constraint: string | undefined, endpoint: string): string | Refusal {
  const incompatible = (name: string): Refusal =>
    new Refusal(
      'IllegalLocationConstraintException',
      `The ${name} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  if (constraint === undefined) return endpoint === globalRegion ? endpoint : incompatible('unspecified');
  const region = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (region === globalRegion || !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)) {
    return new Refusal('InvalidLocationConstraint', undefined, { LocationConstraint: constraint });
  }
  return endpoint === globalRegion || region === endpoint ? region : incompatible(constraint);
}
