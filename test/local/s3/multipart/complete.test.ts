import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { begin, complete, partOf, sendPart } from '../support/multipart.ts';
import { sendRaw } from '../support/raw.ts';
import { bucketName as Bucket, credentials, region, startTestS3, type TestS3, versioned } from '../support/server.ts';
import { storedBlobs } from '../support/stored-blobs.ts';

const md5 = (body: string | Buffer): Buffer => createHash('md5').update(body).digest();
const first = partOf('first ');
const second = partOf('second ');
const etag = `"${md5(Buffer.concat([md5(first), md5('end')])).toString('hex')}-2"`;

let s3: TestS3;
const bodyOf = async (Range?: string): Promise<Buffer> => {
  const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
  return Buffer.from((await got.Body?.transformToByteArray()) ?? []);
};

beforeEach(async () => {
  s3 = await startTestS3();
});
afterEach(() => s3[Symbol.asyncDispose]());

describe('CompleteMultipartUpload', () => {
  it('makes one object of the parts, with everything that was said at the beginning', async () => {
    const upload = await begin(s3, {
      ContentType: 'application/pdf',
      Metadata: { a: 'b' },
      StorageClass: 'STANDARD_IA',
      Tagging: 'state=incoming',
    });
    await sendPart(s3, upload, 2, 'end');
    await sendPart(s3, upload, 1, first);
    const done = await complete(s3, upload);
    expect(done).toMatchObject({
      Bucket,
      Key: 'k',
      ETag: etag,
      Location: `${s3.origin}/${Bucket}/k`,
      ServerSideEncryption: 'AES256',
      ChecksumType: 'FULL_OBJECT',
    });
    expect(await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({
      ContentLength: first.length + 3,
      ContentType: 'application/pdf',
      Metadata: { a: 'b' },
      StorageClass: 'STANDARD_IA',
      ETag: etag,
      VersionId: done.VersionId,
    });
    const tags = await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect(tags.TagSet).toEqual([{ Key: 'state', Value: 'incoming' }]);
    expect((await bodyOf()).equals(Buffer.concat([first, Buffer.from('end')]))).toBe(true);
  });

  it('serves ranges within a part and over its ends', async () => {
    const upload = await begin(s3);
    for (const [index, body] of [first, second, Buffer.from('end')].entries())
      await sendPart(s3, upload, index + 1, body);
    await complete(s3, upload);
    const whole = Buffer.concat([first, second, Buffer.from('end')]);
    const size = first.length;
    for (const [from, to] of [
      [0, 0],
      [size - 1, size],
      [size, size + 9],
      [size - 5, 2 * size + 2],
      [2 * size - 1, 2 * size + 2],
      [0, whole.length - 1],
    ] as const) {
      expect((await bodyOf(`bytes=${from}-${to}`)).equals(whole.subarray(from, to + 1))).toBe(true);
    }
  });

  it('takes the parts it is given and frees the bytes of all others', async () => {
    const upload = await begin(s3);
    await sendPart(s3, upload, 1, 'replaced');
    const kept = await sendPart(s3, upload, 1, 'kept');
    await sendPart(s3, upload, 2, 'left out');
    await complete(s3, upload, [{ PartNumber: 1, ETag: kept.ETag }]);
    expect((await bodyOf()).toString()).toBe('kept');
    expect(await storedBlobs(s3.dataDirectory)).toHaveLength(1);
  });

  it('leaves no bytes behind when an object of parts is deleted or written over', async () => {
    await s3.restart({ buckets: [{ ...versioned, versioning: false }] });
    for (const _ of [1, 2]) {
      const upload = await begin(s3);
      await sendPart(s3, upload, 1, first);
      await sendPart(s3, upload, 2, 'end');
      await complete(s3, upload);
      expect(await storedBlobs(s3.dataDirectory)).toHaveLength(2);
    }
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(await storedBlobs(s3.dataDirectory)).toEqual([]);
  });

  it('writes over the null version where versioning is suspended', async () => {
    await s3.restart({ buckets: [{ ...versioned, versioning: 'suspended' }] });
    for (const body of ['old', 'new']) {
      const upload = await begin(s3);
      await sendPart(s3, upload, 1, body);
      await complete(s3, upload);
    }
    expect((await bodyOf()).toString()).toBe('new');
    expect(await storedBlobs(s3.dataDirectory)).toHaveLength(1);
  });

  it('makes an empty object of an empty part', async () => {
    const upload = await begin(s3);
    await sendPart(s3, upload, 1, '');
    await complete(s3, upload);
    expect(await bodyOf()).toHaveLength(0);
    expect(await storedBlobs(s3.dataDirectory)).toEqual([]);
  });

  it('answers again who lost the answer, and changes nothing', async () => {
    const upload = await begin(s3);
    const { ETag } = await sendPart(s3, upload, 1, 'a');
    const { $metadata: _, ...answer } = await complete(s3, upload, [{ PartNumber: 1, ETag }], { IfNoneMatch: '*' });
    await s3.restart();
    const again = await complete(s3, upload, [{ PartNumber: 1, ETag }], { IfNoneMatch: '*' });
    expect(again).toMatchObject(answer);
    const other = complete(s3, upload, [{ PartNumber: 1, ETag: '"00000000000000000000000000000000"' }]);
    await expect(other).rejects.toMatchObject({ name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } });
  });

  it('of two that complete at once makes one version', async () => {
    const upload = await begin(s3);
    const { ETag } = await sendPart(s3, upload, 1, 'a');
    const answers = await Promise.all([1, 2, 3].map(() => complete(s3, upload, [{ PartNumber: 1, ETag }])));
    expect(new Set(answers.map(({ VersionId }) => VersionId)).size).toBe(1);
  });

  it('tells of the object', async () => {
    const queue = `arn:aws:sqs:${region}:111122223333:uploads`;
    const notifications = [{ event: 's3:ObjectCreated:CompleteMultipartUpload', queue }];
    await s3.restart({ buckets: [{ ...versioned, notifications }] });
    const upload = await begin(s3);
    await sendPart(s3, upload, 1, 'hello');
    const { ETag = '', VersionId } = await complete(s3, upload);
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'other', Body: 'a' }));
    await s3.stop();
    expect(s3.delivered.map(({ body }) => JSON.parse(body).Records[0])).toMatchObject([
      {
        eventName: 'ObjectCreated:CompleteMultipartUpload',
        s3: { object: { key: 'k', size: 5, eTag: ETag.replaceAll('"', ''), versionId: VersionId } },
      },
    ]);
  });
});

