import { mkdir } from 'node:fs/promises';
import { type Blobs, openBlobs } from './blobs.ts';
import { openDatabase, transaction } from './database.ts';
import { type Listings, openListings } from './listings.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { openVersions, type Versions } from './versions.ts';

/** One data folder: bytes in files, everything else in SQLite. */
export interface Store {
  readonly blobs: Blobs;
  readonly versions: Versions;
  readonly listings: Listings;
  readonly outbox: Outbox;
  /** Runs synchronous work on versions and outbox as a whole or not at all. */
  transaction<Value>(work: () => Value): Value;
  close(): Promise<void>;
}

export async function openStore(dataDirectory: string): Promise<Store> {
  await mkdir(dataDirectory, { recursive: true });
  const database = openDatabase(dataDirectory);
  const versions = openVersions(database);
  const blobs = await openBlobs(dataDirectory, versions.isReferenced);
  return {
    blobs,
    versions,
    listings: openListings(database),
    outbox: openOutbox(database),
    transaction: (work) => transaction(database, work),
    close: async () => {
      await blobs.close();
      database.close();
    },
  };
}
