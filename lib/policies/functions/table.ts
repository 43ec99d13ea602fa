import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { dueIndex, ownerIndex, partitionPrefixes, subjectIndex, tenantIndex } from '../../../contract/storage.ts';
import { allow } from '../statement.ts';
import type { Resources } from './resources.ts';

/**
 * Rights on the table end at the partitions they are for (DynamoDB developer guide, "Using IAM policy conditions for
 * fine-grained access control"): `dynamodb:LeadingKeys` holds the partition keys of a request. So nobody who changes
 * documents can reach their history, and nobody may update or delete what stands there.
 */
const items = (sid: string, actions: string[], resource: string, leadingKeys: string): PolicyStatement =>
  allow({
    sid,
    actions,
    resources: [resource],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [leadingKeys] } },
  });

/** Rights to do this and that with the items of one kind. */
const itemsOf =
  <Action extends string>(prefix: string) =>
  (sid: string, actions: Action[], { tableArn }: Resources): PolicyStatement =>
    items(
      sid,
      actions.map((action) => `dynamodb:${action}`),
      tableArn,
      `${prefix}*`,
    );

export const documents = itemsOf<'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem'>(partitionPrefixes.document);

/** Counters of quotas. */
export const quotas = itemsOf<'GetItem' | 'UpdateItem' | 'Query'>(partitionPrefixes.quota);

/** Links that work once. */
export const links = itemsOf<'GetItem' | 'PutItem' | 'UpdateItem'>(partitionPrefixes.link);

/** Tokens in the path of upload clients. */
export const uploadTokens = itemsOf<'GetItem' | 'PutItem'>(partitionPrefixes.uploadToken);

/** Appending is PutItem. IAM cannot ask that nothing is there yet; the code does (`attribute_not_exists`). */
export const appendHistory = ({ tableArn }: Resources): PolicyStatement =>
  items('AppendHistory', ['dynamodb:PutItem'], tableArn, `${partitionPrefixes.history}*`);

export const readHistory = ({ tableArn }: Resources): PolicyStatement =>
  items('ReadHistory', ['dynamodb:Query'], tableArn, `${partitionPrefixes.history}*`);

/** Keys of requests. None is ever removed by us: they end by themselves. */
export const claimRequests = ({ tableArn }: Resources): PolicyStatement =>
  items('ClaimRequests', ['dynamodb:GetItem', 'dynamodb:PutItem'], tableArn, `${partitionPrefixes.claim}*`);

const listBy =
  (sid: string, { indexName }: { readonly indexName: string }) =>
  ({ tableArn }: Resources): PolicyStatement =>
    items(sid, ['dynamodb:Query'], `${tableArn}/index/${indexName}`, 'T#*');

export const listByOwner = listBy('ListOwnDocuments', ownerIndex);

export const listBySubject = listBy('ListSubjectsDocuments', subjectIndex);

export const listByTenant = listBy('ListTenantsDocuments', tenantIndex);

export const listDue = ({ tableArn }: Resources): PolicyStatement =>
  items('ListOverdue', ['dynamodb:Query'], `${tableArn}/index/${dueIndex.indexName}`, 'DUE#*');
