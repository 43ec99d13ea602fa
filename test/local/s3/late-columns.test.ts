import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { databaseFile } from '../../../local/s3/store/database.ts';
import { schema } from '../../../local/s3/store/schema.ts';
import { openStore } from '../../../local/s3/store/store.ts';

/** The tables that changed, as they were first. */
const firstTables = `
  create table uploads (sequence integer primary key autoincrement, id text not null unique, bucket text not null,
    key blob not null, initiated_ms integer not null, attributes text not null, tags text not null,
    checksum text not null) strict;
  create table segments (blob_id text not null, first_byte integer not null, size_bytes integer not null,
    file_id text not null, primary key (blob_id, first_byte)) strict, without rowid;
`;

it('opens a folder from before objects had parts and uploads an initiator', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sealdrop-old-'));
  const old = new DatabaseSync(databaseFile(folder));
  old.exec(`${schema}${firstTables}
    insert into uploads values (1, 'u', 'b', x'6b', 0, '{}', '{}', '{}');
    insert into segments values ('joined', 0, 5, 'one'), ('joined', 5, 2, 'two');
    insert into versions values (1, 'b', x'6b', 'null', 0, 'joined', 7, 'e-2', '{}', '{}')`);
  old.close();
  for (const _ of ['first', 'again']) {
    const store = await openStore(folder);
    expect(store.uploads.find('b', 'k', 'u')).toMatchObject({ initiator: '' });
    expect(store.objectParts.count('joined')).toBe(2);
    expect(store.objectParts.find('joined', 2)).toEqual({ firstByte: 5, sizeBytes: 2, checksum: '' });
    expect(store.segments.pieces('joined', 4, 6)).toEqual([
      { fileId: 'one', firstByte: 4, sizeBytes: 1 },
      { fileId: 'two', firstByte: 0, sizeBytes: 2 },
    ]);
    await store.close();
  }
  await rm(folder, { recursive: true });
});
