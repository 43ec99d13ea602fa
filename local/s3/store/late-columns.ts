import type { DatabaseSync } from 'node:sqlite';

/** Columns that came after the first data folders were made, with what they mean for the rows that were there. */
const lateColumns = [
  {
    table: 'segments',
    column: 'file_first_byte',
    definition: 'integer not null default 0',
    // Until then a segment was a part, and always a whole file.
    backfill: `insert or ignore into object_parts
      select blob_id, row_number() over (partition by blob_id order by first_byte), first_byte, size_bytes, ''
      from segments`,
  },
  { table: 'uploads', column: 'initiator', definition: `text not null default ''`, backfill: '' },
];

export function addLateColumns(database: DatabaseSync): void {
  const find = database.prepare('select 1 from pragma_table_info(?) where name = ?');
  for (const { table, column, definition, backfill } of lateColumns) {
    if (find.get(table, column) === undefined) {
      database.exec(`alter table ${table} add column ${column} ${definition}; ${backfill}`);
    }
  }
}
