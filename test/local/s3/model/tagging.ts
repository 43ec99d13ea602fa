import { DeleteObjectTaggingCommand, GetObjectTaggingCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { tagsOf } from './compare.ts';
import { tags } from './objects.ts';
import { change, refused, versionOf } from './reference.ts';
import { agree, bucketOf, place, stepOf, versionIdOf, versionPick } from './step.ts';

export const tag = stepOf(
  'tag',
  fc.record({ ...place, version: versionPick, tags: fc.option(tags, { nil: undefined }), isReplaced: fc.boolean() }),
  async (model, { client }, { key, version, tags, isReplaced, ...of }) => {
    const bucket = bucketOf(model, of);
    const VersionId = versionIdOf(bucket, key, version);
    const target = versionOf(bucket, key, VersionId);
    const none = refused(404, VersionId === undefined ? 'NoSuchKey' : 'NoSuchVersion');
    const refusal = target ? (target.content ? undefined : refused(405, 'MethodNotAllowed')) : none;
    const on = { Bucket: bucket.name, Key: key, VersionId };
    if (!isReplaced) {
      const told = await agree(client.send(new GetObjectTaggingCommand(on)), refusal);
      if (told) expect(tagsOf(told.TagSet ?? [])).toEqual(target?.content?.tags);
      return;
    }
    const TagSet = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    const sent = tags
      ? client.send(new PutObjectTaggingCommand({ ...on, Tagging: { TagSet } }))
      : client.send(new DeleteObjectTaggingCommand(on));
    const told = await agree<Awaited<typeof sent>>(sent, refusal);
    if (told && target?.content) change(bucket, target, { ...target.content, tags: tags ?? {} });
  },
);
