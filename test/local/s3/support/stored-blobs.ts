import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../../local/s3/store/database.ts';

/** The ids of all blobs in a data folder, in files or not. */
export async function storedBlobs(dataDirectory: string): Promise<string[]> {
  const inline = await idsIn(dataDirectory, 'select id from inline_blobs');
  return [...inline, ...(await readdir(join(dataDirectory, 'objects')))];
}

/** The ids of all blobs that objects and parts need, in order. */
export const wantedBlobs = (dataDirectory: string): Promise<string[]> =>
  idsIn(
    dataDirectory,
    `select coalesce(file_id, blobs.blob_id) as id
     from (select blob_id from versions where blob_id is not null union select blob_id from parts) as blobs
     left join segments on segments.blob_id = blobs.blob_id
     group by id order by id`,
  );

/** Looks at a copy of the database: who serves the folder locks it. */
async function idsIn(dataDirectory: string, query: string): Promise<string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'sealdrop-copy-'));
  try {
    const isDatabase = (path: string): boolean => path === dataDirectory || /\.sqlite(-wal)?$/.test(path);
    await cp(dataDirectory, copy, { recursive: true, filter: isDatabase });
    const database = openDatabase(copy);
    const rows = database.prepare(query).all();
    database.close();
    return rows.map(({ id }) => String(id));
  } finally {
    await rm(copy, { recursive: true });
  }
}
