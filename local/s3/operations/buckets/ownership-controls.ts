import * as z from 'zod/mini';
import { readConfiguration } from '../../buckets/configuration-document.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { notImplemented, Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';
import { refuseDeclared, setConfiguration } from './set-configuration.ts';

const shared = { target: 'bucket', subresource: 'ownershipControls' } as const;
const what = 'the ownership controls';

export const objectOwnerships = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/** The other two need ACLs. */
export const checkOwnership = (ownership: (typeof objectOwnerships)[number]): Refusal | undefined =>
  ownership === 'BucketOwnerEnforced' ? undefined : notImplemented(`object ownership ${ownership}, which needs ACLs`);

const format = {
  root: 'OwnershipControls',
  lists: ['Rule'],
  schema: z.strictObject({ Rule: z.tuple([z.strictObject({ ObjectOwnership: z.enum(objectOwnerships) })]) }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const getBucketOwnershipControls: Operation = {
  ...shared,
  name: 'GetBucketOwnershipControls',
  method: 'GET',
  actions: () => ['s3:GetBucketOwnershipControls'],
  async handle(call) {
    const { name, objectOwnership } = call.bucket;
    const refusal = refuseDeclared(call, what);
    if (refusal) return refusal;
    return objectOwnership === undefined
      ? new Refusal('OwnershipControlsNotFoundError', undefined, { BucketName: name })
      : xmlAnswer(xmlDocument('OwnershipControls', element('Rule', element('ObjectOwnership', objectOwnership))));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const putBucketOwnershipControls: Operation = {
  ...shared,
  name: 'PutBucketOwnershipControls',
  method: 'PUT',
  actions: () => ['s3:PutBucketOwnershipControls'],
  async handle(call) {
    const refusal = refuseDeclared(call, what);
    if (refusal) return refusal;
    const configuration = await readConfiguration(call, format);
    if (configuration instanceof Refusal) return configuration;
    const [{ ObjectOwnership }] = configuration.Rule;
    return checkOwnership(ObjectOwnership) ?? setConfiguration(call, { objectOwnership: 'BucketOwnerEnforced' });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html. There are still no ACLs. */
export const deleteBucketOwnershipControls: Operation = {
  ...shared,
  name: 'DeleteBucketOwnershipControls',
  method: 'DELETE',
  actions: () => ['s3:PutBucketOwnershipControls'],
  handle: async (call) => refuseDeclared(call, what) ?? setConfiguration(call, { objectOwnership: undefined }, 204),
};
