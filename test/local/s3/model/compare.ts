import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { byBytes, currentOf, hash, type Model, type ModelBucket, type Stored, type Tags } from './reference.ts';

/** As a listing of versions has them: by key, newest first. */
export const listed = ({ versions }: ModelBucket): readonly Stored[] =>
  versions.toReversed().toSorted((one, other) => byBytes(one.key, other.key));

/** Keys, ids, which is the latest, ETags and sizes. */
export async function compareVersions(client: S3Client, bucket: ModelBucket): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await client.send(
    new ListObjectVersionsCommand({ Bucket: bucket.name }),
  );
  const expected = listed(bucket).map((version) => {
    const { key, id, content } = version;
    return [key, id, version === currentOf(bucket, key), content?.etag, content?.body.length];
  });
  expect(Versions.map((one) => [one.Key, one.VersionId, one.IsLatest, one.ETag, one.Size])).toEqual(
    expected.filter(([, , , etag]) => etag !== undefined),
  );
  expect(DeleteMarkers.map((one) => [one.Key, one.VersionId, one.IsLatest, undefined, undefined])).toEqual(
    expected.filter(([, , , etag]) => etag === undefined),
  );
}

/** All that can be seen, to the last byte. */
export async function compareAll(client: S3Client, model: Model): Promise<void> {
  for (const bucket of model.buckets) {
    await compareVersions(client, bucket);
    for (const version of bucket.versions) await compareContent(client, bucket, version);
    const uploads = model.uploads.filter((upload) => upload.bucket === bucket);
    if (uploads.length === 0) continue;
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket.name }));
    const open = uploads.filter(({ state }) => state === 'open');
    expect(Uploads.map(({ Key, UploadId }) => [Key, UploadId])).toEqual(
      open.toSorted((one, other) => byBytes(one.key, other.key)).map(({ key, id }) => [key, id]),
    );
  }
}

async function compareContent(client: S3Client, { name: Bucket }: ModelBucket, { key, id, content }: Stored) {
  if (content === undefined) return;
  const of = { Bucket, Key: key, VersionId: id };
  const got = await client.send(new GetObjectCommand({ ...of, ChecksumMode: 'ENABLED' }));
  const body = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
  const { body: expected, etag, metadata, sha256, tags } = content;
  expect([got.ETag, got.Metadata, got.ContentLength, hash('md5', body).toString('hex')]).toEqual([
    etag,
    metadata,
    expected.length,
    hash('md5', expected).toString('hex'),
  ]);
  if (sha256 !== undefined) expect(got.ChecksumSHA256).toBe(sha256);
  const count = Object.keys(tags).length;
  expect(got.TagCount).toBe(count === 0 ? undefined : count);
  if (count === 0) return;
  const { TagSet = [] } = await client.send(new GetObjectTaggingCommand(of));
  expect(tagsOf(TagSet)).toEqual(tags);
}

export const tagsOf = (
  set: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): Tags => Object.fromEntries(set.map(({ Key = '', Value = '' }) => [Key, Value]));
