import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { tableKeys, timeToLiveAttribute } from '../../../contract/storage.ts';
import type { Claim, ClaimRef } from '../../domain/claim.ts';
import type { Claims } from '../../ports.ts';
import type { Table } from './documents.ts';
import { claimKey } from './keys.ts';

const claimOf = (item: Record<string, unknown>): Claim => {
  const { [tableKeys.partitionKey]: _pk, [tableKeys.sortKey]: _sk, ...claim } = item;
  return claim as unknown as Claim;
};

/** Writes the claim where none holds. Undefined: written; otherwise the item that stood against it, if it was told. */
const put = async ({ client, tableName }: Table, ref: ClaimRef, claim: Claim, now: Date) => {
  const command = new PutCommand({
    TableName: tableName,
    Item: { ...claimKey(ref), ...claim },
    // TTL is late by days (F20): a claim that has ended counts as none while it is still there.
    ConditionExpression: `attribute_not_exists(${tableKeys.partitionKey}) OR ${timeToLiveAttribute} <= :now`,
    ExpressionAttributeValues: { ':now': Math.floor(now.getTime() / 1000) },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await client.send(command);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // lib-dynamodb leaves the items of errors as they came; an emulator may leave them out.
    return error.Item === undefined ? {} : { held: claimOf(unmarshall(error.Item)) };
  }
};

/**
 * Claims in the single table, each in a partition of its own, found by a hash: who reads the table learns no key. One
 * conditional write decides between all who come at once.
 */
export const dynamoClaims = (table: Table): Claims => ({
  claim: async (ref, claim, now) => {
    const refused = await put(table, ref, claim, now);
    if (refused === undefined) return claim;
    if (refused.held !== undefined) return refused.held;
    const { client, tableName } = table;
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: claimKey(ref), ConsistentRead: true }),
    );
    if (Item === undefined) throw new Error('A claim ended in the moment in which it was read.');
    return claimOf(Item);
  },
});
