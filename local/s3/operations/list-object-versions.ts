import { xmlAnswer } from '../http/answer.ts';
import { queryValue } from '../http/query.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { ListedVersion } from '../store/listings.ts';
import { etagOf } from '../store/object-version.ts';
import { element, type Xml, xmlDocument } from '../xml.ts';
import { entryElement, listingElements, nameOf, ownerElement, parseListing } from './listing.ts';
import type { Call, Operation } from './operation.ts';
import { checkVersionId } from './version-id.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions: Operation = {
  name: 'ListObjectVersions',
  method: 'GET',
  target: 'bucket',
  subresource: 'versions',
  refusedHeaders: ['x-amz-optional-object-attributes'],
  actions: () => ['s3:ListBucketVersions'],
  async handle(call) {
    const listing = parseListing(call);
    if (listing instanceof Refusal) return listing;
    const start = parseMarkers(call);
    if (start instanceof Refusal) return start;
    const { key } = listing;
    const { entries, isTruncated } = call.store.listings.versions(listing.page, start.keyMarker, start.afterSequence);
    const last = isTruncated ? entries.at(-1) : undefined;
    const owner = ownerElement(call);
    const body = xmlDocument(
      'ListVersionsResult',
      ...listingElements(listing),
      element('KeyMarker', key(start.keyMarker)),
      element('VersionIdMarker', start.versionIdMarker),
      last && element('NextKeyMarker', key(nameOf(last))),
      last && 'item' in last ? element('NextVersionIdMarker', last.item.version.versionId) : undefined,
      element('IsTruncated', isTruncated),
      ...entries.map((entry) => entryElement(entry, listing, (listed) => versionElement(listed, key, owner))),
    );
    return xmlAnswer(body);
  },
};

interface Start {
  readonly keyMarker: string;
  readonly versionIdMarker: string;
  /**
   * Versions of `keyMarker` older than this come first; 0 leaves them all out. Where the marker itself was deleted
   * since, all versions left of its key come again, so that nobody who deletes page by page misses one.
   */
  readonly afterSequence: number;
}

function parseMarkers({ request, bucket, store }: Call): Start | Refusal {
  const keyMarker = queryValue(request.query, 'key-marker') ?? '';
  const versionIdMarker = queryValue(request.query, 'version-id-marker') ?? '';
  if (versionIdMarker === '') return { keyMarker, versionIdMarker, afterSequence: 0 };
  if (keyMarker === '') {
    const message = 'A version-id marker cannot be specified without a key marker.';
    return invalidArgument(message, 'version-id-marker', versionIdMarker);
  }
  const invalid = checkVersionId(versionIdMarker);
  if (invalid) return invalid;
  const marker = store.versions.find({ bucket: bucket.name, key: keyMarker, versionId: versionIdMarker });
  return { keyMarker, versionIdMarker, afterSequence: marker?.sequence ?? Number.MAX_SAFE_INTEGER };
}

function versionElement({ version, isLatest }: ListedVersion, key: (key: string) => string, owner: Xml): Xml {
  const shared = [
    element('Key', key(version.key)),
    element('VersionId', version.versionId),
    element('IsLatest', isLatest),
    element('LastModified', version.lastModified.toISOString()),
    owner,
  ];
  if (version.isDeleteMarker) return element('DeleteMarker', ...shared);
  return element(
    'Version',
    ...shared,
    element('ETag', etagOf(version)),
    element('Size', version.sizeBytes),
    element('StorageClass', version.attributes.storageClass),
  );
}
