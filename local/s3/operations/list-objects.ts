import { type Answer, xmlAnswer } from '../http/answer.ts';
import { queryValue } from '../http/query.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import { type AnyObjectVersion, etagOf } from '../store/object-version.ts';
import { element, type Xml, xmlDocument } from '../xml.ts';
import { entryElement, type ListingRequest, listingElements, nameOf, ownerElement, parseListing } from './listing.ts';
import type { Operation } from './operation.ts';

const shared = {
  method: 'GET',
  target: 'bucket',
  refusedHeaders: ['x-amz-optional-object-attributes'],
  actions: () => ['s3:ListBucket'],
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2: Operation = {
  ...shared,
  name: 'ListObjectsV2',
  subresource: 'list-type',
  async handle(call) {
    const { query } = call.request;
    const listType = queryValue(query, 'list-type') ?? '';
    if (listType !== '2') return invalidArgument('Invalid List Type specified in Request', 'list-type', listType);
    const listing = parseListing(call);
    if (listing instanceof Refusal) return listing;
    const token = queryValue(query, 'continuation-token');
    const startAfter = queryValue(query, 'start-after');
    const after = token === undefined ? (startAfter ?? '') : decodeToken(token);
    if (after === undefined) {
      return invalidArgument('The continuation token provided is incorrect', 'continuation-token', token ?? '');
    }
    const { entries, isTruncated } = call.store.listings.objects(listing.page, after);
    const last = entries.at(-1);
    const owner = queryValue(query, 'fetch-owner') === 'true' ? ownerElement(call) : undefined;
    return listBucketResult(listing, [
      token === undefined ? undefined : element('ContinuationToken', token),
      startAfter === undefined ? undefined : element('StartAfter', listing.key(startAfter)),
      element('KeyCount', entries.length),
      element('IsTruncated', isTruncated),
      isTruncated && last ? element('NextContinuationToken', encodeToken(nameOf(last))) : undefined,
      ...entries.map((entry) => entryElement(entry, listing, (version) => contents(version, listing, owner))),
    ]);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects: Operation = {
  ...shared,
  name: 'ListObjects',
  async handle(call) {
    const listing = parseListing(call);
    if (listing instanceof Refusal) return listing;
    const marker = queryValue(call.request.query, 'marker') ?? '';
    const { entries, isTruncated } = call.store.listings.objects(listing.page, marker);
    const last = entries.at(-1);
    // "This element is returned only if you have the delimiter request parameter specified."
    const hasNextMarker = isTruncated && listing.page.delimiter !== '';
    const owner = ownerElement(call);
    return listBucketResult(listing, [
      element('Marker', listing.key(marker)),
      hasNextMarker && last ? element('NextMarker', listing.key(nameOf(last))) : undefined,
      element('IsTruncated', isTruncated),
      ...entries.map((entry) => entryElement(entry, listing, (version) => contents(version, listing, owner))),
    ]);
  },
};

const listBucketResult = (listing: ListingRequest, elements: readonly (Xml | undefined)[]): Answer =>
  xmlAnswer(xmlDocument('ListBucketResult', ...listingElements(listing), ...elements));

function contents(version: AnyObjectVersion, { key }: ListingRequest, owner: Xml | undefined): Xml {
  if (version.isDeleteMarker) throw new Error(`The delete marker of ${version.key} was listed as an object.`);
  return element(
    'Contents',
    element('Key', key(version.key)),
    element('LastModified', version.lastModified.toISOString()),
    element('ETag', etagOf(version)),
    element('Size', version.sizeBytes),
    owner,
    element('StorageClass', version.attributes.storageClass),
  );
}

/** Opaque to clients, who are to send it back as it is. */
const encodeToken = (name: string): string => `1${Buffer.from(name).toString('base64url')}`;

const decodeToken = (token: string): string | undefined =>
  /^1[A-Za-z0-9_-]+$/.test(token) ? Buffer.from(token.slice(1), 'base64url').toString() : undefined;
