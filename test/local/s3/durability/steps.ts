import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { partOf } from '../support/multipart.ts';
import { bucketName as Bucket } from '../support/server.ts';
import { hashOf, type KnownKey } from './model.ts';

/** One random call about a key of `keys`. Rejects where it was not answered; then its key says what is pending. */
export async function takeStep(client: S3Client, keys: readonly KnownKey[], random: () => number): Promise<void> {
  const target = pick(keys, random);
  const objects = target.versions.filter(({ hash }) => hash !== 'marker');
  const step = pick(steps, random);
  if (step === 'put small') return put(client, target, bodyOf(random, 2000));
  if (step === 'put file') return put(client, target, bodyOf(random, 300_000));
  if (step === 'one part') return upload(client, target, [bodyOf(random, 100_000)]);
  if (step === 'two parts') return upload(client, target, [partOf(String(random())), bodyOf(random, 1000)]);
  if (step === 'copy') return copy(client, target, pick(keys, random));
  if (step === 'delete') return remove(client, target);
  if (objects.length === 0) return put(client, target, bodyOf(random, 2000));
  const { versionId } = pick(objects, random);
  return step === 'tag' ? tag(client, target, versionId, random) : removeVersion(client, target, versionId);
}

const steps = [
  ...['put small', 'put small', 'put file', 'put file', 'one part', 'copy', 'copy'],
  ...['tag', 'delete', 'delete version', 'delete version', 'two parts'],
] as const;

const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.floor(random() * items.length)] as Item;

const bodyOf = (random: () => number, sizeBytesMax: number): Buffer =>
  Buffer.alloc(Math.floor(random() * sizeBytesMax), `${random()} `);

async function put(client: S3Client, target: KnownKey, Body: Buffer): Promise<void> {
  const added = { hash: hashOf(Body), tags: '' };
  await add(target, added, () => client.send(new PutObjectCommand({ Bucket, Key: target.key, Body })));
}

async function upload(client: S3Client, target: KnownKey, bodies: readonly Buffer[]): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: target.key }));
  const of = { Bucket, Key: target.key, UploadId };
  const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (const Body of bodies) {
    const PartNumber = Parts.length + 1;
    Parts.push({ PartNumber, ETag: (await client.send(new UploadPartCommand({ ...of, PartNumber, Body }))).ETag });
  }
  await add(target, { hash: hashOf(Buffer.concat(bodies)), tags: '' }, () =>
    client.send(new CompleteMultipartUploadCommand({ ...of, MultipartUpload: { Parts } })),
  );
}

async function copy(client: S3Client, target: KnownKey, from: KnownKey): Promise<void> {
  const [source] = from.versions;
  if (source === undefined || source.hash === 'marker' || from === target) return;
  const CopySource = `${Bucket}/${from.key}?versionId=${source.versionId}`;
  await add(target, { hash: source.hash, tags: source.tags }, () =>
    client.send(new CopyObjectCommand({ Bucket, Key: target.key, CopySource })),
  );
}

const remove = (client: S3Client, target: KnownKey): Promise<void> =>
  add(target, { hash: 'marker', tags: '' }, () => client.send(new DeleteObjectCommand({ Bucket, Key: target.key })));

async function add(
  target: KnownKey,
  added: { readonly hash: string; readonly tags: string },
  send: () => Promise<{ readonly VersionId?: string | undefined }>,
): Promise<void> {
  target.pending = { kind: 'add', ...added };
  const { VersionId: versionId = '' } = await send();
  target.versions = [{ versionId, ...added }, ...target.versions];
  target.pending = undefined;
}

async function removeVersion(client: S3Client, target: KnownKey, versionId: string): Promise<void> {
  target.pending = { kind: 'remove', versionId };
  await client.send(new DeleteObjectCommand({ Bucket, Key: target.key, VersionId: versionId }));
  target.versions = target.versions.filter((version) => version.versionId !== versionId);
  target.pending = undefined;
}

async function tag(client: S3Client, target: KnownKey, versionId: string, random: () => number): Promise<void> {
  const tags = String(random());
  target.pending = { kind: 'tag', versionId, tags };
  const Tagging = { TagSet: [{ Key: 't', Value: tags }] };
  await client.send(new PutObjectTaggingCommand({ Bucket, Key: target.key, VersionId: versionId, Tagging }));
  target.versions = target.versions.map((version) =>
    version.versionId === versionId ? { ...version, tags } : version,
  );
  target.pending = undefined;
}
