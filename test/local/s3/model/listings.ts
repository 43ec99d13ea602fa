import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsCommand,
  type ListObjectsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { listed } from './compare.ts';
import { byBytes, currentOf, type Model, type ModelBucket } from './reference.ts';
import { bucketOf, place, stepOf } from './step.ts';

interface Listed {
  readonly key: string;
  readonly id: string;
}

interface Found {
  readonly IsTruncated?: boolean | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
}

/** More than any sequence makes. */
const entriesMax = 100;

const listing = {
  bucket: place.bucket,
  kind: fc.constantFrom<Kind>('v2', 'v1', 'versions', 'uploads'),
  prefix: fc.constantFrom('', '', 'a', 'a/', 'a b', '\u{1f600}', 'none'),
  delimiter: fc.constantFrom(undefined, '/', '/', '//', ' ', '\u{1f600}'),
  maxKeys: fc.integer({ min: 1, max: 4 }),
  EncodingType: fc.constantFrom(undefined, 'url' as const),
};

/** Names in the order of their bytes; what shares a prefix up to the delimiter is one name, in brackets. */
function expectedOf(entries: readonly Listed[], prefix: string, delimiter: string | undefined): readonly string[] {
  const names = entries
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ key, id }) => {
      const at = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
      return at < 0 ? `${key} ${id}` : `[${key.slice(0, at + (delimiter ?? '').length)}]`;
    });
  return names.filter((name, index) => !name.startsWith('[') || name !== names[index - 1]);
}

type Decode = (text: string) => string;

/** The names of all pages, of which every one but the last is full. */
async function pages<Page extends Found>(
  limit: number,
  next: (last: Page | undefined) => Promise<Page>,
  namesOf: (page: Page) => readonly string[],
  decoded: Decode,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (let page: Page | undefined; page?.IsTruncated !== false; ) {
    page = await next(page);
    const found = [...namesOf(page), ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => `[${Prefix}]`)].map(
      decoded,
    );
    expect(page.IsTruncated ? found.length === limit : found.length <= limit).toBe(true);
    // Pages are in order; within one, prefixes and keys are told apart.
    names.push(...found.toSorted());
    // Markers that lead back would have no end.
    expect(names.length).toBeLessThan(entriesMax);
  }
  return names;
}

type Kind = 'v2' | 'v1' | 'versions' | 'uploads';

/** In S3's order. */
function entriesOf(model: Model, bucket: ModelBucket, kind: Kind): readonly Listed[] {
  if (kind === 'versions') return listed(bucket);
  if (kind === 'uploads') {
    const open = model.uploads.filter((upload) => upload.bucket === bucket && upload.state === 'open');
    return open.toSorted((one, other) => byBytes(one.key, other.key));
  }
  const current = listed(bucket).filter((version) => version.content && version === currentOf(bucket, version.key));
  return current.map(({ key }) => ({ key, id: '' }));
}

interface Shared {
  readonly Bucket: string;
  readonly Prefix: string;
  readonly Delimiter: string | undefined;
  readonly EncodingType: 'url' | undefined;
}

const keys = ({ Contents = [] }: ListObjectsCommandOutput | ListObjectsV2CommandOutput) =>
  Contents.map(({ Key = '' }) => `${Key} `);

/** Markers are encoded as keys are. */
const finders: Readonly<
  Record<Kind, (client: S3Client, of: Shared, limit: number, decoded: Decode) => Promise<readonly string[]>>
> = {
  v2: (client, of, MaxKeys, decoded) => {
    const next = (last?: ListObjectsV2CommandOutput) =>
      client.send(new ListObjectsV2Command({ ...of, MaxKeys, ContinuationToken: last?.NextContinuationToken }));
    return pages(MaxKeys, next, keys, decoded);
  },
  v1: (client, of, MaxKeys, decoded) => {
    const next = (last?: ListObjectsCommandOutput) => {
      const Marker = decoded(last?.NextMarker ?? last?.Contents?.at(-1)?.Key ?? '');
      return client.send(new ListObjectsCommand({ ...of, MaxKeys, Marker }));
    };
    return pages(MaxKeys, next, keys, decoded);
  },
  versions: (client, of, MaxKeys, decoded) => {
    const next = (last?: ListObjectVersionsCommandOutput) => {
      const [KeyMarker, VersionIdMarker] = [last && decoded(last.NextKeyMarker ?? ''), last?.NextVersionIdMarker];
      return client.send(new ListObjectVersionsCommand({ ...of, MaxKeys, KeyMarker, VersionIdMarker }));
    };
    const namesOf = ({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput) =>
      [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId }) => `${Key} ${VersionId}`);
    return pages(MaxKeys, next, namesOf, decoded);
  },
  uploads: (client, of, MaxUploads, decoded) => {
    const next = (last?: ListMultipartUploadsCommandOutput) => {
      const [KeyMarker, UploadIdMarker] = [last && decoded(last.NextKeyMarker ?? ''), last?.NextUploadIdMarker];
      return client.send(new ListMultipartUploadsCommand({ ...of, MaxUploads, KeyMarker, UploadIdMarker }));
    };
    const namesOf = ({ Uploads = [] }: ListMultipartUploadsCommandOutput) =>
      Uploads.map(({ Key = '', UploadId }) => `${Key} ${UploadId}`);
    return pages(MaxUploads, next, namesOf, decoded);
  },
};

export const list = stepOf('list', fc.record(listing), async (model, { client }, of) => {
  const bucket = bucketOf(model, of);
  const { prefix: Prefix, delimiter: Delimiter, EncodingType } = of;
  const shared = { Bucket: bucket.name, Prefix, Delimiter, EncodingType };
  const found = await finders[of.kind](client, shared, of.maxKeys, EncodingType ? decodeURIComponent : (text) => text);
  expect(found).toEqual(inPages(expectedOf(entriesOf(model, bucket, of.kind), Prefix, Delimiter), of.maxKeys));
});

const inPages = (names: readonly string[], limit: number): readonly string[] =>
  names.length === 0 ? [] : [...names.slice(0, limit).toSorted(), ...inPages(names.slice(limit), limit)];
