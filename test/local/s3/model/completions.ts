import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { newId } from './objects.ts';
import {
  add,
  checkWrite,
  contentOfParts,
  currentOf,
  hash,
  type ModelUpload,
  type Outcome,
  refused,
} from './reference.ts';
import { agree, conditionPick, conditionsOf, stepOf } from './step.ts';
import { bigSizeBytes, md5, named, noSuchUpload, pick, uploadOf } from './uploads.ts';

const sha256 = (part: Buffer): string => hash('sha256', part).toString('base64');

export const complete = stepOf(
  'complete',
  fc.record({
    ...pick,
    parts: fc.constantFrom('all', 'all', 'all', 'first', 'reversed', 'wrong etag', 'unsent'),
    condition: conditionPick,
  }),
  async (model, { client }, of) => {
    const upload = uploadOf(model, of);
    if (upload === undefined) return;
    const { bucket, key } = upload;
    const chosen = choose(upload, of.parts);
    if (chosen.length === 0) return;
    const Parts = chosen.map(([PartNumber, part], index) => ({
      PartNumber,
      ETag: of.parts === 'wrong etag' && index === chosen.length - 1 ? md5(Buffer.from('other')) : md5(part),
      ...(upload.isSha256 && { ChecksumSHA256: sha256(part) }),
    }));
    const conditions = conditionsOf(bucket, key, of.condition);
    const asked = JSON.stringify(Parts);
    const isAgain = upload.state === 'completed' && upload.completedWith === asked;
    const refusal =
      upload.state === 'open'
        ? (refusalOf(chosen, of.parts) ?? checkWrite(currentOf(bucket, key)?.content, conditions))
        : isAgain
          ? undefined
          : noSuchUpload;
    const sent = new CompleteMultipartUploadCommand({ ...named(upload), MultipartUpload: { Parts }, ...conditions });
    const told = await agree(client.send(sent), refusal);
    if (told === undefined) return;
    const content = contentOfParts(
      upload,
      chosen.map(([, part]) => part),
    );
    expect(told.ETag).toBe(content.etag);
    if (content.sha256 !== undefined) expect(told.ChecksumSHA256).toBe(content.sha256);
    if (isAgain) return void expect(told.VersionId).toBe(upload.completedId);
    add(bucket, { key, id: newId(bucket, told.VersionId), content });
    Object.assign(upload, { state: 'completed', completedWith: asked, completedId: told.VersionId });
  },
);

type Chosen = readonly (readonly [number, Buffer])[];

function choose({ parts }: ModelUpload, how: string): Chosen {
  const all = [...parts].toSorted(([one], [other]) => one - other);
  if (how === 'first') return all.slice(0, 1);
  if (how === 'reversed') return all.toReversed();
  return how === 'unsent' ? [...all, [9999 + all.length * 2, Buffer.from('unsent')] as const].slice(-2) : all;
}

/** Order, existence, size: in this order. */
function refusalOf(chosen: Chosen, how: string): Outcome | undefined {
  const numbers = chosen.map(([at]) => at);
  if (numbers.some((at, index) => at <= (numbers[index - 1] ?? 0))) return refused(400, 'InvalidPartOrder');
  if (how === 'wrong etag' || how === 'unsent') return refused(400, 'InvalidPart');
  const isSmall = chosen.slice(0, -1).some(([, part]) => part.length < bigSizeBytes);
  return isSmall ? refused(400, 'EntityTooSmall') : undefined;
}
