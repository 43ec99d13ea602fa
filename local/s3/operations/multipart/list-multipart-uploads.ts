import { xmlAnswer } from '../../http/answer.ts';
import { queryValue } from '../../http/query.ts';
import { Refusal } from '../../refusal.ts';
import type { Upload } from '../../store/uploads.ts';
import { element, type Xml, xmlDocument } from '../../xml.ts';
import { entryElement, nameOf, ownerElement, parseListing } from '../listing.ts';
import type { Call, Operation } from '../operation.ts';
import { initiatorElement } from './initiator-element.ts';
import { parseLimit } from './limit.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: Operation = {
  name: 'ListMultipartUploads',
  method: 'GET',
  target: 'bucket',
  subresource: 'uploads',
  actions: () => ['s3:ListBucketMultipartUploads'],
  async handle(call) {
    const limit = parseLimit(call.request.query, 'max-uploads');
    if (limit instanceof Refusal) return limit;
    const listing = parseListing(call);
    if (listing instanceof Refusal) return listing;
    const { key, encodingType } = listing;
    const page = { ...listing.page, limit };
    const { keyMarker, uploadIdMarker, afterSequence } = markersOf(call);
    const { entries, isTruncated } = call.store.uploads.list(page, keyMarker, afterSequence);
    const last = entries.at(-1);
    const owner = ownerElement(call);
    const body = xmlDocument(
      'ListMultipartUploadsResult',
      element('Bucket', page.bucket),
      element('KeyMarker', key(keyMarker)),
      element('UploadIdMarker', uploadIdMarker),
      last && element('NextKeyMarker', key(nameOf(last))),
      last && element('NextUploadIdMarker', 'item' in last ? last.item.id : ''),
      element('Prefix', key(page.prefix)),
      page.delimiter === '' ? undefined : element('Delimiter', key(page.delimiter)),
      encodingType,
      element('MaxUploads', limit),
      element('IsTruncated', isTruncated),
      ...entries.map((entry) => entryElement(entry, listing, (upload) => uploadElement(upload, key, owner))),
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

const uploadElement = (upload: Upload, key: (key: string) => string, owner: Xml): Xml =>
  element(
    'Upload',
    element('Key', key(upload.key)),
    element('UploadId', upload.id),
    initiatorElement(upload),
    owner,
    element('StorageClass', upload.attributes.storageClass),
    element('Initiated', upload.initiated.toISOString()),
    element('ChecksumAlgorithm', upload.checksum.algorithm),
    element('ChecksumType', upload.checksum.type),
  );
