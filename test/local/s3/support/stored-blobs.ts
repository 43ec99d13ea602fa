import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../../local/s3/store/database.ts';

/** The ids of all blobs in a data folder, in files or not. Looks at a copy: who serves the folder locks it. */
export async function storedBlobs(dataDirectory: string): Promise<string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'sealdrop-copy-'));
  try {
    const isDatabase = (path: string): boolean => path === dataDirectory || /\.sqlite(-wal)?$/.test(path);
    await cp(dataDirectory, copy, { recursive: true, filter: isDatabase });
    const database = openDatabase(copy);
    const inline = database.prepare('select id from inline_blobs').all();
    database.close();
    return [...inline.map(({ id }) => String(id)), ...(await readdir(join(dataDirectory, 'objects')))];
  } finally {
    await rm(copy, { recursive: true });
  }
}
