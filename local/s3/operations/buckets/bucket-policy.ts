import { readDocument } from '../../body/read-document.ts';
import { parseBucketPolicy } from '../../buckets/policy.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { Call, Operation } from '../operation.ts';
import { refuseDeclared, setConfiguration } from './set-configuration.ts';

/** "Bucket policies are limited to 20 KB in size." */
const documentSizeBytesMax = 20 * 1024;

const shared = { target: 'bucket', subresource: 'policy' } as const;
const what = 'the policy';

const missing = ({ bucket }: Call): Refusal =>
  new Refusal('NoSuchBucketPolicy', undefined, { BucketName: bucket.name });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy: Operation = {
  ...shared,
  name: 'GetBucketPolicy',
  method: 'GET',
  actions: () => ['s3:GetBucketPolicy'],
  async handle(call) {
    const { policy } = call.bucket;
    const refusal = refuseDeclared(call, what) ?? (policy === undefined ? missing(call) : undefined);
    return refusal ?? { status: 200, headers: { 'content-type': 'application/json' }, body: policy?.document ?? '' };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus: Operation = {
  ...shared,
  name: 'GetBucketPolicyStatus',
  method: 'GET',
  subresource: 'policyStatus',
  actions: () => ['s3:GetBucketPolicyStatus'],
  async handle(call) {
    const { policy } = call.bucket;
    const refusal = refuseDeclared(call, what);
    if (refusal) return refusal;
    if (policy === undefined) return missing(call);
    return xmlAnswer(xmlDocument('PolicyStatus', element('IsPublic', policy.isPublic)));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy: Operation = {
  ...shared,
  name: 'PutBucketPolicy',
  method: 'PUT',
  actions: () => ['s3:PutBucketPolicy'],
  async handle(call) {
    const { bucket, identity } = call;
    const refusal = refuseDeclared(call, what);
    if (refusal) return refusal;
    const document = await readDocument(call, documentSizeBytesMax);
    if (document instanceof Refusal) return document;
    const policy = parseBucketPolicy(document, bucket.name);
    if (policy instanceof Refusal) return policy;
    if (policy.isPublic && bucket.publicAccessBlock?.blockPublicPolicy) {
      const message = `User: ${identity.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`;
      return new Refusal('AccessDenied', message);
    }
    return setConfiguration(call, { policy }, 204);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy: Operation = {
  ...shared,
  name: 'DeleteBucketPolicy',
  method: 'DELETE',
  actions: () => ['s3:DeleteBucketPolicy'],
  handle: async (call) => refuseDeclared(call, what) ?? setConfiguration(call, { policy: undefined }, 204),
};
