import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Begun, begin, complete, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from '../support/server.ts';
import { storedBlobs } from '../support/stored-blobs.ts';

/** Enough that a second part may follow; a text of one letter, so that a model can hold it. */
const bigSizeBytes = 5 * 1024 ** 2;

interface ModelPart {
  readonly letter: string;
  readonly isBig: boolean;
}

interface ModelUpload {
  readonly begun: Begun;
  readonly parts: Map<number, ModelPart>;
  state: 'open' | 'completed' | 'aborted';
  /** The numbers of the first completion that worked. */
  completedWith?: string;
}

interface Model {
  readonly uploads: ModelUpload[];
  /** What the object of a key holds; undefined: there is none. */
  readonly objects: Map<string, readonly ModelPart[]>;
}

type Step =
  | { readonly kind: 'begin'; readonly key: string }
  | { readonly kind: 'part'; readonly pick: number; readonly number: number; readonly part: ModelPart }
  | { readonly kind: 'complete'; readonly pick: number; readonly numbers: readonly number[]; readonly once: boolean }
  | { readonly kind: 'complete-all'; readonly pick: number; readonly once: boolean }
  | { readonly kind: 'abort'; readonly pick: number }
  | { readonly kind: 'delete'; readonly key: string };

const key = fc.constantFrom('a', 'a/b');
const number = fc.constantFrom(1, 2, 10_000);
const pick = fc.nat(3);
const part = fc.record({ letter: fc.constantFrom('x', 'y', 'z'), isBig: fc.boolean() });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('begin'), key }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('part'), pick, number, part }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('complete'),
      pick,
      numbers: fc.array(number, { minLength: 1, maxLength: 3 }),
      once: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('complete-all'), pick, once: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort'), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), key }) },
);

const bodyOf = ({ letter, isBig }: ModelPart): Buffer => Buffer.alloc(isBig ? bigSizeBytes : 3, letter);
const sizeOf = (item: ModelPart): number => bodyOf(item).length;

/** Undefined: it works. */
function refusalOf(model: Model, upload: ModelUpload, numbers: readonly number[], once: boolean): string | undefined {
  if (upload.state === 'aborted') return 'NoSuchUpload';
  if (upload.state === 'completed') return upload.completedWith === numbers.join() ? undefined : 'NoSuchUpload';
  if (numbers.some((value, index) => value <= (numbers[index - 1] ?? 0))) return 'InvalidPartOrder';
  if (numbers.some((value) => !upload.parts.has(value))) return 'InvalidPart';
  if (numbers.slice(0, -1).some((value) => !upload.parts.get(value)?.isBig)) return 'EntityTooSmall';
  return once && model.objects.has(upload.begun.Key) ? 'PreconditionFailed' : undefined;
}

async function runComplete(s3: TestS3, model: Model, upload: ModelUpload, numbers: readonly number[], once: boolean) {
  const named = numbers.map((PartNumber) => ({ PartNumber, ETag: etagOf(upload.parts.get(PartNumber)) }));
  const answer = complete(s3, upload.begun, named, once ? { IfNoneMatch: '*' } : {});
  const refusal = refusalOf(model, upload, numbers, once);
  if (refusal !== undefined) {
    await expect(answer).rejects.toMatchObject({ name: refusal });
    return;
  }
  expect((await answer).ETag).toMatch(new RegExp(`-${numbers.length}"$`));
  if (upload.state === 'completed') return;
  upload.state = 'completed';
  upload.completedWith = numbers.join();
  const parts = numbers.flatMap((value) => upload.parts.get(value) ?? []);
  model.objects.set(upload.begun.Key, parts);
}

const etagOf = (item: ModelPart | undefined): string =>
  `"${createHash('md5')
    .update(item ? bodyOf(item) : 'never sent')
    .digest('hex')}"`;

async function run(s3: TestS3, model: Model, next: Step): Promise<void> {
  if (next.kind === 'begin') {
    model.uploads.push({ begun: await begin(s3, { Key: next.key }), parts: new Map(), state: 'open' });
    return;
  }
  if (next.kind === 'delete') {
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: next.key }));
    model.objects.delete(next.key);
    return;
  }
  const upload = model.uploads[next.pick % Math.max(model.uploads.length, 1)];
  if (upload === undefined) return;
  if (next.kind === 'complete') return runComplete(s3, model, upload, next.numbers, next.once);
  if (next.kind === 'complete-all') {
    const numbers = [...upload.parts.keys()].toSorted((a, b) => a - b);
    if (numbers.length > 0) await runComplete(s3, model, upload, numbers, next.once);
    return;
  }
  const act =
    next.kind === 'abort'
      ? s3.client.send(new AbortMultipartUploadCommand(upload.begun))
      : sendPart(s3, upload.begun, next.number, bodyOf(next.part));
  if (upload.state !== 'open') {
    await expect(act).rejects.toMatchObject({ name: 'NoSuchUpload' });
    return;
  }
  await act;
  if (next.kind === 'abort') upload.state = 'aborted';
  else upload.parts.set(next.number, next.part);
}

async function compare(s3: TestS3, model: Model): Promise<void> {
  const open = model.uploads.filter(({ state }) => state === 'open');
  const { Uploads = [] } = await s3.client.send(new ListMultipartUploadsCommand({ Bucket }));
  const ids = (uploads: readonly { readonly UploadId?: string | undefined }[]) =>
    uploads.map(({ UploadId }) => UploadId).toSorted();
  expect(ids(Uploads)).toEqual(ids(open.map(({ begun }) => begun)));
  let files = 0;
  for (const upload of open) {
    const { Parts = [] } = await s3.client.send(new ListPartsCommand(upload.begun));
    const expected = [...upload.parts].toSorted(([a], [b]) => a - b).map(([value, item]) => [value, sizeOf(item)]);
    expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual(expected);
    files += Parts.length;
  }
  for (const Key of ['a', 'a/b']) {
    const parts = model.objects.get(Key);
    const got = s3.client.send(new GetObjectCommand({ Bucket, Key }));
    if (parts === undefined) {
      await expect(got).rejects.toMatchObject({ name: 'NoSuchKey' });
      continue;
    }
    files += parts.length;
    const body = Buffer.from((await (await got).Body?.transformToByteArray()) ?? []);
    expect(body.equals(Buffer.concat(parts.map(bodyOf)))).toBe(true);
  }
  // Not a byte more than what uploads and objects are made of.
  expect(await storedBlobs(s3.dataDirectory)).toHaveLength(files);
}

it('agrees with a small model of uploads on any order of calls', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      await using s3 = await startTestS3({ buckets: [{ ...versioned, versioning: false }] });
      const model: Model = { uploads: [], objects: new Map() };
      await run(s3, model, { kind: 'begin', key: 'a' });
      for (const next of steps) await run(s3, model, next);
      await compare(s3, model);
    }),
    { numRuns: 40 },
  );
});
