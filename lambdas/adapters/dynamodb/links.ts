import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { tableKeys, timeToLiveAttribute } from '../../../contract/storage.ts';
import type { Link } from '../../domain/link.ts';
import type { Links } from '../../ports.ts';
import type { Table } from './documents.ts';
import { linkKey } from './keys.ts';

/** So long after its end a link that is opened still says that it ended, and not that there never was one. */
const keptSeconds = 30 * 86_400;

const linkItem = (link: Link) => ({
  ...linkKey(link.tokenHash),
  ...link,
  [timeToLiveAttribute]: Math.ceil(Date.parse(link.expiresAt) / 1000) + keptSeconds,
});

const linkOf = (item: Record<string, unknown>): Link => {
  const { [tableKeys.partitionKey]: _pk, [tableKeys.sortKey]: _sk, [timeToLiveAttribute]: _end, ...link } = item;
  return link as unknown as Link;
};

const find = async ({ client, tableName }: Table, tokenHash: string): Promise<Link | undefined> => {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: linkKey(tokenHash), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : linkOf(Item);
};

/** The one write that decides: times compare as text, for they are all in UTC with milliseconds. */
const claimOf = (tableName: string, tokenHash: string, at: Date, claimId: string) =>
  new UpdateCommand({
    TableName: tableName,
    Key: linkKey(tokenHash),
    ConditionExpression: 'attribute_not_exists(usedAt) AND expiresAt > :at',
    UpdateExpression: 'SET usedAt = :at, usedBy = :claimId',
    ExpressionAttributeValues: { ':at': at.toISOString(), ':claimId': claimId },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });

/** One-time links in the single table, each in a partition of its own. */
export const dynamoLinks = (table: Table): Links => ({
  create: async (link) => {
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: linkItem(link) }));
  },

  claim: async (tokenHash, at) => {
    // Not the request's id, which a client may choose (API Gateway's X-Amzn-RequestId) and so could send again.
    const claimId = randomUUID();
    try {
      const { Attributes = {} } = await table.client.send(claimOf(table.tableName, tokenHash, at, claimId));
      return { claimed: true, link: linkOf(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // lib-dynamodb leaves the items of errors as they came; an emulator may leave them out.
      const link = error.Item === undefined ? await find(table, tokenHash) : linkOf(unmarshall(error.Item));
      // Of a call whose answer was lost and that was sent again, the first attempt may have been ours.
      return link && { claimed: link.usedBy === claimId, link };
    }
  },
});
