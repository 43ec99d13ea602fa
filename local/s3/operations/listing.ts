import { createHash } from 'node:crypto';
import { uriEncodePath } from '../../sigv4/uri-encode.ts';
import { queryValue } from '../http/query.ts';
import { invalidArgument, type Refusal } from '../refusal.ts';
import type { Entry, Page } from '../store/page.ts';
import { element, type Xml } from '../xml.ts';
import type { Call } from './operation.ts';

/** "Returns some or all (up to 1,000)". */
const keysMax = 1000;

/** Parameters that all listings share. */
export interface ListingRequest {
  readonly page: Page;
  /** Keys as asked for: `encoding-type=url` makes every key fit for XML 1.0. */
  readonly key: (key: string) => string;
  readonly encodingType: Xml | undefined;
}

export function parseListing({ request, bucket }: Call): ListingRequest | Refusal {
  const maxKeys = queryValue(request.query, 'max-keys') ?? String(keysMax);
  if (!/^\d{1,10}$/.test(maxKeys) || Number(maxKeys) > 2 ** 31 - 1) {
    return invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', maxKeys);
  }
  const encodingType = queryValue(request.query, 'encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') {
    return invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  }
  return {
    page: {
      bucket: bucket.name,
      prefix: queryValue(request.query, 'prefix') ?? '',
      delimiter: queryValue(request.query, 'delimiter') ?? '',
      limit: Math.min(Number(maxKeys), keysMax),
    },
    key: encodingType === 'url' ? uriEncodePath : (key) => key,
    encodingType: encodingType === undefined ? undefined : element('EncodingType', encodingType),
  };
}

/** What all listings repeat of the request. */
export const listingElements = ({ page, key, encodingType }: ListingRequest): readonly (Xml | undefined)[] => [
  element('Name', page.bucket),
  element('Prefix', key(page.prefix)),
  page.delimiter === '' ? undefined : element('Delimiter', key(page.delimiter)),
  element('MaxKeys', page.limit),
  encodingType,
];

export const entryElement = <Item>(
  entry: Entry<Item>,
  { key }: ListingRequest,
  itemElement: (item: Item) => Xml,
): Xml =>
  'item' in entry ? itemElement(entry.item) : element('CommonPrefixes', element('Prefix', key(entry.commonPrefix)));

/** What the page after this one comes after. */
export const nameOf = (entry: Entry<{ readonly key: string }>): string =>
  'item' in entry ? entry.item.key : entry.commonPrefix;

/**
 * The canonical user, as S3 writes it: 64 hexadecimal digits. Buckets enforce their owner, so it owns every object, and
 * here every caller is of its account. S3 no longer tells display names.
 */
export const ownerElement = ({ bucket }: Pick<Call, 'bucket'>): Xml => canonicalUserElement('Owner', bucket.owner);

export function canonicalUserElement(
  name: string,
  accountId: string,
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  const { xml } = element(name, element('ID', createHash('sha256').update(accountId).digest('hex')));
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${value}"`);
  return { xml: xml.replace(`<${name}`, `<${name}${written.join('')}`) };
}
