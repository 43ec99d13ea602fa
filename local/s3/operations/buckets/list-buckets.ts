import type { Bucket } from '../../buckets/bucket.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { queryValue } from '../../http/query.ts';
import { invalidArgument } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { AccountOperation } from '../account-operation.ts';
import { canonicalUserElement } from '../listing.ts';

const bucketsMax = 10_000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html: those of the caller's account, by name. */
export const listBuckets: AccountOperation = {
  name: 'ListBuckets',
  method: 'GET',
  target: 'service',
  isOfAccount: true,
  async handle({ request: { query }, identity, buckets, demand }) {
    const denied = demand('s3:ListAllMyBuckets', '*');
    if (denied) return denied;
    const limit = queryValue(query, 'max-buckets');
    if (limit !== undefined && !(/^\d{1,5}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= bucketsMax)) {
      const message = `Argument max-buckets must be an integer between 1 and ${bucketsMax}`;
      return invalidArgument(message, 'max-buckets', limit);
    }
    const token = queryValue(query, 'continuation-token');
    const after = token === undefined ? '' : decodeToken(token);
    if (after === undefined) {
      return invalidArgument('The continuation token provided is incorrect', 'continuation-token', token ?? '');
    }
    const [prefix, region] = [queryValue(query, 'prefix') ?? '', queryValue(query, 'bucket-region')];
    const isListed = (bucket: Bucket): boolean =>
      bucket.owner === identity.principal.accountId &&
      bucket.name.startsWith(prefix) &&
      bucket.name > after &&
      (region === undefined || bucket.region === region);
    const listed = buckets.values().filter(isListed);
    const page = listed.slice(0, Number(limit ?? bucketsMax));
    const last = listed.length > page.length ? page.at(-1) : undefined;
    return xmlAnswer(
      xmlDocument(
        'ListAllMyBucketsResult',
        canonicalUserElement('Owner', identity.principal.accountId),
        element('Buckets', ...page.map(bucketElement)),
        last && element('ContinuationToken', encodeToken(last.name)),
        prefix === '' ? undefined : element('Prefix', prefix),
      ),
    );
  },
};

const bucketElement = ({ name, createdAt, region }: Bucket) =>
  element(
    'Bucket',
    element('Name', name),
    element('CreationDate', createdAt.toISOString()),
    element('BucketRegion', region),
  );

/** Opaque to clients, who are to send it back as it is. */
const encodeToken = (name: string): string => Buffer.from(name).toString('base64url');

const decodeToken = (token: string): string | undefined =>
  /^[A-Za-z0-9_-]+$/.test(token) ? Buffer.from(token, 'base64url').toString() : undefined;
