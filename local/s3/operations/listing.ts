import { uriEncodePath } from '../../sigv4/uri-encode.ts';
import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import { invalidArgument, type Refusal } from '../refusal.ts';
import { element, type Xml } from '../xml.ts';

/** "Returns some or all (up to 1,000)". */
const keysMax = 1000;

/** Parameters that all listings share. */
export interface ListingRequest {
  readonly prefix: string;
  readonly limit: number;
  /** Keys as asked for: `encoding-type=url` makes every key fit for XML 1.0. */
  readonly key: (key: string) => string;
  readonly encodingType: Xml | undefined;
}

export function parseListing(request: S3Request): ListingRequest | Refusal {
  const maxKeys = queryValue(request.query, 'max-keys') ?? String(keysMax);
  if (!/^\d{1,10}$/.test(maxKeys) || Number(maxKeys) > 2 ** 31 - 1) {
    return invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', maxKeys);
  }
  const encodingType = queryValue(request.query, 'encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') {
    return invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  }
  return {
    prefix: queryValue(request.query, 'prefix') ?? '',
    limit: Math.min(Number(maxKeys), keysMax),
    key: encodingType === 'url' ? uriEncodePath : (key) => key,
    encodingType: encodingType === undefined ? undefined : element('EncodingType', encodingType),
  };
}
