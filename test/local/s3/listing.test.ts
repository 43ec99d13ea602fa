import {
  DeleteObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

/** In the order of their UTF-8 bytes, which is neither JavaScript's nor any language's. */
const keys = ['a', 'a/1', 'a/2', 'a0', 'b&<>"', 'é', '\u{ffee}', '\u{1f600}'];
let s3: TestS3;

beforeAll(async () => {
  s3 = await startTestS3();
  for (const Key of keys.toReversed()) await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'a/1', Body: 'again' }));
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'hidden', Body: 'x' }));
  await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'hidden' }));
});
afterAll(() => s3[Symbol.asyncDispose]());

describe('ListObjectsV2', () => {
  it('lists current objects by the bytes of their keys, page by page', async () => {
    const pages = [];
    for await (const page of paginateListObjectsV2({ client: s3.client, pageSize: 3 }, { Bucket })) pages.push(page);
    expect(pages.flatMap((page) => page.Contents?.map((entry) => entry.Key))).toEqual(keys);
    expect(pages.map((page) => page.KeyCount)).toEqual([3, 3, 2]);
    expect(pages.map((page) => page.IsTruncated)).toEqual([true, true, false]);
  });

  it('knows prefix, start-after and max-keys', async () => {
    const list = async (input: object) => s3.client.send(new ListObjectsV2Command({ Bucket, ...input }));
    const found = async (input: object) => (await list(input)).Contents?.map((entry) => entry.Key);
    expect(await found({ Prefix: 'a/' })).toEqual(['a/1', 'a/2']);
    expect(await found({ StartAfter: 'a/2', MaxKeys: 1 })).toEqual(['a0']);
    expect(await found({ EncodingType: 'url', Prefix: 'b' })).toEqual(['b%26%3C%3E%22']);
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    const [entry] = (await list({ Prefix: 'a/1' })).Contents ?? [];
    expect(entry).toMatchObject({ Size: 5, ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/), StorageClass: 'STANDARD' });
  });

  it('refuses what is none of its numbers and tokens', async () => {
    const list = (input: object) => s3.client.send(new ListObjectsV2Command({ Bucket, ...input }));
    await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument', ArgumentName: 'max-keys' });
    await expect(list({ ContinuationToken: '?' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ EncodingType: 'gzip' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ MaxKeys: 2 ** 31 })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('ListObjectsV2 with a delimiter', () => {
  const list = (input: object) => s3.client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', ...input }));

  it('counts what is rolled up as one key', async () => {
    const page = await list({ MaxKeys: 2 });
    expect(page).toMatchObject({ KeyCount: 2, IsTruncated: true, Delimiter: '/', CommonPrefixes: [{ Prefix: 'a/' }] });
    expect(page.Contents?.map(({ Key }) => Key)).toEqual(['a']);
    const rest = await list({ ContinuationToken: page.NextContinuationToken });
    expect(rest).toMatchObject({ KeyCount: 5, IsTruncated: false });
    expect(rest.CommonPrefixes).toBeUndefined();
  });

  it('leaves out a common prefix that is not greater than start-after', async () => {
    expect((await list({ StartAfter: 'a' })).CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
    expect((await list({ StartAfter: 'a/1' })).CommonPrefixes).toBeUndefined();
  });

  it('rolls up what follows the prefix, by delimiters of any length', async () => {
    expect(await list({ Prefix: 'a/' })).toMatchObject({ Contents: [{ Key: 'a/1' }, { Key: 'a/2' }] });
    expect((await list({ Delimiter: '&<' })).CommonPrefixes).toEqual([{ Prefix: 'b&<' }]);
    const encoded = await list({ Delimiter: '&<', EncodingType: 'url' });
    expect(encoded).toMatchObject({ Delimiter: '%26%3C', CommonPrefixes: [{ Prefix: 'b%26%3C' }] });
  });

  it('tells the owner where asked to', async () => {
    expect((await list({ MaxKeys: 1 })).Contents?.[0]).not.toHaveProperty('Owner');
    const owned = await list({ MaxKeys: 1, FetchOwner: true });
    expect(owned.Contents?.[0]?.Owner).toEqual({ ID: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

describe('ListObjects', () => {
  const list = (input: object) => s3.client.send(new ListObjectsCommand({ Bucket, ...input }));

  it('pages by marker, and names the next one only where there is a delimiter', async () => {
    const first = await list({ MaxKeys: 2, Delimiter: '/' });
    expect(first).toMatchObject({ Marker: '', NextMarker: 'a/', IsTruncated: true });
    expect(first.Contents?.[0]).toMatchObject({ Key: 'a', Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    const second = await list({ MaxKeys: 1, Delimiter: '/', Marker: first.NextMarker });
    expect(second).toMatchObject({ Marker: 'a/', Contents: [{ Key: 'a0' }] });
    expect((await list({ MaxKeys: 2 })).NextMarker).toBeUndefined();
  });
});

describe('ListObjectVersions', () => {
  const list = (input: object): Promise<ListObjectVersionsCommandOutput> =>
    s3.client.send(new ListObjectVersionsCommand({ Bucket, ...input }));
  const entriesOf = ({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput): readonly string[] => [
    ...Versions.map(({ Key, IsLatest }) => `${Key} ${IsLatest ? 'latest' : 'older'}`),
    ...DeleteMarkers.map(({ Key, IsLatest }) => `${Key} ${IsLatest ? 'latest' : 'older'} marker`),
  ];

  it('lists versions newest first, and delete markers', async () => {
    expect(entriesOf(await list({ Prefix: 'a/' }))).toEqual(['a/1 latest', 'a/1 older', 'a/2 latest']);
    expect(entriesOf(await list({ Prefix: 'hidden' }))).toEqual(['hidden older', 'hidden latest marker']);
  });

  it('pages through the middle of a key', async () => {
    const entries: string[] = [];
    let markers: object | undefined = {};
    while (markers) {
      const page = await list({ ...markers, MaxKeys: 1 });
      entries.push(...entriesOf(page));
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
      markers = page.IsTruncated ? { KeyMarker, VersionIdMarker } : undefined;
    }
    expect(entries).toHaveLength(keys.length + 3);
    expect(entries.slice(0, 4)).toEqual(['a latest', 'a/1 latest', 'a/1 older', 'a/2 latest']);
    expect(new Set(entries).size).toBe(entries.length);
  });

  it('starts after a key, and refuses a version marker without one', async () => {
    expect(entriesOf(await list({ KeyMarker: 'a/1', MaxKeys: 1 }))).toEqual(['a/2 latest']);
    await expect(list({ VersionIdMarker: 'a'.repeat(32) })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('rolls up, and goes on behind the common prefix', async () => {
    const page = await list({ Delimiter: '/', MaxKeys: 2 });
    expect(page).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], NextKeyMarker: 'a/', IsTruncated: true });
    expect(page.NextVersionIdMarker).toBeUndefined();
    expect(page.Versions?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(entriesOf(await list({ Delimiter: '/', MaxKeys: 1, KeyMarker: 'a/' }))).toEqual(['a0 latest']);
  });

  it('misses nothing for someone who deletes page by page', async () => {
    await using own = await startTestS3();
    for (const Body of ['1', '2', '3']) await own.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body }));
    let markers: object | undefined = {};
    while (markers) {
      const page: ListObjectVersionsCommandOutput = await own.client.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 1, ...markers }),
      );
      for (const { Key, VersionId } of page.Versions ?? []) {
        await own.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
      }
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
      markers = page.IsTruncated ? { KeyMarker, VersionIdMarker } : undefined;
    }
    const left = await own.client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(left.Versions).toBeUndefined();
  });
});
