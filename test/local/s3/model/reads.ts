import { GetObjectCommand, HeadObjectCommand, type S3ServiceException } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Content, hash, isRefusal, type Outcome, readable, refused } from './reference.ts';
import { agree, bucketOf, place, readOf, versionIdOf, versionPick } from './step.ts';

const past = new Date('2020-01-01T00:00:00Z');
const reading = {
  ...place,
  version: versionPick,
  range: fc.constantFrom(undefined, 'bytes=0-0', 'bytes=2-', 'bytes=-3', 'bytes=1-3', 'bytes=90000-'),
  part: fc.constantFrom(undefined, undefined, undefined, 1, 2),
  match: fc.constantFrom(undefined, undefined, 'right', 'wrong'),
  noneMatch: fc.constantFrom(undefined, undefined, 'right', 'wrong'),
  unmodifiedSince: fc.constantFrom(undefined, undefined, past),
};

interface Reading {
  readonly range: string | undefined;
  readonly part: number | undefined;
  readonly match: string | undefined;
  readonly noneMatch: string | undefined;
  readonly unmodifiedSince: Date | undefined;
}

/** RFC 9110 section 13.2.2, then what is asked for of the bytes. */
function expectedOf({ body, parts }: Content, of: Reading): Outcome & { readonly bytes?: Buffer } {
  if (of.match === 'wrong') return refused(412, 'PreconditionFailed');
  if (of.match === undefined && of.unmodifiedSince) return refused(412, 'PreconditionFailed');
  if (of.noneMatch === 'right') return refused(304, 'NotModified');
  if (of.part !== undefined) {
    const bytes = (parts ?? [body])[of.part - 1];
    if (bytes === undefined) return refused(416, 'InvalidPartNumber');
    return { status: bytes.length === 0 ? 200 : 206, bytes };
  }
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(of.range ?? '') ?? [];
  if (of.range === undefined) return { status: 200, bytes: body };
  const from = first === '' ? Math.max(0, body.length - Number(last)) : Number(first);
  if (from >= body.length) return refused(416, 'InvalidRange');
  const bytes = body.subarray(from, first === '' || last === '' ? undefined : Number(last) + 1);
  return { status: 206, bytes };
}

export const get = readOf('get', fc.record({ ...reading, isHead: fc.boolean() }), async (model, { client }, of) => {
  const bucket = bucketOf(model, of);
  const VersionId = versionIdOf(bucket, of.key, of.version);
  const content = readable(bucket, of.key, VersionId);
  const etagFor = (pick: string | undefined) =>
    pick && (pick === 'right' && !isRefusal(content) ? content.etag : '"wrong"');
  // A part and a range at once are refused, which is no matter of the state.
  const range = of.part === undefined ? of.range : undefined;
  const expected: ReturnType<typeof expectedOf> = isRefusal(content) ? content : expectedOf(content, { ...of, range });
  const input = {
    Bucket: bucket.name,
    Key: of.key,
    VersionId,
    Range: range,
    PartNumber: of.part,
    IfMatch: etagFor(of.match),
    IfNoneMatch: etagFor(of.noneMatch),
    IfUnmodifiedSince: of.unmodifiedSince,
  };
  if (of.isHead || expected.status === 304) {
    // An answer without a body tells no code.
    const sent = of.isHead ? client.send(new HeadObjectCommand(input)) : client.send(new GetObjectCommand(input));
    const told = await sent.catch((error: S3ServiceException) => error);
    expect(told.$metadata.httpStatusCode).toBe(expected.status);
    if (expected.bytes) expect('ContentLength' in told && told.ContentLength).toBe(expected.bytes.length);
    return;
  }
  const { bytes, ...outcome } = expected;
  const told = await agree(client.send(new GetObjectCommand(input)), outcome);
  if (told === undefined || bytes === undefined) return;
  const found = Buffer.from((await told.Body?.transformToByteArray()) ?? []);
  expect(hash('md5', found).toString('hex')).toBe(hash('md5', bytes).toString('hex'));
  expect(told.VersionId).toBe(bucket.versioning === 'Off' ? undefined : (VersionId ?? told.VersionId));
});
