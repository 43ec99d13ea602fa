import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { sealCursors } from './cursor-key.ts';
import { tableKey } from './keys.ts';
import type { Resources } from './resources.ts';
import { documents, listByOwner, listBySubject, listByTenant, quotas } from './table.ts';

const readListed = (resources: Resources): PolicyStatement[] => [
  documents('ReadListedDocuments', ['BatchGetItem'], resources),
  ...sealCursors(resources),
  ...tableKey(resources),
];

export const listDocuments = (resources: Resources): PolicyStatement[] => [
  listByTenant(resources),
  listByOwner(resources),
  quotas('TellTotals', ['GetItem'], resources),
  ...readListed(resources),
];

export const listOwnDocuments = (resources: Resources): PolicyStatement[] => [
  listByOwner(resources),
  quotas('TellTotals', ['GetItem'], resources),
  ...readListed(resources),
];

export const listSubjectDocuments = (resources: Resources): PolicyStatement[] => [
  listBySubject(resources),
  ...readListed(resources),
];
