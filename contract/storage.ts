/** Names that the tables and buckets of `lib/` and the adapters of `lambdas/` must agree on. */

/** Every object key starts with this. */
export const objectKeyPrefix = 'documents/';

/** Single-table design: one partition per document, `DOC` and history items in it. */
export const tableKeys = { partitionKey: 'pk', sortKey: 'sk' } as const;

/** Own documents, newest first: a UUIDv7 sorts by time. Keys only, so a change of state costs no index write. */
export const ownerIndex = { indexName: 'byOwner', partitionKey: 'ownerPk', sortKey: 'documentId' } as const;
