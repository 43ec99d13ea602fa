import { checksumElement } from '../../body/checksum.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { queryValue } from '../../http/query.ts';
import { abortHeaders } from '../../lifecycle/expiration-headers.ts';
import { invalidArgument, Refusal } from '../../refusal.ts';
import type { Part } from '../../store/parts.ts';
import { element, type Xml, xmlDocument } from '../../xml.ts';
import { ownerElement } from '../listing.ts';
import type { Operation } from '../operation.ts';
import { addressedUpload } from './addressed-upload.ts';
import { initiatorElement } from './initiator-element.ts';
import { parseLimit } from './limit.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: Operation = {
  name: 'ListParts',
  method: 'GET',
  target: 'object',
  subresource: 'uploadId',
  refusedHeaders: ['x-amz-server-side-encryption-customer-algorithm'],
  actions: () => ['s3:ListMultipartUploadParts'],
  async handle(call) {
    const { query } = call.request;
    const limit = parseLimit(query, 'max-parts');
    if (limit instanceof Refusal) return limit;
    const marker = queryValue(query, 'part-number-marker') ?? '0';
    if (!/^\d{1,9}$/.test(marker)) {
      const message = 'Argument part-number-marker must be an integer between 0 and 2147483647';
      return invalidArgument(message, 'part-number-marker', marker);
    }
    const upload = addressedUpload(call);
    if (upload instanceof Refusal) return upload;
    const found = call.store.parts.list(upload.id, Number(marker), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const { algorithm, type } = upload.checksum;
    const body = xmlDocument(
      'ListPartsResult',
      element('Bucket', upload.bucket),
      element('Key', upload.key),
      element('UploadId', upload.id),
      initiatorElement(upload),
      ownerElement(call),
      element('StorageClass', upload.attributes.storageClass),
      element('PartNumberMarker', Number(marker)),
      last && element('NextPartNumberMarker', last.number),
      element('MaxParts', limit),
      element('IsTruncated', last !== undefined && found.length > limit),
      element('ChecksumAlgorithm', algorithm),
      element('ChecksumType', type),
      ...page.map((part) => partElement(part, checksumElement(algorithm))),
    );
    const answer = xmlAnswer(body);
    return { ...answer, headers: { ...answer.headers, ...abortHeaders(call.bucket, upload) } };
  },
};

const partElement = (part: Part, checksumName: string): Xml =>
  element(
    'Part',
    element('PartNumber', part.number),
    element('LastModified', part.lastModified.toISOString()),
    element('ETag', `"${part.md5}"`),
    element('Size', part.sizeBytes),
    element(checksumName, part.checksum),
  );
