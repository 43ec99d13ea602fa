import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { begin, complete, partOf, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket, credentials, region, startTestS3 } from '../support/server.ts';
import { storedBlobs } from '../support/stored-blobs.ts';

it('keeps uploads and their parts over a restart, and completes them then', async () => {
  await using s3 = await startTestS3();
  const upload = await begin(s3, { ContentType: 'text/plain', Tagging: 'a=b' });
  await sendPart(s3, upload, 1, partOf('a'));
  await s3.restart();
  await sendPart(s3, upload, 2, 'end');
  await s3.restart();
  await complete(s3, upload);
  await s3.restart();
  const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
  expect(got).toMatchObject({ ContentType: 'text/plain', TagCount: 1 });
  const body = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
  expect(body.equals(Buffer.concat([partOf('a'), Buffer.from('end')]))).toBe(true);
});

it('loses no acknowledged part and leaves no half completion when it is killed', { timeout: 120_000 }, async () => {
  await using s3 = await startTestS3();
  const uploads = await Promise.all(Array.from({ length: 12 }, (_, index) => begin(s3, { Key: `k${index}` })));
  await s3.stop();
  const crashChild = new URL('../support/crash-child.ts', import.meta.url);
  const child = fork(crashChild, [s3.dataDirectory], { execArgv: [] });
  const [endpoint] = (await once(child, 'message')) as [string];
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const exited = once(child, 'exit');
  const parts = new Set<string>();
  const completed = new Set<string>();
  const upload = async (target: (typeof uploads)[number], index: number): Promise<void> => {
    const Parts = [];
    for (const PartNumber of [1, 2]) {
      const Body = PartNumber === 1 ? partOf(target.Key) : target.Key;
      const { ETag } = await client.send(new UploadPartCommand({ ...target, PartNumber, Body }));
      parts.add(`${target.Key} ${PartNumber}`);
      Parts.push({ PartNumber, ETag });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));
    completed.add(target.Key);
    if (index === 4) child.kill('SIGKILL');
  };
  await Promise.allSettled(uploads.map(upload));
  await exited;
  client.destroy();

  await s3.restart();
  expect(completed.size).toBeGreaterThanOrEqual(1);
  const { Uploads: open = [] } = await s3.client.send(new ListMultipartUploadsCommand({ Bucket }));
  const openKeys = new Set(open.map(({ Key }) => Key));
  const { Versions = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
  let files = Versions.length * 2;
  expect(Versions.length + open.length).toBe(uploads.length);
  for (const Key of completed) expect(openKeys.has(Key)).toBe(false);
  for (const target of uploads) {
    const whole = Buffer.concat([partOf(target.Key), Buffer.from(target.Key)]);
    if (openKeys.has(target.Key)) {
      const { Parts = [] } = await s3.client.send(new ListPartsCommand(target));
      files += Parts.length;
      for (const number of [1, 2].filter((part) => parts.has(`${target.Key} ${part}`))) {
        expect(Parts.map(({ PartNumber }) => PartNumber)).toContain(number);
      }
      continue;
    }
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: target.Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true);
  }
  expect(await storedBlobs(s3.dataDirectory)).toHaveLength(files);
});
