import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../../local/s3/store/database.ts';
import { scans } from '../../../local/s3/store/listings.ts';
import { openStore } from '../../../local/s3/store/store.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const objectCount = 100_000;
const keyOf = (index: number): string => {
  const digits = String(index).padStart(6, '0');
  return `${digits.slice(0, 3)}/${digits.slice(3)}`;
};

let dataDirectory: string;
let s3: TestS3;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'sealdrop-s3-'));
  const store = await openStore(dataDirectory);
  const attributes = { headers: {}, storageClass: 'STANDARD', encryption: { sseAlgorithm: 'AES256' } } as const;
  store.transaction(() => {
    for (let index = 0; index < objectCount; index++) {
      const content = { blobId: `b${index}`, sizeBytes: 1, md5: '0'.repeat(32), attributes, tags: {} };
      store.versions.add({ bucket: Bucket, key: keyOf(index), versionId: `v${index}` }, new Date(0), content);
    }
  });
  await store.close();
  s3 = await startTestS3({ dataDirectory });
});
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await rm(dataDirectory, { recursive: true });
});

it('lists 100,000 objects page by page, each once and in order', { timeout: 60_000 }, async () => {
  let count = 0;
  for await (const page of paginateListObjectsV2({ client: s3.client }, { Bucket })) {
    expect(page.Contents).toHaveLength(1000);
    for (const { Key } of page.Contents ?? []) expect(Key).toBe(keyOf(count++));
  }
  expect(count).toBe(objectCount);
});

it('rolls up 100,000 objects into 100 common prefixes', async () => {
  const page = await s3.client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
  expect(page).toMatchObject({ KeyCount: 100, IsTruncated: false });
});

it('walks along an index, sorts nothing and starts where the page does', async () => {
  await s3.stop();
  const database = openDatabase(dataDirectory);
  for (const scan of Object.values(scans)) {
    const plan = database.prepare(`explain query plan ${scan}`).all(Bucket, Buffer.of(0), Buffer.of(255));
    const [walk, ...rest] = plan.map(({ detail }) => String(detail));
    expect(walk).toMatch(
      /^SEARCH v USING INDEX versions_by_key \(bucket=\? AND (key>\? AND key<\?|key=\? AND sequence<\?)\)$/,
    );
    expect(rest.join()).not.toMatch(/TEMP B-TREE|SCAN/);
  }
  database.close();
});
