import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Client } from 'minio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bucketName, key, patternOf, region, type ServerForClients, specialKeys, startForClients } from './server.ts';

let s3: ServerForClients;
let client: Client;
let folder: string;
beforeAll(async () => {
  s3 = await startForClients();
  folder = await mkdtemp(join(tmpdir(), 'sealdrop-minio-'));
  const { hostname, port } = new URL(s3.origin);
  const { accessKeyId: accessKey, secretAccessKey: secretKey } = key;
  const partSize = 5 * 1024 ** 2;
  client = new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    accessKey,
    secretKey,
    region,
    partSize,
  });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await s3[Symbol.asyncDispose]();
});
const get = async (name: string): Promise<Buffer> => buffer(await client.getObject(bucketName, name));

it('makes a bucket and finds it', async () => {
  expect(await client.bucketExists(bucketName)).toBe(false);
  await client.makeBucket(bucketName, region);
  expect(await client.bucketExists(bucketName)).toBe(true);
  expect(await client.listBuckets()).toMatchObject([{ name: bucketName }]);
});

it('puts a buffer and tells of it', async () => {
  const metadata = { 'Content-Type': 'text/plain', 'X-Amz-Meta-Kind': 'lab' };
  const { etag } = await client.putObject(bucketName, 'buffer', 'hello', 5, metadata);
  expect(await client.statObject(bucketName, 'buffer')).toMatchObject({
    size: 5,
    etag,
    metaData: { 'content-type': 'text/plain', kind: 'lab' },
  });
  expect((await get('buffer')).toString()).toBe('hello');
  expect((await buffer(await client.getPartialObject(bucketName, 'buffer', 1, 3))).toString()).toBe('ell');
});

it('puts streams of known and of unknown length', async () => {
  const data = patternOf(6 * 1024 ** 2);
  await client.putObject(bucketName, 'known', Readable.from([data.subarray(0, 1000)], { objectMode: false }), 1000);
  expect((await get('known')).equals(data.subarray(0, 1000))).toBe(true);
  await client.putObject(bucketName, 'unknown', Readable.from([data], { objectMode: false }));
  expect((await get('unknown')).equals(data)).toBe(true);
});

it('puts a file in parts', async () => {
  const data = patternOf(11 * 1024 ** 2);
  const path = join(folder, 'file');
  await writeFile(path, data);
  await client.fPutObject(bucketName, 'file', path, { 'Content-Type': 'application/pdf' });
  const stat = await client.statObject(bucketName, 'file');
  expect(stat).toMatchObject({ size: data.length, metaData: { 'content-type': 'application/pdf' } });
  expect(stat.etag).toMatch(/-3$/);
  expect((await get('file')).equals(data)).toBe(true);
});

it('copies', async () => {
  await client.putObject(bucketName, 'source', 'hello');
  await client.copyObject(bucketName, 'copy', `/${bucketName}/source`);
  expect((await get('copy')).toString()).toBe('hello');
});

it.each(specialKeys)('presigns puts and gets of %s', async (name) => {
  const url = await client.presignedPutObject(bucketName, name, 60);
  expect((await fetch(url, { method: 'PUT', body: name })).status).toBe(200);
  expect(await (await fetch(await client.presignedGetObject(bucketName, name, 60))).text()).toBe(name);
});

it('lists and removes', async () => {
  const names = ['list/a', 'list/b c', 'list/ü+'];
  for (const name of names) await client.putObject(bucketName, name, name);
  const list = () =>
    client
      .listObjectsV2(bucketName, 'list/', true)
      .map(({ name }) => name)
      .toArray();
  expect(await list()).toEqual(names);
  await client.removeObjects(bucketName, names.slice(1));
  await client.removeObject(bucketName, names[0] ?? '');
  expect(await list()).toEqual([]);
});
