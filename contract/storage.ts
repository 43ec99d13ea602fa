/** Names that the tables and buckets of `lib/` and the adapters of `lambdas/` must agree on. */

/** Every object key starts with this. */
export const objectKeyPrefix = 'documents/';

/** Single-table design: records and their history, each in a partition of its own so that IAM can tell them apart. */
export const tableKeys = { partitionKey: 'pk', sortKey: 'sk' } as const;

/**
 * How the partitions of each kind of item begin. Policies bound with `dynamodb:LeadingKeys` what a role may write: no
 * role may update or delete what stands in a history partition.
 */
export const partitionPrefixes = {
  document: 'D#',
  history: 'H#',
  quota: 'Q#',
  link: 'L#',
  claim: 'I#',
  uploadToken: 'K#',
} as const;

/** Records that the sweeper has to look at, by time; sparse, so a record without `dueAt` costs it nothing. */
export const dueIndex = { indexName: 'byDue', partitionKey: 'dueShard', sortKey: 'dueAt', shards: 16 } as const;

/** Own documents, newest first: a UUIDv7 sorts by time. Keys only, so a change of state costs no index write. */
export const ownerIndex = { indexName: 'byOwner', partitionKey: 'ownerPk', sortKey: 'documentId' } as const;

/** Documents about one subject; sparse, so a document about nobody costs it nothing. */
export const subjectIndex = { indexName: 'bySubject', partitionKey: 'subjectPk', sortKey: 'documentId' } as const;

/**
 * All documents of a tenant, in shards by the end of their ids: a partition takes 1,000 writes a second, so a tenant may
 * declare 4,000. A page asks every shard, so more of them would make every page dearer.
 */
export const tenantIndex = {
  indexName: 'byTenant',
  partitionKey: 'tenantPk',
  sortKey: 'documentId',
  shards: 4,
} as const;

/** Every index of the table, each of keys only. */
export const tableIndexes = [ownerIndex, subjectIndex, tenantIndex, dueIndex] as const;

/**
 * When DynamoDB may remove an item, in seconds since 1970: hours or days later it does. Nothing is decided by it; what
 * an item is worth, and until when, stands in other attributes.
 */
export const timeToLiveAttribute = 'expiresAtSeconds';
