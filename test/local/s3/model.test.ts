import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

/** All versions of all keys, oldest first. A version without a body is a delete marker. */
interface Model {
  readonly versions: { readonly key: string; readonly id: string; readonly body: string | undefined }[];
}

const Key = fc.constantFrom('a', 'b', 'a/b');

type Step =
  | { readonly kind: 'put' | 'put-once'; readonly key: string; readonly body: string }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'delete-version'; readonly pick: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('put', 'put-once'), key: Key, body: fc.string({ minLength: 1, maxLength: 8 }) }),
  fc.record({ kind: fc.constant('delete'), key: Key }),
  fc.record({ kind: fc.constant('delete-version'), pick: fc.nat() }),
);

const currentOf = (model: Model, key: string) => model.versions.findLast((version) => version.key === key);

async function run(s3: TestS3, model: Model, prefix: string, next: Step): Promise<void> {
  if (next.kind === 'delete-version') {
    if (model.versions.length === 0) return;
    const index = next.pick % model.versions.length;
    const [version] = model.versions.splice(index, 1);
    if (version === undefined) return;
    const command = new DeleteObjectCommand({ Bucket, Key: prefix + version.key, VersionId: version.id });
    expect((await s3.client.send(command)).DeleteMarker).toBe(version.body === undefined ? true : undefined);
    return;
  }
  if (next.kind === 'delete') {
    const { VersionId = '' } = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: prefix + next.key }));
    model.versions.push({ key: next.key, id: VersionId, body: undefined });
    return;
  }
  const IfNoneMatch = next.kind === 'put-once' ? '*' : undefined;
  const put = s3.client.send(new PutObjectCommand({ Bucket, Key: prefix + next.key, Body: next.body, IfNoneMatch }));
  if (IfNoneMatch && currentOf(model, next.key)?.body !== undefined) {
    await expect(put).rejects.toMatchObject({ name: 'PreconditionFailed' });
    return;
  }
  model.versions.push({ key: next.key, id: (await put).VersionId ?? '', body: next.body });
}

async function compare(s3: TestS3, model: Model, Prefix: string): Promise<void> {
  const keys = [...new Set(model.versions.map(({ key }) => key))].toSorted();
  const objects = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const expectedKeys = keys.filter((key) => currentOf(model, key)?.body !== undefined);
  expect((objects.Contents ?? []).map((entry) => entry.Key)).toEqual(expectedKeys.map((key) => Prefix + key));

  const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const expected = (marker: boolean) =>
    keys
      .flatMap((key) => model.versions.filter((version) => version.key === key).toReversed())
      .filter(({ body }) => (body === undefined) === marker)
      .map((version) => [Prefix + version.key, version.id, version === currentOf(model, version.key)]);
  const found = (entries: typeof listed.DeleteMarkers) => (entries ?? []).map((e) => [e.Key, e.VersionId, e.IsLatest]);
  expect(found(listed.Versions)).toEqual(expected(false));
  expect(found(listed.DeleteMarkers)).toEqual(expected(true));

  for (const key of keys) {
    const current = currentOf(model, key);
    const get = s3.client.send(new GetObjectCommand({ Bucket, Key: Prefix + key }));
    if (current?.body === undefined) await expect(get).rejects.toMatchObject({ name: 'NoSuchKey' });
    else expect(await (await get).Body?.transformToString()).toBe(current.body);
  }
}

it('agrees with a small model of versions and delete markers on any order of calls', { timeout: 120_000 }, async () => {
  await using s3 = await startTestS3();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      // Each sequence has a prefix of its own, so one server serves them all.
      const prefix = `run-${runs++}/`;
      const model: Model = { versions: [] };
      for (const next of steps) await run(s3, model, prefix, next);
      await compare(s3, model, prefix);
    }),
    { numRuns: 60 },
  );
});
