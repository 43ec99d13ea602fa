import { promisify } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import db, { type Store, type Table } from 'dynalite/db/index.js';
import { documentItem } from '../../lambdas/adapters/dynamodb/items.ts';
import { marshallOptions } from '../../lambdas/adapters/dynamodb/marshalling.ts';
import type { DocumentRecord } from '../../lambdas/domain/document.ts';

const batchSize = 1000;

const writeBatch = async (store: Store, tableName: string, table: Table, records: readonly DocumentRecord[]) => {
  const items = records.map(
    (record) => marshall(documentItem(record), marshallOptions) as Record<string, AttributeValue>,
  );
  const entries = items.flatMap((item) => db.getIndexActions(table.GlobalSecondaryIndexes, null, item, table).puts);
  const puts = items.map((item) => ({ type: 'put' as const, key: db.createKey(item, table), value: item }));
  const write = (level: ReturnType<Store['getItemDb']>, batch: typeof puts) =>
    promisify(level.batch.bind(level))(batch);
  await Promise.all([
    write(store.getItemDb(tableName), puts),
    ...[...Map.groupBy(entries, ({ index }) => index)].map(([index, ofIndex]) =>
      write(
        store.getIndexDb('global', tableName, index),
        ofIndex.map(({ key, item }) => ({ type: 'put', key, value: item })),
      ),
    ),
  ]);
};

/**
 * Puts records into the emulator's folder, by its own keys and index entries, past its HTTP interface: a million items
 * take minutes and not hours. No emulator may have the folder open. That it is the same as creating them is measured.
 */
export const fill = async (path: string, tableName: string, records: Iterable<DocumentRecord>): Promise<void> => {
  const store = db.create({ path });
  const table = await promisify(store.getTable.bind(store))(tableName);
  let batch: DocumentRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < batchSize) continue;
    await writeBatch(store, tableName, table, batch);
    batch = [];
  }
  if (batch.length > 0) await writeBatch(store, tableName, table, batch);
  await new Promise<void>((resolve, reject) => store.db.close((error) => (error ? reject(error) : resolve())));
};
