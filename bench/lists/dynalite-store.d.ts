/** What is used of the store inside of dynalite 4, which ships no types. */
declare module 'dynalite/db/index.js' {
  import type { AttributeValue } from '@aws-sdk/client-dynamodb';

  type Item = Record<string, AttributeValue>;
  type Callback<Value> = (error: Error | null, value: Value) => void;

  export interface Table {
    readonly GlobalSecondaryIndexes: object[];
  }

  interface Level {
    batch(puts: { type: 'put'; key: string; value: Item }[], done: Callback<void>): void;
  }

  export interface Store {
    readonly db: { close(done: Callback<void>): void };
    getTable(name: string, callback: Callback<Table>): void;
    getItemDb(table: string): Level;
    getIndexDb(type: 'global', table: string, index: string): Level;
  }

  interface Db {
    create(options: { path: string }): Store;
    createKey(item: Item, table: Table): string;
    getIndexActions(
      indexes: object[],
      before: Item | null,
      after: Item,
      table: Table,
    ): { puts: { index: string; key: string; item: Item }[] };
  }

  const db: Db;
  export default db;
}
