import { xmlAnswer } from '../http/answer.ts';
import { queryValue } from '../http/query.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import { etagOf, type ObjectVersion } from '../store/object-version.ts';
import { element, type Xml, xmlDocument } from '../xml.ts';
import { parseListing } from './listing.ts';
import type { Operation } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, without delimiters yet. */
export const listObjectsV2: Operation = {
  name: 'ListObjectsV2',
  method: 'GET',
  target: 'bucket',
  subresource: 'list-type',
  refusedHeaders: ['x-amz-expected-bucket-owner', 'x-amz-optional-object-attributes'],
  refusedQuery: ['delimiter', 'fetch-owner'],
  actions: () => ['s3:ListBucket'],
  async handle({ request, bucket, store }) {
    const listType = queryValue(request.query, 'list-type') ?? '';
    if (listType !== '2') return invalidArgument('Invalid List Type specified in Request', 'list-type', listType);
    const listing = parseListing(request);
    if (listing instanceof Refusal) return listing;
    const token = queryValue(request.query, 'continuation-token');
    const startAfter = queryValue(request.query, 'start-after');
    const afterKey = token === undefined ? (startAfter ?? '') : decodeToken(token);
    if (afterKey === undefined) {
      return invalidArgument('The continuation token provided is incorrect', 'continuation-token', token ?? '');
    }
    const { prefix, limit, key, encodingType } = listing;
    // One more than asked for tells whether there is another page.
    const found = store.listings.objects({ bucket: bucket.name, prefix, limit: limit + 1 }, afterKey);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const isTruncated = found.length > limit && last !== undefined;
    const body = xmlDocument(
      'ListBucketResult',
      element('Name', bucket.name),
      element('Prefix', key(prefix)),
      token === undefined ? undefined : element('ContinuationToken', token),
      startAfter === undefined ? undefined : element('StartAfter', key(startAfter)),
      element('KeyCount', page.length),
      element('MaxKeys', limit),
      encodingType,
      element('IsTruncated', isTruncated),
      isTruncated ? element('NextContinuationToken', encodeToken(last.key)) : undefined,
      ...page.map((version) => contents(version, key)),
    );
    return xmlAnswer(body);
  },
};

const contents = (version: ObjectVersion, key: (key: string) => string): Xml =>
  element(
    'Contents',
    element('Key', key(version.key)),
    element('LastModified', version.lastModified.toISOString()),
    element('ETag', etagOf(version)),
    element('Size', version.sizeBytes),
    element('StorageClass', version.attributes.storageClass),
  );

/** Opaque to clients, who are to send it back as it is. */
const encodeToken = (key: string): string => `1${Buffer.from(key).toString('base64url')}`;

const decodeToken = (token: string): string | undefined =>
  /^1[A-Za-z0-9_-]+$/.test(token) ? Buffer.from(token.slice(1), 'base64url').toString() : undefined;
