import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartProblem } from '../../../local/problem.ts';
import { openFileBlobs } from '../../../local/s3/store/blobs.ts';
import { openStore } from '../../../local/s3/store/store.ts';
import { beforeEverySync } from './support/syncs.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealdrop-blobs-'));
});

afterEach(() => rm(directory, { recursive: true }));

it('keeps a blob by having its bytes and its place among the objects on the disk', async () => {
  const blobs = await openFileBlobs(directory, () => true);
  const writer = blobs.create('b');
  await writer.write(Buffer.from('xyz'));
  const found: string[] = [];
  using _ = beforeEverySync('sync', async () => {
    const names = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('b'));
    for (const name of names) found.push(`${name} ${await readFile(join(directory, name), 'utf8')}`);
  });

  await writer.keep();
  // Of the file, and of its entry in the folder.
  expect(found).toEqual(['objects/b xyz', 'objects/b xyz']);
  await blobs.close();
});

describe('a blob that could not be kept', () => {
  const writerOf = async () => {
    const blobs = await openFileBlobs(directory, () => true);
    const writer = blobs.create('b');
    await writer.write(Buffer.from('x'));
    return { blobs, writer };
  };

  it('because its bytes could not be written to the disk can be discarded', async () => {
    const { blobs, writer } = await writerOf();
    using _ = beforeEverySync('sync', async () => {
      throw new Error('EIO');
    });

    await expect(writer.keep()).rejects.toThrow('EIO');
    await writer.discard();
    expect(await readdir(join(directory, 'objects'))).toEqual([]);
    await blobs.close();
  });

  it('because its folder is gone can be discarded, so that the first error is the one that is told', async () => {
    const blobs = await openFileBlobs(directory, () => true);
    await rm(join(directory, 'objects'), { recursive: true });
    const writer = blobs.create('b');

    await expect(writer.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOENT', syscall: 'open' });
    await writer.discard();
    await blobs.close();
  });

  it('because its entry could not be written to the disk can be discarded too', async () => {
    const { blobs, writer } = await writerOf();
    await blobs.close();

    await expect(writer.keep()).rejects.toMatchObject({ code: 'EBADF' });
    await writer.discard();
    expect(await readdir(join(directory, 'objects'))).toEqual([]);
  });
});

describe('objects without their metadata', () => {
  it('stop the start, and none of them is removed', async () => {
    const store = await openStore(directory);
    await store.close();
    await writeFile(join(directory, 'objects', 'kept'), 'x');
    await rm(join(directory, 'metadata.sqlite'));

    await expect(openStore(directory)).rejects.toThrow(StartProblem);
    await expect(openStore(directory)).rejects.toThrow(/metadata\.sqlite.*gone.*Put it back/);
    expect(await readdir(join(directory, 'objects'))).toEqual(['kept']);
  });

  it('stop nothing where there are no objects', async () => {
    await (await openStore(directory)).close();
    await rm(join(directory, 'metadata.sqlite'));
    await (await openStore(directory)).close();
    expect(await readdir(directory)).toContain('metadata.sqlite');
  });
});
