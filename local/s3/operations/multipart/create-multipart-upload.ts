import { randomBytes } from 'node:crypto';
import { xmlAnswer } from '../../http/answer.ts';
import { abortHeaders } from '../../lifecycle/expiration-headers.ts';
import { Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import { encryptionHeaders } from '../object-headers.ts';
import { actionsOfWrite, headersRefusedOfWrites, tagsOfWrite } from '../object-writes.ts';
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
  refusedHeaders: headersRefusedOfWrites,
  actions: actionsOfWrite,
  readRequestTags: tagsOfWrite,
  async handle({ request, bucket, key, store, requestTags, identity }) {
    const attributes = parseAttributes(request.headers, bucket);
    if (attributes instanceof Refusal) return attributes;
    const checksum = parseUploadChecksum(request.headers);
    if (checksum instanceof Refusal) return checksum;
    const id = randomBytes(48).toString('base64url');
    const initiated = request.receivedAt;
    const initiator = identity.principal.arn;
    const tags = requestTags ?? {};
    const upload = { id, bucket: bucket.name, key, initiated, initiator, attributes, tags, checksum };
    await store.commit(() => store.uploads.add(upload));
    const body = xmlDocument(
      'InitiateMultipartUploadResult',
      element('Bucket', bucket.name),
      element('Key', key),
      element('UploadId', id),
    );
    const answer = xmlAnswer(body);
    const headers = {
      ...answer.headers,
      ...abortHeaders(bucket, { key, initiated }),
      ...encryptionHeaders(attributes.encryption),
      ...(!checksum.isDefault && {
        'x-amz-checksum-algorithm': checksum.algorithm,
        'x-amz-checksum-type': checksum.type,
      }),
    };
    return { ...answer, headers };
  },
};
