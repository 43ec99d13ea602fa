import * as z from 'zod/mini';
import { readConfiguration, truth } from '../../buckets/configuration-document.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';
import { refuseDeclared, setConfiguration } from './set-configuration.ts';

const shared = { target: 'bucket', subresource: 'publicAccessBlock' } as const;
const what = 'the public access block';
const flag = z._default(truth, false);

const format = {
  root: 'PublicAccessBlockConfiguration',
  lists: [],
  schema: z.strictObject({
    BlockPublicAcls: flag,
    IgnorePublicAcls: flag,
    BlockPublicPolicy: flag,
    RestrictPublicBuckets: flag,
  }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const getPublicAccessBlock: Operation = {
  ...shared,
  name: 'GetPublicAccessBlock',
  method: 'GET',
  actions: () => ['s3:GetBucketPublicAccessBlock'],
  async handle(call) {
    const { name, publicAccessBlock: block } = call.bucket;
    const refusal = refuseDeclared(call, what);
    if (refusal) return refusal;
    if (block === undefined) {
      return new Refusal('NoSuchPublicAccessBlockConfiguration', undefined, { BucketName: name });
    }
    return xmlAnswer(
      xmlDocument(
        'PublicAccessBlockConfiguration',
        element('BlockPublicAcls', block.blockPublicAcls),
        element('IgnorePublicAcls', block.ignorePublicAcls),
        element('BlockPublicPolicy', block.blockPublicPolicy),
        element('RestrictPublicBuckets', block.restrictPublicBuckets),
      ),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html. What is left out is off. */
export const putPublicAccessBlock: Operation = {
  ...shared,
  name: 'PutPublicAccessBlock',
  method: 'PUT',
  actions: () => ['s3:PutBucketPublicAccessBlock'],
  async handle(call) {
    const refusal = refuseDeclared(call, what);
    if (refusal) return refusal;
    const configuration = await readConfiguration(call, format);
    if (configuration instanceof Refusal) return configuration;
    return setConfiguration(call, {
      publicAccessBlock: {
        blockPublicAcls: configuration.BlockPublicAcls,
        ignorePublicAcls: configuration.IgnorePublicAcls,
        blockPublicPolicy: configuration.BlockPublicPolicy,
        restrictPublicBuckets: configuration.RestrictPublicBuckets,
      },
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock: Operation = {
  ...shared,
  name: 'DeletePublicAccessBlock',
  method: 'DELETE',
  actions: () => ['s3:PutBucketPublicAccessBlock'],
  handle: async (call) => refuseDeclared(call, what) ?? setConfiguration(call, { publicAccessBlock: undefined }, 204),
};
