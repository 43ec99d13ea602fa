import {
  ListObjectsCommand,
  type ListObjectsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { listed } from './compare.ts';
import { currentOf, type Stored } from './reference.ts';
import { bucketOf, place, readOf } from './step.ts';

interface Found {
  readonly IsTruncated?: boolean | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
}

const listing = {
  bucket: place.bucket,
  kind: fc.constantFrom('v2', 'v1', 'versions'),
  prefix: fc.constantFrom('', '', 'a', 'a/', 'a b', '\u{1f600}', 'none'),
  delimiter: fc.constantFrom(undefined, '/', '/', '//', ' ', '\u{1f600}'),
  maxKeys: fc.integer({ min: 1, max: 4 }),
};

/** Names in the order of their bytes; what shares a prefix up to the delimiter is one name, in brackets. */
function expectedOf(entries: readonly Stored[], prefix: string, delimiter: string | undefined): readonly string[] {
  const names = entries
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ key, id }) => {
      const at = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
      return at < 0 ? `${key} ${id}` : `[${key.slice(0, at + (delimiter ?? '').length)}]`;
    });
  return names.filter((name, index) => !name.startsWith('[') || name !== names[index - 1]);
}

/** The names of all pages, of which every one but the last is full. */
async function pages<Page extends Found>(
  limit: number,
  next: (last: Page | undefined) => Promise<Page>,
  namesOf: (page: Page) => readonly string[],
): Promise<readonly string[]> {
  const names: string[] = [];
  for (let page: Page | undefined; page?.IsTruncated !== false; ) {
    page = await next(page);
    const found = [...namesOf(page), ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => `[${Prefix}]`)];
    expect(page.IsTruncated ? found.length === limit : found.length <= limit).toBe(true);
    // Pages are in order; within one, prefixes and keys are told apart.
    names.push(...found.toSorted());
  }
  return names;
}

export const list = readOf('list', fc.record(listing), async (model, { client }, of) => {
  const bucket = bucketOf(model, of);
  const shared = { Bucket: bucket.name, Prefix: of.prefix, Delimiter: of.delimiter, MaxKeys: of.maxKeys };
  const current = listed(bucket).filter((version) => version.content && version === currentOf(bucket, version.key));
  const keys = (Contents: readonly { readonly Key?: string | undefined }[] = []) => Contents.map(({ Key = '' }) => Key);
  const expected = of.kind === 'versions' ? listed(bucket) : current.map(({ key }) => ({ key, id: '' }));
  const found =
    of.kind === 'v2'
      ? await pages<ListObjectsV2CommandOutput>(
          of.maxKeys,
          (last) =>
            client.send(new ListObjectsV2Command({ ...shared, ContinuationToken: last?.NextContinuationToken })),
          ({ Contents }) => keys(Contents).map((key) => `${key} `),
        )
      : of.kind === 'v1'
        ? await pages<ListObjectsCommandOutput>(
            of.maxKeys,
            (last) => {
              const Marker = last?.NextMarker ?? last?.Contents?.at(-1)?.Key;
              return client.send(new ListObjectsCommand({ ...shared, Marker }));
            },
            ({ Contents }) => keys(Contents).map((key) => `${key} `),
          )
        : await versionPages(shared, of.maxKeys, (command) => client.send(command));
  expect(found).toEqual(inPages(expectedOf(expected, of.prefix, of.delimiter), of.maxKeys));
});

const inPages = (names: readonly string[], limit: number): readonly string[] =>
  names.length === 0 ? [] : [...names.slice(0, limit).toSorted(), ...inPages(names.slice(limit), limit)];

const versionPages = (
  shared: ConstructorParameters<typeof ListObjectVersionsCommand>[0],
  limit: number,
  send: (command: ListObjectVersionsCommand) => Promise<ListObjectVersionsCommandOutput>,
) =>
  pages<ListObjectVersionsCommandOutput>(
    limit,
    (last) => {
      const [KeyMarker, VersionIdMarker] = [last?.NextKeyMarker, last?.NextVersionIdMarker];
      return send(new ListObjectVersionsCommand({ ...shared, KeyMarker, VersionIdMarker }));
    },
    ({ Versions = [], DeleteMarkers = [] }) =>
      [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId }) => `${Key} ${VersionId}`),
  );
