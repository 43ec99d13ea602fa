import { uriEncodePath } from '../../../sigv4/uri-encode.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { queryValue } from '../../http/query.ts';
import { invalidArgument, Refusal } from '../../refusal.ts';
import type { Upload } from '../../store/uploads.ts';
import { element, type Xml, xmlDocument } from '../../xml.ts';
import type { Call, Operation } from '../operation.ts';
import { parseLimit } from './limit.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html, without delimiters yet. */
export const listMultipartUploads: Operation = {
  name: 'ListMultipartUploads',
  method: 'GET',
  target: 'bucket',
  subresource: 'uploads',
  refusedHeaders: ['x-amz-expected-bucket-owner'],
  refusedQuery: ['delimiter'],
  actions: () => ['s3:ListBucketMultipartUploads'],
  async handle(call) {
    const { query } = call.request;
    const limit = parseLimit(query, 'max-uploads');
    if (limit instanceof Refusal) return limit;
    const encodingType = queryValue(query, 'encoding-type');
    if (encodingType !== undefined && encodingType !== 'url') {
      return invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
    }
    const text = encodingType === 'url' ? uriEncodePath : (key: string): string => key;
    const prefix = queryValue(query, 'prefix') ?? '';
    const { keyMarker, uploadIdMarker, afterSequence } = markersOf(call);
    const found = call.store.uploads.list(
      { bucket: call.bucket.name, prefix, limit: limit + 1 },
      keyMarker,
      afterSequence,
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const body = xmlDocument(
      'ListMultipartUploadsResult',
      element('Bucket', call.bucket.name),
      element('KeyMarker', text(keyMarker)),
      element('UploadIdMarker', uploadIdMarker),
      last && element('NextKeyMarker', text(last.key)),
      last && element('NextUploadIdMarker', last.id),
      element('Prefix', text(prefix)),
      encodingType === undefined ? undefined : element('EncodingType', encodingType),
      element('MaxUploads', limit),
      element('IsTruncated', last !== undefined && found.length > limit),
      ...page.map((upload) => uploadElement(upload, text)),
    );
    return xmlAnswer(body);
  },
};

/**
 * "If key-marker is not specified, the upload-id-marker parameter is ignored." Where the upload of the marker ended
 * since, all uploads left of its key come again, so that nobody who aborts page by page misses one.
 */
function markersOf({ request, bucket, store }: Call): {
  readonly keyMarker: string;
  readonly uploadIdMarker: string;
  readonly afterSequence: number;
} {
  const keyMarker = queryValue(request.query, 'key-marker') ?? '';
  const uploadIdMarker = keyMarker === '' ? '' : (queryValue(request.query, 'upload-id-marker') ?? '');
  if (uploadIdMarker === '') return { keyMarker, uploadIdMarker, afterSequence: Number.MAX_SAFE_INTEGER };
  const marker = store.uploads.find(bucket.name, keyMarker, uploadIdMarker);
  return { keyMarker, uploadIdMarker, afterSequence: marker?.sequence ?? 0 };
}

const uploadElement = (upload: Upload, text: (key: string) => string): Xml =>
  element(
    'Upload',
    element('Key', text(upload.key)),
    element('UploadId', upload.id),
    element('StorageClass', upload.attributes.storageClass),
    element('Initiated', upload.initiated.toISOString()),
    element('ChecksumAlgorithm', upload.checksum.algorithm),
    element('ChecksumType', upload.checksum.type),
  );
