import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  add,
  checkWrite,
  contentOf,
  currentOf,
  type ModelBucket,
  type Outcome,
  refused,
  remove,
  versionOf,
} from './reference.ts';
import { agree, bucketOf, conditionPick, conditionsOf, place, stepOf, versionIdOf, versionPick } from './step.ts';

/** Nothing, a few bytes, and more than is kept beside the metadata. */
export const body = fc.constantFrom('', 'x', 'hello', 'z'.repeat(70_000)).map((text) => ({
  bytes: Buffer.from(text),
  toJSON: () => `${text.slice(0, 1)}*${text.length}`,
}));
export const tags = fc.constantFrom({}, {}, { t: '1' }, { t: '2', 'u v': '+' });
export const metadata = fc.constantFrom({}, { m: 'one' });
export const tagHeader = (of: Readonly<Record<string, string>>): string => new URLSearchParams(of).toString();

/** A new version's id, as the answer tells it: opaque, `null`, or not at all. */
export function newId({ versioning, versions }: ModelBucket, told: string | undefined): string {
  if (versioning === 'Off') expect(told).toBe(undefined);
  else if (versioning === 'Suspended') expect(told).toBe('null');
  else expect([...versions.map(({ id }) => id), 'null', undefined]).not.toContain(told);
  return told ?? 'null';
}

export const sendVersioning = (client: S3Client, Bucket: string, Status: 'Enabled' | 'Suspended') =>
  client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

export const setVersioning = stepOf(
  'versioning',
  fc.record({ bucket: place.bucket, Status: fc.constantFrom<'Enabled' | 'Suspended'>('Enabled', 'Suspended') }),
  async (model, { client }, of) => {
    const bucket = bucketOf(model, of);
    await sendVersioning(client, bucket.name, of.Status);
    bucket.versioning = of.Status;
  },
);

export const put = stepOf(
  'put',
  fc.record({ ...place, body, tags, metadata, isSha256: fc.boolean(), condition: conditionPick }),
  async (model, { client }, of) => {
    const bucket = bucketOf(model, of);
    const conditions = conditionsOf(bucket, of.key, of.condition);
    const content = contentOf(of.body.bytes, of.tags, of.metadata, of.isSha256);
    const sent = new PutObjectCommand({
      Bucket: bucket.name,
      Key: of.key,
      Body: of.body.bytes,
      Tagging: tagHeader(of.tags),
      Metadata: of.metadata,
      ...(of.isSha256 && { ChecksumAlgorithm: 'SHA256' }),
      ...conditions,
    });
    const told = await agree(client.send(sent), checkWrite(currentOf(bucket, of.key)?.content, conditions));
    if (told === undefined) return;
    expect(told.ETag).toBe(content.etag);
    if (content.sha256 !== undefined) expect(told.ChecksumSHA256).toBe(content.sha256);
    add(bucket, { key: of.key, id: newId(bucket, told.VersionId), content });
  },
);

interface Told {
  readonly DeleteMarker?: boolean | undefined;
  readonly VersionId?: string | undefined;
}

/** What a deletion does to the model; `told` is what the answer said. */
function deleteIn(bucket: ModelBucket, key: string, id: string | undefined, told: Told): void {
  if (id === undefined && bucket.versioning !== 'Off') {
    expect(told.DeleteMarker).toBe(true);
    add(bucket, { key, id: newId(bucket, told.VersionId) });
    return;
  }
  const gone = versionOf(bucket, key, id ?? 'null');
  expect(told.DeleteMarker).toBe(gone && !gone.content ? true : undefined);
  if (gone) remove(bucket, gone);
}

export const deleteObject = stepOf(
  'delete',
  fc.record({
    ...place,
    version: versionPick,
    condition: fc.constantFrom(undefined, undefined, '*', 'right', 'wrong'),
  }),
  async (model, { client }, { key, version, condition, ...of }) => {
    const bucket = bucketOf(model, of);
    const VersionId = versionIdOf(bucket, key, version);
    const content = versionOf(bucket, key, VersionId)?.content;
    const IfMatch = condition === 'right' ? content?.etag : condition === 'wrong' ? '"wrong"' : condition;
    const expected: Outcome | undefined =
      IfMatch === '*'
        ? content
          ? undefined
          : refused(412, 'PreconditionFailed')
        : checkWrite(content, IfMatch === undefined ? {} : { IfMatch });
    const sent = new DeleteObjectCommand({ Bucket: bucket.name, Key: key, VersionId, IfMatch });
    const told = await agree(client.send(sent), expected);
    if (told) deleteIn(bucket, key, VersionId, told);
  },
);

export const deleteObjects = stepOf(
  'delete both',
  fc.record({ ...place, version: versionPick, other: place.key }),
  async (model, { client }, { key, other, version, ...of }) => {
    const bucket = bucketOf(model, of);
    const VersionId = versionIdOf(bucket, key, version);
    const Objects = [{ Key: key, VersionId }, { Key: other }];
    const sent = new DeleteObjectsCommand({ Bucket: bucket.name, Delete: { Objects }, ChecksumAlgorithm: 'SHA256' });
    const { Deleted = [], Errors } = await client.send(sent);
    expect(Errors).toBe(undefined);
    expect(Deleted.map(({ Key }) => Key)).toEqual([key, other]);
    for (const { Key = '', VersionId, DeleteMarker, DeleteMarkerVersionId } of Deleted) {
      deleteIn(bucket, Key, VersionId, { DeleteMarker, VersionId: DeleteMarkerVersionId });
    }
  },
);
