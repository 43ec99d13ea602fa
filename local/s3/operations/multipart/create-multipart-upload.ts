import { randomBytes } from 'node:crypto';
import { xmlAnswer } from '../../http/answer.ts';
import { Refusal } from '../../refusal.ts';
import { parseTaggingHeader } from '../../tagging.ts';
import { element, xmlDocument } from '../../xml.ts';
import { encryptionHeaders } from '../object-headers.ts';
import type { Operation } from '../operation.ts';
import { parseAttributes } from '../put-object-attributes.ts';
import { parseUploadChecksum } from './upload-checksum.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: Operation = {
  name: 'CreateMultipartUpload',
  method: 'POST',
  target: 'object',
  subresource: 'uploads',
  createsObject: false,
  refusedHeaders: [
    'x-amz-expected-bucket-owner',
    'x-amz-object-lock-legal-hold',
    'x-amz-object-lock-mode',
    'x-amz-object-lock-retain-until-date',
    'x-amz-server-side-encryption-context',
    'x-amz-server-side-encryption-customer-algorithm',
    'x-amz-website-redirect-location',
  ],
  actions: ({ headers }) => [
    's3:PutObject',
    ...(headers.has('x-amz-tagging') ? ['s3:PutObjectTagging'] : []),
    ...(headers.has('x-amz-acl') ? ['s3:PutObjectAcl'] : []),
  ],
  readRequestTags: async ({ request }) => parseTaggingHeader(request.headers.get('x-amz-tagging')),
  async handle({ request, bucket, key, store, requestTags }) {
    const attributes = parseAttributes(request.headers, bucket);
    if (attributes instanceof Refusal) return attributes;
    const checksum = parseUploadChecksum(request.headers);
    if (checksum instanceof Refusal) return checksum;
    const id = randomBytes(48).toString('base64url');
    const initiated = request.receivedAt;
    store.uploads.add({ id, bucket: bucket.name, key, initiated, attributes, tags: requestTags ?? {}, checksum });
    const body = xmlDocument(
      'InitiateMultipartUploadResult',
      element('Bucket', bucket.name),
      element('Key', key),
      element('UploadId', id),
    );
    const answer = xmlAnswer(body);
    const headers = {
      ...answer.headers,
      ...encryptionHeaders(attributes.encryption),
      ...(!checksum.isDefault && {
        'x-amz-checksum-algorithm': checksum.algorithm,
        'x-amz-checksum-type': checksum.type,
      }),
    };
    return { ...answer, headers };
  },
};
