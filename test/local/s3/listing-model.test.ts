import {
  DeleteObjectCommand,
  ListObjectsCommand,
  type ListObjectsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const alphabet = ['a', 'b', '/', '//', '\u{e9}', '\u{ffee}', '\u{1f600}', '%', ' '];
const text = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((parts) => parts.join(''));

const Case = fc.record({
  writes: fc.array(fc.record({ key: text(1, 4), isDelete: fc.boolean() }), { maxLength: 12 }),
  prefix: text(0, 2),
  delimiter: fc.option(fc.constantFrom('/', '//', 'a', '\u{1f600}'), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 5 }),
});

type Write = { readonly key: string; readonly isDelete: boolean };

/** What a listing is, without any paging: names by their bytes, those with a common prefix once. */
function expected(keys: readonly string[], prefix: string, delimiter: string | undefined): readonly string[] {
  const names = keys
    .filter((key) => key.startsWith(prefix))
    .toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map((key) => {
      const at = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
      return at < 0 ? key : `[${key.slice(0, at + (delimiter ?? '').length)}]`;
    });
  return names.filter((name, index) => !name.startsWith('[') || name !== names[index - 1]);
}

interface Found {
  readonly IsTruncated?: boolean | undefined;
  readonly Contents?: readonly { readonly Key?: string | undefined }[] | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
}

const namesOf = ({ Contents = [], CommonPrefixes = [] }: Found): readonly string[] => [
  ...Contents.map(({ Key = '' }) => Key),
  ...CommonPrefixes.map(({ Prefix = '' }) => `[${Prefix}]`),
];

/** Every page but the last is full. */
async function pages<Page extends Found>(limit: number, next: (last: Page | undefined) => Promise<Page>) {
  const names: string[] = [];
  for (let page: Page | undefined; page?.IsTruncated !== false; ) {
    page = await next(page);
    const found = namesOf(page);
    expect(page.IsTruncated ? found.length === limit : found.length <= limit).toBe(true);
    names.push(...found);
  }
  return names.toSorted();
}

async function write(s3: TestS3, root: string, writes: readonly Write[]): Promise<void> {
  for (const { key, isDelete } of writes) {
    const Key = root + key;
    if (isDelete) await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    else await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  }
}

it('lists what a small model lists, whatever the keys, prefix, delimiter and page size', {
  timeout: 120_000,
}, async () => {
  await using s3 = await startTestS3();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(Case, async ({ writes, prefix, delimiter: Delimiter, limit }) => {
      const root = `run-${runs++}-`;
      await write(s3, root, writes);
      const shared = { Bucket, Prefix: root + prefix, Delimiter, MaxKeys: limit };
      const keys = [...new Set(writes.map(({ key }) => key))];
      const current = keys.filter((key) => writes.findLast((one) => one.key === key)?.isDelete === false);
      const names = (found: readonly string[]) =>
        expected(
          found.map((key) => root + key),
          shared.Prefix,
          Delimiter,
        );

      const v2 = await pages<ListObjectsV2CommandOutput>(limit, (last) =>
        s3.client.send(new ListObjectsV2Command({ ...shared, ContinuationToken: last?.NextContinuationToken })),
      );
      expect(v2).toEqual(names(current).toSorted());

      const v1 = await pages<ListObjectsCommandOutput>(limit, (last) =>
        s3.client.send(new ListObjectsCommand({ ...shared, Marker: last?.NextMarker ?? last?.Contents?.at(-1)?.Key })),
      );
      expect(v1).toEqual(v2);

      const versions = await pages<ListObjectVersionsCommandOutput & Found>(limit, async (last) => {
        const KeyMarker = last?.NextKeyMarker;
        const VersionIdMarker = last?.NextVersionIdMarker;
        const page = await s3.client.send(new ListObjectVersionsCommand({ ...shared, KeyMarker, VersionIdMarker }));
        return { ...page, Contents: [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])] };
      });
      expect(versions).toEqual(names(writes.map(({ key }) => key)).toSorted());
    }),
    { numRuns: 60 },
  );
});
