import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableKeys, timeToLiveAttribute } from '../../../contract/storage.ts';
import type { UploadTokenGrant } from '../../domain/upload-token.ts';
import type { UploadTokens } from '../../ports.ts';
import type { Table } from './documents.ts';
import { uploadTokenKey } from './keys.ts';

const grantOf = (item: Record<string, unknown>): UploadTokenGrant => {
  const { [tableKeys.partitionKey]: _pk, [tableKeys.sortKey]: _sk, [timeToLiveAttribute]: _end, ...grant } = item;
  return grant as unknown as UploadTokenGrant;
};

/** Upload tokens in the single table, each in a partition of its own. DynamoDB removes them when they have ended (F20). */
export const dynamoUploadTokens = ({ client, tableName }: Table): UploadTokens => ({
  create: async (grant) => {
    const expiresAtSeconds = Math.ceil(Date.parse(grant.expiresAt) / 1000);
    const Item = { ...uploadTokenKey(grant.tokenHash), ...grant, [timeToLiveAttribute]: expiresAtSeconds };
    await client.send(new PutCommand({ TableName: tableName, Item }));
  },

  find: async (tokenHash) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: uploadTokenKey(tokenHash), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : grantOf(Item);
  },
});
