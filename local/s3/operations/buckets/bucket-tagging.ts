import { requireChecksum } from '../../body/has-checksum.ts';
import { readDocument } from '../../body/read-document.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { Refusal } from '../../refusal.ts';
import { bucketTagLimit } from '../../tagging.ts';
import type { Operation } from '../operation.ts';
import { parseTaggingDocument, taggingDocument } from '../tagging-document.ts';
import { refuseDeclared, setConfiguration } from './set-configuration.ts';

/** Fifty tags of the longest kind, every character written as a reference, are under it. */
const documentSizeBytesMax = 512 * 1024;

const shared = { target: 'bucket', subresource: 'tagging' } as const;
const what = 'the tags';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging: Operation = {
  ...shared,
  name: 'GetBucketTagging',
  method: 'GET',
  actions: () => ['s3:GetBucketTagging'],
  async handle(call) {
    const { name, tags } = call.bucket;
    const refusal = refuseDeclared(call, what);
    if (refusal) return refusal;
    return tags === undefined
      ? new Refusal('NoSuchTagSet', undefined, { BucketName: name })
      : xmlAnswer(taggingDocument(tags));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging: Operation = {
  ...shared,
  name: 'PutBucketTagging',
  method: 'PUT',
  actions: () => ['s3:PutBucketTagging'],
  async handle(call) {
    const refusal = refuseDeclared(call, what) ?? requireChecksum(call.request.headers);
    if (refusal) return refusal;
    const document = await readDocument(call, documentSizeBytesMax);
    if (document instanceof Refusal) return document;
    const tags = parseTaggingDocument(document, bucketTagLimit);
    return tags instanceof Refusal ? tags : setConfiguration(call, { tags }, 204);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging: Operation = {
  ...shared,
  name: 'DeleteBucketTagging',
  method: 'DELETE',
  actions: () => ['s3:PutBucketTagging'],
  handle: async (call) => refuseDeclared(call, what) ?? setConfiguration(call, { tags: undefined }, 204),
};
