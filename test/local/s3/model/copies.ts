import { CopyObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { metadata, newId, tagHeader, tags } from './objects.ts';
import {
  add,
  type Content,
  checkWrite,
  contentOf,
  currentOf,
  isRefusal,
  type ModelBucket,
  type Outcome,
  readable,
  refused,
} from './reference.ts';
import { agree, bucketOf, conditionPick, conditionsOf, place, stepOf, versionIdOf, versionPick } from './step.ts';

export const sourceOf = (bucket: ModelBucket, key: string, id: string | undefined): string =>
  `${bucket.name}/${encodeURIComponent(key)}${id === undefined ? '' : `?versionId=${id}`}`;

/** A delete marker that is named is no object to copy, rather than one that may not be read. */
export function copyable(bucket: ModelBucket, key: string, id: string | undefined): Content | Outcome {
  const found = readable(bucket, key, id);
  return isRefusal(found) && found.status === 405 ? refused(400, 'InvalidRequest') : found;
}

export const copy = stepOf(
  'copy',
  fc.record({
    ...place,
    from: fc.record(place),
    version: versionPick,
    replaced: fc.constantFrom('none', 'none', 'metadata', 'tags', 'both'),
    tags,
    metadata,
    ifSource: fc.constantFrom(undefined, undefined, undefined, 'match', 'other'),
    condition: conditionPick,
  }),
  async (model, { client }, of) => {
    const [bucket, source] = [bucketOf(model, of), bucketOf(model, of.from)];
    const id = versionIdOf(source, of.from.key, of.version);
    const content = copyable(source, of.from.key, id);
    const etag = isRefusal(content) ? '"none"' : content.etag;
    const conditions = conditionsOf(bucket, of.key, of.condition);
    const newMetadata = of.replaced === 'metadata' || of.replaced === 'both';
    const newTags = of.replaced === 'tags' || of.replaced === 'both';
    const isSame = bucket === source && of.key === of.from.key && id === undefined;
    const refusal = isRefusal(content)
      ? content
      : of.ifSource === 'other'
        ? refused(412, 'PreconditionFailed')
        : isSame && !newMetadata
          ? refused(400, 'InvalidRequest')
          : checkWrite(currentOf(bucket, of.key)?.content, conditions);
    const sent = new CopyObjectCommand({
      Bucket: bucket.name,
      Key: of.key,
      CopySource: sourceOf(source, of.from.key, id),
      MetadataDirective: newMetadata ? 'REPLACE' : 'COPY',
      TaggingDirective: newTags ? 'REPLACE' : 'COPY',
      ...(newMetadata && { Metadata: of.metadata }),
      ...(newTags && { Tagging: tagHeader(of.tags) }),
      ...(of.ifSource === 'match' && { CopySourceIfMatch: etag }),
      ...(of.ifSource === 'other' && { CopySourceIfNoneMatch: etag }),
      ...conditions,
    });
    const told = await agree(client.send(sent), refusal);
    if (told === undefined || isRefusal(content)) return;
    const { body, sha256 } = content;
    const copied = contentOf(
      body,
      newTags ? of.tags : content.tags,
      newMetadata ? of.metadata : content.metadata,
      sha256 !== undefined,
    );
    expect([told.CopyObjectResult?.ETag, told.CopyObjectResult?.ChecksumSHA256]).toEqual([copied.etag, copied.sha256]);
    add(bucket, { key: of.key, id: newId(bucket, told.VersionId), content: copied });
  },
);