describe('CompleteMultipartUpload refuses', () => {
  it('parts out of order, before anything else is looked at', async () => {
    const upload = await begin(s3);
    for (const numbers of [
      [2, 1],
      [1, 1],
    ]) {
      const parts = numbers.map((PartNumber) => ({ PartNumber, ETag: 'unknown' }));
      await expect(complete(s3, upload, parts)).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    }
  });

  it('a part number that there is none of', async () => {
    const upload = await begin(s3);
    const zero = complete(s3, upload, [{ PartNumber: 0, ETag: 'unknown' }]);
    await expect(zero).rejects.toMatchObject({ name: 'InvalidArgument', message: 'PartNumber must be >= 1' });
  });

  it('a part that was not uploaded, or not like this', async () => {
    const upload = await begin(s3);
    const { ETag } = await sendPart(s3, upload, 1, 'a');
    for (const part of [
      { PartNumber: 2, ETag },
      { PartNumber: 1, ETag: `"${'0'.repeat(32)}"` },
      { PartNumber: 1, ETag, ChecksumCRC64NVME: 'AAAAAAAAAAA=' },
    ]) {
      const refused = complete(s3, upload, [part]);
      await expect(refused).rejects.toMatchObject({ name: 'InvalidPart', PartNumber: String(part.PartNumber) });
    }
  });

  it('a part under 5 MiB that is not the last', async () => {
    const upload = await begin(s3);
    const { ETag = '' } = await sendPart(s3, upload, 1, first.subarray(1));
    await sendPart(s3, upload, 2, 'end');
    await expect(complete(s3, upload)).rejects.toMatchObject({
      name: 'EntityTooSmall',
      ProposedSize: String(first.length - 1),
      MinSizeAllowed: '5242880',
      PartNumber: '1',
      ETag: ETag.replaceAll('"', ''),
    });
  });

  it('a size that is not the sum of the parts', async () => {
    const upload = await begin(s3);
    await sendPart(s3, upload, 1, 'hello');
    const wrong = complete(s3, upload, undefined, { MpuObjectSize: 6 });
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidRequest', message: expect.stringContaining('6') });
    await expect(complete(s3, upload, undefined, { MpuObjectSize: 5 })).resolves.toBeDefined();
  });

  it('what its conditions do not allow, and keeps the upload', async () => {
    const { ETag: current = '' } = await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'old' }));
    const upload = await begin(s3);
    await sendPart(s3, upload, 1, 'new');
    for (const condition of [{ IfNoneMatch: '*' }, { IfMatch: `"${'0'.repeat(32)}"` }]) {
      const refused = complete(s3, upload, undefined, condition);
      await expect(refused).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    }
    await complete(s3, upload, undefined, { IfMatch: current });
    expect((await bodyOf()).toString()).toBe('new');
  });

  it('with If-None-Match all but one of many that race', async () => {
    const uploads = await Promise.all(Array.from({ length: 6 }, () => begin(s3)));
    await Promise.all(uploads.map((upload) => sendPart(s3, upload, 1, upload.UploadId)));
    const outcomes = await Promise.allSettled(
      uploads.map((upload) => complete(s3, upload, undefined, { IfNoneMatch: '*' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const open = await s3.client.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(open.Uploads).toHaveLength(5);
  });

  it('an upload of another key', async () => {
    const upload = await begin(s3);
    const { ETag } = await sendPart(s3, upload, 1, 'a');
    const elsewhere = complete(s3, { ...upload, Key: 'other' }, [{ PartNumber: 1, ETag }]);
    await expect(elsewhere).rejects.toMatchObject({ name: 'NoSuchUpload', UploadId: upload.UploadId });
  });

  it.each([
    ['no XML', 'parts, please'],
    ['another document', '<Delete/>'],
    ['no parts', '<CompleteMultipartUpload/>'],
    ['a part without a number', '<CompleteMultipartUpload><Part><ETag>a</ETag></Part></CompleteMultipartUpload>'],
    [
      'a part without an ETag',
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
    ],
    ['a number that is none', document('one')],
    [
      'more than 10,000 parts',
      `<CompleteMultipartUpload>${'<Part><PartNumber>1</PartNumber><ETag>a</ETag></Part>'.repeat(10_001)}</CompleteMultipartUpload>`,
    ],
    ['a document type', `<!DOCTYPE a [<!ENTITY e "1">]>${document('&e;')}`],
  ])('a document that is %s', async (_name, body) => {
    const url = await getSignedUrl(s3.client, new CompleteMultipartUploadCommand(await begin(s3)));
    const answer = await sendRaw(url, { method: 'POST', headers: { 'content-length': Buffer.byteLength(body) }, body });
    expect(answer).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
  });
});

function document(number: string): string {
  return `<CompleteMultipartUpload><Part><PartNumber>${number}</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>`;
}

it('works for an SDK with all its defaults, which sends a CRC32 with every part', async () => {
  const client = new S3Client({ endpoint: s3.origin, region, credentials, forcePathStyle: true });
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key: 'k', ChecksumAlgorithm: 'CRC32' }),
  );
  const upload = { Bucket, Key: 'k', UploadId };
  const parts = [];
  for (const [index, Body] of [first, Buffer.from('end')].entries()) {
    const PartNumber = index + 1;
    const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    parts.push({ PartNumber, ETag, ChecksumCRC32 });
  }
  const done = await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
  expect(done).toMatchObject({ ETag: etag, ChecksumType: 'COMPOSITE', ChecksumCRC32: expect.stringMatching(/-2$/) });
  expect(await bodyOf()).toHaveLength(first.length + 3);
  client.destroy();
});
