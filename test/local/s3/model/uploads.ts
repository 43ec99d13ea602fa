import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { copyable, sourceOf } from './copies.ts';
import { tagHeader, tags } from './objects.ts';
import { hash, isRefusal, type Model, type ModelUpload, refused } from './reference.ts';
import { agree, bucketOf, place, readOf, stepOf, versionIdOf, versionPick } from './step.ts';

/** The least that S3 takes for a part which is not the last. */
export const bigSizeBytes = 5 * 1024 ** 2;
const big = Buffer.alloc(bigSizeBytes, 'b');
const smallParts = [Buffer.from('part'), Buffer.from('y')];

export const noSuchUpload = refused(404, 'NoSuchUpload');
/** `bucket` is a place that every step has; an upload is taken where it is. */
export const pick = { bucket: fc.constant(0), upload: fc.nat(2) };
const number = fc.constantFrom(1, 2, 10_000);

export const uploadOf = (model: Model, of: { readonly upload: number }): ModelUpload | undefined =>
  model.uploads[of.upload % Math.max(model.uploads.length, 1)];
export const named = ({ bucket, key, id }: ModelUpload) => ({ Bucket: bucket.name, Key: key, UploadId: id });
export const md5 = (part: Buffer): string => `"${hash('md5', part).toString('hex')}"`;

export const begin = stepOf(
  'begin upload',
  fc.record({ ...place, tags, isSha256: fc.boolean() }),
  async (model, { client }, { key, tags, isSha256, ...of }) => {
    const bucket = bucketOf(model, of);
    const sent = new CreateMultipartUploadCommand({
      Bucket: bucket.name,
      Key: key,
      Tagging: tagHeader(tags),
      ...(isSha256 && { ChecksumAlgorithm: 'SHA256' }),
    });
    const { UploadId: id = '' } = await client.send(sent);
    model.uploads.push({ bucket, key, id, tags, isSha256, parts: new Map(), state: 'open' });
  },
);

export const sendPart = stepOf(
  'part',
  fc.record({ ...pick, number, part: fc.constantFrom(0, 0, 0, 1, 1, 1, 'big') }),
  async (model, { client }, of) => {
    const upload = uploadOf(model, of);
    if (upload === undefined) return;
    const Body = typeof of.part === 'number' ? (smallParts[of.part] ?? big) : big;
    const sent = new UploadPartCommand({
      ...named(upload),
      PartNumber: of.number,
      Body,
      ...(upload.isSha256 && { ChecksumAlgorithm: 'SHA256' }),
    });
    const told = await agree(client.send(sent), upload.state === 'open' ? undefined : noSuchUpload);
    if (told === undefined) return;
    expect(told.ETag).toBe(md5(Body));
    upload.parts.set(of.number, Body);
  },
);

export const copyPart = stepOf(
  'copy part',
  fc.record({ ...pick, number, from: fc.record(place), version: versionPick }),
  async (model, { client }, of) => {
    const upload = uploadOf(model, of);
    if (upload === undefined) return;
    const source = bucketOf(model, of.from);
    const id = versionIdOf(source, of.from.key, of.version);
    const content = copyable(source, of.from.key, id);
    const CopySource = sourceOf(source, of.from.key, id);
    const sent = new UploadPartCopyCommand({ ...named(upload), PartNumber: of.number, CopySource });
    const refusal = upload.state === 'open' ? (isRefusal(content) ? content : undefined) : noSuchUpload;
    const told = await agree(client.send(sent), refusal);
    if (told === undefined || isRefusal(content)) return;
    const { body } = content;
    expect(told.CopyPartResult?.ETag).toBe(md5(body));
    upload.parts.set(of.number, body);
  },
);

export const abort = stepOf('abort', fc.record(pick), async (model, { client }, of) => {
  const upload = uploadOf(model, of);
  if (upload === undefined) return;
  const sent = client.send(new AbortMultipartUploadCommand(named(upload)));
  if (await agree(sent, upload.state === 'open' ? undefined : noSuchUpload)) upload.state = 'aborted';
});

export const listParts = readOf(
  'list parts',
  fc.record({ ...pick, MaxParts: fc.integer({ min: 1, max: 2 }) }),
  async (model, { client }, of) => {
    const upload = uploadOf(model, of);
    if (upload === undefined) return;
    const found: unknown[] = [];
    for (let told: ListPartsCommandOutput | undefined; told?.IsTruncated !== false; ) {
      const marker = { MaxParts: of.MaxParts, PartNumberMarker: told?.NextPartNumberMarker };
      const sent = client.send(new ListPartsCommand({ ...named(upload), ...marker }));
      told = await agree(sent, upload.state === 'open' ? undefined : noSuchUpload);
      if (told === undefined) return;
      expect(told.Parts?.length ?? 0).toBeLessThanOrEqual(of.MaxParts);
      found.push(...(told.Parts ?? []).map((part) => [part.PartNumber, part.ETag, part.Size]));
    }
    const parts = [...upload.parts].toSorted(([one], [other]) => one - other);
    expect(found).toEqual(parts.map(([at, part]) => [at, md5(part), part.length]));
  },
);
