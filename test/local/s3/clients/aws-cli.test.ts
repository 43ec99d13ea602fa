import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPresent, runClient } from './child.ts';
import { bucketName, patternOf, type ServerForClients, startForClients } from './server.ts';

const isMissing = !isPresent('aws', ['--version']);
const reason = isMissing ? ' (skipped: no aws on this machine)' : '';

// Each call starts a Python, which takes its time on a busy machine.
describe.skipIf(isMissing)(`the AWS CLI${reason}`, { timeout: 120_000 }, () => {
  let s3: ServerForClients;
  let folder: string;
  beforeAll(async () => {
    s3 = await startForClients();
    folder = await mkdtemp(join(tmpdir(), 'sealdrop-cli-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await s3[Symbol.asyncDispose]();
  });
  const aws = (...args: readonly string[]): Promise<string> => runClient(s3.origin, 'aws', args);
  const target = `s3://${bucketName}`;

  it('makes a bucket and finds it', async () => {
    await aws('s3', 'mb', target);
    expect(await aws('s3', 'ls')).toContain(` ${bucketName}\n`);
  });

  it('copies a small file up and down, and presigns it', async () => {
    const name = 'ä b+c.txt';
    await writeFile(join(folder, name), 'hello');
    await aws('s3', 'cp', join(folder, name), `${target}/small/${name}`);
    expect(await aws('s3', 'cp', `${target}/small/${name}`, '-')).toBe('hello');
    expect(await aws('s3', 'ls', `${target}/small/`)).toMatch(/ 5 ä b\+c\.txt\n$/);
    const url = await aws('s3', 'presign', `${target}/small/${name}`);
    expect(await (await fetch(url.trim())).text()).toBe('hello');
  });

  it('copies a large file in parts, and is told its checksum', async () => {
    const data = patternOf(9 * 1024 ** 2);
    await writeFile(join(folder, 'large'), data);
    await aws('s3', 'cp', join(folder, 'large'), `${target}/large`);
    const head = await aws(
      's3api',
      'head-object',
      '--bucket',
      bucketName,
      '--key',
      'large',
      '--checksum-mode',
      'ENABLED',
    );
    expect(JSON.parse(head)).toMatchObject({
      ContentLength: data.length,
      ETag: expect.stringMatching(/-2"$/),
      ChecksumCRC32: expect.stringMatching(/-2$/),
      ChecksumType: 'COMPOSITE',
    });
    await aws('s3', 'cp', `${target}/large`, join(folder, 'down'));
    expect((await readFile(join(folder, 'down'))).equals(data)).toBe(true);
  });

  it('syncs folders, and lists page by page', async () => {
    const source = join(folder, 'source');
    await mkdir(join(source, 'sub'), { recursive: true });
    for (const name of ['a', 'b', 'sub/c']) await writeFile(join(source, name), name);
    await aws('s3', 'sync', source, `${target}/synced`);
    expect(await aws('s3', 'sync', source, `${target}/synced`)).toBe('');
    await rm(join(source, 'b'));
    expect(await aws('s3', 'sync', '--delete', source, `${target}/synced`)).toContain('delete: ');
    const input = ['--bucket', bucketName, '--prefix', 'synced/', '--page-size', '1', '--query', 'Contents[].Key'];
    expect(JSON.parse(await aws('s3api', 'list-objects-v2', ...input))).toEqual(['synced/a', 'synced/sub/c']);
  });
});
