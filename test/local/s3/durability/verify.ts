import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { bucketName as Bucket } from '../support/server.ts';
import { hashOf, type KnownKey, type KnownVersion, possibleIds } from './model.ts';

/**
 * Holds a key to what its clients were told: nothing is missing or torn, and a call that was not answered has happened
 * or not. The bytes of those versions are read that `isRead` asks for. The key is then what was found.
 */
export async function verifyKey(client: S3Client, known: KnownKey, isRead: (id: string) => boolean): Promise<void> {
  const { ids, latestId } = await listIds(client, known.key);
  const told = known.versions.map(({ versionId }) => versionId);
  const newId = ids.find((id) => !told.includes(id));
  const found = [...(newId === undefined ? [] : [newId]), ...told.filter((id) => ids.includes(id))];
  expect(found.toSorted()).toEqual(ids.toSorted());
  expect(latestId).toBe(found[0]);
  expect(possibleIds(known)).toContainEqual(found.map((id) => (id === newId ? 'new' : id)));

  const { pending } = known;
  const added = pending?.kind === 'add' ? pending : { hash: '', tags: '' };
  const expected = [
    ...(newId === undefined ? [] : [{ versionId: newId, hash: added.hash, tags: added.tags }]),
    ...known.versions.filter(({ versionId }) => ids.includes(versionId)),
  ];
  const versions: KnownVersion[] = [];
  for (const version of expected) {
    const isTagged = pending?.kind === 'tag' && pending.versionId === version.versionId;
    if (version.hash === 'marker' || !(isTagged || version.versionId === newId || isRead(version.versionId))) {
      versions.push(version);
      continue;
    }
    const tags = await readVersion(client, known.key, version);
    expect(isTagged ? [version.tags, pending.tags] : [version.tags]).toContain(tags);
    versions.push({ ...version, tags });
  }
  known.versions = versions;
  known.pending = undefined;
}

async function listIds(client: S3Client, key: string): Promise<{ ids: string[]; latestId: string | undefined }> {
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: key }));
  const all = [...(listed.Versions ?? []), ...(listed.DeleteMarkers ?? [])];
  const latestId = all.find(({ IsLatest }) => IsLatest)?.VersionId;
  return { ids: all.map(({ VersionId = '' }) => VersionId), latestId };
}

/** Its tags. */
async function readVersion(client: S3Client, Key: string, { versionId, hash }: KnownVersion): Promise<string> {
  const of = { Bucket, Key, VersionId: versionId };
  const got = await client.send(new GetObjectCommand(of));
  expect(hashOf((await got.Body?.transformToByteArray()) ?? Buffer.of())).toBe(hash);
  const { TagSet = [] } = await client.send(new GetObjectTaggingCommand(of));
  return TagSet[0]?.Value ?? '';
}
